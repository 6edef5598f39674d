"""Which letters are due: all but those that stand from the run before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.draft.state import made_from

if TYPE_CHECKING:
    from tasks.base.progress import Progress
    from tasks.draft.papers import Papers
    from tasks.letters.facts import LetterFacts

FOLDER = "letters"

Render = Callable[[Sequence["LetterFacts"], Path, "Progress"], object]


def render_due_letters(
    letters: Sequence[LetterFacts], folder: Path, papers: Papers, progress: Progress, render: Render
) -> None:
    """Have every letter in `letters/` of a folder: taken over, or rendered by `render`.

    `progress` counts both. Raises what `render` raises.
    """
    sources = {one.project_id: made_from(one) for one in letters}
    due = [one for one in letters if not papers.take_over(_names(one), sources[one.project_id], folder)]
    stands = len(letters) - len(due)
    progress(stands, len(letters))
    render(due, folder / FOLDER, lambda done, _: progress(stands + done, len(letters)))
    for one in due:
        papers.note(_names(one), sources[one.project_id], folder)


def _names(letter: LetterFacts) -> list[str]:
    return [f"{FOLDER}/{letter.project_id}.{ending}" for ending in ("pdf", "html")]
