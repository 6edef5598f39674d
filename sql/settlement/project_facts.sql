-- Grain: project of the register. Key: project_id. What the project rules judge.
-- *_received: rows that are not wholly blank; *_rejected: those with any reject. refused_later:
-- refused deliveries that rule P05 counts. *_before, *_gone: of the delivery before, what rule P14
-- counts (null where there was none); betrayed_*: what rule P15 reports (null where there is
-- nothing). unknown_populations: municipality and target group pairs without a population.
-- is_not_started: it starts after the settled year; as_of_date is then null, and participants and
-- controls are 0, as in settlement.csv. is_asked: the year is decided for it, since it
-- has started, or since money of the year was posted to it, which has to come back where its start
-- was moved. is_decision: it is asked, and does not stand as it was posted. differing_years: the
-- other years that rule P12 is about; years_together: those and the settled one, which are released
-- together; the first and the last have a column.
CREATE OR REPLACE TABLE run.project_facts AS
WITH citizens AS (
    SELECT
        project_id,
        count(*) FILTER (WHERE arm = 'participant') AS participants,
        count(*) FILTER (WHERE arm = 'control') AS controls
    FROM run.accepted_citizens
    GROUP BY project_id
),

deviations AS (
    SELECT project_id, max(abs(deviation)) AS largest_deviation
    FROM run.proportions
    GROUP BY project_id
),

populations AS (
    SELECT
        m.project_id,
        count(*) FILTER (WHERE n.population IS NULL) AS unknown_populations,
        coalesce(sum(n.population), 0) AS population
    FROM run.project_municipalities AS m
    CROSS JOIN run.target_groups AS g
    LEFT JOIN run.population AS n USING (kommunekode, maalgruppe)
    GROUP BY m.project_id
),

received AS (
    SELECT
        delivery_no,
        max(received) FILTER (WHERE table_name = 'borgere') AS borgere_received,
        max(received) FILTER (WHERE table_name = 'forloeb') AS forloeb_received,
        max(received) FILTER (WHERE table_name = 'udgifter') AS udgifter_received
    FROM core_row_counts
    GROUP BY delivery_no
),

rejected AS (
    SELECT
        delivery_no,
        count(*) FILTER (WHERE table_name = 'borgere') AS borgere_rejected,
        count(*) FILTER (WHERE table_name = 'forloeb') AS forloeb_rejected,
        count(*) FILTER (WHERE table_name = 'udgifter') AS udgifter_rejected
    FROM run.rejected_rows
    GROUP BY delivery_no
),

betrayed AS (
    SELECT project_id, places_da AS betrayed_da, places_en AS betrayed_en
    FROM run.faults
    WHERE is_in_force AND code = 'P15'
),

refused AS (
    SELECT project_id, count(*) AS refused_later
    FROM run.reported_receipts
    WHERE NOT is_in_force
    GROUP BY project_id
),

differing AS (
    SELECT
        d.project_id,
        string_agg(d.year::VARCHAR, ', ' ORDER BY d.year) AS differing_years,
        string_agg(d.year::VARCHAR, ' ' ORDER BY d.year) FILTER (WHERE d.year < p.settled_year)
            AS years_before,
        string_agg(d.year::VARCHAR, ' ' ORDER BY d.year) FILTER (WHERE d.year > p.settled_year)
            AS years_after,
        least(min(d.year), any_value(p.settled_year))::INTEGER AS first_year,
        greatest(max(d.year), any_value(p.settled_year))::INTEGER AS last_year
    FROM run.other_years_differing AS d
    CROSS JOIN run.programme AS p
    GROUP BY d.project_id
)

SELECT
    p.* EXCLUDE (as_of_date),
    p.start_date > p.year_last_day AS is_not_started,
    CASE WHEN NOT is_not_started THEN p.as_of_date END AS as_of_date,
    NOT is_not_started OR coalesce(o.is_settled_before, false) AS is_asked,
    is_asked AND NOT coalesce(o.is_settled_before AND NOT o.is_differing, false) AS is_decision,
    p.delivery_no IS NULL AND NOT is_not_started AS is_missing,
    CASE WHEN is_not_started THEN 0 ELSE coalesce(c.participants, 0) END AS participants,
    CASE WHEN is_not_started THEN 0 ELSE coalesce(c.controls, 0) END AS controls,
    d.largest_deviation,
    n.unknown_populations,
    n.population,
    coalesce(v.borgere_received, 0) AS borgere_received,
    coalesce(v.forloeb_received, 0) AS forloeb_received,
    coalesce(v.udgifter_received, 0) AS udgifter_received,
    coalesce(j.borgere_rejected, 0) AS borgere_rejected,
    coalesce(j.forloeb_rejected, 0) AS forloeb_rejected,
    coalesce(j.udgifter_rejected, 0) AS udgifter_rejected,
    CASE WHEN p.delivery_no IS NULL THEN 0 ELSE coalesce(r.refused_later, 0) END AS refused_later,
    g.* EXCLUDE (project_id),
    b.* EXCLUDE (project_id),
    y.differing_years,
    concat_ws(' ', y.years_before, p.settled_year, y.years_after) AS years_together,
    coalesce(y.first_year, p.settled_year) AS first_together_year,
    coalesce(y.last_year, p.settled_year) AS last_together_year
FROM run.projects AS p
LEFT JOIN citizens AS c USING (project_id)
LEFT JOIN deviations AS d USING (project_id)
LEFT JOIN populations AS n USING (project_id)
LEFT JOIN received AS v USING (delivery_no)
LEFT JOIN rejected AS j USING (delivery_no)
LEFT JOIN refused AS r USING (project_id)
LEFT JOIN run.gone AS g USING (project_id)
LEFT JOIN betrayed AS b USING (project_id)
LEFT JOIN differing AS y USING (project_id)
LEFT JOIN run.payable AS o ON o.project_id = p.project_id AND o.year = p.settled_year
