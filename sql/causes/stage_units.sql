-- Grain: registration that gives money at a stage. Key: stage (as in run.stage_settlement),
-- project_id, subject, key. subject: 'start' or 'completion' (key: borger_id) or 'wages' (key:
-- bilagsnr). row_no, day: the registration's. amount_dkk: DKK.
CREATE OR REPLACE TABLE run.stage_units AS
WITH events AS (
    SELECT * FROM draft_citizen_events SEMI JOIN run.explained USING (draft_no, project_id)
),

wages AS (
    SELECT * FROM draft_wages SEMI JOIN run.explained USING (draft_no, project_id)
)

SELECT
    'draft ' || draft_no AS stage,
    project_id,
    'start' AS subject,
    citizen_id AS key,
    row_no,
    start_date AS day,
    start_dkk AS amount_dkk
FROM events
WHERE start_date IS NOT NULL
UNION ALL
SELECT
    'draft ' || draft_no,
    project_id,
    'completion',
    citizen_id,
    row_no,
    completion_date,
    completion_dkk
FROM events
WHERE completion_date IS NOT NULL
UNION ALL
SELECT 'draft ' || draft_no, project_id, 'wages', bilagsnr, row_no, dato, amount_dkk
FROM wages
