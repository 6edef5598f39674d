-- How a draft was prepared and an entry approved, beside the typed names.
ALTER TABLE core_drafts ADD COLUMN prepared_as VARCHAR;

ALTER TABLE core_ledger ADD COLUMN approval STRUCT(
    prepared_as VARCHAR,
    approved_as VARCHAR,
    accepted STRUCT(code VARCHAR, reason VARCHAR)[],
    signature_sha256 VARCHAR
);
