-- Grain: record of forloeb. Key: delivery_no, row_no. Typed, texts masked. Reads cells. $inner_block, $outer_block: the key.
CREATE OR REPLACE TEMP TABLE typed AS
SELECT
    delivery_no,
    row_no,
    header_count,
    field_count,
    comparable(forloeb_id, $inner_block, $outer_block) AS forloeb_id,
    comparable(borger_id, $inner_block, $outer_block) AS borger_id,
    folded(masked(type)) AS type,
    as_cvr(virksomhed_cvr) AS virksomhed_cvr,
    CASE WHEN as_cvr(virksomhed_cvr) IS NULL THEN masked(virksomhed_cvr) END AS virksomhed_cvr_text,
    as_date(startdato) AS startdato,
    CASE WHEN startdato <> '' AND as_date(startdato) IS NULL THEN masked(startdato) END AS startdato_text,
    as_date(slutdato) AS slutdato,
    CASE WHEN slutdato <> '' AND as_date(slutdato) IS NULL THEN masked(slutdato) END AS slutdato_text,
    as_amount(ordinaere_timer_pr_uge) AS ordinaere_timer_pr_uge,
    CASE
        WHEN ordinaere_timer_pr_uge <> '' AND as_amount(ordinaere_timer_pr_uge) IS NULL
            THEN masked(ordinaere_timer_pr_uge)
    END AS ordinaere_timer_pr_uge_text
FROM cells
