-- The activities that deliveries may register.
CREATE TABLE IF NOT EXISTS core_elements (
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    borger_id VARCHAR NOT NULL,
    element VARCHAR NOT NULL,
    opfyldt VARCHAR NOT NULL,
    dato DATE,
    dato_text VARCHAR,
    kilde VARCHAR NOT NULL
);
