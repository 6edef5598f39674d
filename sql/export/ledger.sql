-- Grain: entry of the ledger. Key: number. Names and reasons are left out; waived: the codes of the
-- holds that were waived; accepted: of the findings that were accepted.
SELECT
    number,
    run,
    project_id,
    year,
    component,
    kind,
    amount_dkk,
    text,
    list_transform(waivers, lambda one: one.code) AS waived,
    coalesce(list_transform(approval.accepted, lambda one: one.code), []) AS accepted,
    draft_fingerprint,
    posted_at,
    previous_sha256,
    sha256
FROM core_ledger
ORDER BY number
