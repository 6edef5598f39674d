-- Grain: cause of the draft's difference from what was posted before it. Key: position. amount_dkk:
-- DKK.
SELECT position, text_da, text_en, amount_dkk
FROM draft_causes
WHERE draft_no = $draft_no AND project_id = $project_id::VARCHAR AND year = $year
ORDER BY position
