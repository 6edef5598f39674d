-- Keeps what P14 judges. Reads found (frame).
INSERT INTO run.gone SELECT * FROM found
