-- Grain: place where an F rule fails in the delivery that is checked, in the order found.
SELECT code, place_da, place_en
FROM core_faults
ORDER BY code, place_no
