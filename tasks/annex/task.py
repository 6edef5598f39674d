"""The task that writes the annexes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tasks.annex.write import write_annexes
from tasks.task import step

if TYPE_CHECKING:
    import duckdb

    from tasks.letters.facts import LetterFacts
    from tasks.progress import Progress
    from tasks.standing.papers import Papers


@step("annexes")
def write_annex_files(
    connection: duckdb.DuckDBPyConnection, letters: list[LetterFacts], folder: Path, papers: Papers, progress: Progress
) -> None:
    """Write each letter's annex."""
    write_annexes(connection, letters, folder, papers, progress)
