-- Grain: record of a CSV file of forloeb that is not wholly blank. Key: delivery_no, row_no. A
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
    coalesce(fields[place_forloeb_id], '') AS forloeb_id,
    coalesce(fields[place_borger_id], '') AS borger_id,
    coalesce(fields[place_type], '') AS type,
    coalesce(fields[place_virksomhed_cvr], '') AS virksomhed_cvr,
    coalesce(fields[place_startdato], '') AS startdato,
    coalesce(fields[place_slutdato], '') AS slutdato,
    coalesce(fields[place_ordinaere_timer_pr_uge], '') AS ordinaere_timer_pr_uge,
    false AS amount_is_number
FROM records_of('texts')
