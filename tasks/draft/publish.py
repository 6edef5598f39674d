"""Putting a settlement's files in their place."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.base.run import Run


def fresh_folder(run: Run) -> Path:
    """Give an empty folder to write into, beside the one where the files belong."""
    folder = run.out.with_name(f"{run.out.name}.new")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def publish(run: Run, folder: Path) -> None:
    """Move the files of `folder` to the run's own folder, over those of an earlier run; other files there stay."""
    run.out.mkdir(parents=True, exist_ok=True)
    for entry in sorted(folder.iterdir()):
        target = run.out / entry.name
        if target.is_dir():
            shutil.rmtree(target)
        entry.replace(target)
    folder.rmdir()
