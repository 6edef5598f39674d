"""Cells and tables of files that are handed to others, as text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WITHIN = re.compile('([;\t\r\n][ "]*)([=+@-])')


def plain_cell(text: str) -> str:
    """Give a text as a spreadsheet shows it, never as a formula: what looks like one gets an apostrophe before it.

    Also within the text, after what a spreadsheet may take for the end of a cell: a Danish Excel parts a CSV file at
    semicolons, others do at tabs, and neither minds a quote that does not begin its cell. A comma parts nothing within
    a text: our files quote it, and who parts at commas reads the quotes.

    The same as the macro `sql/macros/plain_cell.sql`. For text only: a number stays a number. Source: OWASP, 'CSV
    Injection'.
    """
    text = _WITHIN.sub(r"\1'\2", text)
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Write rows as CSV with a header; None is blank. Raises ValueError for a row with another column."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
