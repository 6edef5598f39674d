-- Grain: distinct delivery: the same contents handed in again under the same name are the same
-- delivery. Key: delivery_no. project_folder, as_of_folder: the names in the inbox, masked.
-- as_of_date: null where the name is no date.
CREATE TABLE IF NOT EXISTS core_deliveries (
    delivery_no INTEGER PRIMARY KEY,
    project_folder VARCHAR NOT NULL,
    as_of_folder VARCHAR NOT NULL,
    as_of_date DATE,
    content_sha256 VARCHAR NOT NULL,
    UNIQUE (project_folder, as_of_folder, content_sha256)
)
