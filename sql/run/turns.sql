-- Grain: delivery that was in force at some time until $known_at (UTC), of a project that has had
-- several. Key: project_id, turn (1 is the first). is_waived: its P14 was waived by what the ledger
-- held of $settled_year at $ledger_known_at, less what the draft $own_fingerprint itself has
-- posted, or of another year at $other_years_known_at. Reads run.in_force.
CREATE OR REPLACE TABLE run.turns AS
WITH accepted AS (
    SELECT
        f.project_id,
        d.delivery_no,
        d.as_of_date,
        r.receipt_no,
        max(d.as_of_date) OVER (
            PARTITION BY f.project_id
            ORDER BY r.receipt_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS latest_before
    FROM run.in_force AS f
    JOIN core_deliveries AS d ON d.project_folder = f.project_id
    JOIN core_receipts AS r ON r.delivery_no = d.delivery_no
    WHERE r.is_accepted AND r.received_at <= $known_at::TIMESTAMP
),

waived AS (
    SELECT DISTINCT p.project_id, p.delivery_no
    FROM core_ledger AS l
    JOIN core_drafts AS d ON d.fingerprint = l.draft_fingerprint
    JOIN draft_projects AS p ON p.draft_no = d.draft_no AND p.project_id = l.project_id
    WHERE l.posted_at <= if(
        l.year = $settled_year, $ledger_known_at::TIMESTAMP, $other_years_known_at::TIMESTAMP
    )
      AND l.draft_fingerprint IS DISTINCT FROM $own_fingerprint::VARCHAR
      AND list_contains(list_transform(l.waivers, lambda waiver: waiver.code), 'P14')
)

SELECT
    a.project_id,
    a.delivery_no,
    a.as_of_date,
    row_number() OVER (PARTITION BY a.project_id ORDER BY a.receipt_no)::INTEGER AS turn,
    w.delivery_no IS NOT NULL AS is_waived
FROM accepted AS a
LEFT JOIN waived AS w ON w.project_id = a.project_id AND w.delivery_no = a.delivery_no
WHERE (a.as_of_date >= a.latest_before) IS NOT FALSE
QUALIFY count(*) OVER (PARTITION BY a.project_id) > 1
