-- Grain: citizen who counts by the end of `of_year`: an accepted participant with a start. Key:
-- project_id, citizen_id. What happens after the year is left out. Ids are as delivered. Amounts in
-- DKK.
CREATE OR REPLACE MACRO run.counted_citizens(of_year) AS TABLE
SELECT
    project_id,
    row_no,
    visible_id(citizen_id) AS citizen_id,
    start_date,
    start_dkk,
    CASE WHEN year(completion_date) <= of_year THEN completion_date END AS completion_date,
    CASE WHEN year(completion_date) <= of_year THEN completion_dkk END AS completion_dkk
FROM run.citizen_events
WHERE year(start_date) <= of_year
