-- Grain: rule that something breaks. Key: code.
SELECT code FROM run.quarantine
UNION
SELECT code FROM run.element_quarantine
UNION
SELECT code FROM run.project_holds
UNION
SELECT code FROM run.faults
