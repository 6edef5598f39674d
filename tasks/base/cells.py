"""Cells and tables of files that are handed to others, as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(text: str) -> str:
    """Give a text as a spreadsheet shows it, never as a formula: one that looks like it gets an apostrophe.

    The same as the macro `sql/macros/plain_cell.sql`. For text only: a number stays a number. Source: OWASP, 'CSV
    Injection'.
    """
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Write rows as CSV with a header; None is blank. Raises ValueError for a row with another column."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
