-- Grain: row of forloeb. codes: the rules that it breaks.
WITH typed AS (
    SELECT
        *,
        d.rowid - f.first_row + 2 AS row_no,
        ordinaere_timer_pr_uge IS NULL OR more IS NOT NULL AS is_ragged,
        try_cast(startdato AS DATE) AS first_day,
        try_cast(slutdato AS DATE) AS ends,
        coalesce(ends, CASE WHEN slutdato = '' THEN as_of END) AS known_end,
        CASE WHEN regexp_full_match(virksomhed_cvr, '[1-9][0-9]{7}') THEN virksomhed_cvr::INTEGER END AS company
    FROM {{ ref('delivered_forloeb') }} AS d
    JOIN {{ ref('delivered_files') }} AS f USING (filename)
),

repeated AS (
    SELECT project_id, forloeb_id
    FROM typed
    WHERE forloeb_id <> '' AND NOT is_ragged
    GROUP BY ALL
    HAVING count(*) > 1
)

SELECT
    s.project_id, s.as_of, s.row_no, s.forloeb_id, s.borger_id, s.type, s.company, s.first_day, s.ends, c.is_participant,
    CASE
        WHEN s.is_ragged THEN 'R01'
        ELSE
            concat_ws(
                ' ',
                CASE WHEN s.forloeb_id = '' THEN 'S01' END,
                CASE WHEN r.forloeb_id IS NOT NULL THEN 'S02' END,
                CASE WHEN c.borger_id IS NULL THEN 'S03' END,
                CASE WHEN c.is_rejected THEN 'S04' END,
                CASE WHEN s.type NOT IN {{ var('spell_types') }} THEN 'S05' END,
                CASE
                    WHEN
                        (
                            2 * (s.company // 10000000) + 7 * (s.company // 1000000 % 10)
                            + 6 * (s.company // 100000 % 10) + 5 * (s.company // 10000 % 10)
                            + 4 * (s.company // 1000 % 10) + 3 * (s.company // 100 % 10)
                            + 2 * (s.company // 10 % 10) + s.company % 10
                        ) % 11 <> 0 IS NOT FALSE
                        THEN 'S06'
                END,
                CASE WHEN s.first_day > s.as_of IS NOT FALSE THEN 'S07' END,
                CASE WHEN s.known_end IS NULL OR s.ends < s.first_day THEN 'S08' END,
                CASE WHEN NOT c.is_rejected AND s.first_day < c.enrolled THEN 'S09' END,
                CASE
                    WHEN
                        s.first_day > {{ var('programme_last_day') }}
                        OR (s.type IN {{ var('ending_types') }} AND s.known_end > {{ var('programme_last_day') }})
                        THEN 'S10'
                END,
                CASE
                    WHEN s.type = 'snusepraktik' AND s.known_end - s.first_day + 1 > {{ var('snusepraktik_max_days') }}
                        THEN 'S11'
                END,
                CASE
                    WHEN
                        s.ordinaere_timer_pr_uge <> ''
                        AND try_cast(s.ordinaere_timer_pr_uge AS DECIMAL(18, 2))
                        BETWEEN {{ var('hours_least') }} AND {{ var('hours_most') }} IS NOT TRUE
                        THEN 'S12'
                END,
                CASE
                    WHEN
                        s.type IN {{ var('open_types') }}
                        AND s.first_day <= {{ var('programme_last_day') }}
                        AND s.known_end > {{ var('programme_last_day') }}
                        THEN 'S13'
                END
            )
    END AS codes
FROM typed AS s
LEFT JOIN {{ ref('known_citizens') }} AS c ON c.project_id = s.project_id AND c.borger_id = s.borger_id
LEFT JOIN repeated AS r ON r.project_id = s.project_id AND r.forloeb_id = s.forloeb_id
