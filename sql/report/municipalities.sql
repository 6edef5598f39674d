-- Grain: municipality of a project. Key: kommunekode. granted_dkk: what its projects are granted
-- from the programme's first year to the settled one, in DKK, a joint project's in full; target:
-- their participants by the grant. is_known: whether any of them has begun and has an accepted
-- delivery; is_not_started: whether all begin after the settled year.
SELECT
    m.kommunekode,
    string_agg(p.project_id, ', ' ORDER BY p.project_id) AS projects,
    sum(s.activity_cumulative_dkk + s.fixed_cumulative_dkk)::DECIMAL(18, 2) AS granted_dkk,
    sum(p.target_participants)::BIGINT AS target,
    bool_or(NOT f.is_missing AND NOT f.is_not_started) AS is_known,
    bool_and(f.is_not_started) AS is_not_started
FROM run.project_municipalities AS m
JOIN run.projects AS p USING (project_id)
JOIN run.project_facts AS f USING (project_id)
CROSS JOIN run.programme AS y
JOIN run.settlement AS s ON s.project_id = m.project_id AND s.year = y.settled_year
GROUP BY m.kommunekode
ORDER BY m.kommunekode
