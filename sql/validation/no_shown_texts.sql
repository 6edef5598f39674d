-- Grain: text that a message shows as a value of a column. Key: column_name, text. kind: as in the
-- macro hint.
CREATE OR REPLACE TEMP TABLE shown_texts (
    column_name VARCHAR,
    kind VARCHAR,
    text VARCHAR
)
