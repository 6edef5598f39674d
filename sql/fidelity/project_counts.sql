-- Grain: project of the register. Key: project_id. Every other column is null where no delivery is
-- in force. courses_due: with all nine due; jobfirst: those of them with all nine ja; maybe: those
-- of them with no nej, the jobfirst ones included. sum: of the grades, null where one is missing.
-- kappa_n, kappa_d: Cohen's kappa as a fraction, null below the fewest pairs and where it has no
-- value.
CREATE OR REPLACE TABLE run.fidelity_projects AS
WITH courses AS (
    SELECT
        project_id,
        citizen_row_no,
        bool_and(is_due) AS is_all_due,
        bool_and(value = 'ja') AS is_jobfirst,
        bool_and(value IN ('ja', 'uoplyst')) AS is_maybe
    FROM run.fidelity_values
    WHERE arm = 'participant'
    GROUP BY project_id, citizen_row_no
),

counted AS (
    SELECT
        project_id,
        count(*) FILTER (WHERE is_all_due) AS courses_due,
        count(*) FILTER (WHERE is_all_due AND is_jobfirst) AS jobfirst,
        count(*) FILTER (WHERE is_all_due AND is_maybe) AS maybe
    FROM courses
    GROUP BY project_id
),

graded AS (
    SELECT
        project_id,
        CASE WHEN count(grade) = count(*) THEN sum(grade)::INTEGER END AS grade_sum
    FROM run.element_counts
    GROUP BY project_id
),

agreed AS (
    SELECT
        project_id,
        count(*) AS pairs,
        count(*) FILTER (WHERE consultant = own) AS agreeing,
        count(*) FILTER (WHERE consultant = 'ja') * count(*) FILTER (WHERE own = 'ja')
        + count(*) FILTER (WHERE consultant = 'nej') * count(*) FILTER (WHERE own = 'nej')
            AS by_chance
    FROM run.fidelity_pairs
    GROUP BY project_id
)

SELECT
    p.project_id,
    p.project_name,
    p.as_of_date,
    CASE WHEN p.delivery_no IS NOT NULL THEN coalesce(c.courses_due, 0) END AS courses_due,
    c.jobfirst,
    c.maybe,
    g.grade_sum,
    CASE WHEN p.delivery_no IS NOT NULL THEN coalesce(a.pairs, 0) END AS pairs,
    a.agreeing,
    CASE WHEN a.pairs >= t.smallest_pairs AND a.pairs * a.pairs > a.by_chance
        THEN a.pairs * a.agreeing - a.by_chance END AS kappa_n,
    a.pairs * a.pairs - a.by_chance AS kappa_d
FROM run.projects AS p
CROSS JOIN run.fidelity_terms AS t
LEFT JOIN counted AS c USING (project_id)
LEFT JOIN graded AS g USING (project_id)
LEFT JOIN agreed AS a USING (project_id)
