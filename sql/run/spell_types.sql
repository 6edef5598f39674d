-- Grain: spell type. Key: type. must_end: it has to be over when the programme is.
-- Reads rule_spell_types (frame).
CREATE OR REPLACE TABLE run.spell_types AS SELECT * FROM rule_spell_types
