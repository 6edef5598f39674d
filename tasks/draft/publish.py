"""Putting a settlement's files where they are looked for, and recording the draft."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.run import preparer
from tasks.warehouse.statements import run as run_statement

if TYPE_CHECKING:
    import duckdb

    from tasks.draft.fingerprint import Parts
    from tasks.run import Run


def fresh_folder(run: Run) -> Path:
    """Give an empty folder to write into, beside the one that the files end up in."""
    folder = run.out.with_name(f"{run.out.name}.new")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def publish(run: Run, folder: Path) -> None:
    """Move the files of `folder` to the run's own, in the place of an earlier run's; what else is there stays."""
    run.out.mkdir(parents=True, exist_ok=True)
    for entry in sorted(folder.iterdir()):
        target = run.out / entry.name
        if target.is_dir():
            shutil.rmtree(target)
        entry.replace(target)
    folder.rmdir()


def record_draft(connection: duckdb.DuckDBPyConnection, run: Run, parts: Parts) -> None:
    """Record the draft that a release goes by."""
    run_statement(
        connection,
        "draft/add",
        year=run.year,
        fingerprint=parts.fingerprint,
        parts=json.dumps(asdict(parts), sort_keys=True),
        prepared_by=preparer(),
        prepared_at=run.now.timestamp,
    )
