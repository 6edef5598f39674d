-- Grain: row of udgifter. Key: delivery_no, row_no. Columns as in core_citizens. beloeb: DKK;
-- _text: what was unreadable. The free text (tekst) is not kept: nothing needs it.
CREATE TABLE IF NOT EXISTS core_expenses (
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    bilagsnr VARCHAR NOT NULL,
    dato DATE,
    dato_text VARCHAR,
    kategori VARCHAR NOT NULL,
    beloeb DECIMAL(18, 2),
    beloeb_text VARCHAR,
    lovpligtig VARCHAR NOT NULL,
    kategori_text VARCHAR,
    lovpligtig_text VARCHAR
)
