-- Grain: the trial. cut: the last day that is known of any project; first_day: on which the first
-- citizen was drawn. Of a project without a delivery only an hours file, $is_reported, tells; where
-- no project has either, the programme's last day.
SELECT
    coalesce(
        max(t.cut) FILTER (WHERE $is_reported OR p.as_of_date IS NOT NULL), max(t.cut)
    ) AS cut,
    min(t.day) AS first_day
FROM run.trial AS t
JOIN run.projects AS p USING (project_id)
