-- Grain: row of maalgrupper. Reads cells (frame).
SELECT
    row_no,
    kommunekode,
    folded(maalgruppe) AS target_group,
    CASE WHEN as_amount(antal) = trunc(as_amount(antal)) THEN as_amount(antal)::BIGINT END
        AS population
FROM cells
ORDER BY row_no
