"""The annex that goes with each letter: a workbook with the calculation and every registration."""
