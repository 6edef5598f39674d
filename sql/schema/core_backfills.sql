-- Grain: backfill that was begun. Key: backfill_no. Append only. plan: what it was going to draft,
-- as JSON. projects: the only ones it covers (null: all). started_at: UTC. registrations_known_at:
-- the earlier moment (UTC) whose state it drafts; null: that of started_at.
CREATE TABLE IF NOT EXISTS core_backfills (
    backfill_no INTEGER PRIMARY KEY,
    from_year INTEGER NOT NULL,
    to_year INTEGER NOT NULL,
    projects VARCHAR[],
    reason VARCHAR NOT NULL,
    prepared_by VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    registrations_known_at TIMESTAMP,
    plan VARCHAR NOT NULL
)
