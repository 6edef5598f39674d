-- The records of STAR's draws, and who was drawn.
CREATE TABLE IF NOT EXISTS core_draw (
    project_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL,
    line VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    PRIMARY KEY (project_id, number)
);

CREATE TABLE IF NOT EXISTS core_draw_members (
    project_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    ref VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    stratum VARCHAR NOT NULL,
    gruppe VARCHAR NOT NULL,
    day DATE NOT NULL,
    PRIMARY KEY (project_id, ref)
);
