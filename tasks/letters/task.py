"""The task that writes the letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.letters.read import read_letters
from tasks.letters.render import FOLDER, FORMS, render_letters
from tasks.prefect_run.links import linked
from tasks.prefect_run.page import shown
from tasks.prefect_run.step import step
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import duckdb

    from tasks.base.papers import Papers
    from tasks.base.progress import Progress
    from tasks.base.run import Run
    from tasks.letters.facts import LetterFacts
    from tasks.register.inputs import Inputs

    Render = Callable[[Sequence[LetterFacts], Path, Progress], object]


@step("letters")
def write_draft_letters(
    connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs, papers: Papers, progress: Progress
) -> list[LetterFacts]:
    """Write the hearing letters, marked UDKAST."""
    letters = draft_letters(connection, run, inputs)
    set_missing(letters, papers, render_letters, shown_letters(run, progress))
    return letters


def set_missing(letters: Sequence[LetterFacts], papers: Papers, render: Render, progress: Progress) -> None:
    """Copy the letters that would say the same, and have `render` set the others; `progress` counts them all."""
    missing = [
        facts
        for facts in letters
        if not papers.take(repr(facts), *(f"{FOLDER}/{facts.project_id}.{form}" for form in FORMS))
    ]
    copied = len(letters) - len(missing)
    if copied:
        progress(copied, len(letters))
    render(missing, papers.folder / FOLDER, lambda done, _missing: progress(copied + done, len(letters)))


def draft_letters(connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs) -> list[LetterFacts]:
    """Give what the hearing letters of a draft say: of the projects whose year is not decided yet, or changes."""
    days = inputs.rules.calendar.years[run.year]
    return read_letters(
        connection,
        inputs.rules,
        run.year,
        letter_date=days.settlement_date,
        reply_deadline=days.reply_deadline,
        is_late=days.is_late(run.known_at.today),
        projects={project_id for (project_id,) in execute(connection, "letters/heard").fetchall()},
    )


def shown_letters(run: Run, progress: Progress) -> Progress:
    """Show the progress of a draft's letters on the page of the run, too."""
    return shown(progress, f"letters-{run.year}", f"Letters of {run.year}\n\n{linked(run.home, [run.out])}")
