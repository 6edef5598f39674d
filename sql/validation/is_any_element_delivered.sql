-- Grain: one row. Whether a delivery in force has rows of grundelementer with as many fields as the
-- header.
SELECT EXISTS (FROM core_elements SEMI JOIN run.projects USING (delivery_no)) AS is_any_delivered
