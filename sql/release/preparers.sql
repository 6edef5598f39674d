-- Grain: person who prepared a draft $fingerprint. Key: prepared_by. In the order of their first
-- drafts.
SELECT prepared_by
FROM core_drafts
WHERE fingerprint = $fingerprint
GROUP BY prepared_by
ORDER BY min(draft_no)
