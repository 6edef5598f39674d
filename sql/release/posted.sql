-- Grain: project, year and component that the ledger of now holds. Key: all three. Amounts in DKK.
SELECT project_id, year, component, posted_dkk
FROM core_posted
ORDER BY project_id, year, component
