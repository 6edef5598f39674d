-- Grain: usual spelling of a code. Key: text. As known_days, for codes; a text that is not here is
-- folded.
CREATE OR REPLACE TEMP TABLE known_words AS
WITH codes AS (
    SELECT unnest($words::VARCHAR[]) AS code
),

spellings AS (
    SELECT
        code,
        unnest(
            [
                code,
                replace(replace(replace(replace(code, '_', ' '), 'ae', 'æ'), 'oe', 'ø'), 'aa', 'å')
            ]
        ) AS text
    FROM codes
)

SELECT DISTINCT unnest([text, upper(left(text, 1)) || text[2:]]) AS text, code
FROM spellings
