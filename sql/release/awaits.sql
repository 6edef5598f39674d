-- Grain: project of the draft $fingerprint that is not released from it at $known_at (UTC). Key:
-- project_id. is_decision: the draft decides it, whatever its other years are. holds: what holds
-- it, except the rule $together. lead_municipality: who is paid. *_dkk: what is payable, in DKK.
-- burdens, gives_sha256: null in drafts made before hearings were kept.
WITH remembered AS (
    SELECT p.draft_no, d.year, p.project_id, p.status, p.holds, p.lead_municipality
    FROM core_drafts AS d
    JOIN draft_projects AS p USING (draft_no)
    WHERE d.fingerprint = $fingerprint
),

own AS (
    SELECT DISTINCT project_id
    FROM core_ledger
    WHERE posted_at <= $known_at::TIMESTAMP AND draft_fingerprint = $fingerprint
)

SELECT
    r.project_id,
    r.lead_municipality,
    (s.activity_dkk - coalesce(l.activity_dkk, 0))::DECIMAL(18, 2) AS activity_dkk,
    (s.fixed_dkk - coalesce(l.posted_dkk - l.activity_dkk, 0))::DECIMAL(18, 2) AS fixed_dkk,
    l.project_id IS NOT NULL AS is_settled_before,
    i.burdens,
    i.gives_sha256,
    list_filter(r.holds, lambda code: code <> $together) AS holds,
    is_to_decide(
        r.status, s.entitlement_dkk, s.activity_dkk, l.posted_dkk, l.activity_dkk
    ) AS is_decision
FROM remembered AS r
JOIN draft_settlement AS s
    ON s.draft_no = r.draft_no AND s.project_id = r.project_id AND s.year = r.year
LEFT JOIN posted_by($known_at::TIMESTAMP, $fingerprint) AS l
    ON l.project_id = r.project_id AND l.year = r.year
LEFT JOIN draft_intended AS i ON i.draft_no = r.draft_no AND i.project_id = r.project_id
ANTI JOIN own AS o ON o.project_id = r.project_id
ORDER BY r.project_id
