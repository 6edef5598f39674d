-- Grain: project, element. Key: both. moved: courses with all nine due that lack this element
-- alone, and would be JobFirst with it.
SELECT project_id, missing AS element, count(*) AS moved
FROM (
    SELECT
        project_id,
        citizen_row_no,
        any_value(element) FILTER (WHERE value <> 'ja') AS missing
    FROM run.fidelity_values
    WHERE arm = 'participant'
    GROUP BY project_id, citizen_row_no
    HAVING bool_and(is_due) AND count(*) FILTER (WHERE value <> 'ja') = 1
)
GROUP BY project_id, missing
ORDER BY project_id, missing
