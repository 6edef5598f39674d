-- Grain: spell that gave an event of a draft. Key: draft_no, delivery_no, citizen_row_no, event,
-- spell_row_no. event: 'start' (the first spell), 'completion' (the spells of the chain to its
-- day). *_row_no: in borgere and in forloeb.
CREATE TABLE IF NOT EXISTS draft_spells (
    draft_no INTEGER NOT NULL,
    delivery_no INTEGER NOT NULL,
    citizen_row_no INTEGER NOT NULL,
    event VARCHAR NOT NULL,
    spell_row_no INTEGER NOT NULL
)
