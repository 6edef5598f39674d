-- Grain: the newest draft of all of the register as known at a moment (UTC), of whichever year;
-- none where there is no such draft.
CREATE OR REPLACE MACRO newest_draft_of_all(known_at) AS TABLE
SELECT year, fingerprint
FROM core_drafts
WHERE prepared_at <= known_at AND projects IS NULL
ORDER BY draft_no DESC
LIMIT 1
