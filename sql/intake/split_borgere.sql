-- Grain: record of a CSV file of borgere, behind its header, that is not wholly blank. Key: delivery_no, row_no. A column that
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
    coalesce(fields[place_borger_id], '') AS borger_id,
    coalesce(fields[place_cpr], '') AS cpr,
    coalesce(fields[place_kommunekode], '') AS kommunekode,
    coalesce(fields[place_maalgruppe], '') AS maalgruppe,
    coalesce(fields[place_ydelse], '') AS ydelse,
    coalesce(fields[place_offentlig_forsoergelse_siden], '') AS offentlig_forsoergelse_siden,
    coalesce(fields[place_integrationsprogram], '') AS integrationsprogram,
    coalesce(fields[place_gruppe], '') AS gruppe,
    coalesce(fields[place_visitationsdato], '') AS visitationsdato
FROM split
