"""Intake: from the files of a delivery to rows in the warehouse, or to the reasons why not.

A delivery is read whole (`delivery.py`; what it then holds, `contents.py`; which tables are there, `presence.py`; where
their columns are, `columns.py`), each file by its form (`delimited.py`, `workbook.py`, `parquet.py`, `archive.py`);
rows are typed by `sql/intake/`. Whether a row counts is not judged here: that is `expectations/`.
"""
