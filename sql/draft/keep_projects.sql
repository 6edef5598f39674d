-- Adds the projects of the draft $draft_no.
INSERT INTO draft_projects BY NAME
SELECT
    $draft_no::INTEGER AS draft_no,
    f.project_id,
    f.project_name,
    f.lead_municipality,
    f.start_date,
    f.delivery_no,
    f.receipt_no,
    t.status,
    t.holds,
    f.participants,
    f.controls,
    f.target_participants,
    f.commitment_dkk,
    f.fixed_grant_max_dkk,
    f.activity_grant_per_citizen_max_dkk,
    f.activity_cap_share,
    f.completion_days
FROM run.project_facts AS f
JOIN run.project_status AS t USING (project_id)
