-- Grain: changes of a project and year that one line of the letter names. Key: project_id, year,
-- position. other_year: the year that a moved one was in, or went to. *_rate_dkk: what one of them
-- gave and gives (null for expenses).
CREATE OR REPLACE TABLE run.cause_groups AS
WITH grouped AS (
    SELECT
        project_id,
        year,
        transition,
        subject,
        change,
        why,
        CASE change WHEN 'moved_in' THEN year(earlier_day) WHEN 'moved_out' THEN year(day) END
            AS other_year,
        CASE WHEN subject <> 'wages' THEN earlier_dkk END AS earlier_rate_dkk,
        CASE WHEN subject <> 'wages' THEN now_dkk END AS rate_dkk,
        count(*) AS changes,
        sum(amount_dkk)::DECIMAL(38, 2) AS amount_dkk
    FROM run.changes
    GROUP BY ALL
)

SELECT
    *,
    row_number() OVER (
        PARTITION BY project_id, year
        ORDER BY
            transition,
            list_position(['start', 'completion', 'wages'], subject),
            change,
            why,
            other_year,
            earlier_rate_dkk,
            rate_dkk
    )::INTEGER AS position
FROM grouped
