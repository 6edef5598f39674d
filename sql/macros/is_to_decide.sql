-- Whether a draft decides a project's year: what it gives, as a whole or of the activity grant, is
-- not what the ledger holds from other drafts; where that is nothing (null), the project has
-- started. In DKK.
CREATE OR REPLACE MACRO is_to_decide(
    status, entitlement_dkk, activity_dkk, posted_dkk, posted_activity_dkk
) AS
CASE
    WHEN posted_dkk IS NULL THEN status <> 'not_started'
    ELSE (entitlement_dkk, activity_dkk) <> (posted_dkk, posted_activity_dkk)
END
