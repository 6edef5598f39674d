-- Grain: entry of the record of hearings, the second copy of HOME/hearing.jsonl. Key: number.
-- Append only. line: the entry as it stands there, without the line feed. kind: 'sent' (a hearing
-- letter), 'reply' (what the municipality answered). written_at: UTC.
CREATE TABLE IF NOT EXISTS core_hearing (
    number INTEGER PRIMARY KEY,
    kind VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    written_at TIMESTAMP NOT NULL,
    line VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL
)
