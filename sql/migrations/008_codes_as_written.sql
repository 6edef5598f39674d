-- A known code as it was written, beside the code that it is; null in what was received before.
ALTER TABLE core_citizens ADD COLUMN kommunekode_text VARCHAR;
ALTER TABLE core_citizens ADD COLUMN maalgruppe_text VARCHAR;
ALTER TABLE core_citizens ADD COLUMN ydelse_text VARCHAR;
ALTER TABLE core_citizens ADD COLUMN integrationsprogram_text VARCHAR;
ALTER TABLE core_citizens ADD COLUMN gruppe_text VARCHAR;
ALTER TABLE core_spells ADD COLUMN type_text VARCHAR;
ALTER TABLE core_expenses ADD COLUMN kategori_text VARCHAR;
ALTER TABLE core_expenses ADD COLUMN lovpligtig_text VARCHAR;
ALTER TABLE core_elements ADD COLUMN opfyldt_text VARCHAR;
