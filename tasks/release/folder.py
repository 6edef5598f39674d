"""The folder of a release run: written aside, brought to disk, put in its place whole, and never changed again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.durable import sync_file, sync_folder
from tasks.draft.manifest import MANIFEST, file_hashes, versions
from tasks.draft.publish import fresh_folder

if TYPE_CHECKING:
    from tasks.base.run import Run
    from tasks.ledger.entry import Entry

RELEASED = "released"


def released_folder(out: Path, run: str) -> Path:
    """Give where a release run's files are, in the folder of its year's output."""
    return out / RELEASED / run


@contextmanager
def aside(run: Run) -> Iterator[Path]:
    """Have an empty folder to write into, that is gone at the end."""
    folder = fresh_folder(run)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def seal(entries: Sequence[Entry], folder: Path) -> None:
    """Write the manifest, and bring every file of a release run to disk."""
    first, last = entries[0], entries[-1]
    manifest = {
        "run": first.run,
        "year": first.year,
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


def put_in_place(folder: Path, target: Path) -> None:
    """Rename a sealed folder to where it is looked for."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.replace(target)
    sync_folder(target.parent)
