-- Grain: rejected row of a draft, rule that it breaks. Key: draft_no, table_name, delivery_no,
-- row_no, code.
CREATE TABLE IF NOT EXISTS draft_rejected (
    draft_no INTEGER NOT NULL,
    table_name VARCHAR NOT NULL,
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    code VARCHAR NOT NULL
)
