-- Grain: record of the hours file that is not wholly blank. Key: row_no. A personal number leaves
-- no more than its pseudonym; null where it is none. month_first: null where unreadable. Reads
-- texts (frame). $inner_block, $outer_block: the key. A pseudonym is costly, so it is made once for
-- each number.
CREATE OR REPLACE TEMP TABLE worked_hours AS
WITH cells AS (
    SELECT
        row_no,
        header_count,
        field_count,
        cpr_number(coalesce(fields[place_cpr], '')) AS number,
        coalesce(fields[place_maaned], '') AS month,
        coalesce(fields[place_timer], '') AS hours
    FROM records_of('texts')
),

persons AS (
    SELECT
        number,
        pseudonym(lpad(number::VARCHAR, 10, '0'), $inner_block, $outer_block) AS person
    FROM (SELECT DISTINCT number FROM cells) AS numbers
    WHERE cpr_birth_date(number) IS NOT NULL
)

SELECT
    c.row_no,
    c.field_count = c.header_count AS is_whole,
    p.person,
    CASE
        WHEN regexp_full_match(c.month, '[0-9]{4}-(?:0[1-9]|1[0-2])')
            THEN TRY_CAST(c.month || '-01' AS DATE)
    END AS month_first,
    CASE WHEN as_amount(c.hours) >= 0 THEN as_amount(c.hours) END AS hours
FROM cells AS c
LEFT JOIN persons AS p ON c.number = p.number
