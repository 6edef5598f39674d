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
from tasks.warehouse.statements import execute, statement

if TYPE_CHECKING:
    import duckdb

    from tasks.base.papers import Papers

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


def _lists(letters: Sequence[LetterFacts]) -> list[tuple[str, dict[str, Any]]]:
    """Give the statements of the lists of annexes of one year, each with its values."""
    values = {"projects": [facts.project_id for facts in letters]}
    of_year = values | {"year": letters[0].year}
    return [
        ("annex/citizens", of_year),
        ("annex/wages", of_year),
        ("annex/changed", of_year),
        ("annex/rejected", values),
    ]


def _to_write(
    connection: duckdb.DuckDBPyConnection, letters: Sequence[LetterFacts], papers: Papers
) -> list[LetterFacts]:
    """Give the letters whose annexes are not there as they would be."""
    says = {facts.project_id: [repr(facts)] for facts in letters}
    for name, values in _lists(letters):
        hashed = statement("annex/listed_hash").replace("{listed}", statement(name))
        for project_id, listed_hash in connection.execute(hashed, values).fetchall():
            says[project_id].append(f"{name} {listed_hash}")
    return [
        facts
        for facts in letters
        if not papers.take("\0".join(says[facts.project_id]), f"{FOLDER}/{facts.project_id}.xlsx")
    ]


def write_annexes(
    connection: duckdb.DuckDBPyConnection,
    letters: Sequence[LetterFacts],
    folder: Path,
    progress: Callable[[int, int], None],
    papers: Papers | None = None,
) -> None:
    """Write `annex/<project_id>.xlsx` of every letter into a folder; of `papers`, copy one that would say the same.

    All letters are of one year. `progress` is called with the annexes written so far and all of them.
    """
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    if not letters:
        return
    execute(connection, "annex/counted_citizens")
    to_write = sorted(letters, key=lambda one: one.project_id)
    if papers is not None:
        to_write = _to_write(connection, to_write, papers)
    if not to_write:
        progress(len(letters), len(letters))
        return
    rules = rules_by_code()
    citizens, wages, changed, rejected = (
        _ByProject(execute(connection.cursor(), name, **values)) for name, values in _lists(to_write)
    )
    for done, facts in enumerate(to_write, start=len(letters) - len(to_write) + 1):
        listed = Listed(
            [CountedCitizen(*row) for row in citizens.of(facts.project_id)],
            [Voucher(*row) for row in wages.of(facts.project_id)],
            [ChangedRegistration(*row) for row in changed.of(facts.project_id)],
            [_rejected(rules[code], *row) for code, *row in rejected.of(facts.project_id)],
        )
        write_workbook(facts, listed, folder / FOLDER / f"{facts.project_id}.xlsx")
        progress(done, len(letters))
