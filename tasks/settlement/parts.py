"""The parts of a settlement in their order, and the seam between them.

Some parts are done by shard: whoever has the rows of a group of projects can decide what a project's own rows decide.
The others are done together: they take all projects, and are done in one place.

1. by shard: the rows of borgere, except C13 (`JUDGE_CITIZENS`)
2. together: C13, whether a person is in the trial once (`stages.judge_persons`)
3. by shard: accepted citizens, the rows of forloeb and udgifter, events and wages (`COMPUTE_EVENTS`)
4. together: the money of each year, and what the project rules judge (`compute.compute_money`)

Judging the projects, explaining and the books come after that, together too. One machine does a part for all projects
at once (`here`); the workers of a cluster do it for a shard each (`tasks/cluster/judging.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.settlement.compute import accept_citizens, compute_events, compute_money
from tasks.validation import stages

if TYPE_CHECKING:
    import duckdb

    from tasks.validation.verdicts import Judge, Verdict


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is done by shard.

    `do`: judges rows into run.quarantine, and makes the tables of the run that `makes` names; gives the verdicts.
    """

    name: str
    do: Callable[[duckdb.DuckDBPyConnection, Judge], list[Verdict]]
    makes: tuple[str, ...] = ()


ByShard = Callable[["duckdb.DuckDBPyConnection", Part, "Judge"], list["Verdict"]]
"""Does a part for all projects, and leaves its results on the connection."""


def here(connection: duckdb.DuckDBPyConnection, part: Part, judge: Judge) -> list[Verdict]:
    """Do a part for all projects at once, in this process. Raises CheckCrashed when a rule could not be checked."""
    return part.do(connection, judge)


def settle_here(connection: duckdb.DuckDBPyConnection, judge: Judge) -> list[Verdict]:
    """Do all four parts in this process, once the run's world is made; give the verdicts on rows.

    Raises CheckCrashed when a rule could not be checked.
    """
    stages.start(connection)
    verdicts = [
        *here(connection, JUDGE_CITIZENS, judge),
        *stages.judge_persons(connection, judge),
        *here(connection, COMPUTE_EVENTS, judge),
    ]
    compute_money(connection)
    return verdicts


def _judge_and_compute(connection: duckdb.DuckDBPyConnection, judge: Judge) -> list[Verdict]:
    accept_citizens(connection)
    verdicts = stages.judge_spells_and_expenses(connection, judge)
    compute_events(connection)
    return verdicts


JUDGE_CITIZENS = Part("judge-citizens", stages.judge_citizens)
COMPUTE_EVENTS = Part(
    "compute-events",
    _judge_and_compute,
    (
        "run.accepted_citizens",
        "run.qualifying_spells",
        "run.completions",
        "run.citizen_events",
        "run.wage_rows",
        "run.wages",
        "run.rejected_value",
    ),
)
