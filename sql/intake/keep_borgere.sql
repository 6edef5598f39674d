-- Keeps the rows of borgere: typed, CPR numbers replaced by keyed pseudonyms, other texts masked.
-- A ragged row (R01) is kept apart. Reads cells, and the known_* look-ups. $inner_block,
-- $outer_block: the key.
INSERT INTO core_citizens BY NAME
WITH looked_up AS (
    SELECT
        c.*,
        m.code AS known_group,
        y.code AS known_benefit,
        i.code AS known_integration,
        g.code AS known_arm,
        v.day AS known_enrolment,
        o.day AS known_support,
        cpr_number(c.cpr) AS number
    FROM cells AS c
    LEFT JOIN known_words AS m ON m.text = c.maalgruppe
    LEFT JOIN known_words AS y ON y.text = c.ydelse
    LEFT JOIN known_words AS i ON i.text = c.integrationsprogram
    LEFT JOIN known_words AS g ON g.text = c.gruppe
    LEFT JOIN known_days AS v ON v.text = c.visitationsdato
    LEFT JOIN known_days AS o ON o.text = c.offentlig_forsoergelse_siden
),

read AS (
    SELECT
        *,
        cpr_birth_date(number) AS birth_date,
        CASE
            WHEN regexp_full_match(kommunekode, '0[0-9]{3}') THEN right(kommunekode, 3)
            ELSE masked(kommunekode)
        END
            AS kept_municipality,
        coalesce(known_group, kept_code(maalgruppe, codes)) AS kept_group,
        coalesce(known_benefit, kept_code(ydelse, codes)) AS kept_benefit,
        coalesce(known_integration, kept_code(integrationsprogram, codes)) AS kept_integration,
        coalesce(known_arm, kept_code(gruppe, codes)) AS kept_arm,
        coalesce(known_enrolment, as_date(visitationsdato)) AS enrolment_day,
        coalesce(known_support, as_date(offentlig_forsoergelse_siden)) AS support_day
    FROM looked_up
    CROSS JOIN (SELECT list(DISTINCT code) AS codes FROM known_words) AS known
)

SELECT
    delivery_no,
    row_no,
    comparable(borger_id, $inner_block, $outer_block) AS borger_id,
    regexp_full_match(borger_id, '[0-9]{6}-?[0-9]{4}')
    AND masked(borger_id) = '******-****' AS id_is_cpr,
    CASE
        WHEN cpr = '' THEN 'blank'
        WHEN birth_date IS NULL THEN cpr_flaw(cpr)
        WHEN cpr_check_holds(number) THEN 'valid'
        ELSE 'valid_without_check'
    END AS cpr_state,
    CASE
        WHEN birth_date IS NOT NULL
            THEN pseudonym(lpad(number::VARCHAR, 10, '0'), $inner_block, $outer_block)
    END AS person,
    birth_date,
    kept_municipality AS kommunekode,
    written_code(kommunekode, kept_municipality) AS kommunekode_text,
    kept_group AS maalgruppe,
    written_code(maalgruppe, kept_group) AS maalgruppe_text,
    kept_benefit AS ydelse,
    written_code(ydelse, kept_benefit) AS ydelse_text,
    support_day AS offentlig_forsoergelse_siden,
    CASE
        WHEN support_day IS NULL AND offentlig_forsoergelse_siden <> ''
            THEN masked(offentlig_forsoergelse_siden)
    END
        AS offentlig_forsoergelse_siden_text,
    kept_integration AS integrationsprogram,
    written_code(integrationsprogram, kept_integration) AS integrationsprogram_text,
    kept_arm AS gruppe,
    written_code(gruppe, kept_arm) AS gruppe_text,
    enrolment_day AS visitationsdato,
    CASE WHEN enrolment_day IS NULL AND visitationsdato <> '' THEN masked(visitationsdato) END
        AS visitationsdato_text
FROM read
WHERE field_count = header_count
