-- Grain: column of which some broken row has something to be said: an unreadable value, or a text
-- with a flaw or like a known code. The places in braces take the columns' names, their texts,
-- whether each is one that could not be read, its codes, and whether it should be ja or nej. Asked
-- once a suite: planning a flaw costs more than most messages.
SELECT DISTINCT name
FROM (
    SELECT
        unnest([{names}]) AS name,
        unnest([{texts}]) AS text,
        unnest([{unreadable}]) AS is_unreadable,
        unnest([{codes}]) AS codes,
        unnest([{yes_no}]) AS is_yes_no
    FROM broken_rows
)
WHERE CASE
    WHEN is_unreadable THEN text IS NOT NULL
    WHEN is_yes_no THEN yes_no_flaw(text, true) IS NOT NULL
    ELSE text_flaw(text, true) IS NOT NULL OR nearest_code(text, codes, true) <> ''
END
