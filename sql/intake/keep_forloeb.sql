-- Keeps the rows of forloeb: typed, texts masked. A ragged row (R01) is kept apart. Reads cells,
-- and the known_* look-ups. $inner_block, $outer_block: the key.
INSERT INTO core_spells BY NAME
WITH looked_up AS (
    SELECT
        c.*,
        w.code AS known_type,
        s.day AS known_start,
        e.day AS known_end,
        h.number AS known_hours,
        as_cvr(c.virksomhed_cvr) AS cvr
    FROM cells AS c
    LEFT JOIN known_words AS w ON w.text = c.type
    LEFT JOIN known_days AS s ON s.text = c.startdato
    LEFT JOIN known_days AS e ON e.text = c.slutdato
    LEFT JOIN known_numbers AS h ON h.text = c.ordinaere_timer_pr_uge
),

read AS (
    SELECT
        * REPLACE (CASE WHEN cvr_check_holds(cvr) THEN cvr END AS cvr),
        coalesce(known_type, kept_code(type, codes)) AS kept_type,
        coalesce(known_start, as_date(startdato)) AS start_day,
        coalesce(known_end, as_date(slutdato)) AS end_day,
        coalesce(known_hours, as_amount(ordinaere_timer_pr_uge)) AS hours
    FROM looked_up
    CROSS JOIN (SELECT list(DISTINCT code) AS codes FROM known_words) AS known
)

SELECT
    delivery_no,
    row_no,
    comparable(forloeb_id, $inner_block, $outer_block) AS forloeb_id,
    comparable(borger_id, $inner_block, $outer_block) AS borger_id,
    kept_type AS type,
    written_code(type, kept_type) AS type_text,
    cvr AS virksomhed_cvr,
    CASE WHEN cvr IS NULL THEN masked(virksomhed_cvr) END AS virksomhed_cvr_text,
    start_day AS startdato,
    CASE WHEN start_day IS NULL AND startdato <> '' THEN masked(startdato) END AS startdato_text,
    end_day AS slutdato,
    CASE WHEN end_day IS NULL AND slutdato <> '' THEN masked(slutdato) END AS slutdato_text,
    hours AS ordinaere_timer_pr_uge,
    -- Thousands of hours are kept as written: they are three decimals, more likely than not.
    CASE
        WHEN ordinaere_timer_pr_uge <> ''
            AND known_hours IS NULL
            AND (hours IS NULL OR regexp_matches(ordinaere_timer_pr_uge, '\.[0-9]{3}'))
            THEN masked_amount(ordinaere_timer_pr_uge)
    END AS ordinaere_timer_pr_uge_text
FROM read
WHERE field_count = header_count
