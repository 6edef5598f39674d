"""Letters on workers: each sets and validates the letters of some projects, and the bytes come back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.cluster.shards import SHARDS_PER_WORKER, shards_of
from tasks.cluster.workers import threads
from tasks.letters.facts import LetterFacts
from tasks.letters.render import Letter, LettersFailedError, reason_of, render_letter, write_letter

if TYPE_CHECKING:
    from tasks.cluster.workers import Workers


def render_on_workers(
    workers: Workers, facts: Sequence[LetterFacts], directory: Path, progress: Callable[[int, int], None]
) -> list[Path]:
    """Write `<project_id>.pdf` and `.html` of every project, as `tasks.letters.render.render_letters` does.

    Raises LettersFailedError when all have been tried and some failed.
    """
    directory.mkdir(parents=True, exist_ok=True)
    shards = shards_of(facts, lambda _: 1, workers.count * SHARDS_PER_WORKER)
    paths: list[Path] = []
    reasons: dict[str, str] = {}
    done = 0
    for letters in workers.each("letters", render_shard, shards):
        for project_id, letter in letters:
            if isinstance(letter, Letter):
                paths += write_letter(letter, project_id, directory)
            else:
                reasons[project_id] = letter
        done += len(letters)
        progress(done, len(facts))
    if reasons:
        raise LettersFailedError(reasons)
    return sorted(paths)


def render_shard(facts: Sequence[LetterFacts]) -> list[tuple[str, Letter | str]]:
    """Make some letters, on a worker; where one could not be made, the reason is given instead."""
    with ThreadPoolExecutor(threads()) as pool:
        return list(zip([one.project_id for one in facts], pool.map(_letter_or_reason, facts), strict=True))


def _letter_or_reason(facts: LetterFacts) -> Letter | str:
    try:
        return render_letter(facts)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported with its project, and the others go on
        return reason_of(error)
