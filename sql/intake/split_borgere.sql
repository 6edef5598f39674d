-- Grain: record of a CSV file of borgere that is not wholly blank. Key: delivery_no, row_no. A
-- column that was not delivered is ''. Reads texts (frame).
CREATE OR REPLACE TEMP TABLE cells AS
SELECT
    delivery_no,
    row_no,
    header_count,
    field_count,
    CASE
        WHEN delimiter = ',' AND field_count > header_count THEN split_place(fields, header_count)
    END AS split_place,
    coalesce(fields[place_borger_id], '') AS borger_id,
    coalesce(fields[place_cpr], '') AS cpr,
    coalesce(fields[place_kommunekode], '') AS kommunekode,
    coalesce(fields[place_maalgruppe], '') AS maalgruppe,
    coalesce(fields[place_ydelse], '') AS ydelse,
    coalesce(fields[place_offentlig_forsoergelse_siden], '') AS offentlig_forsoergelse_siden,
    coalesce(fields[place_integrationsprogram], '') AS integrationsprogram,
    coalesce(fields[place_gruppe], '') AS gruppe,
    coalesce(fields[place_visitationsdato], '') AS visitationsdato
FROM records_of('texts')
