-- Grain: record of borgere. Key: delivery_no, row_no. Typed, CPR numbers replaced by keyed pseudonyms, other texts masked.
-- Reads cells. $inner_block, $outer_block: the key.
CREATE OR REPLACE TEMP TABLE typed AS
WITH numbered AS (
    SELECT *, cpr_digits(cpr) AS digits
    FROM cells
),

born AS (
    SELECT *, cpr_birth_date(digits) AS birth_date
    FROM numbered
)

SELECT
    delivery_no,
    row_no,
    header_count,
    field_count,
    comparable(borger_id, $inner_block, $outer_block) AS borger_id,
    regexp_full_match(borger_id, cpr_pattern()) AND NOT contains(borger_id, ' ') AS id_is_cpr,
    CASE
        WHEN cpr = '' THEN 'blank'
        WHEN birth_date IS NULL THEN 'invalid'
        WHEN cpr_check_holds(digits) THEN 'valid'
        ELSE 'valid_without_check'
    END AS cpr_state,
    CASE WHEN birth_date IS NOT NULL THEN pseudonym(digits, $inner_block, $outer_block) END AS person,
    birth_date,
    CASE WHEN regexp_full_match(kommunekode, '0[0-9]{3}') THEN right(kommunekode, 3) ELSE masked(kommunekode) END
        AS kommunekode,
    folded(masked(maalgruppe)) AS maalgruppe,
    folded(masked(ydelse)) AS ydelse,
    as_date(offentlig_forsoergelse_siden) AS offentlig_forsoergelse_siden,
    CASE
        WHEN offentlig_forsoergelse_siden <> '' AND as_date(offentlig_forsoergelse_siden) IS NULL
            THEN masked(offentlig_forsoergelse_siden)
    END AS offentlig_forsoergelse_siden_text,
    folded(masked(integrationsprogram)) AS integrationsprogram,
    folded(masked(gruppe)) AS gruppe,
    as_date(visitationsdato) AS visitationsdato,
    CASE WHEN visitationsdato <> '' AND as_date(visitationsdato) IS NULL THEN masked(visitationsdato) END
        AS visitationsdato_text
FROM born
