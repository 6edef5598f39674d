-- Grain: person that project $project_id delivers as $borger_id, newest delivery first.
SELECT c.person
FROM core_citizens AS c
JOIN core_deliveries AS d USING (delivery_no)
WHERE
    d.project_folder = $project_id
    AND visible_id(c.borger_id) = $borger_id
    AND c.person IS NOT NULL
ORDER BY d.as_of_date DESC
LIMIT 1
