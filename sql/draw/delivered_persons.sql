-- Grain: person that project $project_id has delivered as $borger_id. Key: person.
SELECT DISTINCT c.person
FROM core_citizens AS c
JOIN core_deliveries AS d USING (delivery_no)
WHERE
    d.project_folder = $project_id
    AND visible_id(c.borger_id) = $borger_id
    AND c.person IS NOT NULL
