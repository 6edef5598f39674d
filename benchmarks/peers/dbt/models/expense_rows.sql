-- Grain: row of udgifter. codes: the rules that it breaks.
WITH typed AS (
    SELECT
        *,
        d.rowid - f.first_row + 2 AS row_no,
        tekst IS NULL OR more IS NOT NULL AS is_ragged,
        try_cast(dato AS DATE) AS day,
        try_cast(beloeb AS DECIMAL(18, 2)) AS amount
    FROM {{ ref('delivered_udgifter') }} AS d
    JOIN {{ ref('delivered_files') }} AS f USING (filename)
),

repeated AS (
    SELECT project_id, bilagsnr
    FROM typed
    WHERE bilagsnr <> '' AND NOT is_ragged
    GROUP BY ALL
    HAVING count(*) > 1
)

SELECT
    e.project_id, e.row_no, e.bilagsnr, e.day, e.kategori, e.amount,
    CASE
        WHEN e.is_ragged THEN 'R01'
        ELSE
            concat_ws(
                ' ',
                CASE WHEN e.bilagsnr = '' THEN 'E01' END,
                CASE WHEN r.bilagsnr IS NOT NULL THEN 'E02' END,
                CASE WHEN e.day > e.as_of IS NOT FALSE THEN 'E03' END,
                CASE WHEN e.day < p.first_day OR e.day > {{ var('programme_last_day') }} THEN 'E04' END,
                CASE WHEN e.kategori NOT IN {{ var('expense_categories') }} THEN 'E05' END,
                CASE WHEN e.amount = 0 IS NOT FALSE THEN 'E06' END,
                CASE WHEN e.lovpligtig NOT IN ('nej', '') THEN 'E07' END
            )
    END AS codes
FROM typed AS e
JOIN {{ ref('projects') }} AS p USING (project_id)
LEFT JOIN repeated AS r ON r.project_id = e.project_id AND r.bilagsnr = e.bilagsnr
