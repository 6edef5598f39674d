-- An id without what two spellings of it differ in: capitals, spaces, dashes, and zeros before a
-- number. What stands between two numbers is kept as one sign, so that 1-23 is not 12-3.
CREATE OR REPLACE MACRO loosened(id) AS
    regexp_replace(
        regexp_replace(
            regexp_replace(folded(id), '(^|[^0-9])0+([0-9])', '\1\2', 'g'),
            '([0-9])[^\p{L}\p{N}]+([0-9])',
            '\1|\2',
            'g'
        ),
        '[^\p{L}\p{N}|]+',
        '',
        'g'
    )
