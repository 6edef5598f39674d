"""The tasks that ask whether the draft of the run before stands, and keep what stands now."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.draft.manifest import MANIFEST
from tasks.draft.remember import remember_draft
from tasks.draft.standing import Standing, StandingDraft, keep_standing, read_standing
from tasks.draft.stands import draft_stands
from tasks.judged.rows import keep_judged
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.draft.fingerprint import Parts
    from tasks.draft.papers import Papers
    from tasks.draft.summary import Summary


@step("look whether the draft stands")
def standing_draft(connection: duckdb.DuckDBPyConnection, run: Run, state: str) -> Summary | None:
    """Give the draft that was made from the same state and whose files are whole, recorded once more; or None."""
    draft = read_standing(run).draft
    if draft is None or draft.state != state or not draft_stands(connection, run, draft.parts):
        return None
    if draft.manifest_sha256 != _manifest_sha256(run):
        return None
    remember_draft(connection, run, draft.parts)
    return replace(draft.summary, out=run.out, is_unchanged=True)


@step("keep verdicts and events that stand")
def keep_rows_that_stand(connection: duckdb.DuckDBPyConnection, basis: str) -> None:
    """Note that verdicts and events of all deliveries in force are in the run's tables; `basis`: what they rest on."""
    keep_judged(connection, basis)


@step("keep what stands")
def keep_what_stands(run: Run, state: str | None, parts: Parts, summary: Summary, papers: Papers) -> None:
    """Keep a draft and its papers for the next run; nothing of a replay.

    `state`: the hash of what the draft was made from, where that is all that is known now.
    """
    if not run.is_replay:
        draft = (
            None if state is None else StandingDraft(state, _manifest_sha256(run), parts, replace(summary, out=Path()))
        )
        keep_standing(run, Standing(draft, papers.now))


def _manifest_sha256(run: Run) -> str:
    return hashlib.sha256((run.out / MANIFEST).read_bytes()).hexdigest()
