-- Grain: project whose delivery in force is judged now, since it does not stand. Key: delivery_no. A delivery that C13
-- takes out of run.standing comes in here, and its spells, expenses and events are judged and made.
CREATE OR REPLACE VIEW run.unjudged AS
SELECT *
FROM run.projects
ANTI JOIN run.standing USING (delivery_no)
WHERE delivery_no IS NOT NULL
