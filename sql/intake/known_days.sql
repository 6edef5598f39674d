-- Grain: usual spelling of a day of our time. Key: text. A look-up is many times faster than
-- reading a text; a text that is not here is read by as_date.
CREATE OR REPLACE TEMP TABLE known_days AS
SELECT
    unnest([
        strftime(day, '%d-%m-%Y'),
        strftime(day, '%d.%m.%Y'),
        strftime(day, '%d/%m/%Y'),
        strftime(day, '%Y-%m-%d')
    ]) AS text,
    day::DATE AS day
FROM generate_series(DATE '1995-01-01', DATE '2019-12-31', INTERVAL 1 DAY) AS days (day)
