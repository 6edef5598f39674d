-- An amount in kroner, with its thousands grouped. marks: what stands for the comma and the dot of 1,234.56.
CREATE OR REPLACE MACRO shown_amount(amount, marks) AS
    translate(
        format('{:,}', split_part(amount::VARCHAR, '.', 1)::BIGINT) || '.' || split_part(amount::VARCHAR, '.', 2),
        ',.',
        marks
    )
