-- Grain: delivered file. first_row: the rowid of its first record among those of its table.
WITH firsts AS (
    SELECT filename, min(rowid) AS first_row FROM {{ ref('delivered_borgere') }} GROUP BY filename
    UNION ALL
    SELECT filename, min(rowid) AS first_row FROM {{ ref('delivered_forloeb') }} GROUP BY filename
    UNION ALL
    SELECT filename, min(rowid) AS first_row FROM {{ ref('delivered_udgifter') }} GROUP BY filename
)

SELECT
    filename,
    split_part(filename, '/', -3) AS project_id,
    split_part(filename, '/', -2)::DATE AS as_of,
    first_row
FROM firsts
