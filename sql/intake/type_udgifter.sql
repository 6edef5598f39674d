-- Grain: record of udgifter. Key: delivery_no, row_no. Typed, texts masked. Reads cells. $inner_block, $outer_block: the key.
CREATE OR REPLACE TEMP TABLE typed AS
SELECT
    delivery_no,
    row_no,
    header_count,
    field_count,
    comparable(bilagsnr, $inner_block, $outer_block) AS bilagsnr,
    as_date(dato) AS dato,
    CASE WHEN dato <> '' AND as_date(dato) IS NULL THEN masked(dato) END AS dato_text,
    folded(masked(kategori)) AS kategori,
    as_amount(without_unit(beloeb)) AS beloeb,
    CASE WHEN beloeb <> '' AND as_amount(without_unit(beloeb)) IS NULL THEN masked(beloeb) END AS beloeb_text,
    folded(masked(lovpligtig)) AS lovpligtig
FROM cells
