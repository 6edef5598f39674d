-- Takes the verdicts that stand of the rules $codes.
INSERT INTO run.quarantine BY NAME
SELECT *
FROM run.standing_quarantine
SEMI JOIN run.standing USING (delivery_no)
WHERE list_contains($codes::VARCHAR[], code)
