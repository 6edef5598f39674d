-- Grain: row of borgere. Key: delivery_no, row_no (as a spreadsheet numbers it: the header is 1).
-- A delivered column keeps its delivered name. '' is blank in a text. In a date, null is blank or
-- unreadable, and <column>_text holds what was unreadable (masked; null otherwise). Codes are
-- folded: 'ordinaer_ansaettelse', and <column>_text holds a known one as it was written, where that
-- differs. cpr_state: 'blank', what cpr_flaw finds, 'valid',
-- 'valid_without_check' (modulus 11 fails). The number itself is never here. person: keyed
-- pseudonym of a valid number, else null. borger_id: as delivered; one that holds a CPR number is
-- '<masked id>' || chr(31) || '<keyed pseudonym of the id>', so that it still compares; the macro
-- visible_id() shows it.
CREATE TABLE IF NOT EXISTS core_citizens (
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    borger_id VARCHAR NOT NULL,
    id_is_cpr BOOLEAN NOT NULL,
    cpr_state VARCHAR NOT NULL,
    person VARCHAR,
    birth_date DATE,
    kommunekode VARCHAR NOT NULL,
    maalgruppe VARCHAR NOT NULL,
    ydelse VARCHAR NOT NULL,
    offentlig_forsoergelse_siden DATE,
    offentlig_forsoergelse_siden_text VARCHAR,
    integrationsprogram VARCHAR NOT NULL,
    gruppe VARCHAR NOT NULL,
    visitationsdato DATE,
    visitationsdato_text VARCHAR,
    kommunekode_text VARCHAR,
    maalgruppe_text VARCHAR,
    ydelse_text VARCHAR,
    integrationsprogram_text VARCHAR,
    gruppe_text VARCHAR
)
