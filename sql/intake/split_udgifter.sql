-- Grain: record of a CSV file of udgifter that is not wholly blank. Key: delivery_no, row_no. A
-- column that was not delivered is ''. after_amount: what stands behind beloeb where that betrays a
-- split amount (P15), otherwise null. Reads texts (frame).
CREATE OR REPLACE TEMP TABLE cells AS
SELECT
    delivery_no,
    row_no,
    header_count,
    field_count,
    CASE
        WHEN delimiter = ',' AND field_count > header_count THEN split_place(fields, header_count)
    END AS split_place,
    coalesce(fields[place_bilagsnr], '') AS bilagsnr,
    coalesce(fields[place_dato], '') AS dato,
    coalesce(fields[place_kategori], '') AS kategori,
    coalesce(fields[place_beloeb], '') AS beloeb,
    coalesce(fields[place_lovpligtig], '') AS lovpligtig,
    coalesce(fields[place_tekst], '') AS tekst,
    false AS amount_is_number,
    fields[place_after_amount] AS after_amount
FROM records_of('texts')
