-- Grain: person drawn in a project. Key: project_id, ref. Append only; counts once its entry is in
-- core_draw. number: of that entry; person: the keyed pseudonym; ref: how the person stands in the
-- record; gruppe: the arm; day: the day drawn (Copenhagen).
CREATE TABLE IF NOT EXISTS core_draw_members (
    project_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    ref VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    stratum VARCHAR NOT NULL,
    gruppe VARCHAR NOT NULL,
    day DATE NOT NULL,
    PRIMARY KEY (project_id, ref)
)
