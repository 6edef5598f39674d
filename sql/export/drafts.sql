-- Grain: draft that was made. Key: draft_no. Who prepared it is left out.
SELECT
    draft_no,
    year,
    fingerprint,
    prepared_at,
    registrations_known_at,
    draft_no = max(draft_no) OVER (PARTITION BY year) AS is_newest
FROM core_drafts
ORDER BY draft_no
