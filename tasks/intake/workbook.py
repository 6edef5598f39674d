"""Workbooks: the sheets of `indberetning.xlsx` as rows of typed cells."""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from tasks.intake.archive import MACROS, MOST_UNPACKED_BYTES, is_encrypted, open_archive, read_entry
from tasks.intake.cell_names import column_letters, column_number, row_number
from tasks.intake.faults import Damaged, Unreadable, Unsafe
from tasks.intake.forms import XLSX, ZIP, of_another_form, refuse_another_form
from tasks.intake.native import damage_reported
from tasks.intake.twice import told_twice
from tasks.intake.words import fold

_DAMAGED = (
    "projektmappen er beskadiget og kan ikke læses: åbn den i regnearket, og gem den igen",
    "the workbook is damaged and can't be read: open it in the spreadsheet and save it anew",
)
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
_MACROS = re.compile(rb"macroEnabled|macrosheet|vbaProject", re.IGNORECASE)
_CONTENT_TYPES = "[content_types].xml"
_ERROR_TYPE = re.compile(rb"""(<(?:\w+:)?c\s(?:[^<>]*\s)?t\s*=\s*)(["'])e\2""")
_MAY_BE_ERROR = re.compile(rb"""t\s*=\s*["']e["']""")
# What XML may have amid elements and texts. One without an end goes to the end of the part: looked for once.
_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<\?(?!xml\s).*?(?:\?>|\Z)|<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_ASIDE_ENDS = (b"-->", b"?>", b"]]>")
_BEHIND_DECLARATION = 8
"""Where a second `<?` may begin: behind a byte order mark and the first."""
_FORMULA = re.compile(rb"""<(?:\w+:)?f[\s/>]""")
_FORMULA_WITHOUT_VALUE = re.compile(
    rb"""<((?:\w+:)?)c((?:\s[^<>]*)?)>\s*"""
    rb"""<\1f(?:\s[^<>]*)?(?:/>|>[^<]*</\1f\s*>)\s*"""
    rb"""(?:<\1v(?:\s[^<>]*)?(?:/>|>\s*</\1v\s*>)\s*)?</\1c\s*>"""
)
# Any formula, where the workbook says that its values are not computed yet. Its end is sought up to the next cell: each
# of many without an end would be sought through all that come after.
_FORMULA_CELL = re.compile(
    rb"""<((?:\w+:)?)c((?:\s[^<>]*)?)>\s*<\1f(?:\s[^<>]*)?(?:/>|>[^<]*</\1f\s*>)"""
    rb"""[^<]*(?:<(?!/?\1c[\s>])[^<]*)*+</\1c\s*>"""
)
_MIDNIGHT = rb"T00:00(?::00(?:\.0+)?)?Z"
_MAY_BE_MIDNIGHT = re.compile(_MIDNIGHT)
_CELL_AT_MIDNIGHT = re.compile(
    rb"""(<((?:\w+:)?)c(\s[^<>]*)>\s*(?:<\2f(?:\s[^<>]*)?(?:/>|>[^<]*</\2f\s*>)\s*)?<\2v>\s*[0-9-]+)""" + _MIDNIGHT
)
_TO_BE_COMPUTED = re.compile(rb"""<(?:\w+:)?calcPr\s[^<>]*fullCalcOnLoad\s*=\s*["'](?:1|true)["']""")
_MAIN_PART = re.compile(r"application/vnd\.openxmlformats-officedocument\.spreadsheetml\.(?:sheet|template)\.main\+xml")
_WORKBOOK_PART = re.compile(r"(?:^|/)workbook[^/]*\.xml$", re.IGNORECASE)
_LISTS = re.compile(r"(?:^|/)workbook[^/]*\.xml(?:\.rels)?$", re.IGNORECASE)
_SHEET = re.compile(r"<(?:\w+:)?sheet(\s[^<>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship(\s[^<>]*)>")
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w*)["']""")
_WITHOUT_VALUE = "formel uden værdi".encode("ascii", "xmlcharrefreplace")
_TEXTS = re.compile(rb"""uniqueCount\s*=\s*["']([0-9]+)""")
_CELL_BYTES = 32
"""The memory that a cell of a sheet takes, also a blank one between two others."""
_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{2,}[0-9]|[A-Za-z]?(?:[2-9][0-9]{5}|[0-9]{7}))""")
# Only filled cells count: programs write blank cells and rows to the end of a sheet.
_PLACED_CELL = rb"""<(?:\w+:)?c\s(?:[^<>]*\s)?r\s*=\s*["']([A-Za-z]+)([0-9]+)["']"""
_CELL = re.compile(_PLACED_CELL)
_FILLED_CELL = re.compile(_PLACED_CELL + rb"""[^<>]*(?<!/)>(?!\s*</)""")
_ROW = re.compile(rb"""<(?:\w+:)?row(?!\w)""")
_PLACED_ROW = re.compile(rb"""<(?:\w+:)?row\s(?:[^<>]*\s)?r\s*=\s*["']([0-9]+)["']""")
_CELL_WITHOUT_PLACE = re.compile(rb"""<(?:\w+:)?c(?!\w)(?![^<>]*\sr\s*=)""")


Merged = tuple[tuple[int, int], tuple[int, int]]
"""A range of merged cells: row and column of its first and its last, counted from 0."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name as written, its rows from the first on, cells as they are typed, and its merged cells."""

    name: str
    rows: list[list[Any]]
    merged: tuple[Merged, ...] = ()


def read_sheets(data: bytes, wanted: frozenset[str]) -> tuple[list[Sheet], list[str]]:
    """Read the sheets whose folded names are wanted; give the names of the others beside them.

    An error cell (#N/A) becomes its text, so that it is unreadable.

    Raises Unsafe (F06) or Unreadable (F01).
    """
    from python_calamine import CalamineError, CalamineWorkbook

    if not is_encrypted(data):
        refuse_another_form(data, ".xlsx", XLSX, ZIP)
    try:
        data = _judged(data, wanted)
    except Damaged as reason:
        raise Unreadable(*_DAMAGED) from reason
    with damage_reported(*_DAMAGED, CalamineError, ValueError, OSError, KeyError):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names if fold(name) in wanted]
        sheets = [
            Sheet(sheet.name, sheet.to_python(skip_empty_area=False), tuple(sheet.merged_cell_ranges or ()))
            for sheet in found
        ]
        return sheets, [name for name in workbook.sheet_names if fold(name) not in wanted]


