-- Adds to shown_texts those of a suite's broken rows. The places in braces take the columns' names,
-- their kinds, their texts (null where there is nothing to be said), and the rows.
INSERT INTO shown_texts
SELECT DISTINCT *
FROM (
    SELECT
        unnest([{names}]) AS column_name,
        unnest([{kinds}]) AS kind,
        unnest([{texts}]) AS text
    FROM {broken}
)
WHERE text IS NOT NULL
EXCEPT
FROM shown_texts
