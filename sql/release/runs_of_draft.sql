-- Grain: one row. How many release runs have posted from the draft $fingerprint.
SELECT count(DISTINCT run) FROM core_ledger WHERE draft_fingerprint = $fingerprint
