"""A home whose warehouse is gone was settled: each command says that it is missing and what to do, and makes none."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.commands.cli import command
from flows.commands.status import status_of
from flows.fidelity import fidelity
from flows.release import release
from flows.settle import settle
from tasks.base.errors import BusinessRefusal
from tasks.base.moment import Moment
from tasks.chain.head import NOTHING, Head, write_head
from tasks.evaluation.run import evaluate
from tasks.hearing.record import SENT, write
from tasks.warehouse.connection import FILE_NAME, open_warehouse
from tests.support.files import hashes
from tests.support.releasing import JF, Office, begun, deliver

pytestmark = pytest.mark.usefixtures("no_papers")

SETTLED, RELEASED = "2017-02-15T12:00", "2017-03-15T12:00"
NOW = Moment.parse("2017-04-01T12:00")
LOST = "settle nothing, and bring a backup back with jobfirst restore."
DRAFTED = "bring a backup back with jobfirst restore, or settle again where there is none."
COMMANDS = (
    f"explain {JF} 2016",
    "whatif 2016 --set completion_rate_dkk=11000",
    "forecast",
    "ledger",
    "ledger verify",
    "hearing show 2016",
    "hearing verify",
    f"hearing reply {JF} 2016 --on 2017-03-01 --none",
    f"draw verify {JF}",
    "export bi",
)


def drafted(office: Office) -> None:
    """Draft 2016 of a project."""
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    office.settle(2016, now=SETTLED)


def released(office: Office) -> None:
    """Draft 2016 of a project, and release it."""
    drafted(office)
    office.release(2016, now=RELEASED)


def told_of(home: Path, there: str, mend: str) -> str:
    return f"The warehouse of {home} is missing, and {there} is there: {mend}"


@pytest.mark.parametrize(
    ("begin", "there", "mend"),
    [(released, "the record of its ledger", LOST), (drafted, "out/2016", DRAFTED)],
    ids=["released", "drafted"],
)
def test_each_command_that_reads_says_that_it_is_missing_and_makes_none(
    office: Office, capsys: pytest.CaptureFixture[str], begin: object, there: str, mend: str
) -> None:
    assert callable(begin)
    begun(office, begin)
    home, told = office.home, told_of(office.home, there, mend)
    (home / FILE_NAME).unlink()
    before = hashes(home)
    for words in COMMANDS:
        assert command([*words.split(), "--home", str(home)]) == 1, words
        assert told in capsys.readouterr().err, words
    with pytest.raises(BusinessRefusal, match="is missing"):
        evaluate(home, now=NOW, known_at=NOW)
    for is_plan in (True, False):
        with pytest.raises(BusinessRefusal, match="is missing"):
            release.fn([2016], ["0" * 64], "Bo", office.portfolio.register, office.inbox, home, plan=is_plan)
    assert status_of(home, NOW, NOW).unsettled == told
    assert hashes(home) == before


def test_each_command_that_writes_is_refused_where_a_new_one_would_not_fit(office: Office) -> None:
    begun(office, released)
    folders = office.portfolio.register, office.inbox, office.home
    (office.home / FILE_NAME).unlink()
    for run in (
        lambda: settle.fn(*folders, 2016),
        lambda: fidelity.fn(2016, *folders),
    ):
        with pytest.raises(BusinessRefusal, match="and the record of its ledger is there: settle nothing"):
            run()
    assert not (office.home / FILE_NAME).exists()


def test_whatever_is_left_of_what_was_decided_is_enough(office: Office) -> None:
    begun(office, drafted)
    with open_warehouse(office.home) as connection:
        write(connection, office.home, [{"kind": SENT, "project_id": JF, "year": 2016}], now=NOW, by="Anna")
    (office.home / FILE_NAME).unlink()

    def refused() -> str:
        with pytest.raises(BusinessRefusal) as refusal, open_warehouse(office.home):
            pass
        return str(refusal.value)

    assert refused() == told_of(office.home, "the record of its hearings", LOST)
    (office.home / "hearing.head").unlink()
    assert refused() == told_of(office.home, "the record of its hearings", LOST)
    (office.home / "hearing.jsonl").unlink()
    (office.home / "draw").mkdir()
    (office.home / "draw" / f"{JF}.jsonl").write_bytes(b"{}\n")
    assert refused() == told_of(office.home, "the record of its draws", LOST)
    (office.home / "draw" / f"{JF}.jsonl").unlink()
    (office.out(2016) / "released" / "2016-0123456789ab-1").mkdir(parents=True)
    assert refused() == told_of(office.home, "what was released", LOST)


def test_a_home_that_holds_no_entry_begins(tmp_path: Path) -> None:
    """An append that was withdrawn leaves the head of an empty record; a frozen plan needs no warehouse."""
    write_head(tmp_path / "ledger.head", Head(NOTHING))
    (tmp_path / "ledger.jsonl").touch()
    (tmp_path / "evaluation.jsonl").write_bytes(b"{}\n")
    (tmp_path / "out" / "evaluation").mkdir(parents=True)
    with open_warehouse(tmp_path):
        assert (tmp_path / FILE_NAME).exists()
