"""Measure a settlement on one machine and on a Dask cluster: `python benchmarks/cluster.py SAMPLE [N|ADDRESS ...]`.

SAMPLE: a folder that `jobfirst sample` wrote. Reported by step: seconds on the clock, and seconds of processor time in
this process and in all workers together. Rules are judged by their own SQL, so that the import of Great Expectations,
the same for any size, does not hide the rest. Letters, annexes and report are left out.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from distributed import Client

from tasks.base.moment import Moment
from tasks.base.run import Run
from tasks.cluster import judging
from tasks.cluster.receiving import receive_on_workers
from tasks.cluster.workers import joined
from tasks.intake.key import pseudonym_key
from tasks.intake.receive import receive
from tasks.register.inputs import read_inputs
from tasks.settlement.compute import compute_money
from tasks.settlement.parts import COMPUTE_EVENTS, JUDGE_CITIZENS, settle_here
from tasks.settlement.world import build_world
from tasks.validation import stages
from tasks.validation.own_sql import judge_by_own_sql
from tasks.warehouse.connection import open_warehouse

NOW = Moment.parse("2018-02-15T12:00")
TABLES = ("core_citizens", "core_spells", "core_expenses")


def main(sample: Path, clusters: list[str]) -> None:
    """Measure one machine, then each cluster."""
    for cluster in (None, *clusters):
        with tempfile.TemporaryDirectory() as home:
            measure(Run(2016, sample / "register", sample / "inbox", Path(home), NOW), cluster)


def measure(run: Run, cluster: str | None) -> None:
    """Settle once, and report what each step took."""
    with (
        open_warehouse(run.home) as connection,
        joined(cluster, run.home) if cluster else nullcontext() as workers,
    ):
        inputs = read_inputs(connection, run)
        wanted: dict[str, Any] = {
            "project_ids": inputs.register.project_ids,
            "words": inputs.rules.vocabulary.words,
            "now": run.now,
            "key": pseudonym_key(run.home),
            "progress": lambda _done, _total: None,
        }
        client = Client.current() if workers else None
        with timed(cluster, "receive", client):
            if workers:
                receive_on_workers(connection, workers, run.inbox, **wanted)
            else:
                receive(connection, run.inbox, **wanted)
        rows = sum(connection.table(table).shape[0] for table in TABLES)
        with timed(cluster, "gather", client):
            build_world(connection, year=run.year, register=inputs.register, rules=inputs.rules, known_at=run.known_at)
        with timed(cluster, "judge rows, compute", client):
            if workers:
                with timed(cluster, "  share", client):
                    shared = judging.share(connection, workers)
                with timed(cluster, "  citizens", client):
                    stages.start(connection)
                    judging.on_workers(workers, shared, connection, JUDGE_CITIZENS, judge_by_own_sql)
                    stages.judge_persons(connection, judge_by_own_sql)
                with timed(cluster, "  spells, events", client):
                    judging.on_workers(workers, shared, connection, COMPUTE_EVENTS, judge_by_own_sql)
                    compute_money(connection)
            else:
                settle_here(connection, judge_by_own_sql)
        say(f"{rows} rows received")


@contextmanager
def timed(cluster: str | None, step: str, client: Client | None) -> Iterator[None]:
    """Report what a step took."""
    clock, here, there = time.monotonic(), time.process_time(), in_workers(client)
    yield
    spent = time.monotonic() - clock, time.process_time() - here, in_workers(client) - there
    say(f"{cluster or 'none':>4}  {step:<20}  clock {spent[0]:6.2f}  here {spent[1]:6.2f}  workers {spent[2]:6.2f}")


def in_workers(client: Client | None) -> float:
    """Give the processor time that the workers have used so far."""
    return sum(client.run(processor_seconds).values()) if client else 0.0


def processor_seconds() -> float:
    """Give this process's own."""
    return time.process_time()


say: Callable[[str], None] = print


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
