-- The record of hearings, and what each draft intends to decide.
CREATE TABLE IF NOT EXISTS core_hearing (
    number INTEGER PRIMARY KEY,
    kind VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    written_at TIMESTAMP NOT NULL,
    line VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS draft_intended (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    is_settled_before BOOLEAN NOT NULL,
    burdens VARCHAR[] NOT NULL,
    gives_sha256 VARCHAR NOT NULL
);
