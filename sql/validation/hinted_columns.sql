-- Grain: column in which something is said beside some value.
SELECT DISTINCT column_name FROM hints
