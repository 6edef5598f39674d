-- Keeps how many rows each delivery has of the table. Reads delivered (frame), cells.
INSERT INTO core_row_counts
SELECT
    d.delivery_no,
    $table_name,
    count(t.delivery_no),
    count(*) FILTER (WHERE t.field_count <> t.header_count)
FROM delivered AS d
LEFT JOIN cells AS t USING (delivery_no)
GROUP BY d.delivery_no
