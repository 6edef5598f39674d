"""The hash of a file, whatever its size."""

from __future__ import annotations

import hashlib
from pathlib import Path


def file_sha256(path: Path) -> str:
    """Give a file's SHA-256, read in pieces: a CSV file may have millions of rows. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
