-- Grain: accepted expense that a draft's fixed grant rests on. Key: draft_no, project_id, bilagsnr.
-- row_no: in udgifter of the project's delivery. amount_dkk: DKK, below zero where it corrects
-- another.
CREATE TABLE IF NOT EXISTS draft_wages (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    bilagsnr VARCHAR NOT NULL,
    row_no INTEGER NOT NULL,
    dato DATE NOT NULL,
    amount_dkk DECIMAL(18, 2) NOT NULL
)
