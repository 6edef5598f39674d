-- Keeps the rows of udgifter: typed, texts masked. A ragged row (R01) is kept apart. Reads cells,
-- known_words. $inner_block, $outer_block: the key.
INSERT INTO core_expenses BY NAME
SELECT
    delivery_no,
    row_no,
    comparable(bilagsnr, $inner_block, $outer_block) AS bilagsnr,
    as_date(dato) AS dato,
    CASE WHEN dato <> '' AND as_date(dato) IS NULL THEN masked(dato) END AS dato_text,
    kept_code(kategori, codes) AS kategori,
    written_code(kategori, kept_code(kategori, codes)) AS kategori_text,
    as_amount(without_unit(beloeb)) AS beloeb,
    CASE
        WHEN beloeb <> '' AND as_amount(without_unit(beloeb)) IS NULL THEN masked_amount(beloeb)
    END
        AS beloeb_text,
    kept_code(lovpligtig, codes) AS lovpligtig,
    written_code(lovpligtig, kept_code(lovpligtig, codes)) AS lovpligtig_text
FROM cells
CROSS JOIN (SELECT list(DISTINCT code) AS codes FROM known_words) AS known
WHERE field_count = header_count
