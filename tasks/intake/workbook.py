"""Workbooks: the sheets of `indberetning.xlsx` as rows of typed cells."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from tasks.intake.archive import judge_workbook, open_archive, read_entry
from tasks.intake.faults import Unreadable
from tasks.intake.words import fold

_ERROR_CELL = b't="e"'


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

    judge_workbook(data)
    if _holds_error_cells(data):
        return _read_with_errors(data, wanted)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            Sheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in workbook.sheet_names
            if fold(name) in wanted
        ]
    except (CalamineError, ValueError, OSError, KeyError) as error:
        raise Unreadable("projektmappen kan ikke læses", "the workbook can't be read") from error


def _holds_error_cells(data: bytes) -> bool:
    with open_archive(data) as archive:
        return any(
            _ERROR_CELL in read_entry(archive, entry)
            for entry in archive.infolist()
            if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")
        )


def _read_with_errors(data: bytes, wanted: frozenset[str]) -> list[Sheet]:
    """Read with openpyxl, slower: calamine gives an error cell (#N/A) as a blank one, which would be a silent guess."""
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [
            Sheet(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)])
            for sheet in workbook.worksheets
            if fold(sheet.title) in wanted
        ]
    except Exception as error:
        # openpyxl meets a damaged part with whatever error the part provokes.
        raise Unreadable("projektmappen kan ikke læses", "the workbook can't be read") from error
