"""The papers of a draft that are copied: what counts as one, and a note of them that can't be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tasks.base.moment import Moment
from tasks.base.papers import Papers
from tasks.base.run import Run
from tasks.letters.facts import LetterFacts
from tasks.letters.task import set_missing
from tests.support.letter_examples import UDBETALING

LETTERS = [replace(UDBETALING, project_id=f"JF-{number}") for number in (1, 2, 3)]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(2016, tmp_path, tmp_path, tmp_path, Moment.parse("2017-02-15T08:00"))


def render(facts: Sequence[LetterFacts], directory: Path, progress: Callable[[int, int], None]) -> None:
    """Write letters that say who they are of."""
    directory.mkdir(parents=True, exist_ok=True)
    for done, one in enumerate(facts, start=1):
        for form in ("pdf", "html"):
            (directory / f"{one.project_id}.{form}").write_text(one.project_id, encoding="utf-8")
        progress(done, len(facts))


def drafted(run: Run, folder: Path, letters: Sequence[LetterFacts]) -> list[tuple[int, int]]:
    """Write a draft's letters into a folder; give the progress that was reported."""
    told: list[tuple[int, int]] = []
    folder.mkdir(parents=True)
    papers = Papers.of(run, folder)
    set_missing(letters, papers, render, lambda done, every: told.append((done, every)))
    files = [path for path in folder.rglob("*") if path.is_file()]
    papers.keep({str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files})
    return told


def test_progress_counts_the_letters_that_are_copied(run: Run) -> None:
    assert drafted(run, run.out, LETTERS) == [(1, 3), (2, 3), (3, 3)]
    changed = [*LETTERS[:2], replace(LETTERS[2], contact="Ole Olsen")]
    assert drafted(run, run.home / "changed", changed) == [(2, 3), (3, 3)]


def test_progress_is_told_where_every_letter_is_copied(run: Run) -> None:
    drafted(run, run.out, LETTERS)
    assert drafted(run, run.home / "again", LETTERS) == [(3, 3)]


def test_a_year_without_letters_has_no_progress(run: Run) -> None:
    assert drafted(run, run.out, []) == []


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[1, 2]",
        b'{"path": "letters/JF-1.pdf"}',
        b'[{"path": "letters/JF-1.pdf"}]',
        b'[{"path": 1, "made_from": 2, "sha256": 3}]',
        b'[{"path": "letters/JF-1.pdf", "made_',
    ],
)
def test_a_note_that_cannot_be_read_is_passed_over(run: Run, note: bytes) -> None:
    drafted(run, run.out, LETTERS)
    (run.home / "standing" / "2016-papers.json").write_bytes(note)
    assert drafted(run, run.home / "again", LETTERS) == [(1, 3), (2, 3), (3, 3)]
