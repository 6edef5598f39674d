-- The places of fields that seem a number whose decimals the next field has. fields: a record's.
CREATE OR REPLACE MACRO split_places(fields) AS list_filter(
    range(1, len(fields)),
    lambda place: regexp_full_match(fields[place], '-?[0-9]{1,3}(?:\.[0-9]{3})*|-?[0-9]+')
    AND regexp_full_match(fields[place + 1], '(?i)[0-9]{1,2}(?: ?kr\.?)?')
)
