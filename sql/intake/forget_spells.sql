-- Removes what was read of deliveries that are refused.
DELETE FROM core_spells WHERE list_contains($delivery_nos::INTEGER[], delivery_no)
