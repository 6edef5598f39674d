-- Grain: project of the register. Key: project_id. The settled year's figures, the caps over all
-- years, and what the ledger holds for the year. Amounts in DKK; *_earlier_dkk: over the years
-- before. undecided: the years before that give an amount, and have no entry in the ledger.
-- other_years: the other years with an entry that now give another amount. posted_to: the
-- municipalities that what is posted of a year went to, and how much, the present lead last; empty
-- where all went to it, or where no draft remembers whom some of it went to.
-- begins_on: the project's first day, where it lies after the year; else none.
-- vouchers: those of the fixed grant that count in the year; vouchers_cumulative: and before.
WITH undecided AS (
    SELECT project_id, list({year: year, amount_dkk: entitlement_dkk} ORDER BY year) AS undecided
    FROM run.payable
    WHERE year < $year AND NOT is_settled_before AND entitlement_dkk <> 0
    GROUP BY project_id
),

every_posted AS (
    FROM run.posted WHERE year = $year
    UNION ALL BY NAME
    FROM run.other_years_posted
),

posted_by_lead AS (
    SELECT project_id, year, lead_municipality, sum(posted_dkk)::DECIMAL(18, 2) AS amount_dkk
    FROM every_posted
    GROUP BY project_id, year, lead_municipality
    HAVING sum(posted_dkk) <> 0
),

posted_to AS (
    SELECT
        l.project_id,
        l.year,
        list({
            lead_municipality: l.lead_municipality, amount_dkk: l.amount_dkk
        } ORDER BY l.lead_municipality = f.lead_municipality, l.lead_municipality) AS posted_to
    FROM posted_by_lead AS l
    JOIN run.project_facts AS f USING (project_id)
    GROUP BY l.project_id, l.year
    HAVING count(*) = count(l.lead_municipality)
       AND bool_or(l.lead_municipality <> f.lead_municipality)
),

other_posted AS (
    SELECT project_id, year, sum(posted_dkk)::DECIMAL(18, 2) AS posted_dkk
    FROM run.other_years_posted
    GROUP BY project_id, year
),

other_years AS (
    SELECT
        project_id,
        list({
            year: year,
            entitlement_dkk: e.entitlement_dkk,
            posted_dkk: p.posted_dkk,
            posted_to: coalesce(t.posted_to, [])
        } ORDER BY year) AS other_years
    FROM run.other_years_differing
    JOIN run.every_year AS e USING (project_id, year)
    JOIN other_posted AS p USING (project_id, year)
    LEFT JOIN posted_to AS t USING (project_id, year)
    WHERE e.entitlement_dkk <> p.posted_dkk
    GROUP BY project_id
),

vouchers AS (
    SELECT
        project_id,
        count(*) FILTER (WHERE year(dato) = $year) AS vouchers,
        count(*) AS vouchers_cumulative
    FROM run.wage_rows
    WHERE year(dato) <= $year
    GROUP BY project_id
)

SELECT
    f.project_id,
    f.project_name,
    f.case_number,
    f.lead_municipality,
    f.contact,
    f.as_of_date,
    CASE WHEN f.is_not_started THEN f.start_date END AS begins_on,
    f.target_participants,
    f.participants,
    f.controls,
    f.activity_grant_per_citizen_max_dkk,
    f.activity_cap_share,
    f.completion_days,
    s.gross_activity_dkk,
    s.gross_cumulative_dkk,
    (s.activity_cumulative_dkk - s.activity_dkk)::DECIMAL(18, 2) AS activity_earlier_dkk,
    s.activity_dkk,
    s.cap_dkk,
    s.wages_dkk,
    s.wages_cumulative_dkk,
    (s.fixed_cumulative_dkk - s.fixed_dkk)::DECIMAL(18, 2) AS fixed_earlier_dkk,
    s.fixed_dkk,
    s.fixed_max_dkk,
    coalesce(v.vouchers, 0) AS vouchers,
    coalesce(v.vouchers_cumulative, 0) AS vouchers_cumulative,
    s.entitlement_dkk,
    s.posted_dkk,
    s.posted_activity_dkk,
    s.is_settled_before,
    coalesce(t.posted_to, []) AS posted_to,
    coalesce(u.undecided, []) AS undecided,
    coalesce(o.other_years, []) AS other_years
FROM run.project_facts AS f
JOIN run.payable AS s ON s.project_id = f.project_id AND s.year = $year
LEFT JOIN vouchers AS v ON v.project_id = f.project_id
LEFT JOIN posted_to AS t ON t.project_id = f.project_id AND t.year = $year
LEFT JOIN undecided AS u ON u.project_id = f.project_id
LEFT JOIN other_years AS o ON o.project_id = f.project_id
ORDER BY f.project_id
