-- Grain: project of the draft $fingerprint, programme year (of drafts of earlier versions, to their
-- own). Key: both. What the state that the draft was made from gives, in DKK. is_apart: the rule
-- $together holds the project.
SELECT
    s.project_id,
    s.year,
    s.activity_dkk,
    s.fixed_dkk,
    list_contains(p.holds, $together) AS is_apart
FROM core_drafts AS d
JOIN draft_projects AS p USING (draft_no)
JOIN draft_settlement AS s ON s.draft_no = p.draft_no AND s.project_id = p.project_id
WHERE d.fingerprint = $fingerprint
ORDER BY s.project_id, s.year
