-- Grain: one row. The newest draft's number, and whether an earlier one had the same fingerprint.
SELECT draft_no, count(*) OVER (PARTITION BY fingerprint) > 1 AS is_known
FROM core_drafts
ORDER BY draft_no DESC
LIMIT 1
