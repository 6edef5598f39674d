"""What DuckDB has put aside on disk."""

from __future__ import annotations

from pathlib import Path


def spilled_bytes(home: Path) -> int:
    """Give how much lies in the spill folder of a home, in bytes."""
    return sum(file.stat().st_size for file in (home / "spill").glob("*"))
