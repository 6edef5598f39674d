-- An amount's digits as they would be kept: without what groups thousands, and without leading
-- zeros.
CREATE OR REPLACE MACRO ungrouped(text) AS
    regexp_replace(
        regexp_replace(text, '[.''’\p{Zs}]([0-9]{3})', '\1', 'g'),
        '(^|[^0-9,])0+([0-9])',
        '\1\2',
        'g'
    )
