-- Grain: usual spelling of hours a week, in quarters. Key: text. As known_days, for hours.
CREATE OR REPLACE TEMP TABLE known_numbers AS
WITH quarters AS (
    SELECT (number * 0.25)::DECIMAL(18, 2) AS number
    FROM generate_series(0, 240) AS numbers (number)
),

spellings AS (
    SELECT
        number,
        unnest(
            [number::VARCHAR, rtrim(number::VARCHAR, '0'), rtrim(rtrim(number::VARCHAR, '0'), '.')]
        ) AS text
    FROM quarters
)

SELECT DISTINCT unnest([text, replace(text, '.', ',')]) AS text, number
FROM spellings
WHERE NOT suffix(text, '.')
