-- Grain: delivery whose verdicts and events stand whole in the tables of the run: they were made on `basis`, the hash of
-- all that they rest on beside the delivery. Key: delivery_no. Empty while a run changes those tables. receipt_no: that of
-- run.projects.
CREATE TABLE IF NOT EXISTS run.judged (
    delivery_no INTEGER PRIMARY KEY,
    receipt_no INTEGER NOT NULL,
    basis VARCHAR NOT NULL
)
