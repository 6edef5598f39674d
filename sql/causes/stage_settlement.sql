-- Grain: stage, project, year. Key: all three. The money at each stage between what was posted and
-- what is computed now, in DKK. stage: 'draft <no>' (as posted), the hash of earlier rules (today's
-- registrations by them), 'now'.
CREATE OR REPLACE TABLE run.stage_settlement AS
SELECT
    'draft ' || s.draft_no AS stage,
    s.project_id,
    s.year,
    s.gross_activity_dkk,
    s.gross_cumulative_dkk,
    s.cap_dkk,
    s.activity_dkk,
    s.wages_dkk,
    s.wages_cumulative_dkk,
    s.fixed_max_dkk,
    s.fixed_dkk
FROM draft_settlement AS s
SEMI JOIN run.explained AS e USING (draft_no, project_id)
