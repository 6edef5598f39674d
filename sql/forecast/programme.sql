-- Grain: one row. The programme's first and last day, the settled year's last day, and the
-- appropriation in DKK.
SELECT
    programme_first_day,
    programme_last_day,
    make_date(settled_year, 12, 31) AS year_last_day,
    appropriation_dkk
FROM run.programme
