-- Grain: project with a core element that spells judge and that is due in both arms. Key:
-- project_id. contrast: the mean over these elements of participants' share less controls', not
-- rounded as in fidelity's elements.csv. is_small: whether some count, or its rest, is 1 to
-- $smallest - 1.
WITH shares AS (
    SELECT
        project_id,
        number,
        due_yes / due - control_due_yes / control_due AS contrast,
        list_bool_or([
            due_yes BETWEEN 1 AND $smallest - 1,
            due - due_yes BETWEEN 1 AND $smallest - 1,
            control_due_yes BETWEEN 1 AND $smallest - 1,
            control_due - control_due_yes BETWEEN 1 AND $smallest - 1
        ]) AS is_small
    FROM run.element_counts
    WHERE due > 0 AND control_due > 0
)

SELECT project_id, avg(contrast ORDER BY number) AS contrast, bool_or(is_small) AS is_small
FROM shares
GROUP BY project_id
ORDER BY project_id
