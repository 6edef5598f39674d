"""A `jobfirst release` that is killed while it posts: run again, nothing is lost, and nothing is posted twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.ledger.read import read_entries
from tasks.ledger.record import verify
from tasks.warehouse.connection import open_warehouse
from tests.support.crashing import AFTER, BEFORE, KILLED, Death, copied, left, perform
from tests.support.decisions import RELEASE, Stage, stages

LINES, ROWS, FOLDER = "append to ledger.jsonl", "append to the warehouse's ledger", "publish the release's folder"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Give the release of a draft of two projects, one of which is on hold."""
    return next(stage for stage in stages(tmp_path_factory.mktemp("office")) if stage.command is RELEASE)


@pytest.mark.long
@pytest.mark.parametrize(
    ("step", "when", "rows", "lines", "is_published", "said"),
    [
        (LINES, BEFORE, 0, 0, False, "Released now                        2"),
        (LINES, AFTER, 0, 4, False, "which was interrupted, is finished"),
        (ROWS, AFTER, 4, 4, False, "which was interrupted, is finished"),
        (FOLDER, AFTER, 4, 4, True, "nothing new, the ledger stands as it was"),
    ],
)
def test_killed_while_it_posts(
    release: Stage, tmp_path: Path, step: str, when: str, rows: int, lines: int, is_published: bool, said: str
) -> None:
    place = copied(release.place, tmp_path / "place")
    home = place / "home"
    assert perform(release.command, place, Death(step, 1, when)).status == KILLED
    written = home / "ledger.jsonl"
    assert (len(written.read_bytes().splitlines()) if written.exists() else 0) == lines
    with open_warehouse(home) as connection:
        assert len(read_entries(connection)) == rows
    assert (home / "out" / "2016" / "released").exists() == is_published

    again = perform(release.command, place)
    assert again.status == 0, again.printed
    assert said in again.printed
    assert left(place) == release.left
    with open_warehouse(home) as connection:
        assert verify(connection, home).is_sound
        assert len(read_entries(connection)) == 4
