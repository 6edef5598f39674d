"""What is odd about a header in which a table's columns are not found: a title above it, or another delimiter."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from tasks.intake.delimited import DELIMITERS
from tasks.intake.tables import Table
from tasks.intake.words import fold

HEAD = 20
"""So many rows are looked through for the column names."""
CELL = "\x1f"
"""What stands between the cells of a sheet's row."""
_NAMES_DA = {" ": "mellemrum", "|": "lodret streg", "^": "cirkumfleks", ":": "kolon", "~": "tilde", "/": "skråstreg",
             ";": "semikolon", ",": "komma", "\t": "tabulator", "#": "havelåge", "!": "udråbstegn", "*": "stjerne",
             "&": "og-tegn", "¤": "valutategn", "¦": "brudt streg", "§": "paragraftegn", ".": "punktum"}  # fmt: skip


class Line(NamedTuple):
    """A filled row of a file's beginning: its number as a spreadsheet counts, its cells with a character between."""

    row_no: int
    text: str


def odd_header(table: Table, lines: Sequence[Line], separator: str) -> tuple[str, str] | None:
    """Tell, in Danish and English, why the first line does not hold the names of the table's columns.

    `separator`: what stands between the cells; CELL for a sheet. None where the first line holds most of them, or no
    line does.
    """
    for at, line in enumerate(lines):
        delimiter = _delimiter(table, line.text, separator)
        if delimiter is None:
            continue
        if at > 0:
            return _title(lines[0].row_no, line.row_no)
        return None if delimiter == separator else _delimiter_told(delimiter, is_sheet=separator == CELL)
    return None


def _delimiter(table: Table, text: str, separator: str) -> str | None:
    """Give the character that splits a line into most of the table's columns."""
    needed = max(2, (len(table.required) + 1) // 2)
    candidates = [separator, *DELIMITERS, *sorted({char for char in text if not char.isalnum() and char not in '_-"'})]
    most = max(candidates, key=lambda char: _names(table, text, char))
    return most if _names(table, text, most) >= needed else None


def _names(table: Table, text: str, delimiter: str) -> int:
    return len({fold(cell.strip().strip('"')) for cell in text.split(delimiter)} & set(table.columns))


def _title(first: int, header: int) -> tuple[str, str]:
    return (
        f"række {first} ligner en titel; navnene står i række {header}: slet det, der står over dem",
        f"row {first} looks like a title; the column names are in row {header}: delete what stands above them",
    )


def _delimiter_told(delimiter: str, *, is_sheet: bool) -> tuple[str, str]:
    code = f"U+{ord(delimiter):04X}"
    da = _NAMES_DA.get(delimiter, unicodedata.name(delimiter, "tegnet").lower())
    en = {"\t": "tab"}.get(delimiter, unicodedata.name(delimiter, "the character").lower())
    shown = f"{delimiter}, " if delimiter.isprintable() and delimiter != " " else ""
    if is_sheet:
        return (
            f"alle kolonnenavne står i én celle, adskilt af {da} ({shown}{code}): skriv hvert navn i sin egen kolonne",
            f"all column names are in one cell, separated by {en} ({shown}{code}): write each in a column of its own",
        )
    return (
        f"kolonnenavnene er adskilt af {da} ({shown}{code}): brug semikolon, komma eller tabulator",
        f"the column names are separated by {en} ({shown}{code}): use semicolon, comma or tab",
    )
