-- The known code that an unknown one is a slip of, in parentheses, in Danish or English; '' where
-- it is known or resembles none.
CREATE OR REPLACE MACRO nearest_code(text, codes, is_danish) AS CASE
    WHEN length(text) < 4 OR list_contains(codes, text) THEN ''
    ELSE coalesce(
        list_max(
            list_transform(
                list_filter(codes, lambda one: jaro_winkler_similarity(one, folded(text)) > 0.87),
                lambda one: {
                    'alike': jaro_winkler_similarity(one, folded(text)),
                    'told': said(is_danish, ' (ligner ', ' (is like ') || one || ')'
                }
            )
        ).told,
        ''
    )
END
