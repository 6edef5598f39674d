"""What stands of a year: its draft and its papers, kept in `HOME/standing/<YEAR>.json`.

It only saves time: without the file, or where it fits nothing any more, all is made anew, and the bytes are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from tasks.base.durable import replace_durably
from tasks.draft.fingerprint import Parts
from tasks.draft.papers import Paper, Papers
from tasks.draft.summary import Summary

if TYPE_CHECKING:
    from tasks.base.run import Run

FOLDER = "standing"


@dataclass(frozen=True)
class StandingDraft:
    """A draft that was kept. state: the hash of what it was made from; manifest_sha256: of its manifest's bytes."""

    state: str
    manifest_sha256: str
    parts: Parts
    summary: Summary


@dataclass(frozen=True)
class Standing:
    """What stands of a year. draft: None where the newest draft was not made from all that is known now."""

    draft: StandingDraft | None = None
    papers: dict[str, Paper] = field(default_factory=dict)


def read_standing(run: Run) -> Standing:
    """Give what stands of the run's year; of a replay nothing does."""
    if run.is_replay:
        return Standing()
    try:
        return TypeAdapter(Standing).validate_json(_path(run).read_bytes())
    except (FileNotFoundError, ValidationError):
        return Standing()


def papers_of(run: Run) -> Papers:
    """Give the papers that stand of the run's year, to be taken over."""
    return Papers(run.out, read_standing(run).papers)


def keep_standing(run: Run, standing: Standing) -> None:
    """Keep what stands now. Raises OSError when the disk does not take it."""
    path = _path(run)
    path.parent.mkdir(exist_ok=True)
    replace_durably(path, TypeAdapter(Standing).dump_json(standing))


def _path(run: Run) -> Path:
    return run.home / FOLDER / f"{run.year}.json"
