-- Adds the money of the draft $draft_no, also of the years after its own: a release goes by them.
INSERT INTO draft_settlement BY NAME
SELECT
    $draft_no::INTEGER AS draft_no,
    project_id,
    year,
    starts,
    completions,
    gross_activity_dkk,
    gross_cumulative_dkk,
    cap_dkk,
    activity_dkk,
    wages_dkk,
    wages_cumulative_dkk,
    fixed_max_dkk,
    fixed_dkk,
    entitlement_dkk
FROM run.every_year
