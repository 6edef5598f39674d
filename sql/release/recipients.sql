-- Grain: project of the register. Who receives its grant, and under which case number.
SELECT project_id, case_number, lead_municipality FROM run.projects ORDER BY project_id
