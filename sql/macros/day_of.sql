-- The date of a year, month and day; null where there is none.
CREATE OR REPLACE MACRO day_of(year_number, month_number, day_number) AS
    CASE
        WHEN month_number NOT BETWEEN 1 AND 12 OR day_number < 1 THEN NULL
        WHEN day_number <= day(last_day(make_date(year_number::BIGINT, month_number::BIGINT, 1)))
            THEN make_date(year_number::BIGINT, month_number::BIGINT, day_number::BIGINT)
    END
