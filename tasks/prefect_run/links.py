"""Links from a run's page to the files that a person opens: the report, the letters, the verdict on every rule."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

OUT_URL_VARIABLE = "JOBFIRST_OUT_URL"
"""The address of `HOME/out` for a browser; without it, links go to the files where they lie."""
REPORT, LETTERS, VALIDATION = "report.html", "letters/", "validation/index.html"
_NAMED = {"Report": REPORT, "Letters": LETTERS, "Validation": VALIDATION}


def address(home: Path, path: Path) -> str:
    """Give the address of a file or folder within `HOME/out`, without a slash at its end."""
    out, path = (home / "out").resolve(), path.resolve()
    base = os.environ.get(OUT_URL_VARIABLE, "").rstrip("/")
    return f"{base}/{path.relative_to(out).as_posix()}" if base else path.as_uri()


def linked(home: Path, folders: Iterable[Path]) -> str:
    """Link, on one line a folder, each settlement's report, letters and validation."""
    lines = []
    for folder in folders:
        links = " · ".join(f"[{name}]({address(home, folder)}/{file})" for name, file in _NAMED.items())
        lines.append(f"{folder.relative_to(home / 'out').as_posix()}: {links}")
    return "\n\n".join(lines)


def linked_years(home: Path, years: Iterable[int]) -> str:
    """Link the settlements of years."""
    return linked(home, (home / "out" / str(year) for year in years))


def linked_newest(home: Path) -> str:
    """Link the newest year that is settled in a home; '' where none is."""
    settled = sorted(path.parent for path in (home / "out").glob(f"[0-9]*/{REPORT}"))
    return linked(home, settled[-1:])


def shown_under(key: str, text: str) -> str:
    """Link the table or text that a run has shown under a key, with its history, within Prefect's own pages."""
    return f"[{text}](/artifacts/key/{key})"
