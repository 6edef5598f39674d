-- Grain: date or hours as written, column, of a delivery of forloeb that has a date month first, or
-- hours with a decimal point and others with a group of thousands; once, with its first row. P15 is
-- judged by it. Hours that are a number, not text, are left out. Reads cells.
CREATE OR REPLACE TEMP TABLE suspect_texts AS
SELECT delivery_no, min(row_no) AS row_no, column_name, text, is_amount, next_text
FROM (
    SELECT
        delivery_no,
        row_no,
        unnest([
            {'column_name': 'startdato', 'text': startdato, 'is_amount': false},
            {'column_name': 'slutdato', 'text': slutdato, 'is_amount': false},
            {
                'column_name': 'ordinaere_timer_pr_uge',
                'text': CASE WHEN amount_is_number THEN '' ELSE ordinaere_timer_pr_uge END,
                'is_amount': true
            }
        ], recursive := true),
        NULL::VARCHAR AS next_text
    FROM cells
    SEMI JOIN (
        SELECT s.delivery_no
        FROM core_spells AS s
        SEMI JOIN delivered USING (delivery_no)
        WHERE is_month_first(s.startdato_text) OR is_month_first(s.slutdato_text)
        UNION ALL
        (
            SELECT delivery_no
            FROM cells
            WHERE contains(ordinaere_timer_pr_uge, '.')
              AND NOT amount_is_number
              AND has_point_decimals(ordinaere_timer_pr_uge)
            INTERSECT
            SELECT delivery_no
            FROM cells
            WHERE contains(ordinaere_timer_pr_uge, '.')
              AND NOT amount_is_number
              AND is_one_group(ordinaere_timer_pr_uge)
        )
    ) AS suspect USING (delivery_no)
    WHERE field_count = header_count
)
GROUP BY delivery_no, column_name, text, is_amount, next_text
