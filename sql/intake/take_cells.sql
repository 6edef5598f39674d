-- Grain: row of a workbook or Parquet table that is not wholly blank. Key: delivery_no, row_no. Reads frame (frame).
CREATE OR REPLACE TEMP VIEW cells AS SELECT * FROM frame
