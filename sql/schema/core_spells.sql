-- Grain: row of forloeb. Key: delivery_no, row_no. Columns as in core_citizens. virksomhed_cvr:
-- null where blank or invalid (virksomhed_cvr_text: what was delivered; '' where blank).
-- ordinaere_timer_pr_uge: hours a week; _text: what was unreadable.
CREATE TABLE IF NOT EXISTS core_spells (
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    forloeb_id VARCHAR NOT NULL,
    borger_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    virksomhed_cvr INTEGER,
    virksomhed_cvr_text VARCHAR,
    startdato DATE,
    startdato_text VARCHAR,
    slutdato DATE,
    slutdato_text VARCHAR,
    ordinaere_timer_pr_uge DECIMAL(18, 2),
    ordinaere_timer_pr_uge_text VARCHAR,
    type_text VARCHAR
)
