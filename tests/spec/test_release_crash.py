"""A release that is interrupted was either not made at all, or made whole; the next one says which and finishes it."""

from __future__ import annotations

from pathlib import Path

import pytest

import flows.release
from flows.commands.cli import command
from tests.support.files import hashes
from tests.support.power_cut import PowerCut, cut_power
from tests.support.releasing import JF, Office, begun, deliver

WINTER, SPRING, SUMMER = "2017-02-15T08:00", "2017-03-15T08:00", "2017-06-15T08:00"


def settled(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=2, wages="1.000")
    office.settle(2016, now=WINTER)


@pytest.fixture
def drafted(office: Office) -> Office:
    begun(office, settled)
    return office


def test_before_the_posting_nothing_was_decided(drafted: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as cut:
        cut.setattr(flows.release, "post", cut_power)
        with pytest.raises(PowerCut):
            drafted.release(2016, now=SPRING)
    assert drafted.posted() == []
    assert not (drafted.out(2016) / "released").exists()

    released = drafted.release(2016, now=SUMMER)
    assert released.finished is None
    assert len(released.years[0].decided) == 1


def test_after_the_posting_the_folder_is_made_again_to_the_byte(
    drafted: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged: dict[str, str] = {}

    def cut_while_renaming(folder: Path, target: Path) -> None:
        staged.update(hashes(folder))
        raise PowerCut

    with monkeypatch.context() as cut:
        cut.setattr(flows.release, "publish_release", cut_while_renaming)
        with pytest.raises(PowerCut):
            drafted.release(2016, now=SPRING)
    posted = drafted.posted()
    assert len(posted) == 2
    assert not (drafted.out(2016) / "released").exists()

    deliver(drafted.inbox, drafted.portfolio.projects[0], starts=9)
    released = drafted.release(2016, now=SUMMER)
    assert released.finished is not None
    assert hashes(drafted.out(2016) / "released" / released.finished) == staged
    assert released.years[0].released_before == (JF,)
    assert drafted.posted() == posted


@pytest.mark.parametrize(
    ("language", "said"), [("en", "jobfirst: Stopped: what was posted"), ("da", "jobfirst: Afbrudt")]
)
def test_who_stops_it_after_the_posting_is_not_told_that_nothing_was_posted(
    drafted: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("JOBFIRST_LANGUAGE", language)
    monkeypatch.setattr(flows.release, "publish_release", stop)
    monkeypatch.setattr("flows.commands.status.status_of", lambda *_: drafted.release(2016, now=SPRING))
    assert command(["status", "--home", str(drafted.home)]) == 3
    assert capsys.readouterr().err.splitlines()[-1].startswith(said)
    assert len(drafted.posted()) == 2


def test_a_name_that_a_system_left_where_folders_lie_ready_stops_nothing(drafted: Office) -> None:
    for stray in ("x/y", "2016/.DS_Store"):
        path = drafted.home / "releasing" / stray
        path.parent.mkdir(parents=True)
        path.touch()
    assert drafted.release(2016, now=SPRING).finished is None
    assert len(drafted.posted()) == 2
