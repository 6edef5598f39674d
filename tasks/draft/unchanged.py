"""Whether the state of a year is unchanged: a new draft would be the same then, so the newest one stands.

`HOME/standing/<YEAR>.json` keeps the state that the newest draft was made from. It only saves time: without the file,
or where it does not fit, the draft is made again, with the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from tasks.base.durable import replace_durably
from tasks.base.file_hash import file_sha256
from tasks.base.papers import FOLDER
from tasks.base.program import source_sha256
from tasks.draft.fingerprint import Parts
from tasks.draft.manifest import MANIFEST, is_whole
from tasks.draft.summary import Summary
from tasks.register.read import MAALGRUPPER, PROJEKTER
from tasks.warehouse.rows import rows_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.register.inputs import Inputs

_LATE = "-late"


@dataclass(frozen=True)
class StandingDraft:
    """A draft that was kept. `state`: the hash of what it was made from; `manifest_sha256`: of its manifest's bytes."""

    state: str
    manifest_sha256: str
    parts: Parts
    summary: Summary


def state_of(connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs) -> str:
    """Give the hash of all that a run's files are made from, once its deliveries are received (64 hex digits).

    That is: the program, its libraries, the year, the projects, the rules, the register, and all that the warehouse has
    received and posted. First letters depend on the day to reply by: where it has passed, a mark of that follows.
    """
    known = execute(connection, "draft/known").fetchall()[0]
    register = inputs.register
    made_from = [
        source_sha256(),
        run.year,
        run.projects,
        inputs.rules.sha256,
        register.sha256(PROJEKTER),
        register.sha256(MAALGRUPPER),
        *known,
        *map(asdict, inputs.draws),
    ]
    is_late = inputs.rules.calendar.years[run.year].is_late(run.known_at.today)
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest() + (_LATE if is_late else "")


def draft_stands(connection: duckdb.DuckDBPyConnection, run: Run, parts: Parts) -> bool:
    """Return whether the newest draft of the year is what would be drafted now, and its files are whole."""
    wanted = (parts.fingerprint, run.earlier_state and run.earlier_state.utc)
    rows = rows_of(connection, "draft/newest", year=run.year)
    if [(row["fingerprint"], row["registrations_known_at"]) for row in rows] != [wanted]:
        return False
    return is_whole(run.out, parts.fingerprint)


def unchanged_draft(connection: duckdb.DuckDBPyConnection, run: Run, state: str) -> StandingDraft | None:
    """Give the year's newest draft where it was made from `state` and its files are whole; otherwise None."""
    draft = _read(run)
    if draft is None or not _is_same(draft, state) or not draft_stands(connection, run, draft.parts):
        return None
    return draft if draft.manifest_sha256 == _manifest_sha256(run) else None


def keep_state(run: Run, state: str | None, parts: Parts, summary: Summary) -> None:
    """Keep what a draft was made from, once its files are in place.

    `state`: None where the draft was not made from all that is known now: the next run makes it again.

    Raises OSError when the disk does not take it.
    """
    path = _path(run)
    if state is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(exist_ok=True)
    draft = StandingDraft(state, _manifest_sha256(run), parts, replace(summary, out=Path()))
    replace_durably(path, TypeAdapter(StandingDraft).dump_json(draft))


def _is_same(draft: StandingDraft, state: str) -> bool:
    """Return whether a draft was made from a state; before or after the reply day matters only to first letters."""
    if draft.summary.first_letters:
        return draft.state == state
    return draft.state.removesuffix(_LATE) == state.removesuffix(_LATE)


def _read(run: Run) -> StandingDraft | None:
    try:
        return TypeAdapter(StandingDraft).validate_json(_path(run).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _manifest_sha256(run: Run) -> str:
    return file_sha256(run.out / MANIFEST)


def _path(run: Run) -> Path:
    return run.home / FOLDER / f"{run.year}.json"
