-- Grain: entry of a project's record of its draw, the second copy of HOME/draw/<project_id>.jsonl.
-- Key: project_id, number. Append only. line: the entry as it stands there, without the line feed.
-- written_at: UTC.
CREATE TABLE IF NOT EXISTS core_draw (
    project_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL,
    line VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    PRIMARY KEY (project_id, number)
)
