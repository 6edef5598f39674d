"""The task that receives what lies in the inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.intake.key import key_of
from tasks.intake.receive import Received, receive
from tasks.task import step

if TYPE_CHECKING:
    import duckdb

    from tasks.progress import Progress
    from tasks.register.inputs import Inputs
    from tasks.run import Run


@step("receive deliveries")
def receive_deliveries(connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs, progress: Progress) -> Received:
    """Receive what is new in the inbox."""
    return receive(
        connection,
        run.inbox,
        project_ids=inputs.register.project_ids,
        words=inputs.rules.vocabulary.words,
        now=run.now,
        key=key_of(connection, run.home),
        progress=progress,
    )
