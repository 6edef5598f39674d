"""The README's pictures of what comes out: `python -m docs.pictures HOME` draws them from the files of a settlement.

HOME is what `make settle` leaves, `var/home`. Poppler (`pdftoppm`) draws the letter, Chromium the report.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tasks.base.errors import InputError

FOLDER = Path(__file__).parent
LETTER, REPORT = FOLDER / "letter.png", FOLDER / "report.png"
_DOTS_PER_INCH = "60"
_REPORT_PIXELS = "900,700"


def draw_letter(pdf: Path, png: Path) -> None:
    """Draw the first page of a letter."""
    _run("pdftoppm", "-png", "-gray", "-r", _DOTS_PER_INCH, "-singlefile", pdf, png.with_suffix(""))


def draw_report(page: Path, png: Path) -> None:
    """Draw what a browser shows of the report before anybody scrolls."""
    with tempfile.TemporaryDirectory() as profile:
        size = f"--window-size={_REPORT_PIXELS}"
        settings = ("--headless", "--no-sandbox", "--hide-scrollbars", f"--user-data-dir={profile}", size)
        _run("chromium", *settings, f"--screenshot={png.resolve()}", page.resolve().as_uri())


def _run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def main(home: Path) -> None:
    """Draw both. Raises InputError when the home has no settlement."""
    out = max((home / "out").glob("[0-9]*"), default=None)
    if out is None:
        raise InputError(f"There is no settlement in {home}: run make settle, or name another folder.")
    draw_letter(min((out / "letters").glob("*.pdf")), LETTER)
    draw_report(out / "report.html", REPORT)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
