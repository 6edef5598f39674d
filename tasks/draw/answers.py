"""The answers to batches: files that tell a municipality who got which arm.

Source: docs/draw-format.md, 'Commands'.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tasks.base.cells import plain_cell
from tasks.base.cpr import mask
from tasks.base.durable import FOLDER_MODE, replace_durably
from tasks.base.worded import joined, phrase
from tasks.draw.listed import Citizen
from tasks.draw.record import REHEARSAL

_COLUMNS = ("borger_id", "ref", "gruppe", "visitationsdato")


@dataclass(frozen=True)
class Answers:
    """A project's answers; `folder`: of the records, with a folder for each project in it."""

    folder: Path
    project_id: str

    def write(
        self, batch: int, citizens: Sequence[Citizen], arms: Mapping[str, str], drawn_on: Mapping[str, date]
    ) -> Path:
        """Write who got which arm, and when, both by ref; give the file."""
        out = io.StringIO()
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(_COLUMNS)
        for one in sorted(citizens, key=lambda one: one.borger_id):
            rows.writerow((plain_cell(one.borger_id), one.ref, arms[one.ref], drawn_on[one.ref].isoformat()))
        return self._put(f"udvaelgelse-{batch}.csv", out.getvalue().encode())

    def unread(self) -> tuple[str, ...]:
        """Warn of files that are not as they were written: a spreadsheet has saved them in a form of its own."""
        changed = [file.name for file in self._files() if _rows_of(file) is None]
        if not changed:
            return ()
        return (
            phrase(
                "{files} in {folder} can't be read any more: hand in the list that it answers again, and it is "
                "written anew.",
                files=joined(", ", changed),
                folder=self.folder / self.project_id,
            ),
        )

    def of(self, borger_id: str) -> list[tuple[str, str]]:
        """Give the file and the ref of everybody whom the municipality knows by an id."""
        return [(name, ref) for name, cell, ref in self._rows() if cell == plain_cell(borger_id)]

    def same_ids(self, name: str, citizens: Sequence[Citizen]) -> tuple[str, ...]:
        """Warn of ids that stand for other persons in other answers than `name`, as far as these can be read."""
        refs = {plain_cell(one.borger_id): one.ref for one in citizens}
        others = [(file, cell) for file, cell, ref in self._rows() if refs.get(cell, ref) != ref and file != name]
        if not others:
            return ()
        return (
            phrase(
                "{citizens} of {file} stand for other persons in {files}: give the ref where one of them withdraws.",
                citizens=joined(", ", sorted({mask(cell) for _, cell in others})),
                file=name,
                files=joined(", ", sorted({file for file, _ in others})),
            ),
        )

    def _put(self, name: str, contents: bytes) -> Path:
        """Write an answer into the project's folder; and beside the records, where no other project has one so named.

        Two projects' first answers have one name: a municipality must not get another's citizens.
        """
        file, beside = self.folder / self.project_id / name, self.folder / name
        file.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        replace_durably(file, contents)
        if {one.parent.name for one in self.folder.glob(f"*/{name}")} <= {self.project_id, REHEARSAL}:
            replace_durably(beside, contents)
        else:
            beside.unlink(missing_ok=True)
        return file

    def _files(self) -> list[Path]:
        return sorted((self.folder / self.project_id).glob("udvaelgelse-*.csv"))

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        """Give the file, the id and the ref of everybody who is on an answer that can be read."""
        for file in self._files():
            for borger_id, ref, *_ in _rows_of(file) or ():
                yield file.name, borger_id, ref


def _rows_of(file: Path) -> list[list[str]] | None:
    """Give the rows of an answer below its header; None where it is not as it was written."""
    try:
        header, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8")), strict=True)
    except (ValueError, csv.Error):
        return None
    return rows if tuple(header) == _COLUMNS and {len(row) for row in rows} <= {len(_COLUMNS)} else None
