"""The first task of every run that writes: be the only writer, and open the warehouse.

A run of a deployment waits for its turn, by Prefect's retries, which its page shows; a command says at once who holds
the lock. Nothing else is tried again: it would only fail again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.context import FlowRunContext
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from tasks.base.durable import replace_durably
from tasks.base.moment import Moment
from tasks.prefect_run.step import step
from tasks.warehouse.connection import WarehouseHeld, open_warehouse
from tasks.warehouse.lock import RUN_NAME, HomeHeld, hold_lock

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb
    from prefect import Task
    from prefect.client.schemas.objects import FlowRun, State, TaskRun

TURNS = 120
TURN_SECONDS = 30.0


class Taken:
    """A warehouse that is taken until its stack `until` is closed.

    It is no task's result, since Prefect would then keep it and draw an arrow from it to every other task of the run.
    """

    connection: duckdb.DuckDBPyConnection

    def __init__(self) -> None:
        self.until = ExitStack()


@contextmanager
def warehouse_taken(home: Path, purpose: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Be the only writer to `home`, with its warehouse open, for as long as the block runs.

    Raises HomeHeld and WarehouseHeld when another process writes, a deployment's run after an hour of waiting.
    """
    run = _flow_run()
    waits = run is not None and run.deployment_id is not None
    taken = Taken()
    with taken.until:
        take = take_warehouse.with_options(retries=TURNS if waits else 0, retry_delay_seconds=TURN_SECONDS)
        take(taken, home, purpose)
        yield taken.connection


def _is_held(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    return isinstance(state.data, HomeHeld | WarehouseHeld)


@step("take the warehouse", retry_condition_fn=_is_held)
def take_warehouse(taken: Taken, home: Path, purpose: str) -> None:
    """Take the lock and open the warehouse."""
    with ExitStack() as held:
        held.enter_context(hold_lock(home, purpose, Moment.now().utc))
        taken.connection = held.enter_context(open_warehouse(home))
        if run := _flow_run():
            held.enter_context(_marked_if_killed(home / RUN_NAME, run))
        taken.until.push(held.pop_all())


@contextmanager
def _marked_if_killed(path: Path, run: FlowRun) -> Iterator[None]:
    """Leave the run's id in the home while it holds the lock; a run whose id is there was killed, and is marked so."""
    killed = _run_named(path)
    if killed is not None:
        _mark_killed(killed)
    replace_durably(path, str(run.id).encode())
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _run_named(path: Path) -> UUID | None:
    """Give the run whose id a file holds; None where it is not there, or holds something else, and marks none."""
    try:
        return UUID(path.read_text(encoding="utf-8")) if path.exists() else None
    except ValueError:
        return None


def _flow_run() -> FlowRun | None:
    context = FlowRunContext.get()
    return context.flow_run if context else None


def _mark_killed(flow_run_id: UUID) -> None:
    """Mark a run as crashed, unless its end is known; a run of another server is left to that server."""
    with get_client(sync_client=True) as client:
        try:
            run = client.read_flow_run(flow_run_id)
        except ObjectNotFound:
            return
        if run.state is not None and not run.state.is_final():
            client.set_flow_run_state(run.id, Crashed(message="The run's process was killed."), force=True)
