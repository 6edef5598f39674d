-- One row a draft that was made: append only, the newest of a year is the one that can be released. parts: what the
-- fingerprint is made of, as JSON. prepared_at: UTC.
CREATE TABLE IF NOT EXISTS core_drafts (
    draft_no INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    fingerprint VARCHAR NOT NULL,
    parts VARCHAR NOT NULL,
    prepared_by VARCHAR NOT NULL,
    prepared_at TIMESTAMP NOT NULL
)
