-- Grain: year before the settled one that differs from the ledger for some project. Key: year.
-- Amounts in DKK.
SELECT
    d.year,
    count(*)::INTEGER AS projects,
    coalesce(sum(d.difference_dkk) FILTER (WHERE d.difference_dkk > 0), 0)::DECIMAL(18, 2)
        AS up_dkk,
    coalesce(sum(d.difference_dkk) FILTER (WHERE d.difference_dkk < 0), 0)::DECIMAL(18, 2)
        AS down_dkk
FROM run.differences AS d
JOIN run.programme AS y ON d.year < y.settled_year
GROUP BY d.year
ORDER BY d.year
