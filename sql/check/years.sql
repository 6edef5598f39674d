-- Grain: programme year. Key: year. Amounts in DKK; cap_dkk and fixed_max_dkk: of the whole
-- programme.
SELECT
    year,
    starts,
    completions,
    gross_activity_dkk,
    activity_dkk,
    wages_dkk,
    fixed_dkk,
    entitlement_dkk,
    cap_dkk,
    fixed_max_dkk
FROM run.settlement
ORDER BY year
