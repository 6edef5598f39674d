-- Adds the projects of the draft $draft_no.
INSERT INTO draft_projects BY NAME
WITH holds AS (
    SELECT project_id, list(code ORDER BY code) AS holds
    FROM run.holds
    GROUP BY project_id
)

SELECT
    $draft_no::INTEGER AS draft_no,
    f.project_id,
    f.project_name,
    f.lead_municipality,
    f.start_date,
    f.delivery_no,
    f.receipt_no,
    CASE
        WHEN f.is_not_started THEN 'not_started'
        WHEN f.is_missing THEN 'missing'
        WHEN h.holds IS NOT NULL THEN 'hold'
        ELSE 'ready'
    END AS status,
    coalesce(h.holds, []) AS holds,
    f.participants,
    f.controls,
    f.target_participants,
    f.commitment_dkk,
    f.fixed_grant_max_dkk,
    f.activity_grant_per_citizen_max_dkk,
    f.activity_cap_share,
    f.completion_days
FROM run.project_facts AS f
LEFT JOIN holds AS h USING (project_id)