def _judged(data: bytes, wanted: frozenset[str]) -> bytes:
    """Unpack every part once, as an archive is unpacked; give the workbook as it is to be read.

    Raises Unsafe for entities in the XML, macros under any name and cells too far out, Unreadable for a wanted sheet
    that tells a row or cell twice, and what `open_archive` and `read_entry` raise.
    """
    changed: dict[str, bytes] = {}
    with open_archive(data) as archive:
        is_to_be_computed = _main_part_tells(archive)
        for entry in archive.infolist():
            delivered = read_entry(archive, entry)
            # UTF-16 hides the words from a search for bytes.
            part = delivered.replace(b"\0", b"")
            if any(word in part for word in _ENTITIES):
                raise Unsafe("projektmappen indeholder XML-entiteter", "the workbook holds XML entities")
            if entry.filename.lower() == _CONTENT_TYPES and _MACROS.search(part):
                raise Unsafe(*MACROS)
            # A reader allocates as many strings as the file declares; each takes more than a byte.
            if any(row_number(told) > len(part) for told in _TEXTS.findall(part)):
                raise Unsafe("projektmappen fylder mere, end der er i den", "the workbook tells of more than it holds")
            _refuse_far_cells(archive, entry.filename, part)
            readable = _as_it_is_to_be_read(delivered, is_to_be_computed=is_to_be_computed)
            _refuse_told_twice(archive, entry.filename, readable.replace(b"\0", b""), wanted)
            if readable != delivered:
                changed[entry.filename] = readable
        return _repacked(archive, changed) if changed else data


def _main_part_tells(archive: zipfile.ZipFile) -> bool:
    """Judge what kind of document an archive is; return whether its workbook says that formulas wait to be computed.

    Raises Unreadable when its main part is no spreadsheet of OOXML.
    """
    names = {name.lower().replace("\\", "/"): name for name in archive.namelist()}
    types = _part(archive, names.get(_CONTENT_TYPES)).decode("latin-1")
    if not _MAIN_PART.search(types) and not _MACROS.search(types.encode("latin-1")):
        raise of_another_form(ZIP, ".xlsx")
    parts = [name for lowered, name in names.items() if _WORKBOOK_PART.search(lowered) or lowered.endswith("book.xml")]
    return any(_TO_BE_COMPUTED.search(_part(archive, name)) for name in parts)


def _part(archive: zipfile.ZipFile, name: str | None) -> bytes:
    return b"" if name is None else read_entry(archive, archive.getinfo(name)).replace(b"\0", b"")


def _as_it_is_to_be_read(part: bytes, *, is_to_be_computed: bool) -> bytes:
    """Turn error cells, and formulas that no program has computed, into text; drop the time where it is midnight.

    The reader gives such cells as blank, which would be a silent guess: a spell whose slutdato is blank still runs. A
    date cell with a time zone, as JavaScript writes it, is no date to the reader. The text of a value behind a comment
    or in a CDATA section is none to it either.
    """
    if b"<!" in part or part.find(b"<?", _BEHIND_DECLARATION) >= 0:
        part = _ASIDE.sub(_plainly, part)
    if _FORMULA.search(part):
        if is_to_be_computed:
            part = _FORMULA_CELL.sub(lambda cell: _without_value(cell[1], cell[2]), part)
        else:
            part = _FORMULA_WITHOUT_VALUE.sub(_emptied, part)
    if _MAY_BE_ERROR.search(part):
        part = _ERROR_TYPE.sub(rb'\1"str"', part)
    if _MAY_BE_MIDNIGHT.search(part):
        part = _CELL_AT_MIDNIGHT.sub(_without_midnight, part)
    return part


