-- Grain: message of the release $run.
SELECT project_id, message_uuid FROM core_messages WHERE run = $run ORDER BY project_id
