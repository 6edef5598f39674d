-- Grain: registration behind a cause. Key: project_id, year, position, subject, key. subject:
-- 'start', 'completion' (key: the citizen's borger_id, row in borgere) or 'wages' (bilagsnr, row in
-- udgifter). earlier_*: as in the draft that posted last. *_row_no: null where the delivery has no
-- such row. *_dkk: what it gave in the year, and gives now.
CREATE OR REPLACE TABLE run.cause_rows (
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    position INTEGER NOT NULL,
    subject VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    earlier_delivery_no INTEGER,
    earlier_row_no INTEGER,
    earlier_day DATE,
    earlier_dkk DECIMAL(18, 2) NOT NULL,
    delivery_no INTEGER,
    row_no INTEGER,
    day DATE,
    now_dkk DECIMAL(18, 2) NOT NULL
)
