-- The place of the first of two fields that seem one number, split at its decimal comma, where as
-- many numbers are split as the record has fields too many; null otherwise. fields: the record's.
CREATE OR REPLACE MACRO split_place(fields, header_count) AS
    CASE
        WHEN
            list_max(list_filter(range(1, len(fields) + 1), lambda place: fields[place] <> ''))
            - header_count BETWEEN 1 AND len(split_places(fields))
            THEN split_places(fields)[1]::INTEGER
    END
