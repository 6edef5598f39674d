-- Grain: one row. The year's money in the draft, and what the years before have used of the limits.
-- Amounts in DKK.
SELECT
    * EXCLUDE (draft_no, project_id, year),
    gross_activity_dkk - activity_dkk AS activity_cut_dkk,
    wages_dkk - fixed_dkk AS fixed_cut_dkk
FROM draft_settlement
WHERE draft_no = $draft_no AND project_id = $project_id::VARCHAR AND year = $year
