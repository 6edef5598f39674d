-- Grain: project. Key: project_id. A hash over all that a list of an annex has of it, in whichever
-- order: a sum, so that no row is held. The place in braces takes the list's statement.
SELECT
    project_id,
    concat_ws(
        ' ',
        count(*),
        sum((md5_number(row_text) >> 64)::HUGEINT),
        sum((md5_number(row_text) & 18446744073709551615)::HUGEINT)
    ) AS listed_hash
FROM (SELECT listed.project_id, to_json(listed)::VARCHAR AS row_text FROM ({listed}) AS listed)
GROUP BY project_id
