-- Grain: one row. Whether a delivery in force has activities that the rules can judge.
SELECT
    EXISTS (FROM run.elements)
    AND (EXISTS (FROM run.element_rows) OR EXISTS (FROM run.ragged_elements)) AS is_any_element
