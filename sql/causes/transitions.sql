-- Grain: explained project and year, step between two stages. Key: project_id, year, transition.
-- First the registrations and the register change under the rules that it was posted by, then the
-- rules, where they have.
CREATE OR REPLACE TABLE run.transitions AS
WITH known AS (
    SELECT
        e.project_id,
        e.year,
        'draft ' || e.draft_no AS posted,
        CASE
            WHEN e.rules_sha256 IN (SELECT stage FROM run.stage_settlement) THEN e.rules_sha256
        END AS earlier_rules,
        e.delivery_no AS earlier_delivery_no
    FROM run.explained AS e
    JOIN run.projects AS p USING (project_id)
    WHERE e.draft_no IS NOT NULL
)

SELECT
    project_id,
    year,
    'registrations' AS transition,
    posted AS before_stage,
    coalesce(earlier_rules, 'now') AS after_stage,
    earlier_delivery_no
FROM known
UNION ALL
SELECT project_id, year, 'rules', earlier_rules, 'now', earlier_delivery_no
FROM known
WHERE earlier_rules IS NOT NULL