def _plainly(aside: re.Match[bytes]) -> bytes:
    """Write a CDATA section as text, and drop a comment or an instruction; without its end each stays: it is damage."""
    if not aside[0].endswith(_ASIDE_ENDS):
        return aside[0]
    return (aside[1] or b"").replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _emptied(cell: re.Match[bytes]) -> bytes:
    prefix, attributes = cell.groups()
    kind = _TYPE.search(attributes)
    if kind is not None and kind[1] == b"str":
        return cell[0]
    return _without_value(prefix, attributes)


def _without_midnight(cell: re.Match[bytes]) -> bytes:
    kind = _TYPE.search(cell[3])
    return cell[1] if kind is not None and kind[1] == b"d" else cell[0]


def _without_value(prefix: bytes, attributes: bytes) -> bytes:
    return b'<%bc%b t="str"><%bv>%b</%bv></%bc>' % (
        prefix,
        _TYPE.sub(b"", attributes),
        prefix,
        _WITHOUT_VALUE,
        prefix,
        prefix,
    )


def _repacked(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    parts = {entry.filename: entry for entry in archive.infolist()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as repacked:
        for name, entry in parts.items():
            repacked.writestr(name, changed[name] if name in changed else read_entry(archive, entry))
    return file.getvalue()


def _sheet_names(archive: zipfile.ZipFile, part: str) -> list[str]:
    """Give the names of the sheets that a part of the workbook may be; none where the workbook tells of none."""
    shown = _file_name(part)
    texts = {
        name: _part(archive, name).decode("utf-8", "replace") for name in archive.namelist() if _LISTS.search(name)
    }
    relations = [told for text in texts.values() for told in _RELATION.findall(text)]
    ids = {_attribute(told, "Id") for told in relations if _file_name(_attribute(told, "Target")) == shown}
    sheets = [told for text in texts.values() for told in _SHEET.findall(text)]
    return [html.unescape(_attribute(told, "name")) for told in sheets if _attribute(told, r"\w+:id") in ids]


def _file_name(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).name.lower()


def _sheet_told(names: list[str]) -> tuple[str, str]:
    """Name the sheet, in Danish and English."""
    if not names:
        return "et ark i projektmappen", "a sheet of the workbook"
    return f'arket "{names[0]}"', f'the sheet "{names[0]}"'


def _refuse_told_twice(archive: zipfile.ZipFile, part: str, sheet: bytes, wanted: frozenset[str]) -> None:
    twice = told_twice(sheet)
    if twice is None:
        return
    # What formulas keep of another workbook has rows as well, and a sheet that is no table may have what it likes.
    names = [name for name in _sheet_names(archive, part) if fold(name) in wanted]
    if not names:
        return
    da, en = _sheet_told(names)
    raise Unreadable(
        f"{da} har {twice[0]}, så værdier ville gå tabt: åbn projektmappen i regnearket, se efter, at alle rækker er "
        "der, og gem den igen",
        f"{en} has {twice[1]}, so values would be lost: open the workbook in the spreadsheet, see that all rows are "
        "there, and save it anew",
    )


def _attribute(told: str, name: str) -> str:
    found = re.search(rf"""\s{name}\s*=\s*["']([^"']*)["']""", told)
    return found[1] if found else ""


def _refuse_far_cells(archive: zipfile.ZipFile, name: str, part: bytes) -> None:
    """Refuse a sheet whose few cells span too many: a reader makes room for all that lie between."""
    # Looking at every reference takes twice as long as reading the sheet.
    if not _FAR.search(part):
        return
    # A cell without a place stands behind the one before it, also where that is blank.
    has_cells_without_place = _CELL_WITHOUT_PLACE.search(part) is not None
    cells = (_CELL if has_cells_without_place else _FILLED_CELL).findall(part)
    columns = max(map(column_number, {letters for letters, _ in cells}), default=0)
    rows = max((row_number(number) for _, number in cells), default=0)
    if has_cells_without_place:
        columns += max(len(_CELL_WITHOUT_PLACE.findall(row)) for row in _ROW.split(part))
        rows = max([rows, *map(row_number, _PLACED_ROW.findall(part))])
    if rows * columns * _CELL_BYTES > MOST_UNPACKED_BYTES:
        da, en = _sheet_told(_sheet_names(archive, name))
        raise Unsafe(
            f"{da} strækker sig til celle {column_letters(columns)}{rows}, hvilket er for meget: slet rækkerne under "
            "tabellen og kolonnerne til højre for den, og gem igen",
            f"{en} spans to cell {column_letters(columns)}{rows}, which is too much: delete the rows below the table "
            "and the columns to its right, and save anew",
        )
