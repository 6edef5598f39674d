"""What the delivery in force lacks: citizens and expenses that the one before had (P14).

A delivery is compared with the newest before it that did not itself fail P14, or whose P14 was waived: otherwise a
filtered export, handed in twice, would end its own hold. Source: the rule catalogue, P14.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from tasks.warehouse.frames import registered
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class _Turn:
    """A delivery while it was in force. `share`: how much of the earlier delivery may be gone (None: no such term)."""

    delivery_no: int
    as_of_date: date
    is_waived: bool
    share: Decimal | None


@dataclass(frozen=True)
class Gone:
    """How many persons and numbered expenses a delivery has, and how many of each another delivery does not have."""

    citizens_before: int
    citizens_gone: int
    expenses_before: int
    expenses_gone: int

    def is_more_than(self, share: Decimal) -> bool:
        """Return whether more than `share` of the citizens, or of the expenses, are gone: the condition of rule P14."""
        return self.citizens_gone > share * self.citizens_before or self.expenses_gone > share * self.expenses_before


def find_gone(connection: duckdb.DuckDBPyConnection) -> None:
    """Make run.gone from run.turns; as many rounds as the most changes of a project's delivery in force."""
    execute(connection, "run/gone")
    turns = _turns(connection)
    base = {project_id: of_project[0] for project_id, of_project in turns.items()}
    for at in range(1, max(map(len, turns.values()), default=0)):
        pairs = {
            project_id: (base[project_id], of_project[at])
            for project_id, of_project in turns.items()
            if at < len(of_project)
        }
        numbers = {project_id: (first.delivery_no, then.delivery_no) for project_id, (first, then) in pairs.items()}
        compared = compare(connection, numbers)
        _keep(connection, {one: compared[one] for one in pairs if at == len(turns[one]) - 1}, pairs)
        for project_id, (_, then) in pairs.items():
            if then.is_waived or then.share is None or not compared[project_id].is_more_than(then.share):
                base[project_id] = then


def compare(connection: duckdb.DuckDBPyConnection, pairs: dict[str, tuple[int, int]]) -> dict[str, Gone]:
    """Compare two deliveries of each project, by delivery_no."""
    import polars as pl

    frame = pl.DataFrame(
        [(project_id, *pair) for project_id, pair in pairs.items()],
        schema={"project_id": pl.String, "before_no": pl.Int32, "now_no": pl.Int32},
        orient="row",
    )
    with registered(connection, pairs=frame):
        rows = execute(connection, "settlement/compare_turns").fetchall()
    return {project_id: Gone(*counts) for project_id, *counts in rows}


def _turns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[_Turn]]:
    rows = execute(connection, "settlement/turns").fetchall()
    return {
        project_id: [_Turn(*row[1:]) for row in of_project]
        for project_id, of_project in groupby(rows, key=lambda row: str(row[0]))
    }


def _keep(connection: duckdb.DuckDBPyConnection, found: dict[str, Gone], pairs: dict[str, tuple[_Turn, _Turn]]) -> None:
    import polars as pl

    if not found:
        return
    rows = [
        {
            "project_id": project_id,
            "before_as_of_date": pairs[project_id][0].as_of_date,
            **asdict(gone),
            "is_gone_waived": pairs[project_id][1].is_waived,
        }
        for project_id, gone in found.items()
    ]
    with registered(connection, found=pl.DataFrame(rows)):
        execute(connection, "settlement/keep_gone")
