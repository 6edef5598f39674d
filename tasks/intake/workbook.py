"""Workbooks: the sheets of `indberetning.xlsx` as rows of typed cells."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import reduce
from typing import Any

from tasks.intake.archive import MOST_UNPACKED_BYTES, open_archive, read_entry
from tasks.intake.faults import Unsafe
from tasks.intake.native import damage_told
from tasks.intake.words import fold

_DAMAGED = ("projektmappen kan ikke læses", "the workbook can't be read")
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
_MACROS = re.compile(rb"macroEnabled|macrosheet|vbaProject", re.IGNORECASE)
_CONTENT_TYPES = "[content_types].xml"
_ERROR_CELL = re.compile(rb"""t\s*=\s*["']e["']""")
_TEXTS = re.compile(rb"""uniqueCount\s*=\s*["']([0-9]+)""")
_CELL_BYTES = 32
"""What a cell of a sheet takes in memory, also a blank one between two others."""
_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{2,}[0-9]|[A-Za-z]?(?:[2-9][0-9]{5}|[0-9]{7}))""")
# What is filled counts: programs write blank cells and rows to the end of a sheet.
_FILLED_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^<>]*\s)?r\s*=\s*["']([A-Za-z]+)([0-9]+)["'][^<>]*(?<!/)>""")
_FILLED_ROW = re.compile(rb"""<(?:\w+:)?row\s(?:[^<>]*\s)?r\s*=\s*["']([0-9]+)["'][^<>]*(?<!/)>""")
_CELL_WITHOUT_PLACE = re.compile(rb"""<(?:\w+:)?c(?!\w)(?![^<>]*\sr\s*=)""")


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name as written, and its rows from the sheet's first row on, cells as they are typed."""

    name: str
    rows: list[list[Any]]


def read_sheets(data: bytes, wanted: frozenset[str]) -> list[Sheet]:
    """Read the sheets whose folded names are wanted.

    Raises Unsafe (F06) or Unreadable (F01).
    """
    from python_calamine import CalamineError, CalamineWorkbook

    if _judge_parts(data):
        return _read_with_errors(data, wanted)
    with damage_told(*_DAMAGED, CalamineError, ValueError, OSError, KeyError):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            Sheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in workbook.sheet_names
            if fold(name) in wanted
        ]


def _judge_parts(data: bytes) -> bool:
    """Unpack every part once, as an archive is unpacked; tell whether a cell is an error (#N/A).

    Raises Unsafe for entities in the XML, macros under any name and cells too far out, and what `open_archive` and
    `read_entry` raise.
    """
    has_error_cells = False
    with open_archive(data) as archive:
        for entry in archive.infolist():
            # UTF-16 hides the words from a search for bytes.
            part = read_entry(archive, entry).replace(b"\0", b"")
            if any(word in part for word in _ENTITIES):
                raise Unsafe("projektmappen indeholder XML-entiteter", "the workbook holds XML entities")
            if entry.filename.lower() == _CONTENT_TYPES and _MACROS.search(part):
                raise Unsafe("projektmappen indeholder makroer", "the workbook holds macros")
            # A reader makes room for as many texts as are told; each takes more than a byte.
            if any(int(told) > len(part) for told in _TEXTS.findall(part)):
                raise Unsafe("projektmappen fylder mere, end der er i den", "the workbook tells of more than it holds")
            _refuse_far_cells(part)
            has_error_cells |= _ERROR_CELL.search(part) is not None
    return has_error_cells


def _refuse_far_cells(part: bytes) -> None:
    """Refuse a sheet whose few cells span too many: a reader makes room for all that lie between."""
    # To look at every reference takes twice as long as reading the sheet.
    if not _FAR.search(part):
        return
    cells = _FILLED_CELL.findall(part)
    columns = max(map(_column_number, {letters for letters, _ in cells}), default=0)
    rows = max((int(number) for _, number in cells), default=0)
    if _CELL_WITHOUT_PLACE.search(part):
        rows = max(map(int, _FILLED_ROW.findall(part)), default=rows)
    if rows * columns * _CELL_BYTES > MOST_UNPACKED_BYTES:
        raise Unsafe(
            f"et ark i projektmappen strækker sig til række {rows} og kolonne {columns}, hvilket er for meget",
            f"a sheet of the workbook spans {rows} rows and {columns} columns, which is too much",
        )


def _column_number(letters: bytes) -> int:
    return reduce(lambda number, letter: number * 26 + letter - ord("A") + 1, letters.upper(), 0)


def _read_with_errors(data: bytes, wanted: frozenset[str]) -> list[Sheet]:
    """Read with openpyxl, slower: calamine gives an error cell (#N/A) as a blank one, which would be a silent guess."""
    from openpyxl import load_workbook

    # openpyxl meets a damaged part with whatever error the part provokes.
    with damage_told(*_DAMAGED, Exception):
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [
            Sheet(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)])
            for sheet in workbook.worksheets
            if fold(sheet.title) in wanted
        ]
