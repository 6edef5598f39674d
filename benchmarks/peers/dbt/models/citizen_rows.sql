-- Grain: row of borgere. codes: the rules that it breaks, but for C13.
WITH typed AS (
    SELECT
        *,
        d.rowid - f.first_row + 2 AS row_no,
        visitationsdato IS NULL OR more IS NOT NULL AS is_ragged,
        try_cast(visitationsdato AS DATE) AS enrolled,
        try_cast(offentlig_forsoergelse_siden AS DATE) AS supported_since,
        CASE WHEN regexp_full_match(cpr, '[0-9]{10}') THEN cpr END AS digits,
        maalgruppe IN {{ var('target_groups') }} AS has_group
    FROM {{ ref('delivered_borgere') }} AS d
    JOIN {{ ref('delivered_files') }} AS f USING (filename)
),

repeated AS (
    SELECT project_id, borger_id
    FROM typed
    WHERE borger_id <> '' AND NOT is_ragged
    GROUP BY ALL
    HAVING count(*) > 1
),

born AS (
    SELECT
        *,
        CASE
            WHEN digits[7] <= '3' OR (digits[7] IN ('4', '9') AND digits[5:6] > '36') THEN '19'
            WHEN digits[7] IN ('4', '9') OR digits[5:6] <= '57' THEN '20'
            ELSE '18'
        END AS century,
        try_cast(century || digits[5:6] || '-' || digits[3:4] || '-' || (digits[1:2]::INTEGER % 60) AS DATE) AS birth_date
    FROM typed
),

judged AS (
    SELECT
        b.*,
        CASE
            WHEN is_ragged THEN 'R01'
            ELSE
                concat_ws(
                    ' ',
                    CASE WHEN b.borger_id = '' THEN 'C01' END,
                    CASE WHEN r.borger_id IS NOT NULL THEN 'C02' END,
                    CASE WHEN birth_date IS NULL THEN 'C03' END,
                    CASE WHEN NOT list_contains(p.municipalities, kommunekode) THEN 'C04' END,
                    CASE WHEN NOT has_group THEN 'C05' END,
                    CASE
                        WHEN
                            maalgruppe || ' ' || ydelse NOT IN {{ var('group_benefits') }}
                            AND (has_group OR ydelse NOT IN {{ var('benefits') }})
                            THEN 'C06'
                    END,
                    CASE WHEN gruppe NOT IN {{ var('arms') }} THEN 'C07' END,
                    CASE WHEN enrolled > as_of IS NOT FALSE THEN 'C08' END,
                    CASE
                        WHEN
                            enrolled < p.first_day
                            OR enrolled >= p.window_end
                            OR enrolled > {{ var('programme_last_day') }}
                            THEN 'C09'
                    END,
                    CASE WHEN birth_date + to_years({{ var('minimum_age_years') }}) > enrolled THEN 'C10' END,
                    CASE
                        WHEN
                            maalgruppe IN {{ var('support_groups') }}
                            AND (
                                supported_since IS NULL
                                OR supported_since < birth_date
                                OR supported_since > enrolled - to_years({{ var('support_years') }})
                            )
                            THEN 'C11'
                    END,
                    CASE
                        WHEN
                            (maalgruppe IN {{ var('no_integration_groups') }} AND integrationsprogram = 'ja')
                            OR integrationsprogram NOT IN ('ja', 'nej', '')
                            THEN 'C12'
                    END,
                    CASE
                        WHEN
                            birth_date IS NOT NULL
                            AND (
                                4 * digits[1]::INTEGER + 3 * digits[2]::INTEGER + 2 * digits[3]::INTEGER
                                + 7 * digits[4]::INTEGER + 6 * digits[5]::INTEGER + 5 * digits[6]::INTEGER
                                + 4 * digits[7]::INTEGER + 3 * digits[8]::INTEGER + 2 * digits[9]::INTEGER
                                + digits[10]::INTEGER
                            ) % 11 <> 0
                            THEN 'C14'
                    END,
                    CASE WHEN regexp_full_match(b.borger_id, '[0-9]{6}-?[0-9]{4}') THEN 'C15' END
                )
        END AS codes
    FROM born AS b
    JOIN {{ ref('projects') }} AS p USING (project_id)
    LEFT JOIN repeated AS r ON r.project_id = b.project_id AND r.borger_id = b.borger_id
)

SELECT
    project_id, as_of, row_no, borger_id, gruppe, maalgruppe, enrolled, digits AS person, is_ragged, codes,
    codes NOT IN ('', 'C14') AS is_rejected
FROM judged
