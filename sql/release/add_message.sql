-- Adds a message.
INSERT INTO core_messages VALUES ($run, $project_id, $message_uuid)
