-- Grain: entry of the ledger. Key: number. Append only: never updated, never deleted.
-- docs/ledger-format.md says what is hashed. run: the release run that posted it. component:
-- 'activity', 'fixed'. kind: 'settlement', 'adjustment'. amount_dkk: below zero is a repayment.
-- waivers: the holds that were waived for it, with the reasons. posted_at: UTC. approval: the
-- accounts of the operating system, the findings of the release that were accepted, and the
-- signature's hash ('': none); null in older entries. program: version and commit of the program
-- that posted it; null in older entries.
CREATE TABLE IF NOT EXISTS core_ledger (
    number BIGINT PRIMARY KEY,
    run VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    component VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    amount_dkk DECIMAL(18, 2) NOT NULL,
    text VARCHAR NOT NULL,
    waivers STRUCT(code VARCHAR, reason VARCHAR)[] NOT NULL,
    draft_fingerprint VARCHAR NOT NULL,
    prepared_by VARCHAR NOT NULL,
    approved_by VARCHAR NOT NULL,
    posted_at TIMESTAMP NOT NULL,
    previous_sha256 VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    approval STRUCT(
        prepared_as VARCHAR,
        approved_as VARCHAR,
        accepted STRUCT(code VARCHAR, reason VARCHAR)[],
        signature_sha256 VARCHAR
    ),
    program VARCHAR
)
