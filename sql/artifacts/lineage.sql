-- Grain: project of a draft. Key: project_id. Where its kroner come from, and where they went:
-- as_of_folder, content_sha256, received_at (UTC): the delivery in force (null: missing).
-- received, rejected: its rows. entitlement_dkk: of $year, in DKK. first_number, last_number, run,
-- posted_dkk: the entries for $year that rest on this draft (null: none yet).
WITH draft AS (
    SELECT min(draft_no) AS draft_no
    FROM core_drafts
    WHERE fingerprint = $fingerprint
),

counted AS (
    SELECT delivery_no, sum(received)::BIGINT AS received
    FROM core_row_counts
    GROUP BY delivery_no
),

rejected_rows AS (
    SELECT DISTINCT r.delivery_no, r.table_name, r.row_no
    FROM draft_rejected AS r
    JOIN draft AS d USING (draft_no)
),

rejected AS (
    SELECT delivery_no, count(*) AS rejected
    FROM rejected_rows
    GROUP BY delivery_no
),

entries AS (
    SELECT
        project_id,
        min(number) AS first_number,
        max(number) AS last_number,
        max(run) AS run,
        sum(amount_dkk)::DECIMAL(18, 2) AS posted_dkk
    FROM core_ledger
    WHERE draft_fingerprint = $fingerprint AND year = $year
    GROUP BY project_id
)

SELECT
    p.project_id,
    v.as_of_folder,
    v.content_sha256,
    r.received_at,
    coalesce(c.received, 0) AS received,
    coalesce(j.rejected, 0) AS rejected,
    s.entitlement_dkk,
    e.first_number,
    e.last_number,
    e.run,
    e.posted_dkk
FROM draft AS d
JOIN draft_projects AS p USING (draft_no)
LEFT JOIN core_deliveries AS v USING (delivery_no)
LEFT JOIN core_receipts AS r ON r.receipt_no = p.receipt_no
LEFT JOIN counted AS c ON c.delivery_no = p.delivery_no
LEFT JOIN rejected AS j ON j.delivery_no = p.delivery_no
LEFT JOIN draft_settlement AS s
    ON s.draft_no = d.draft_no AND s.project_id = p.project_id AND s.year = $year
LEFT JOIN entries AS e ON e.project_id = p.project_id
ORDER BY p.project_id
