-- A code as it is kept: folded, and masked where it holds a CPR number. Masked first: folded(text) written once is
-- computed for the rows that need it alone, where a use of it in masked() would be computed for all.
CREATE OR REPLACE MACRO kept_code(text) AS replace(folded(masked(text)), '******_****', '******-****')
