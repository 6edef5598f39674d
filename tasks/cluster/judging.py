"""The parts of a settlement that workers do by shard: each worker judges and computes some projects.

A part starts from files, so one whose worker died is done again from the same.
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
from tasks.settlement.parts import Part
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
    "run.draws",
    "run.drawn",
)
_ROWS = ("core_citizens", "core_spells", "core_expenses", "core_ragged")
_VIEWS = ("citizens", "spells", "expenses", "ragged", "drawn_citizens")
_QUARANTINE = "run.quarantine"


@dataclass(frozen=True)
class Shared:
    """What the workers judge from. `folder`: where the tables stand; `deliveries`: those in force, by shard."""

    folder: Path
    deliveries: Sequence[Sequence[int]]


@dataclass(frozen=True)
class PartOfShard:
    """A part to do for one shard, by one worker.

    `world`: the folder of the world and the rows. `quarantine`: the folder of the rows rejected so far. `exchange`:
    where it writes.
    """

    part: Part
    judge: Judge
    shard_no: int
    world: Path
    quarantine: Path
    exchange: Path


@dataclass(frozen=True)
class DoneShard:
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
        _give_rows(connection, shared, table, shared.folder / table)
    return shared


def on_workers(
    workers: Workers, shared: Shared, connection: duckdb.DuckDBPyConnection, part: Part, judge: Judge
) -> list[Verdict]:
    """Do a part for all projects, as `tasks.settlement.parts.here` does, one shard per work. Raises CheckCrashed."""
    quarantine = fresh(workers.folder, "quarantine") / "rows"
    _give_rows(connection, shared, _QUARANTINE, quarantine)
    works = [
        PartOfShard(part, judge, number, shared.folder, quarantine, workers.folder)
        for number in range(len(shared.deliveries))
    ]
    done = list(workers.each(part.name, do_part, works))
    verdicts = [_sum(same_rule) for same_rule in zip(*(one.verdicts for one in done), strict=True)]
    execute(connection, "run/quarantine")
    add(connection, _QUARANTINE, [file_of(one.folder, _QUARANTINE) for one in done])
    take(connection, [one.folder for one in done], part.makes)
    stages.record(connection, verdicts)
    return verdicts


def do_part(work: PartOfShard) -> DoneShard:
    """Do a part for a shard, on a worker."""
    with _world_of(work) as connection:
        verdicts = work.part.do(connection, work.judge)
        folder = fresh(work.exchange, "done")
        give(connection, folder, (_QUARANTINE, *work.part.makes))
        return DoneShard(folder, verdicts)


@contextmanager
def _world_of(work: PartOfShard) -> Iterator[duckdb.DuckDBPyConnection]:
    with (
        tempfile.TemporaryDirectory(dir=own_folder()) as own,
        open_warehouse(Path(own), threads=threads()) as connection,
    ):
        for table in _ROWS:
            add(connection, table, _files_of_shard(work.world / table, work.shard_no))
        take(connection, [work.world], _WORLD)
        for view in _VIEWS:
            execute(connection, f"run/{view}")
        stages.start(connection)
        add(connection, _QUARANTINE, _files_of_shard(work.quarantine, work.shard_no))
        yield connection


def _give_rows(connection: duckdb.DuckDBPyConnection, shared: Shared, table: str, folder: Path) -> None:
    import polars as pl

    numbered = [(number, shard_no) for shard_no, numbers in enumerate(shared.deliveries) for number in numbers]
    frame = pl.DataFrame(numbered, schema={"delivery_no": pl.Int32, "shard_no": pl.Int32}, orient="row")
    with registered(connection, shards=frame):
        text = statement("cluster/give_rows").replace("{table}", table)
        connection.execute(text, {"folder": str(folder)})


def _files_of_shard(folder: Path, shard_no: int) -> list[Path]:
    """Give the files of a shard's rows; none where it has none."""
    return sorted((folder / f"shard_no={shard_no}").glob("*.parquet"))


def _sum(verdicts: Sequence[Verdict]) -> Verdict:
    """Add up what the shards found by one rule."""
    return replace(
        verdicts[0],
        passed=all(verdict.passed for verdict in verdicts),
        unexpected=sum(verdict.unexpected or 0 for verdict in verdicts),
        rows=sum(verdict.rows or 0 for verdict in verdicts),
    )
