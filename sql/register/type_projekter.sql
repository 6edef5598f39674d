-- Grain: row of projekter. Each cell as text, and as what it should be (null where it is not).
-- Reads cells (frame).
SELECT
    row_no,
    projekt_id,
    tilsagnshaver,
    kommuner,
    projektstart,
    maaltal,
    tilsagn_fast,
    as_date(projektstart) AS start_date,
    CASE WHEN as_amount(maaltal) = trunc(as_amount(maaltal)) THEN as_amount(maaltal)::BIGINT END
        AS target_participants,
    as_amount(without_unit(tilsagn_fast)) AS commitment_dkk
FROM cells
ORDER BY row_no
