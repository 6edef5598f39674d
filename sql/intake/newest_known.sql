-- Grain: one row. newest_at: when the newest delivery was received or the newest draft was made
-- (UTC), whichever is later; null where there is neither.
SELECT greatest(
    (SELECT max(received_at) FROM core_receipts),
    (SELECT max(prepared_at) FROM core_drafts)
) AS newest_at
