-- Grain: project, arm. Its citizens by target group, and the shares that the population has, in the same order.
SELECT
    project_id,
    arm,
    list(citizens ORDER BY maalgruppe) AS counts,
    list(population_share ORDER BY maalgruppe) AS shares
FROM run.proportions
GROUP BY project_id, arm
ORDER BY project_id, arm
