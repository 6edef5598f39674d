-- Grain: project and reason for which a delivered person is not in the trial. Key: both. reason:
-- the first rule that rejects the row; 'ikke_udtrukket' where the project has a draw and the
-- person is not in it.
SELECT project_id, reason, count(*) AS citizens
FROM (
    SELECT c.project_id, coalesce(min(q.code), 'ikke_udtrukket') AS reason
    FROM run.citizens AS c
    LEFT JOIN run.quarantine AS q
        ON
            c.delivery_no = q.delivery_no
            AND c.row_no = q.row_no
            AND q.table_name = 'borgere'
            AND q.action = 'reject'
    ANTI JOIN run.trial AS t ON c.project_id = t.project_id AND c.person = t.person
    GROUP BY c.project_id, c.delivery_no, c.row_no
) AS left_out
GROUP BY project_id, reason
ORDER BY project_id, reason
