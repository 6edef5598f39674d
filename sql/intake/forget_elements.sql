-- Removes what was read of deliveries that are refused.
DELETE FROM core_elements WHERE list_contains($delivery_nos::INTEGER[], delivery_no)
