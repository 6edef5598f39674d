-- Grain: borger_id of a project. is_rejected: whether a row of it is; else enrolled and gruppe are those that count.
SELECT
    r.project_id,
    r.borger_id,
    any_value(r.as_of) AS as_of,
    any_value(r.enrolled) AS enrolled,
    any_value(r.gruppe) = {{ var('participant') }} AS is_participant,
    any_value(r.maalgruppe) AS target_group,
    bool_or(r.is_rejected OR p.row_no IS NOT NULL) AS is_rejected
FROM {{ ref('citizen_rows') }} AS r
LEFT JOIN {{ ref('repeated_persons') }} AS p ON p.project_id = r.project_id AND p.row_no = r.row_no
WHERE r.borger_id <> '' AND NOT r.is_ragged
GROUP BY r.project_id, r.borger_id
