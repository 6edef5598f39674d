-- Takes out the deliveries of which the rule $code rejects other rows than it did before: whether a person counts depends
-- on other projects, and on it depend that project's spells and events.
DELETE FROM run.standing
WHERE delivery_no IN (
    SELECT delivery_no
    FROM (
        (
            SELECT delivery_no, row_no FROM run.quarantine WHERE code = $code
            EXCEPT
            SELECT delivery_no, row_no FROM run.standing_quarantine WHERE code = $code
        )
        UNION ALL
        (
            SELECT delivery_no, row_no FROM run.standing_quarantine WHERE code = $code
            EXCEPT
            SELECT delivery_no, row_no FROM run.quarantine WHERE code = $code
        )
    )
)
