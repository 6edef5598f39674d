"""The task that receives what lies in the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.intake.key import key_of
from tasks.intake.receive import Received, receive
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    import duckdb

    from tasks.base.progress import Progress
    from tasks.base.run import Run


@step("receive deliveries")
def receive_deliveries(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    project_ids: frozenset[str],
    words: Sequence[str],
    progress: Progress,
) -> Received:
    """Receive the new deliveries of the inbox. `words`: the codes that a delivery may write."""
    return receive(
        connection,
        run.inbox,
        project_ids=project_ids,
        words=words,
        now=run.now,
        key=key_of(connection, run.home),
        progress=progress,
    )
