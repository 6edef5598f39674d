-- Grain: column of which some broken row has something to be said: an unreadable value, or a text
-- with a flaw. The places in braces take the columns' names, their texts, and whether each is one
-- that could not be read. Asked once a suite: planning a flaw costs more than most messages.
SELECT DISTINCT name
FROM (
    SELECT
        unnest([{names}]) AS name,
        unnest([{texts}]) AS text,
        unnest([{unreadable}]) AS is_unreadable
    FROM broken_rows
)
WHERE CASE WHEN is_unreadable THEN text IS NOT NULL ELSE text_flaw(text, true) IS NOT NULL END
