-- One row a Digital Post message of a release. Its UUID is made once and kept: the same message has it for ever.
CREATE TABLE IF NOT EXISTS core_messages (
    run VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    message_uuid VARCHAR NOT NULL,
    PRIMARY KEY (run, project_id)
)
