-- Grain: record of a CSV file of udgifter, behind its header, that is not wholly blank. Key: delivery_no, row_no. A column that
-- was not delivered is ''. field_count: without the empty fields beyond the header. Reads texts (frame).
CREATE OR REPLACE TEMP TABLE cells AS
WITH records AS (
    SELECT
        * EXCLUDE (content),
        unnest(string_split(content, record_separator)) AS record,
        generate_subscripts(string_split(content, record_separator), 1)::INTEGER AS row_no
    FROM texts
),

split AS (
    SELECT *, string_split(record, field_separator) AS fields
    FROM records
    WHERE row_no > header_row_no AND replace(record, field_separator, '') <> ''
)

SELECT
    delivery_no,
    row_no,
    header_count,
    CASE
        WHEN len(fields) > header_count AND array_to_string(fields[header_count + 1:], '') = '' THEN header_count
        ELSE len(fields)
    END AS field_count,
    coalesce(fields[place_bilagsnr], '') AS bilagsnr,
    coalesce(fields[place_dato], '') AS dato,
    coalesce(fields[place_kategori], '') AS kategori,
    coalesce(fields[place_beloeb], '') AS beloeb,
    coalesce(fields[place_lovpligtig], '') AS lovpligtig,
    coalesce(fields[place_tekst], '') AS tekst
FROM split
