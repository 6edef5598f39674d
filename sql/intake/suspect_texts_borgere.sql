-- Grain: date as it is written, column, of a delivery of borgere that has a date month first; once,
-- with its first row. P15 is judged by it; is_amount: it is none. Reads cells.
CREATE OR REPLACE TEMP TABLE suspect_texts AS
SELECT delivery_no, min(row_no) AS row_no, column_name, text, is_amount, next_text
FROM (
    SELECT
        delivery_no,
        row_no,
        unnest([
            {'column_name': 'offentlig_forsoergelse_siden', 'text': offentlig_forsoergelse_siden},
            {'column_name': 'visitationsdato', 'text': visitationsdato}
        ], recursive := true),
        false AS is_amount,
        NULL::VARCHAR AS next_text
    FROM cells
    SEMI JOIN (
        SELECT c.delivery_no
        FROM core_citizens AS c
        SEMI JOIN delivered USING (delivery_no)
        WHERE is_month_first(c.offentlig_forsoergelse_siden_text)
            OR is_month_first(c.visitationsdato_text)
    ) AS suspect USING (delivery_no)
    WHERE field_count = header_count
)
GROUP BY delivery_no, column_name, text, is_amount, next_text
