-- Grain: category of expense. Key: kategori.
-- Reads rule_expense_categories (frame).
CREATE OR REPLACE TABLE run.expense_categories AS SELECT * FROM rule_expense_categories
