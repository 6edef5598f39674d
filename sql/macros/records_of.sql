-- Grain: record of a CSV file, behind its header, that is not wholly blank. Key: delivery_no,
-- row_no (the header's is the first). `texts`: a table with delivery_no, content, its two
-- separators, header_row_no, header_count, and whatever else is to come along. fields: the record's
-- cells; field_count: without the empty ones beyond the header.
CREATE OR REPLACE MACRO records_of(texts) AS TABLE
WITH records AS (
    SELECT
        * EXCLUDE (content),
        unnest(string_split(content, record_separator)) AS record,
        generate_subscripts(string_split(content, record_separator), 1)::INTEGER AS row_no
    FROM query_table(texts)
),

split AS (
    SELECT *, string_split(record, field_separator) AS fields
    FROM records
    WHERE row_no > header_row_no AND replace(record, field_separator, '') <> ''
)

SELECT
    *,
    CASE
        WHEN len(fields) > header_count AND array_to_string(fields[header_count + 1:], '') = ''
            THEN header_count
        ELSE len(fields)
    END AS field_count
FROM split
