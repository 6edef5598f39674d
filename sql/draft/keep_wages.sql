-- Adds the expenses that the fixed grant of the draft $draft_no rests on.
INSERT INTO draft_wages BY NAME
SELECT $draft_no::INTEGER AS draft_no, project_id, bilagsnr, row_no, dato, amount_dkk
FROM run.wage_rows
