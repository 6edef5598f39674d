-- The settlement of a year. Reads the views borgere, forloeb, udgifter (as delivered, with filename) and projekter, and
-- the tables deliveries (project_id, as_of), terms (one row, the settled year among it) and reach (day, reach_day).
CREATE TEMP TABLE citizens AS
SELECT split_part(filename, '/', -3) AS project_id, borger_id, gruppe = t.participant AS is_participant
FROM borgere, terms AS t;

CREATE TEMP TABLE spells AS
SELECT
    c.rowid AS citizen,
    f.virksomhed_cvr AS company,
    f.startdato AS first_day,
    least(coalesce(f.slutdato, d.as_of), d.as_of, t.programme_last_day) AS last_day
FROM (SELECT *, split_part(filename, '/', -3) AS project_id FROM forloeb) AS f
JOIN deliveries AS d USING (project_id)
JOIN citizens AS c ON c.project_id = f.project_id AND c.borger_id = f.borger_id AND c.is_participant
CROSS JOIN terms AS t
WHERE list_contains(t.spell_types, f.type);

-- Only spells at a company where their span is long enough can complete.
CREATE TEMP TABLE long_enough AS
SELECT citizen, company, count(*) AS spells, min(first_day) AS first_day
FROM spells
GROUP BY ALL
HAVING max(last_day) - min(first_day) + 1 >= (SELECT completion_days FROM terms);

CREATE TEMP TABLE events AS
WITH marked AS (
    SELECT
        citizen, company, first_day, last_day,
        first_day > max(reach_day) OVER (
            PARTITION BY citizen, company ORDER BY first_day, last_day
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) IS NOT FALSE AS begins
    FROM spells
    SEMI JOIN (FROM long_enough WHERE spells > 1) USING (citizen, company)
    JOIN reach ON day = last_day
),
numbered AS (
    SELECT *, count_if(begins) OVER (PARTITION BY citizen, company ORDER BY first_day, last_day) AS chain FROM marked
),
chains AS (
    SELECT citizen, min(first_day) AS first_day
    FROM numbered
    GROUP BY citizen, company, chain
    HAVING max(last_day) - min(first_day) + 1 >= (SELECT completion_days FROM terms)
    UNION ALL
    SELECT citizen, first_day FROM long_enough WHERE spells = 1
),
days AS (
    SELECT citizen, min(first_day) AS day, 1 AS starts, 0 AS completions, any_value(start_dkk) AS dkk
    FROM spells, terms
    GROUP BY citizen
    UNION ALL
    SELECT citizen, min(first_day) + any_value(completion_days) - 1, 0, 1, any_value(completion_dkk)
    FROM chains, terms
    GROUP BY citizen
)
SELECT c.project_id, year(day) AS year, sum(starts) AS starts, sum(completions) AS completions, sum(dkk) AS gross
FROM days JOIN citizens AS c ON c.rowid = days.citizen
GROUP BY ALL;

CREATE TEMP TABLE settlement AS
WITH wages AS (
    SELECT split_part(filename, '/', -3) AS project_id, year(dato) AS year, sum(beloeb) AS wages
    FROM udgifter, terms
    WHERE list_contains(wage_categories, kategori)
    GROUP BY ALL
),
arms AS (
    SELECT project_id, count_if(is_participant) AS participants, count_if(NOT is_participant) AS controls
    FROM citizens
    GROUP BY ALL
),
summed AS (
    SELECT
        y.year, p.projekt_id AS project_id, right(p.tilsagnshaver, 3) AS lead_municipality, d.as_of,
        p.maaltal AS target, a.participants, a.controls,
        coalesce(e.starts, 0) AS starts, coalesce(e.completions, 0) AS completions, coalesce(e.gross, 0) AS gross,
        coalesce(w.wages, 0) AS wages,
        p.maaltal * t.cap_a_participant_dkk AS cap,
        least(p.tilsagn_fast, t.fixed_max_dkk) AS fixed_max,
        least(sum(coalesce(e.gross, 0)) OVER so_far, p.maaltal * t.cap_a_participant_dkk) AS activity_cumulative,
        greatest(least(sum(coalesce(w.wages, 0)) OVER so_far, p.tilsagn_fast, t.fixed_max_dkk), 0) AS fixed_cumulative
    FROM projekter AS p
    CROSS JOIN terms AS t
    CROSS JOIN (SELECT unnest(range(year(programme_first_day), settled_year + 1)) AS year FROM terms) AS y
    JOIN deliveries AS d ON d.project_id = p.projekt_id
    JOIN arms AS a ON a.project_id = p.projekt_id
    LEFT JOIN events AS e ON e.project_id = p.projekt_id AND e.year = y.year
    LEFT JOIN wages AS w ON w.project_id = p.projekt_id AND w.year = y.year
    WINDOW so_far AS (PARTITION BY p.projekt_id ORDER BY y.year ROWS UNBOUNDED PRECEDING)
),
increments AS (
    SELECT
        *,
        activity_cumulative - lag(activity_cumulative, 1, 0) OVER years AS activity,
        fixed_cumulative - lag(fixed_cumulative, 1, 0) OVER years AS fixed
    FROM summed
    WINDOW years AS (PARTITION BY project_id ORDER BY year)
)
SELECT
    year, project_id, lead_municipality, 'ready' AS status, NULL AS holds, as_of AS delivery_as_of,
    target AS target_participants, participants, controls, starts, completions,
    gross::DECIMAL(18, 2) AS gross_activity,
    cap::DECIMAL(18, 2) AS cap,
    activity_cumulative::DECIMAL(18, 2) AS activity_cumulative,
    activity::DECIMAL(18, 2) AS activity,
    wages::DECIMAL(18, 2) AS wages_documented,
    fixed_cumulative::DECIMAL(18, 2) AS fixed_cumulative,
    fixed::DECIMAL(18, 2) AS fixed,
    (activity + fixed)::DECIMAL(18, 2) AS entitlement,
    0::DECIMAL(18, 2) AS posted,
    (activity + fixed)::DECIMAL(18, 2) AS payable
FROM increments
WHERE year = (SELECT settled_year FROM terms);
