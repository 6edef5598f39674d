-- Grain: row of grundelementer. Key: delivery_no, row_no. Columns as in core_citizens. element,
-- kilde: as written, masked; dato_text: what was unreadable.
CREATE TABLE IF NOT EXISTS core_elements (
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    borger_id VARCHAR NOT NULL,
    element VARCHAR NOT NULL,
    opfyldt VARCHAR NOT NULL,
    dato DATE,
    dato_text VARCHAR,
    kilde VARCHAR NOT NULL,
    opfyldt_text VARCHAR
)
