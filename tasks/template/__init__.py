"""The empty workbook that municipalities fill in."""
