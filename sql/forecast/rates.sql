-- Grain: rate, period. Key: rate, valid_from_day. Days since the programme's first day; amount in
-- DKK.
SELECT
    r.rate,
    (r.valid_from - p.programme_first_day)::INTEGER AS valid_from_day,
    least(r.valid_to, p.programme_last_day + 1) - p.programme_first_day AS valid_to_day,
    r.amount_dkk::DOUBLE AS amount_dkk
FROM run.rates AS r
CROSS JOIN run.programme AS p
ORDER BY r.rate, r.valid_from
