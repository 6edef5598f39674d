"""The task that writes the letters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tasks.letters.read import read_letters
from tasks.letters.render import render_letters
from tasks.runpage.task import shown
from tasks.task import step

if TYPE_CHECKING:
    import duckdb

    from tasks.letters.facts import LetterFacts
    from tasks.progress import Progress
    from tasks.register.inputs import Inputs
    from tasks.run import Run


@step("letters")
def write_draft_letters(
    connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs, folder: Path, progress: Progress
) -> list[LetterFacts]:
    """Write a hearing letter for each project, marked UDKAST."""
    days = inputs.rules.calendar.years[run.year]
    letters = read_letters(
        connection,
        inputs.rules,
        run.year,
        letter_date=days.settlement_date,
        reply_deadline=days.reply_deadline,
    )
    render_letters(letters, folder / "letters", shown(progress, f"letters-{run.year}", f"Letters of {run.year}"))
    return letters
