-- Grain: project and year of $years for which the ledger holds something at $known_at, the entries
-- of the draft $own_fingerprint left aside. Key: both. The draft that posted last: its number,
-- rules and delivery (null: not remembered), and what is posted, in DKK.
CREATE OR REPLACE TABLE run.explained AS
WITH entries AS (
    SELECT
        project_id,
        year,
        arg_max(draft_fingerprint, number) AS fingerprint,
        sum(amount_dkk)::DECIMAL(18, 2) AS posted_dkk
    FROM core_ledger
    WHERE list_contains($years::INTEGER[], year)
      AND posted_at <= $known_at::TIMESTAMP
      AND draft_fingerprint IS DISTINCT FROM $own_fingerprint::VARCHAR
    GROUP BY project_id, year
),

drafts AS (
    SELECT fingerprint, min(draft_no) AS draft_no, any_value(parts ->> 'rules') AS rules_sha256
    FROM core_drafts
    GROUP BY fingerprint
)

SELECT e.project_id, e.year, e.posted_dkk, p.draft_no, d.rules_sha256, p.delivery_no
FROM entries AS e
LEFT JOIN drafts AS d USING (fingerprint)
LEFT JOIN draft_projects AS p ON p.draft_no = d.draft_no AND p.project_id = e.project_id
