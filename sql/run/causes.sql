-- Grain: cause of a difference between a project's year and the ledger. Key: project_id, year,
-- position (its place in the letter). of_one_da: the cause of each of its registrations, for the
-- annex; blank where it belongs to none. amount_dkk: DKK; the causes of a year add up to what is
-- payable.
CREATE OR REPLACE TABLE run.causes (
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text_da VARCHAR NOT NULL,
    text_en VARCHAR NOT NULL,
    of_one_da VARCHAR NOT NULL,
    amount_dkk DECIMAL(38, 2) NOT NULL
)
