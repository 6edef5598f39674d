"""Comparing sums of a run with each other, to the øre, and keeping the result.

The sums received, decided, notified, posted and paid must be equal. Source: the settlement, 'Deciding, posting,
correcting'.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tasks.base.errors import InternalFailure
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run

IN_DKK = "DKK"


@dataclass(frozen=True)
class Equation:
    """Two amounts in DKK that must be the same. `equation`: 'settlement = letter'; `subject`: 'JF-187 2016'."""

    equation: str
    subject: str
    left_dkk: Decimal
    right_dkk: Decimal


def reconcile_settlement(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Check that no row was lost on the way, and that each grant is the sum of its citizens' amounts.

    Raises InternalFailure that names the first place where it is not.
    """
    for name in ("start", "rows", "citizens"):
        execute(connection, f"reconcile/{name}")
    _conclude(connection, run)


def reconcile_release(connection: duckdb.DuckDBPyConnection, run: Run, equations: Iterable[Equation]) -> None:
    """Check what a release is about to post.

    Raises InternalFailure that names the first place where it is wrong.
    """
    execute(connection, "reconcile/start")
    for one in equations:
        execute(
            connection,
            "reconcile/add",
            equation=one.equation,
            subject=one.subject,
            unit=IN_DKK,
            left_side=one.left_dkk,
            right_side=one.right_dkk,
        )
    _conclude(connection, run)


def _conclude(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Keep the result, also where it is wrong (a replay keeps nothing), and stop where it is wrong."""
    if not run.is_replay:
        execute(connection, "reconcile/keep", run_id=run.now.utc.isoformat(), settled_year=run.year)
    unequal = execute(connection, "reconcile/unequal").fetchall()
    if unequal:
        equation, subject, unit, left, right = unequal[0]
        more = f" ({len(unequal) - 1} more like that)" if len(unequal) > 1 else ""
        raise InternalFailure(
            f"The books of {run.year} do not balance, and nothing was posted. At {subject}, {equation} does not hold: "
            f"{left} is not {right} ({unit}){more}."
        )
