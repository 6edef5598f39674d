"""What a sheet tells twice: the reader keeps the last of two cells, and a row of the table would be gone in silence."""

from __future__ import annotations

import re
from itertools import pairwise

from tasks.intake.cell_names import column_letters, column_number, row_number

_SHEET_DATA = re.compile(rb"<((?:\w+:)?)sheetData(?:\s[^<>]*?)?(/?)>")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_PLACED = re.compile(rb"""<c[\s/>](?:r="([A-Z]+)([1-9][0-9]*)")?""")
_TWO_VALUES = re.compile(rb"</(?:\w+:)?(?:v|is)\s*>\s*<(?:\w+:)?(?:v|is)[\s/>]")
_ELEMENT = re.compile(rb"<(/?)(?:\w+:)?(row|c|v|is)((?:\s[^<>]*?)?)(/?)>")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")


def told_twice(sheet: bytes) -> tuple[str, str] | None:
    """Name the first row or cell that a sheet's XML gives values to twice, in Danish and English; None where none is.

    Blank cells and rows may come twice: nothing is lost. `sheet` has no comments and no CDATA sections.
    """
    begin = _SHEET_DATA.search(sheet)
    if begin is None:
        return None
    prefix, is_empty = begin[1], begin[2] == b"/"
    end = begin.end() if is_empty else sheet.find(b"</%bsheetData" % prefix, begin.end())
    end = len(sheet) if end < 0 else end
    if re.compile(rb"<%b(?:sheetData|row|c)[\s/>]" % prefix).search(sheet, end):
        return "rækker bag de rækker, der læses", "rows behind those that are read"
    if _is_plain(sheet, begin.end(), end):
        return None
    return _first_twice(sheet, begin.end(), end)


def _is_plain(sheet: bytes, begin: int, end: int) -> bool:
    """Return whether each cell tells its place as programs write it, and no two rows have cells of one row.

    What this does not vouch for is looked at cell by cell, which takes longer than reading the sheet.
    """
    if sheet.find(b":c", begin, end) >= 0 or _TWO_VALUES.search(sheet, begin, end):
        return False
    numbers = set()
    for first, last in pairwise([begin, *(row.start() for row in _ROW.finditer(sheet, begin, end)), end]):
        places = _PLACED.findall(sheet, first, last)
        if not places:
            continue
        number = places[0][1]
        letters = {letters for letters, of_row in places if of_row == number}
        if not number or len(letters) != len(places) or number in numbers:
            return False
        numbers.add(number)
    return True


def _first_twice(sheet: bytes, begin: int, end: int) -> tuple[str, str] | None:
    """Follow the cells to where the reader puts them: one without a place stands behind the one before it."""
    row = column = rows = 0
    place = (0, 0)
    filled: set[tuple[int, int]] = set()
    row_of: dict[int, int] = {}
    for element in _ELEMENT.finditer(sheet, begin, end):
        closes, name, told, is_empty = element.groups()
        if name == b"row":
            if not closes:
                rows += 1
                filled.clear()
                if reference := _REFERENCE.search(told):
                    row = row_number(reference[2]) - 1
            if closes or is_empty:
                row, column = row + 1, 0
        elif closes:
            continue
        elif name == b"c":
            place = (row, column)
            if reference := _REFERENCE.search(told):
                place = (row_number(reference[2]) - 1, column_number(reference[1]) - 1)
            column = place[1] + 1
        elif place in filled:
            cell = f"{column_letters(place[1] + 1)}{place[0] + 1}"
            return f"celle {cell} to gange", f"cell {cell} twice"
        elif row_of.setdefault(place[0], rows) != rows:
            return f"række {place[0] + 1} to gange", f"row {place[0] + 1} twice"
        elif not is_empty and not sheet.startswith(b"</", element.end()):
            # An empty value takes nothing from the one behind it.
            filled.add(place)
    return None
