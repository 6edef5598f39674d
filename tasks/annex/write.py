"""The annexes of a year's letters, one workbook a project, from the tables of a settlement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.annex.workbook import (
    ChangedRegistration,
    CountedCitizen,
    Listed,
    RejectedRegistration,
    Voucher,
    write_workbook,
)
from tasks.letters.facts import LetterFacts
from tasks.validation.catalogue import Rule, rules_by_code, without_page
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

FOLDER = "annex"
_FETCH_ROWS = 10_000


class _ByProject:
    """Rows that come sorted by project, handed out a project at a time, so that memory stays flat."""

    def __init__(self, result: duckdb.DuckDBPyConnection) -> None:
        self._rows = self._stream(result)
        self._next = next(self._rows, None)

    @staticmethod
    def _stream(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
        while rows := result.fetchmany(_FETCH_ROWS):
            yield from rows

    def of(self, project_id: str) -> list[tuple[Any, ...]]:
        """Give a project's rows, each without the project; projects must be asked for in their order."""
        of_project = []
        while self._next is not None and self._next[0] <= project_id:
            if self._next[0] == project_id:
                of_project.append(self._next[1:])
            self._next = next(self._rows, None)
        return of_project


def _rejected(
    rule: Rule, table: str, row_no: int, key: str, message_da: str, lost_dkk: Any, is_unreckoned: bool
) -> RejectedRegistration:
    reason = without_page(message_da)
    return RejectedRegistration(
        table, row_no, key, rule.code, reason, rule.mend_da, lost_dkk, is_unreckoned, rule.public_page
    )


def write_annexes(
    connection: duckdb.DuckDBPyConnection,
    letters: Sequence[LetterFacts],
    folder: Path,
    progress: Callable[[int, int], None],
) -> None:
    """Write `annex/<project_id>.xlsx` of every letter into a folder.

    All letters are of one year. `progress` is called with the annexes written so far and all of them.
    """
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    if not letters:
        return
    execute(connection, "annex/counted_citizens")
    rules = rules_by_code()
    projects = [facts.project_id for facts in letters]
    year = letters[0].year
    citizens, wages, changed = (
        _ByProject(execute(connection.cursor(), f"annex/{name}", year=year, projects=projects))
        for name in ("citizens", "wages", "changed")
    )
    rejected = _ByProject(execute(connection.cursor(), "annex/rejected", projects=projects))
    for done, facts in enumerate(sorted(letters, key=lambda one: one.project_id), start=1):
        listed = Listed(
            [CountedCitizen(*row) for row in citizens.of(facts.project_id)],
            [Voucher(*row) for row in wages.of(facts.project_id)],
            [ChangedRegistration(*row) for row in changed.of(facts.project_id)],
            [_rejected(rules[code], *row) for code, *row in rejected.of(facts.project_id)],
        )
        write_workbook(facts, listed, folder / FOLDER / f"{facts.project_id}.xlsx")
        progress(done, len(letters))
