-- Grain: the draft $fingerprint that was the newest of its year when it was released at $posted_at
-- (UTC); none where there is no such draft. Columns as in core_drafts. Another with the same
-- fingerprint may be made from another moment's state.
SELECT *
FROM core_drafts
WHERE fingerprint = $fingerprint AND prepared_at <= $posted_at::TIMESTAMP
ORDER BY draft_no DESC
LIMIT 1
