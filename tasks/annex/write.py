"""The annexes of a year's letters, one workbook a project, from the tables of a settlement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
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
from tasks.warehouse.statements import execute, fetched, statement

if TYPE_CHECKING:
    import duckdb

    from tasks.base.papers import Papers

FOLDER = "annex"


def _of_each(letters: Sequence[LetterFacts], result: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
    """Give each letter's rows, without the project: letters and rows come sorted by it, so that memory stays flat."""
    by_project = groupby(fetched(result), key=itemgetter(0))
    project_id, rows = next(by_project, (None, iter(())))
    for facts in letters:
        of_project = []
        if project_id == facts.project_id:
            of_project = [row[1:] for row in rows]
            project_id, rows = next(by_project, (None, iter(())))
        yield of_project


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
    """Give the letters whose annexes are missing or would differ."""
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
    lists = (_of_each(to_write, execute(connection.cursor(), name, **values)) for name, values in _lists(to_write))
    copied = len(letters) - len(to_write)
    of_each = zip(to_write, *lists, strict=True)
    for done, (facts, citizens, wages, changed, rejected) in enumerate(of_each, start=copied + 1):
        listed = Listed(
            [CountedCitizen(*row) for row in citizens],
            [Voucher(*row) for row in wages],
            [ChangedRegistration(*row) for row in changed],
            [_rejected(rules[code], *row) for code, *row in rejected],
        )
        write_workbook(facts, listed, folder / FOLDER / f"{facts.project_id}.xlsx")
        progress(done, len(letters))
