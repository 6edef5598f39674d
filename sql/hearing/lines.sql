-- Grain: entry of the record of hearings, as the line of its file without the line feed, in order.
SELECT line
FROM core_hearing
ORDER BY number
