-- Grain: date or amount as written, column, of a delivery of udgifter that has a date month first,
-- an amount with a decimal point and another with a group of thousands, or, delimited by commas,
-- two digits alone behind an amount; once, with its first row. P15 is judged by it. An amount that
-- is a number, not text, is left out, and so is its unit. Reads cells.
CREATE OR REPLACE TEMP TABLE suspect_texts AS
SELECT delivery_no, min(row_no) AS row_no, column_name, text, is_amount, next_text
FROM (
    SELECT
        delivery_no,
        row_no,
        unnest([
            {'column_name': 'dato', 'text': dato, 'is_amount': false, 'next_text': NULL},
            {
                'column_name': 'beloeb',
                'text': CASE WHEN amount_is_number THEN '' ELSE without_unit(beloeb) END,
                'is_amount': true,
                'next_text': after_amount
            }
        ], recursive := true)
    FROM cells
    SEMI JOIN (
        SELECT e.delivery_no
        FROM core_expenses AS e
        SEMI JOIN delivered USING (delivery_no)
        WHERE is_month_first(e.dato_text)
        UNION ALL
        (
            SELECT delivery_no
            FROM cells
            WHERE contains(beloeb, '.')
              AND NOT amount_is_number
              AND has_point_decimals(without_unit(beloeb))
            INTERSECT
            SELECT delivery_no
            FROM cells
            WHERE contains(beloeb, '.')
              AND NOT amount_is_number
              AND is_one_group(without_unit(beloeb))
        )
        UNION ALL
        SELECT delivery_no
        FROM cells
        WHERE regexp_full_match(after_amount, '[0-9]{2}')
    ) AS suspect USING (delivery_no)
    WHERE field_count = header_count
)
GROUP BY delivery_no, column_name, text, is_amount, next_text
