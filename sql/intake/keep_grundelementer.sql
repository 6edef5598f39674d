-- Keeps the rows of grundelementer: typed, texts masked. A ragged row (R01) is kept apart. Reads
-- cells, known_words. $inner_block, $outer_block: the key.
INSERT INTO core_elements BY NAME
SELECT
    delivery_no,
    row_no,
    comparable(borger_id, $inner_block, $outer_block) AS borger_id,
    masked(element) AS element,
    kept_code(opfyldt, ['ja', 'nej']) AS opfyldt,
    written_code(opfyldt, kept_code(opfyldt, ['ja', 'nej'])) AS opfyldt_text,
    as_date(dato) AS dato,
    CASE WHEN dato <> '' AND as_date(dato) IS NULL THEN masked(dato) END AS dato_text,
    masked(kilde) AS kilde
FROM cells
WHERE field_count = header_count
