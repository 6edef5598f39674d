"""What a delivery holds, as it is read: its files, its tables as text, and what is wrong with it as a whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tasks.base.cpr import mask
from tasks.intake.cell_names import column_letters
from tasks.intake.delimited import Delimited
from tasks.intake.faults import Fault
from tasks.intake.tables import Table
from tasks.intake.workbook import Merged

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class DeliveredFile:
    """A file as delivered: its path within the delivery, and its bytes (none for a link, which is not followed)."""

    name: str
    data: bytes | None

    @cached_property
    def sha256(self) -> str:
        """The hash of the file."""
        return hashlib.sha256(self.data or b"").hexdigest()

    def record(self) -> FileRecord:
        """Give the part of the file that is kept: all except its bytes."""
        return FileRecord(self.name, self.sha256, len(self.data or b""))


class FileRecord(NamedTuple):
    """The part of a delivered file that is kept."""

    name: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class TableText:
    """A delivered table as text: split by DuckDB (`delimited`), or cells in a frame with row_no (`cells`).

    `columns` gives each known column's place in a record, counted from 1. `file_name` names the sheet too. `sheet`:
    what a spreadsheet calls the sheet that shows the table. `merged`: the ranges of merged cells.
    """

    table: Table
    file_name: str
    columns: dict[str, int]
    delimited: Delimited | None = None
    cells: pl.DataFrame | None = None
    sheet: str = ""
    merged: tuple[Merged, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every required column was found."""
        return all(name in self.columns for name in self.table.required)

    def cell(self, column: str, row_no: int) -> str:
        """Name a cell as a spreadsheet does: forløb!E322; the row's first cell, where the column was not delivered."""
        return self.place(self.columns.get(column, 1), row_no)

    def place(self, at: int, row_no: int) -> str:
        """Name a cell by its column's place, counted from 1."""
        return f"{self.sheet}!{column_letters(at)}{row_no}"

    def merged_into(self, column: str, row_no: int) -> str | None:
        """Name the cell that another is merged into; None where it is merged into none."""
        at = self.columns.get(column)
        if at is None:
            return None
        for (top, left), (bottom, right) in self.merged:
            if top < row_no <= bottom + 1 and left < at <= right + 1 and (row_no, at) != (top + 1, left + 1):
                return self.place(left + 1, top + 1)
        return None


@dataclass
class Delivery:
    """What was found in a delivery: its tables, its control totals, and its faults so far.

    `others`: files and sheets of other names, and whether each is a file.
    """

    tables: dict[str, TableText] = field(default_factory=dict)
    others: list[tuple[str, bool]] = field(default_factory=list)
    control: TableText | None = None
    faults: list[Fault] = field(default_factory=list)

    def fault(self, code: str, da: str, en: str) -> None:
        """Note a fault, masked."""
        self.faults.append(Fault(code, mask(da), mask(en)))
