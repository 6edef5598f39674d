-- A count with its noun: 1 field, 1,234 fields. marks: as in shown_grouped.
CREATE OR REPLACE MACRO shown_counted(number, marks, one, more) AS
    shown_grouped(number, marks) || ' ' || CASE WHEN number = 1 THEN one ELSE more END
