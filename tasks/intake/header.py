"""What is odd about a header where a table's columns are not found: reported once, and not column by column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tasks.base.worded import Both
from tasks.intake import characters
from tasks.intake.characters import DELIMITERS
from tasks.intake.csv_flaws import whole_lines_quoted
from tasks.intake.spelled import compared, resembled
from tasks.intake.tables import BY_NAME, Table
from tasks.intake.words import fold

HEAD = 20
"""How many rows are searched for the column names."""
_MOST_SIGNS = 20
"""How many signs of a line are tried as its delimiter: a delimiter is among the most frequent."""
CELL = "\x1f"
"""What stands between the cells of a sheet's row."""
_QUOTES = "'`´\u2018\u2019\u201a\u201b\u2032"
_AROUND = _QUOTES + '"[](){}<>*'
# As in `_trimmed` of delimited.py, a run of signs is looked at from its first alone.
_EDGE = re.compile(r"^[\W_]+|(?<![\W_])[\W_]+$")


class Line(NamedTuple):
    """A filled row of a file's beginning: its number as a spreadsheet counts, and its cells."""

    row_no: int
    cells: tuple[str, ...]


class Odd(NamedTuple):
    """What is odd about a header, in Danish and English; whether its names are read, and are none of the table's."""

    da: str
    en: str
    is_of_unknown_names: bool = False


def odd_header(table: Table, lines: Sequence[Line], separator: str) -> Odd | None:
    """Say, in Danish and English, why the first line does not hold the names of the table's columns.

    `separator`: what stands between the cells; CELL for a sheet. None where the first line holds some of them. The
    content of the line is not shown where it may be a row: it may be about a person.
    """
    if not lines:
        return None
    needed = max(2, (len(table.required) + 1) // 2)
    for at, line in enumerate(lines):
        found = _names(table, line.cells)
        if found < needed:
            told = _written_otherwise(table, line, separator, needed)
            if told is None:
                continue
            if at == 0:
                return Odd(*told)
        elif at == 0:
            return None
        return Odd(*_title(lines[0].row_no, line.row_no))
    return _without_names(table, lines, needed)


def _without_names(table: Table, lines: Sequence[Line], needed: int) -> Odd | None:
    """Say what a beginning is when none of its lines holds the names of the table's columns."""
    first = lines[0]
    if _names(table, (line.cells[0] for line in lines)) >= needed:
        return _unknown(
            "kolonnenavnene står under hinanden i første kolonne: vend tabellen, så de står i første række",
            "the column names stand one below the other in the first column: turn the table, so that they are in the "
            "first row",
        )
    for other in BY_NAME.values():
        if other is not table and _names(other, first.cells) > _names(table, first.cells) + 1:
            return _unknown(
                f"kolonnenavnene er dem, som tabellen {other.name} har: læg hver tabel under sit eget navn",
                f"the column names are those of table {other.name}: put each table under its own name",
            )
    if _names(table, first.cells) or any(resembled(cell, table.columns) for cell in compared(first.cells)):
        return None
    names = ", ".join(table.required)
    if any(cell[:1].isdigit() for cell in first.cells):
        return _unknown(
            f"række {first.row_no} ligner data, så kolonnenavnene mangler: skriv dem i en række over ({names})",
            f"row {first.row_no} looks like data, so the column names are missing: write them in a row above ({names})",
        )
    return _unknown(
        f"række {first.row_no} har ingen af tabellens kolonnenavne: skriv dem, som de hedder i skabelonen ({names})",
        f"row {first.row_no} has none of the table's column names: write them as the template has them ({names})",
    )


def _unknown(da: str, en: str) -> Odd:
    return Odd(da, en, is_of_unknown_names=True)


def _names(table: Table, cells: Iterable[str]) -> int:
    return len({fold(cell) for cell in set(cells)} & set(table.columns))


def _written_otherwise(table: Table, line: Line, separator: str, needed: int) -> Both | None:
    """Say how a line holds the table's columns, where it does not hold their names as cells."""
    is_one_of_a_file = len(line.cells) == 1 and separator != CELL
    # A delimiter that parts the header's columns would be the file's if it did not stand within one cell.
    if is_one_of_a_file and any(_names(table, line.cells[0].split(sign)) >= needed for sign in DELIMITERS):
        reason = whole_lines_quoted()
        return Both(reason.da, reason.en)
    if _names(table, (_EDGE.sub("", cell) for cell in line.cells)) >= needed:
        return _wrapped(next(edge[0].strip()[0] for cell in line.cells if (edge := _EDGE.search(cell.strip()))))
    text = separator.join(line.cells)
    signs = Counter(sign for sign in text if not sign.isalnum() and sign not in "_-" + _AROUND)
    frequent = [sign for sign, count in signs.most_common(_MOST_SIGNS) if count + 1 >= needed]
    # A space beside another delimiter parts the names as well, and is not what parts them.
    for sign in sorted(frequent, key=lambda sign: (sign == " ", sign)):
        if sign != separator and _names(table, (cell.strip(_AROUND + " ") for cell in text.split(sign))) >= needed:
            return _only_delimiters(sign, is_sheet=separator == CELL)
    return None


def _title(first: int, header: int) -> Both:
    return Both(
        f"række {first} ligner en titel; navnene står i række {header}: slet det, der står over dem",
        f"row {first} looks like a title; the column names are in row {header}: delete what stands above them",
    )


def _wrapped(sign: str) -> Both:
    shown = f"{sign}, {characters.code_point(sign)}"
    if sign in _QUOTES:
        return Both(
            f'værdierne står i apostroffer ({shown}): brug lige anførselstegn ("), eller ingen',
            f'the values stand in apostrophes ({shown}): use straight quotation marks ("), or none',
        )
    return Both(
        f"kolonnenavnene har andre tegn om sig ({shown}): skriv navnene alene",
        f"the column names have other signs around them ({shown}): write the names alone",
    )


def _only_delimiters(delimiter: str, *, is_sheet: bool) -> Both:
    sign = characters.sign(delimiter)
    if is_sheet:
        return Both(
            f"alle kolonnenavne står i én celle, adskilt af {sign.da}: skriv hvert navn i sin egen kolonne",
            f"all column names are in one cell, separated by {sign.en}: write each in a column of its own",
        )
    return Both(
        f"kolonnenavnene er adskilt af {sign.da}: brug semikolon, komma eller tabulator",
        f"the column names are separated by {sign.en}: use semicolon, comma or tab",
    )
