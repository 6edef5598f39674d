"""The folder of a release run: written aside, brought to disk, put in its place whole, and never changed again.

Between the two it lies ready beside the ledger, `HOME/releasing/<year>/<run>`: what was posted can be published by any
version of the program, by renaming, and nothing has to be computed again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.durable import sync_file, sync_folder
from tasks.base.errors import BusinessRefusal
from tasks.base.moment import Moment
from tasks.base.worded import phrase
from tasks.draft.manifest import MANIFEST, file_hashes, versions
from tasks.draft.publish import fresh_folder
from tasks.draw.record import FOLDER as DRAW
from tasks.release.signature import APPROVERS
from tasks.warehouse.connection import FILE_NAME
from tasks.warehouse.lock import HOLDER_NAME, LOCK_NAME, RUN_NAME, hold_lock

if TYPE_CHECKING:
    from tasks.base.run import Run
    from tasks.ledger.entry import Entry

RELEASED, RELEASING = "released", "releasing"
PLANNED = "planned.new"
LEFT_OUT = frozenset({APPROVERS, LOCK_NAME, HOLDER_NAME, RUN_NAME})


def released_folder(out: Path, run: str) -> Path:
    """Give where a release run's files are, in the folder of its year's output."""
    return out / RELEASED / run


@contextmanager
def aside(run: Run) -> Iterator[Path]:
    """Give an empty folder to write into; it is gone at the end."""
    folder = fresh_folder(run)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def copied_home(home: Path, purpose: str) -> Iterator[Path]:
    """Give a copy of what a home knows, in a folder of it that only its owner may read; it is gone at the end.

    Of its folders it has the draws' records alone: the settlement reads nothing else there. Nobody writes to the home
    meanwhile. Raises HomeHeld when another process writes, and BusinessRefusal when there is no warehouse.
    """
    if not (home / FILE_NAME).is_file():
        raise BusinessRefusal(
            phrase("There is no draft to release: {home} has no warehouse. Make one with jobfirst settle.", home=home)
        )
    with hold_lock(home, purpose, Moment.now().utc):
        copy = home / PLANNED
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir(mode=0o700)
        try:
            (copy / DRAW).mkdir()
            for path in (*home.iterdir(), *(home / DRAW).glob("*")):
                if path.is_file() and path.name not in LEFT_OUT:
                    shutil.copy2(path, copy / path.relative_to(home))
            yield copy
        finally:
            shutil.rmtree(copy, ignore_errors=True)


def seal(entries: Sequence[Entry], of_run: Sequence[Entry], folder: Path) -> None:
    """Write the manifest of a year of a release run, and bring every file to disk; `of_run`: all years' entries."""
    first, last = entries[0], of_run[-1]
    manifest = {
        "run": first.run,
        "year": first.year,
        "years": sorted({entry.year for entry in of_run}),
        "fingerprint": first.draft_fingerprint,
        "prepared_by": first.prepared_by,
        "approved_by": first.approved_by,
        "posted_at": first.posted_at.isoformat(),
        "ledger": {"entries": last.number, "sha256": last.sha256},
        "versions": versions(),
        "files": file_hashes(folder),
    }
    text = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    for path in sorted(folder.rglob("*")):
        (sync_folder if path.is_dir() else sync_file)(path)
    sync_folder(folder)


def keep_ready(folder: Path, home: Path, first: Entry) -> Path:
    """Put a sealed folder beside the ledger, before its entries are posted; `first`: one of them. Give where."""
    ready = home / RELEASING / str(first.year) / first.run
    shutil.rmtree(ready, ignore_errors=True)
    ready.parent.mkdir(parents=True, exist_ok=True)
    folder.replace(ready)
    for parent in (ready.parent, ready.parent.parent, home):
        sync_folder(parent)
    return ready


def ready_folders(home: Path) -> list[Path]:
    """Give the folders that lie ready, one a year: of a run that is interrupted, or that never came to its posting."""
    # A system leaves names of its own in folders that somebody looks at.
    lying = sorted((home / RELEASING).glob("*/*"))
    return [folder for folder in lying if folder.is_dir() and folder.parent.name.isdecimal()]


def put_in_place(folder: Path, target: Path) -> None:
    """Rename a sealed folder to its final place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.replace(target)
    sync_folder(target.parent)


def forget_ready(home: Path) -> None:
    """Remove what lies ready: all that was posted is published."""
    shutil.rmtree(home / RELEASING, ignore_errors=True)


def versions_at(folder: Path, again: Path) -> tuple[str, list[str]] | None:
    """Give the version that made a released folder, and its files that differ in `again`; None: it is not there.

    A file that one of the two lacks differs.
    """
    try:
        first = json.loads((folder / MANIFEST).read_bytes())
        before: dict[str, str] = first["files"]
        version = str(first["versions"]["jobfirst"])
    except (OSError, ValueError, KeyError):
        return None
    now = file_hashes(again)
    return version, sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
