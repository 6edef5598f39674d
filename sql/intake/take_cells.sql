-- Grain: row of a workbook or Parquet table that is not wholly blank. Key: delivery_no, row_no.
-- Reads frame (frame). A table, since DuckDB takes a frame for one row, and would join the small
-- look-ups the wrong way round.
CREATE OR REPLACE TEMP TABLE cells AS SELECT * FROM frame
