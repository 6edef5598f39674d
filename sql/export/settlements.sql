-- Grain: project of a draft, programme year to the draft's. Key: draft_no, project_id, year. Drafts
-- of the same fingerprint are one, the first. holds: of the draft's own year. Amounts in DKK.
SELECT
    s.draft_no,
    p.project_id,
    p.project_name,
    p.lead_municipality,
    s.year,
    p.status,
    p.holds,
    d.as_of_date,
    p.participants,
    p.controls,
    p.target_participants,
    p.commitment_dkk,
    s.starts,
    s.completions,
    s.gross_activity_dkk,
    s.cap_dkk,
    s.activity_dkk,
    s.wages_dkk,
    s.fixed_max_dkk,
    s.fixed_dkk,
    s.entitlement_dkk
FROM draft_settlement AS s
JOIN draft_projects AS p USING (draft_no, project_id)
JOIN core_drafts AS r ON r.draft_no = s.draft_no AND s.year <= r.year
LEFT JOIN core_deliveries AS d USING (delivery_no)
ORDER BY s.draft_no, p.project_id, s.year
