-- A text with everything that reads as a valid CPR number masked. Replaced twice, because two
-- numbers may share the character between them.
CREATE OR REPLACE MACRO masked(text) AS
    CASE
        WHEN
            strlen(text) < 10
            OR NOT regexp_matches(text, '[0-9]{6}' || cpr_separators() || '[0-9]{4}')
            THEN text
        ELSE regexp_replace(
            regexp_replace(
                text, '(^|[^0-9])' || cpr_pattern() || '([^0-9]|$)', '\1******-****\2', 'g'
            ),
            '(^|[^0-9])' || cpr_pattern() || '([^0-9]|$)',
            '\1******-****\2',
            'g'
        )
    END
