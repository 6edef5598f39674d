-- Grain: rule of $codes that rows of a standing delivery break. Key: code. unexpected: these rows.
SELECT code, count(*) AS unexpected
FROM run.standing_quarantine
SEMI JOIN run.standing USING (delivery_no)
WHERE list_contains($codes::VARCHAR[], code)
GROUP BY code
