-- Grain: project of the register. Key: project_id. Its delivery in force (null where there is
-- none), the window in which citizens may be enrolled, and the terms that hold on its first day.
-- Amounts in DKK. Reads register_projects and project_terms (frames), run.in_force.
CREATE OR REPLACE TABLE run.projects AS
SELECT
    p.project_id,
    p.project_name,
    p.case_number,
    p.lead_municipality,
    p.start_date,
    (p.start_date + to_years(t.enrolment_window_years::INTEGER))::DATE AS window_end,
    p.target_participants,
    p.commitment_dkk,
    p.contact,
    p.email,
    f.delivery_no,
    f.receipt_no,
    f.as_of_date,
    f.received_at,
    $settled_year::INTEGER AS settled_year,
    make_date($settled_year::INTEGER, 12, 31) AS year_last_day,
    $programme_last_day::DATE AS programme_last_day,
    t.* EXCLUDE (project_id)
FROM register_projects AS p
JOIN project_terms AS t USING (project_id)
LEFT JOIN run.in_force AS f USING (project_id)
