-- Grain: citizen of $projects who counts by the end of $year. Key: project_id, citizen_id. Amounts
-- in DKK, in floating point, as a workbook holds them.
SELECT
    * EXCLUDE (row_no)
    REPLACE (start_dkk::DOUBLE AS start_dkk, completion_dkk::DOUBLE AS completion_dkk)
FROM run.counted_citizens($year)
WHERE list_contains($projects::VARCHAR[], project_id)
ORDER BY project_id, start_date, citizen_id, row_no
