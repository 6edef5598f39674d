-- Grain: record of a CSV file of grundelementer that is not wholly blank. Key: delivery_no, row_no.
-- A column that was not delivered is ''. Reads texts (frame).
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
    coalesce(fields[place_element], '') AS element,
    coalesce(fields[place_opfyldt], '') AS opfyldt,
    coalesce(fields[place_dato], '') AS dato,
    coalesce(fields[place_kilde], '') AS kilde
FROM records_of('texts')
