-- Grain: row of projekter, in the order of the file. Its cells that are no text, each null where it
-- can't be read. Reads cells (frame).
SELECT
    as_date(projektstart) AS start_date,
    CASE WHEN as_amount(maaltal) = trunc(as_amount(maaltal)) THEN as_amount(maaltal)::BIGINT END
        AS target_participants,
    as_amount(without_unit(tilsagn_fast)) AS commitment_dkk
FROM cells
ORDER BY row_no
