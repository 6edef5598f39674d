-- Grain: account that prepared a draft with the fingerprint $fingerprint. Key: prepared_as.
SELECT DISTINCT prepared_as
FROM core_drafts
WHERE fingerprint = $fingerprint AND prepared_as IS NOT NULL
ORDER BY prepared_as
