"""Judging and computing on workers: what a project's own rows decide is decided where a shard of projects is.

Two works a shard, with the coordinator between them: whether a person is in the trial once (C13) takes all projects.
Either starts from files, so one whose worker died is made again from the same.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.cluster.exchange import add, file_of, fresh, give, take
from tasks.cluster.shards import SHARDS_PER_WORKER, shards_of
from tasks.cluster.workers import own_folder, threads
from tasks.settlement.compute import accept_citizens, compute_events, compute_money
from tasks.validation import stages
from tasks.validation.verdicts import Judge, Verdict
from tasks.warehouse.connection import open_warehouse
from tasks.warehouse.frames import registered
from tasks.warehouse.statements import execute, statement

if TYPE_CHECKING:
    import duckdb

    from tasks.cluster.workers import Workers

_WORLD = (
    "run.projects",
    "run.project_municipalities",
    "run.population",
    "run.benefits",
    "run.target_groups",
    "run.arms",
    "run.spell_types",
    "run.expense_categories",
    "run.rates",
    "run.programme",
    "run.calendar",
)
_ROWS = ("core_citizens", "core_spells", "core_expenses", "core_ragged")
_VIEWS = ("citizens", "spells", "expenses", "ragged")
_QUARANTINE = "run.quarantine"
_EVENTS = (
    "run.qualifying_spells",
    "run.completions",
    "run.citizen_events",
    "run.wage_rows",
    "run.wages",
    "run.rejected_value",
)


@dataclass(frozen=True)
class Shared:
    """What the workers judge from. `folder`: where the tables stand; `deliveries`: those in force, by shard."""

    folder: Path
    deliveries: Sequence[Sequence[int]]


@dataclass(frozen=True)
class ShardToJudge:
    """One shard, for one worker. `folder`: where its rows and the world stand; `exchange`: where it writes."""

    shard_no: int
    folder: Path
    exchange: Path
    judge: Judge


@dataclass(frozen=True)
class JudgedShard:
    """What a worker found. `folder`: its tables."""

    folder: Path
    verdicts: Sequence[Verdict]


def share(connection: duckdb.DuckDBPyConnection, workers: Workers) -> Shared:
    """Write the world and the rows in force for the workers, once the world is made."""
    in_force = execute(connection, "cluster/in_force").fetchall()
    shards = shards_of(in_force, lambda one: int(one[1]), workers.count * SHARDS_PER_WORKER) or [[]]
    shared = Shared(fresh(workers.folder, "shared"), [[int(number) for number, _ in shard] for shard in shards])
    give(connection, shared.folder, _WORLD)
    for table in _ROWS:
        _give_rows(connection, shared, table)
    return shared


def judge_citizens_on_workers(
    connection: duckdb.DuckDBPyConnection, workers: Workers, shared: Shared, judge: Judge
) -> list[Verdict]:
    """Judge every table's rows and those of borgere, as `stages.judge_citizens` does. Raises CheckCrashed."""
    stages.start(connection)
    parts = list(workers.each("judge-citizens", judge_citizens_of_shard, _works(workers, shared, judge)))
    verdicts = _together(parts)
    add(connection, _QUARANTINE, [file_of(part.folder, _QUARANTINE) for part in parts])
    stages.record(connection, verdicts)
    return [*verdicts, *stages.judge_persons(connection, judge)]


def judge_and_compute_on_workers(
    connection: duckdb.DuckDBPyConnection, workers: Workers, shared: Shared, judge: Judge
) -> list[Verdict]:
    """Judge spells and expenses, and compute events and money, once citizens are judged. Raises CheckCrashed."""
    _give_rows(connection, shared, _QUARANTINE)
    parts = list(workers.each("judge-and-compute", settle_shard, _works(workers, shared, judge)))
    verdicts = _together(parts)
    execute(connection, "run/quarantine")
    add(connection, _QUARANTINE, [file_of(part.folder, _QUARANTINE) for part in parts])
    stages.record(connection, verdicts)
    take(connection, [part.folder for part in parts], _EVENTS)
    compute_money(connection)
    return verdicts


def judge_citizens_of_shard(work: ShardToJudge) -> JudgedShard:
    """Judge a shard's rows of borgere but for C13, on a worker."""
    with _world_of(work) as connection:
        verdicts = stages.judge_citizen_rows(connection, work.judge)
        return _judged(connection, work, verdicts, ())


def settle_shard(work: ShardToJudge) -> JudgedShard:
    """Judge a shard's spells and expenses and compute its events, on a worker."""
    with _world_of(work) as connection:
        add(connection, _QUARANTINE, _files_of_shard(work, _QUARANTINE))
        accept_citizens(connection)
        verdicts = stages.judge_spells_and_expenses(connection, work.judge)
        compute_events(connection)
        return _judged(connection, work, verdicts, _EVENTS)


@contextmanager
def _world_of(work: ShardToJudge) -> Iterator[duckdb.DuckDBPyConnection]:
    with (
        tempfile.TemporaryDirectory(dir=own_folder()) as own,
        open_warehouse(Path(own), threads=threads()) as connection,
    ):
        for table in _ROWS:
            add(connection, table, _files_of_shard(work, table))
        take(connection, [work.folder], _WORLD)
        for view in _VIEWS:
            execute(connection, f"run/{view}")
        stages.start(connection)
        yield connection


def _judged(
    connection: duckdb.DuckDBPyConnection, work: ShardToJudge, verdicts: Sequence[Verdict], tables: Sequence[str]
) -> JudgedShard:
    folder = fresh(work.exchange, "judged")
    give(connection, folder, (_QUARANTINE, *tables))
    return JudgedShard(folder, verdicts)


def _works(workers: Workers, shared: Shared, judge: Judge) -> list[ShardToJudge]:
    return [ShardToJudge(number, shared.folder, workers.folder, judge) for number in range(len(shared.deliveries))]


def _give_rows(connection: duckdb.DuckDBPyConnection, shared: Shared, table: str) -> None:
    import polars as pl

    numbered = [(number, shard_no) for shard_no, numbers in enumerate(shared.deliveries) for number in numbers]
    frame = pl.DataFrame(numbered, schema={"delivery_no": pl.Int32, "shard_no": pl.Int32}, orient="row")
    with registered(connection, shards=frame):
        text = statement("cluster/give_rows").replace("{table}", table)
        connection.execute(text, {"folder": str(shared.folder / table)})


def _files_of_shard(work: ShardToJudge, table: str) -> list[Path]:
    """Give the files of a shard's rows; none where it has none."""
    return sorted((work.folder / table / f"shard_no={work.shard_no}").glob("*.parquet"))


def _together(parts: Sequence[JudgedShard]) -> list[Verdict]:
    """Add up what the shards found, rule by rule."""
    return [_sum(same_rule) for same_rule in zip(*(part.verdicts for part in parts), strict=True)]


def _sum(verdicts: Sequence[Verdict]) -> Verdict:
    return replace(
        verdicts[0],
        passed=all(verdict.passed for verdict in verdicts),
        unexpected=sum(verdict.unexpected or 0 for verdict in verdicts),
        rows=sum(verdict.rows or 0 for verdict in verdicts),
    )
