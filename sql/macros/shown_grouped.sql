-- An amount in kroner or a count, with its thousands grouped. marks: what stands for the comma and
-- the dot of 1,234.56.
CREATE OR REPLACE MACRO shown_grouped(number, marks) AS
    CASE WHEN number < 0 THEN '-' ELSE '' END
    || translate(
        format('{:,}', split_part(abs(number)::VARCHAR, '.', 1)::BIGINT)
        || regexp_extract(number::VARCHAR, '\..*$'),
        ',.',
        marks
    )
