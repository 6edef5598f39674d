-- Grain: project, arm with an accepted citizen, target group. Key: all three. The arm's share of
-- citizens in the group against the group's share of the population of the project's
-- municipalities. deviation: arm less population. is_beyond_tolerance is exact: counts are
-- compared, not quotients, which are rounded here. Where a population is unknown there is no row.
CREATE OR REPLACE TABLE run.proportions AS
WITH populations AS (
    SELECT
        p.project_id,
        g.maalgruppe,
        sum(n.population) AS population,
        bool_or(n.population IS NULL) AS is_unknown
    FROM run.projects AS p
    JOIN run.project_municipalities AS m USING (project_id)
    CROSS JOIN run.target_groups AS g
    LEFT JOIN run.population AS n USING (kommunekode, maalgruppe)
    GROUP BY p.project_id, g.maalgruppe
),

totals AS (
    SELECT project_id, sum(population) AS population
    FROM populations
    GROUP BY project_id
    HAVING NOT bool_or(is_unknown) AND sum(population) > 0
),

arms AS (
    SELECT project_id, arm, count(*) AS arm_citizens
    FROM run.accepted_citizens
    GROUP BY project_id, arm
),

groups AS (
    SELECT project_id, arm, maalgruppe, count(*) AS citizens
    FROM run.accepted_citizens
    GROUP BY project_id, arm, maalgruppe
),

counted AS (
    SELECT
        a.project_id,
        a.arm,
        n.maalgruppe,
        coalesce(g.citizens, 0) AS citizens,
        a.arm_citizens,
        n.population,
        t.population AS total_population
    FROM arms AS a
    JOIN totals AS t USING (project_id)
    JOIN populations AS n USING (project_id)
    LEFT JOIN groups AS g USING (project_id, arm, maalgruppe)
)

SELECT
    c.project_id,
    c.arm,
    c.maalgruppe,
    c.citizens,
    c.arm_citizens,
    c.population,
    c.total_population,
    (c.citizens / c.arm_citizens)::DECIMAL(18, 15) AS share,
    (c.population / c.total_population)::DECIMAL(18, 15) AS population_share,
    (c.citizens / c.arm_citizens - c.population / c.total_population)::DECIMAL(18, 15) AS deviation,
    sqrt(
        c.population / c.total_population * (1 - c.population / c.total_population) / c.arm_citizens
    )::DECIMAL(18, 15) AS standard_error,
    abs(c.citizens * c.total_population - c.population * c.arm_citizens)::DECIMAL(28, 0)
    > p.proportion_tolerance_share
    * (c.arm_citizens * c.total_population)::DECIMAL(28, 0) AS is_beyond_tolerance
FROM counted AS c
JOIN run.projects AS p USING (project_id)
