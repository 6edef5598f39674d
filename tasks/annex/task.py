"""The task that writes the annexes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tasks.annex.write import write_annexes
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    import duckdb

    from tasks.base.papers import Papers
    from tasks.base.progress import Progress
    from tasks.letters.facts import LetterFacts


@step("annexes")
def write_annex_files(
    connection: duckdb.DuckDBPyConnection,
    letters: list[LetterFacts],
    folder: Path,
    progress: Progress,
    papers: Papers | None = None,
) -> None:
    """Write each letter's annex; of `papers`, copy one that would say the same."""
    write_annexes(connection, letters, folder, progress, papers)
