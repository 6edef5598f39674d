"""Where the settlement stands, at days that the test names."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from flows.commands import settle
from flows.commands.cli import command
from flows.commands.status import status_of
from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.draft.summary import Unregistered
from tasks.ledger import record
from tasks.status import text
from tasks.status.read import Status
from tasks.warehouse.connection import FILE_NAME
from tasks.warehouse.lock import hold_lock
from tests.support.correcting import backfill
from tests.support.files import hashes
from tests.support.releasing import JF, OTHER, Office, begun, deliver

pytestmark = pytest.mark.usefixtures("no_papers")

BEFORE, FIRST, SECOND, LATER = "2017-01-10T08:00", "2017-02-15T08:00", "2017-03-10T08:00", "2018-05-01T08:00"


def released(office: Office) -> None:
    """Release 2016 of a project with two starts."""
    deliver(office.inbox, office.portfolio.project(JF), starts=2)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)


def status(home: Path, at: str) -> Status:
    return status_of(home, Moment.parse(at), Moment.parse(at))


def due(home: Path, at: str) -> list[tuple[str, str, bool]]:
    return [(str(one.day), one.text, one.is_late) for one in status(home, at).due]


def test_an_absent_home_has_a_calendar(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert due(home, BEFORE) == [
        ("2017-01-31", "deliveries for 2016", False),
        ("2017-02-15", "settle 2016", False),
        ("2018-01-31", "deliveries for 2017", False),
        ("2018-02-15", "settle 2017", False),
    ]
    assert "Ledger: 0 entries, 0,00 kr." in text.as_text(status(home, BEFORE))
    assert "The calendar has ended" not in text.as_text(status(home, "2018-02-15T23:00"))
    assert "The calendar has ended: no year is settled" in text.as_text(status(home, "2018-02-16T12:00"))
    assert not home.exists()


def test_what_is_late_comes_first(tmp_path: Path) -> None:
    assert [one[2] for one in due(tmp_path, "2017-02-16T08:00")] == [True, True, False, False]


def test_a_project_that_left_the_register_with_money_posted_is_told(office: Office) -> None:
    kept = office.portfolio.project(JF)
    deliver(office.inbox, kept, starts=1)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=2)
    first = office.settle(2016, now=FIRST)
    assert first.unregistered == []
    assert "Next: jobfirst release 2016" in settle.as_text(first, is_replay=False)
    office.release(2016, now="2017-02-16T08:00")
    assert status(office.home, "2017-02-17T08:00").unregistered == ()

    office.portfolio.projects = [kept]
    office.portfolio.write_register()
    summary = office.settle(2016, now=SECOND)
    assert summary.unregistered == [Unregistered(OTHER, Decimal("12000.00"))]
    assert "  JF-253                  12.000,00 kr. posted" in settle.as_text(summary, is_replay=False)
    shown = status(office.home, LATER)
    assert shown.unregistered == ({"project_id": OTHER, "posted_dkk": Decimal("12000.00")},)
    assert "  JF-253    12.000,00 kr. posted" in text.as_text(shown)
    assert backfill(office, 2016, 2016, LATER, projects=[JF]).drafted == []


def test_who_has_delivered(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    office.portfolio.project(OTHER, municipalities=("253",))
    bad = office.inbox / OTHER / "2016-12-31"
    bad.mkdir(parents=True)
    (bad / "borgere.csv").write_bytes(b"")
    office.settle(2016, now=FIRST)
    jf, other = status(office.home, FIRST).deliveries
    assert (jf["project_id"], str(jf["as_of_date"]), jf["refused"]) == (JF, "2016-12-31", [])
    assert jf["received_at"] == Moment.parse(FIRST).utc
    assert (other["project_id"], other["as_of_date"]) == (OTHER, None)
    refused = [(one["delivery"], one["codes"]) for one in other["refused"]]
    assert refused == [("2016-12-31", ["F01", "F02"])], "F09, a remark, refuses nothing"
    assert due(office.home, FIRST)[0] == ("2017-03-08", "release 2016: 2 of 2 projects, 1 of them on hold", False)
    assert due(office.home, FIRST)[1][1] == "deliveries for 2017: 2 of 2 projects not delivered to 2017-12-31"


def test_a_misnamed_folder_is_told_until_it_has_its_right_name(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    misnamed = (office.inbox / JF / "2016-12-31").rename(office.inbox / JF / "2016-12-32")
    office.settle(2016, now=FIRST)
    (jf,) = status(office.home, FIRST).deliveries
    assert [(one["delivery"], one["codes"]) for one in jf["refused"]] == [("2016-12-32", ["F05"])]
    misnamed.rename(office.inbox / JF / "2016-12-31")
    office.settle(2016, now=SECOND)
    (jf,) = status(office.home, SECOND).deliveries
    assert (str(jf["as_of_date"]), jf["refused"]) == ("2016-12-31", [])


def test_a_folder_of_no_project_is_told_and_not_waited_for(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    (office.inbox / JF).rename(office.inbox / "JF-l87")
    office.settle(2016, now=FIRST)
    (unknown, jf) = sorted(status(office.home, FIRST).deliveries, key=lambda one: one["project_id"], reverse=True)
    assert [(one["delivery"], one["codes"]) for one in unknown["refused"]] == [("2016-12-31", ["F04"])]
    assert (jf["project_id"], jf["refused"]) == (JF, [])
    assert due(office.home, FIRST)[1][1] == "deliveries for 2017: 1 of 1 project not delivered to 2017-12-31"


def test_a_project_that_left_the_register_is_not_waited_for(office: Office) -> None:
    kept = office.portfolio.project(JF)
    deliver(office.inbox, kept, starts=1)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=2)
    office.settle(2016, now=FIRST)
    office.portfolio.projects = [kept]
    office.portfolio.write_register()
    office.settle(2016, now=SECOND)
    waiting = [text for _, text, _ in due(office.home, SECOND) if text.startswith("deliveries")]
    assert waiting == ["deliveries for 2017: 1 of 1 project not delivered to 2017-12-31"]


def test_holds_are_told_until_the_project_is_released(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=1, as_of="2016-06-30")
    office.settle(2016, now=FIRST)
    (draft,) = status(office.home, FIRST).drafts
    assert draft["holds"] == [{"project_id": JF, "codes": ["P04"]}]
    assert (draft["covered"], draft["decided"], draft["released"], draft["payable_dkk"]) == (1, 1, 0, 6_000)
    office.release(2016, now=SECOND, waivers=[(JF, "P04", "seen on paper")])
    (draft,) = status(office.home, SECOND).drafts
    assert (draft["holds"], draft["released"], draft["released_dkk"]) == ([], 1, 6_000)
    assert [text for _, text, _ in due(office.home, SECOND)] == [
        "deliveries for 2017: 1 of 1 project not delivered to 2017-12-31",
        "settle 2017",
    ]


def test_holds_are_told_also_where_nothing_is_due(office: Office) -> None:
    begun(office, released)
    refused = office.inbox / JF / "2017-02-28"
    refused.mkdir(parents=True)
    (refused / "borgere.csv").write_bytes(b"")
    assert "Next:" not in settle.as_text(office.settle(2016, now=LATER), is_replay=False), "nothing is left to post"
    shown = status(office.home, LATER)
    (draft,) = shown.drafts
    assert (draft["decided"], draft["held"], draft["holds"]) == (0, 0, [{"project_id": JF, "codes": ["P05"]}])
    assert "on hold: JF-187 P05" in text.as_text(shown)
    assert not any("2016" in one.text for one in shown.due)


def test_projects_of_which_a_draft_decides_nothing_are_told(office: Office) -> None:
    moved = office.portfolio.project(JF)
    deliver(office.inbox, moved, starts=1)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=2)
    office.settle(2016, now=FIRST)
    office.release(2016, now="2017-02-16T08:00")
    assert "2 of 2 projects released\n" in text.as_text(status(office.home, SECOND))

    moved.start = "2017-01-01"
    office.portfolio.write_register()
    office.settle(2016, now=SECOND)
    shown = text.as_text(status(office.home, SECOND))
    assert "payable -6.000,00 kr.; 0 of 1 project released; nothing to decide for 1 project\n" in shown


def test_releases_and_the_ledger_s_head(office: Office) -> None:
    begun(office, released)
    one = status(office.home, LATER)
    assert one.unsettled is None
    (release,) = one.releases
    assert (release["years"], release["projects"], release["up_dkk"], release["down_dkk"]) == ([2016], 1, 12_000, 0)
    assert one.ledger["entries"] == len(office.entries())
    assert one.ledger["newest_sha256"] == office.entries()[-1].sha256
    assert one.ledger["posted_dkk"] == 12_000
    assert one.ledger["finding"] is None
    assert status(office.home, "2017-02-20T08:00").releases == ()


def test_a_release_is_told_by_project_as_the_release_tells_it(office: Office) -> None:
    """A component that falls and one that rises are one payment or repayment of the project."""
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=3, wages="9000")
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    deliver(office.inbox, project, as_of="2017-01-31", starts=2, wages="20000")
    office.settle(2016, now=LATER)
    office.release(2016, now="2018-05-02T08:00")
    told = status(office.home, "2018-06-01T08:00").releases[-1]
    assert (told["up_dkk"], told["down_dkk"]) == (20_000 - 9_000 - 6_000, 0)


def test_a_ledger_that_was_changed_is_told(office: Office) -> None:
    begun(office, released)
    path = office.home / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b"12000.00", b"12001.00"))
    one = status(office.home, LATER)
    assert "its contents do not give its hash" in str(one.ledger["finding"])
    assert one.ledger["entries"] == len(office.entries())
    assert (
        f"  does not verify now: {one.ledger['finding']} See `jobfirst ledger verify`."
        in text.as_text(one).splitlines()
    )


def test_an_interrupted_release_is_no_finding(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=2)
    office.settle(2016, now=FIRST)

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(record, "insert", power_cut)
        with pytest.raises(KeyboardInterrupt):
            office.release(2016, now=SECOND)
    one = status(office.home, LATER)
    assert one.ledger["finding"] is None
    assert one.ledger["entries"] == len(office.entries()) > 0


def test_an_earlier_year_that_differs_is_due_for_a_backfill(office: Office) -> None:
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=2)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    deliver(office.inbox, project, starts=1, as_of="2017-12-31")
    office.settle(2017, now=LATER)
    together = "settle 2016 2017 together: 1 project of 2017 can't be released without the other years"
    assert together in [text for _, text, _ in due(office.home, LATER)]
    backfill(office, 2016, 2016, "2018-05-02T08:00")
    texts = [text for _, text, _ in due(office.home, "2018-05-02T08:00")]
    assert any(text.startswith("release 2016 2017 together") for text in texts), "the draft of 2017 waits for it"
    assert not any(text.startswith("correct") for text in texts)


def test_a_project_that_only_an_earlier_draft_covers_stays_due(office: Office) -> None:
    jf = office.portfolio.project(JF)
    deliver(office.inbox, jf, starts=5)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=3, as_of="2016-06-30")
    office.settle(2016, now=FIRST)
    office.release(2016, now="2017-02-16T08:00")
    deliver(office.inbox, jf, starts=6)
    backfill(office, 2016, 2016, "2017-02-17T08:00", projects=[JF])
    again = "settle 2016 again: 1 project not released, and not in the newest draft, 1 of them on hold"
    assert [text for _, text, _ in due(office.home, "2017-02-17T08:00")][:2] == ["release 2016: 1 of 1 project", again]
    office.release(2016, now="2017-02-18T08:00")
    assert due(office.home, SECOND)[0] == ("2017-03-08", again, True)
    (draft,) = status(office.home, SECOND).drafts
    assert (draft["covered"], draft["left_out"]) == (1, [{"project_id": OTHER, "codes": ["P04"]}])
    assert "in an earlier draft alone, and not released: JF-253 P04" in text.as_text(status(office.home, SECOND))

    with pytest.raises(InputError, match="if the register has it, settle the year again"):
        office.release(2016, now=SECOND, projects=[OTHER])
    office.settle(2016, now=SECOND)
    assert due(office.home, SECOND)[0] == ("2017-03-08", "release 2016: 1 of 1 project, 1 of them on hold", True)
    office.release(2016, now=SECOND, waivers=[(OTHER, "P04", "seen on paper")])
    assert not any("2016" in text for _, text, _ in due(office.home, SECOND))


def test_what_the_newest_draft_of_all_leaves_out_is_not_due(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    gone = office.portfolio.project(OTHER, municipalities=("253",))
    office.settle(2016, now=FIRST)
    office.portfolio.projects.remove(gone)
    office.portfolio.write_register()
    office.settle(2016, now=SECOND)
    (draft,) = status(office.home, SECOND).drafts
    assert (draft["covered"], draft["left_out"]) == (1, [])


def test_while_another_run_writes_the_calendar_is_told(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    office.settle(2016, now=FIRST)
    moment = Moment.parse(FIRST)
    with hold_lock(office.home, "settle 2016", moment.utc):
        one = status(office.home, FIRST)
    assert one.writing is not None
    assert "settle 2016" in one.writing
    assert one.due == ()
    assert "Calendar" in text.as_text(one)


def test_a_warehouse_that_is_missing_is_told_where_the_ledgers_record_is_there(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    office.settle(2016, "2017-02-15T12:00")
    office.release(2016, now="2017-03-15T12:00")
    (office.home / FILE_NAME).unlink()
    before = hashes(office.home)
    one = status_of(office.home, Moment.parse("2017-04-01T12:00"), Moment.parse("2017-04-01T12:00"))
    assert one.unsettled == (
        f"The warehouse of {office.home} is missing, and the record of its ledger is there: settle nothing, and bring "
        "a backup back with jobfirst restore."
    )
    assert one.ledger["finding"]
    assert one.due[0].command == "jobfirst ledger verify"
    shown = text.as_text(one)
    assert one.unsettled in shown
    assert f"does not verify now: {one.ledger['finding']}" in shown
    assert hashes(office.home) == before


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(tmp_path / "home")
    assert command(["status", "--home", home, "--as-known-at", "2017-01-10T12:00", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["today"] == "2017-01-10"
    assert told["due"][0]["text"] == "deliveries for 2016"
    assert told["unsettled"] == f"Nothing was ever settled in {home}: if it is another folder, name it with --home."
    assert command(["status", "--home", home, "--as-known-at", "2017-01-10T12:00"]) == 0
    shown = capsys.readouterr().out
    assert told["unsettled"] in shown
    assert "2017-01-31  deliveries for 2016" in shown
