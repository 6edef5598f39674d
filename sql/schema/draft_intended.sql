-- Grain: project whose year a draft decides: the decision that its hearing letter intends. Key:
-- draft_no (the first draft that had the fingerprint), project_id. Columns as in run.intended.
-- Older drafts have none.
CREATE TABLE IF NOT EXISTS draft_intended (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    is_settled_before BOOLEAN NOT NULL,
    burdens VARCHAR[] NOT NULL,
    gives_sha256 VARCHAR NOT NULL
)
