-- Grain: draft that was made. Key: draft_no. Append only: the newest of a year is the one that can
-- be released. parts: what the fingerprint is made of, as JSON. prepared_at: UTC. projects: the
-- only ones that it covers (null: all of the register). registrations_known_at: the earlier moment
-- (UTC) whose registrations, register and rules it was made from; null: those of prepared_at.
-- prepared_as: the account of the operating system (null in older drafts).
CREATE TABLE IF NOT EXISTS core_drafts (
    draft_no INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    fingerprint VARCHAR NOT NULL,
    parts VARCHAR NOT NULL,
    prepared_by VARCHAR NOT NULL,
    prepared_at TIMESTAMP NOT NULL,
    projects VARCHAR[],
    registrations_known_at TIMESTAMP,
    prepared_as VARCHAR
)
