-- Grain: record of a CSV file, behind its header, that is not wholly blank. Key: delivery_no,
-- row_no (the header's is the first). `texts`: a table with delivery_no, content, its two
-- separators, header_row_no, header_count, and whatever else is to come along. fields: the record's
-- cells; field_count: without the empty ones beyond the header. The split is a step of its own: in
-- unnest it would be made again for every 2 048 records.
CREATE OR REPLACE MACRO records_of(texts) AS TABLE
WITH whole AS (
    SELECT
        * EXCLUDE (content),
        string_split(content, record_separator) AS lines
    FROM query_table(texts)
),

records AS (
    SELECT
        * EXCLUDE (lines),
        unnest(lines) AS record,
        generate_subscripts(lines, 1)::INTEGER AS row_no
    FROM whole
),

split AS (
    SELECT *, string_split(record, field_separator) AS fields
    FROM records
    WHERE
        row_no > header_row_no
        -- A record that begins with a cell is not blank, and needs no look at the rest.
        AND (
            (record <> '' AND NOT starts_with(record, field_separator))
            OR replace(record, field_separator, '') <> ''
        )
)

SELECT
    *,
    CASE
        WHEN len(fields) > header_count AND array_to_string(fields[header_count + 1:], '') = ''
            THEN header_count
        ELSE len(fields)
    END AS field_count
FROM split
