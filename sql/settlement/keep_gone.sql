-- Keeps what P14 judges. Reads found (frame).
INSERT INTO run.gone BY NAME SELECT * FROM found
