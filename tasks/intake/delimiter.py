"""Which delimiter a CSV file keeps to, in its header and in its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from tasks.intake import characters
from tasks.intake.characters import DELIMITERS
from tasks.intake.csv_flaws import in_carriage_returns, whole_lines_quoted
from tasks.intake.faults import Unreadable
from tasks.intake.tables import BY_NAME
from tasks.intake.words import fold

HEAD = 20
"""How many records are searched for the delimiter that header and rows have in common."""
HEAD_CHARACTERS = 10_000
_NAMES = {name for table in BY_NAME.values() for name in table.columns}


def delimiter_of(text: str) -> str:
    """Find the delimiter under which the header, the first record that is filled, has the most columns.

    Raises Unreadable when a carriage return stands alone under each of them; one in a quoted cell does so under all but
    the file's own.
    """
    columns: dict[str, int] = {}
    for delimiter in DELIMITERS:
        records = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter)
        try:
            columns[delimiter] = len(next((record for record in records if any(map(str.strip, record))), []))
        except csv.Error:
            line = records.line_num
    if not columns:
        raise in_carriage_returns(line)
    return max(columns, key=columns.__getitem__)


def below_a_title(text: str, delimiter: str) -> str:
    """Give the delimiter of the line that names columns, where a title stands above it and has some of its own.

    `delimiter`: that of the first filled line.
    """
    lines = [line for line in text[:HEAD_CHARACTERS].split("\n")[:HEAD] if line.strip()]
    for at, line in enumerate(lines):
        names = {
            sign: len(_NAMES.intersection(fold(cell.strip('"')) for cell in line.split(sign))) for sign in DELIMITERS
        }
        if max(names.values()) > 1:
            return max(names, key=names.__getitem__) if at else delimiter
    return delimiter


def refuse_another_delimiter(width: int, delimiter: str, below: Sequence[Sequence[str]]) -> None:
    """Refuse a file whose first rows keep to another delimiter than its header, or are each one quoted cell.

    `width`: the header's fields. `below`: the fields of the first records below it, before they are trimmed, since tabs
    at a row's edges may part blank cells.
    """
    rows = [fields for fields in below if any(map(str.strip, fields))]
    filled = [sum(bool(field.strip()) for field in fields) for fields in rows]
    if width < 2 or not rows or any(_keeps_to(fields, width) for fields in rows):
        return
    lines = [delimiter.join(fields) for fields in rows]
    if set(filled) == {1} and all(fields[0].count(delimiter) >= width - 1 for fields in rows):
        raise whole_lines_quoted()
    signs = dict.fromkeys(sign for sign in lines[0] if not sign.isalnum() and sign not in ' _-./"')
    for other in (*DELIMITERS, *signs):
        if other != delimiter and all(line.count(other) >= width - 1 for line in lines):
            raise _of_two_delimiters(delimiter, other)


def _keeps_to(fields: Sequence[str], width: int) -> bool:
    """Return whether a row has as many fields as the header; blank ones at its end, beyond the header, don't count."""
    return len(fields) >= width and not any(map(str.strip, fields[width:]))


def refuse_rows_of_another_delimiter(text: str, delimiter: str) -> None:
    """Refuse a file whose quotes don't add up because its rows keep to another delimiter than its header."""
    filled = [line for line in text.split("\n", HEAD)[:HEAD] if line.strip()]
    width = filled[0].count(delimiter) + 1 if filled else 0
    for other in DELIMITERS:
        if other != delimiter and len(filled) > 1 and all(line.count(other) >= width - 1 > 0 for line in filled[1:]):
            raise _of_two_delimiters(delimiter, other)


def _of_two_delimiters(header: str, rows: str) -> Unreadable:
    names, values = characters.sign(header), characters.sign(rows)
    return Unreadable(
        f"kolonnenavnene er adskilt af {names.da}, men rækkerne af {values.da}: brug det samme skilletegn i hele filen",
        f"the column names are separated by {names.en}, but the rows by {values.en}: use one delimiter in the whole "
        "file",
    )
