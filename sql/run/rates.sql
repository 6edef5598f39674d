-- Grain: rate, period. Key: rate ('start', 'completion'), valid_from. amount_dkk: DKK per citizen.
-- Reads rule_rates (frame).
CREATE OR REPLACE TABLE run.rates AS SELECT * FROM rule_rates
