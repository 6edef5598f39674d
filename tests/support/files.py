"""Reading what the system has written."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path


def read_rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """Read a CSV file; the files of a register and of a delivery have semicolons."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def hashes(folder: Path) -> dict[str, str]:
    """Give the hash of every file under a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
