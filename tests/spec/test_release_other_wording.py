"""What was decided stands when only the program's wording changes: it is published, found and made again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import flows.release
import flows.release_again
import tasks.draft.files
import tasks.draft.fingerprint
from flows.commands.release import as_text
from tasks.base import program
from tasks.base.errors import InternalFailure
from tasks.base.program import program_name
from tests.support.files import hashes
from tests.support.power_cut import PowerCut, cut_power
from tests.support.releasing import JF, Office

WINTER, SPRING, SUMMER = "2017-02-15T08:00", "2017-03-15T08:00", "2017-06-15T08:00"


@pytest.fixture
def drafted(office: Office) -> Office:
    project = office.portfolio.project(JF)
    delivery = project.delivery("2016-12-31")
    delivery.started(9, "2016-03-01")
    delivery.citizen("too young", visitationsdato="")
    delivery.write(office.inbox)
    office.settle(2016, now=WINTER)
    return office


@contextmanager
def _other_wording(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be a later version, whose messages are worded otherwise."""
    statement = tasks.draft.files.statement

    def reworded(name: str) -> str:
        return statement(name).replace("plain_cell(message_da)", "plain_cell(message_da || ' (nyt)')")

    with monkeypatch.context() as later:
        later.setattr(tasks.draft.files, "statement", reworded)
        yield


def test_the_fingerprint_rests_on_codes_and_not_on_wording(drafted: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (drafted.out(2016) / "violations.csv").read_bytes()
    first = drafted.settle(2016, now=SPRING).fingerprint
    with _other_wording(monkeypatch):
        (drafted.out(2016) / "violations.csv").unlink()
        again = drafted.settle(2016, now=SPRING).fingerprint
    assert (drafted.out(2016) / "violations.csv").read_bytes() != before
    assert again == first


def test_an_interrupted_release_is_published_by_a_later_version(
    drafted: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cut:
        cut.setattr(flows.release, "publish_release", cut_power)
        with pytest.raises(PowerCut):
            drafted.release(2016, now=SPRING)
    (ready,) = (drafted.home / "releasing" / "2016").iterdir()
    staged = hashes(ready)
    with _other_wording(monkeypatch), monkeypatch.context() as later:
        later.setattr(flows.release_again, "make_again", cut_power)
        released = drafted.release(2016, now=SUMMER)
    assert released.finished == ready.name
    assert hashes(drafted.out(2016) / "released" / ready.name) == staged
    assert not (drafted.home / "releasing").exists()


def test_what_lay_ready_and_was_damaged_is_not_published(drafted: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as cut:
        cut.setattr(flows.release, "publish_release", cut_power)
        with pytest.raises(PowerCut):
            drafted.release(2016, now=SPRING)
    (ready,) = (drafted.home / "releasing" / "2016").iterdir()
    (ready / "postings.csv").write_text("", encoding="utf-8")
    with pytest.raises(InternalFailure, match="are damaged"):
        drafted.release(2016, now=SUMMER)


def test_a_folder_that_was_archived_is_no_crash(drafted: Office) -> None:
    out = drafted.release(2016, now=SPRING).years[0].out
    assert out is not None
    shutil.rmtree(out)
    released = drafted.release(2016, now=SUMMER)
    assert released.finished is None
    assert not out.exists()
    again = drafted.replay(2016, now=SUMMER, known_at="2017-03-16T12:00")
    assert f"First made by JobFirst {program_name()}; this is" in as_text(again)
    assert "the first files are not there to compare" in as_text(again)


def test_a_later_version_makes_a_release_again_and_says_what_differs(
    drafted: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    (released,) = drafted.release(2016, now=SPRING).years
    assert released.out is not None
    name = program_name()
    for folder in (drafted.out(2016), released.out):
        assert json.loads((folder / "manifest.json").read_bytes())["versions"]["jobfirst"] == name
    assert f"Lavet af JobFirst {name}." in (drafted.out(2016) / "report.html").read_text(encoding="utf-8")
    assert {entry.program for entry in drafted.entries()} == {name}
    same = drafted.replay(2016, now=SUMMER, known_at="2017-03-16T12:00")
    assert same.years[0].differing == ()
    assert "The same bytes" in as_text(same)
    with _other_wording(monkeypatch), monkeypatch.context() as later:
        later.setattr(program, "program_commit", lambda: "a later one")
        later.setattr(tasks.draft.fingerprint, "_violations_sha256", lambda *_given: "as an earlier version had it")
        again = drafted.replay(2016, now=SUMMER, known_at="2017-03-16T12:00")
        text = as_text(again)
    assert again.years[0].decided == same.years[0].decided
    assert f"First made by JobFirst {name}; this is {program.program_version()} (commit a later one)" in text
    assert drafted.entries()[0].program == name, "a replay posts nothing"
