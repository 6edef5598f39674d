"""The tasks of a run on a cluster, in place of those of one machine."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tasks.cluster import judging
from tasks.cluster.letters import render_on_workers
from tasks.cluster.receiving import receive_on_workers
from tasks.intake.key import key_of
from tasks.letters.task import draft_letters, set_missing, shown_letters
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    import duckdb

    from tasks.base.papers import Papers
    from tasks.base.progress import Progress
    from tasks.base.run import Run
    from tasks.cluster.workers import Workers
    from tasks.intake.receive import Received
    from tasks.letters.facts import LetterFacts
    from tasks.register.inputs import Inputs
    from tasks.settlement.parts import ByShard


@step("receive deliveries")
def receive_deliveries(
    connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs, workers: Workers, progress: Progress
) -> Received:
    """Receive the new deliveries of the inbox, on the workers."""
    return receive_on_workers(
        connection,
        workers,
        run.inbox,
        project_ids=inputs.register.project_ids,
        words=inputs.rules.vocabulary.words,
        now=run.now,
        key=key_of(connection, run.home),
        progress=progress,
    )


@step("share the rows in force")
def share(connection: duckdb.DuckDBPyConnection, workers: Workers) -> ByShard:
    """Write the tables that the workers judge from; give the function that has them do a part of the settlement."""
    return partial(judging.on_workers, workers, judging.share(connection, workers))


@step("letters")
def write_draft_letters(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    inputs: Inputs,
    papers: Papers,
    workers: Workers,
    progress: Progress,
) -> list[LetterFacts]:
    """Write a hearing letter for each project, marked UDKAST; the workers set them."""
    letters = draft_letters(connection, run, inputs)
    set_missing(letters, papers, partial(render_on_workers, workers), shown_letters(run, progress))
    return letters
