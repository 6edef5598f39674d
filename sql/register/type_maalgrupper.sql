-- Grain: row of maalgrupper, in the order of the file. population: null where it can't be read.
-- Reads cells (frame).
SELECT
    folded(maalgruppe) AS target_group,
    CASE WHEN as_amount(antal) = trunc(as_amount(antal)) THEN as_amount(antal)::BIGINT END
        AS population
FROM cells
ORDER BY row_no
