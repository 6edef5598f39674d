-- Grain: delivery, column that betrays another order of dates or another decimal sign (P15), and
-- how: 'month_first', 'point', 'comma'. first_*: a cell that can't be read the Danish way;
-- second_*: one that is read that way, of the same column or, for dates, if need be of another
-- (null where there is none). Reads suspect_texts.
WITH dates AS (
    SELECT
        delivery_no,
        column_name,
        min(row_no) FILTER (WHERE is_month_first(text)) AS first_row_no,
        arg_min(text, row_no) FILTER (WHERE is_month_first(text)) AS first_text
    FROM suspect_texts
    WHERE NOT is_amount
    GROUP BY delivery_no, column_name
    HAVING first_row_no IS NOT NULL AND NOT bool_or(is_day_first(text))
),

read_day_first AS (
    SELECT
        d.delivery_no,
        d.column_name,
        arg_min(
            {'column_name': t.column_name, 'row_no': t.row_no, 'text': t.text},
            {
                'is_other': t.column_name <> d.column_name,
                'row_no': t.row_no,
                'column_name': t.column_name
            }
        ) AS cell
    FROM dates AS d
    JOIN suspect_texts AS t USING (delivery_no)
    WHERE NOT t.is_amount AND is_of_either_order(t.text)
    GROUP BY d.delivery_no, d.column_name
),

amounts AS (
    SELECT
        delivery_no,
        column_name,
        min(row_no) FILTER (WHERE has_point_decimals(text)) AS first_row_no,
        arg_min(text, row_no) FILTER (WHERE has_point_decimals(text)) AS first_text,
        min(row_no) FILTER (WHERE is_one_group(text)) AS second_row_no,
        arg_min(text, row_no) FILTER (WHERE is_one_group(text)) AS second_text
    FROM suspect_texts
    WHERE is_amount
    GROUP BY delivery_no, column_name
    HAVING first_row_no IS NOT NULL
       AND second_row_no IS NOT NULL
       AND NOT bool_or(contains(text, ',') AND as_amount(text) IS NOT NULL)
),

split AS (
    SELECT
        delivery_no,
        column_name,
        min(row_no) AS first_row_no,
        arg_min(text, row_no) AS first_text,
        arg_min(next_text, row_no) AS second_text
    FROM suspect_texts
    WHERE is_amount
      AND regexp_full_match(text, '[0-9]+')
      AND regexp_full_match(next_text, '[0-9]{2}')
    GROUP BY delivery_no, column_name
)

SELECT
    d.delivery_no,
    'month_first' AS how,
    d.column_name,
    d.first_row_no,
    d.first_text,
    r.cell.column_name AS second_column,
    r.cell.row_no AS second_row_no,
    r.cell.text AS second_text
FROM dates AS d
LEFT JOIN read_day_first AS r USING (delivery_no, column_name)
UNION ALL
SELECT
    delivery_no,
    'point',
    column_name,
    first_row_no,
    first_text,
    column_name,
    second_row_no,
    second_text
FROM amounts
UNION ALL
SELECT delivery_no, 'comma', column_name, first_row_no, first_text, NULL, first_row_no, second_text
FROM split
ORDER BY ALL
