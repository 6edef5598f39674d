-- Grain: file of a delivery (an archive is one file). Key: delivery_no, file_name. The file itself
-- stays where it was delivered.
CREATE TABLE IF NOT EXISTS core_files (
    delivery_no INTEGER NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    size_bytes BIGINT NOT NULL
)
