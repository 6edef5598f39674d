-- Grain: accepted participant. Key: project_id, row_no. The day of enrolment, of the start and of
-- the completion, as days since the programme's first day; nan where there is none yet. What the
-- start and the completion pay, in DKK; 0 where there is none. All in floating point: estimates.
SELECT
    a.project_id,
    (a.visitationsdato - p.programme_first_day)::DOUBLE AS enrolled_day,
    coalesce(e.start_date - p.programme_first_day, 'nan'::DOUBLE) AS start_day,
    coalesce(e.completion_date - p.programme_first_day, 'nan'::DOUBLE) AS completion_day,
    coalesce(e.start_dkk, 0)::DOUBLE AS start_dkk,
    coalesce(e.completion_dkk, 0)::DOUBLE AS completion_dkk
FROM run.accepted_citizens AS a
CROSS JOIN run.programme AS p
LEFT JOIN run.citizen_events AS e ON e.project_id = a.project_id AND e.row_no = a.row_no
WHERE a.arm = 'participant' AND a.visitationsdato IS NOT NULL
ORDER BY a.project_id, a.row_no
