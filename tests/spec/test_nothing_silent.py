"""What comes and changes nothing, and what is named and is not there, is said."""

from __future__ import annotations

import re
import shutil

import pytest

from flows.commands import settle, status
from flows.commands.cli import command
from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.ledger.entry import Waiver
from tasks.release.findings import Finding, accept
from tasks.status import text
from tests.support.correcting import without_papers
from tests.support.releasing import JF, OTHER, Office, deliver

FIRST, SECOND, THIRD, LATER = "2017-02-15T08:00", "2018-02-15T08:00", "2018-03-01T08:00", "2018-05-01T08:00"
LATE = f"  {JF}       2016-12-31, received 2018-03-01 08:00:00 CET: 2017-12-31 is in force, so correct that one"


def shown(office: Office, at: str) -> str:
    return text.as_text(status.status_of(office.home, Moment.parse(at), Moment.parse(at)))


def test_an_edited_delivery_that_is_no_longer_the_newest_is_told(office: Office) -> None:
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=2)
    office.settle(2016, now=FIRST)
    deliver(office.inbox, project, starts=3, as_of="2017-12-31")
    superseded = office.settle(2017, now=SECOND)
    assert superseded.without_effect == [], "a newer delivery is what everybody expects"
    assert "no effect" not in shown(office, SECOND)

    deliver(office.inbox, project, starts=40, as_of="2016-12-31")
    summary = office.settle(2017, now=THIRD)
    assert summary.entitlement_dkk == superseded.entitlement_dkk
    (one,) = summary.without_effect
    assert (one.project_id, one.delivery, one.is_refused, one.is_later) == (JF, "2016-12-31", False, True)
    lines = settle.as_text(summary, is_replay=False).splitlines()
    assert lines[lines.index("Without effect: deliveries older than the one in force") + 1] == LATE
    report = (office.out(2017) / "report.html").read_text(encoding="utf-8")
    assert "Indberetninger uden virkning" in report
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", report.partition("Indberetninger uden virkning")[2])
    assert cells[:3] == ["2016-12-31", "01.03.2018 kl. 08.00", "31-12-2017"]
    assert "; 2016-12-31, received 2018-03-01 08:00:00 CET, is older and has no effect" in shown(office, THIRD)

    deliver(office.inbox, project, starts=40, as_of="2017-12-31")
    assert office.settle(2017, now=LATER).without_effect == [], "it is in the newest now"


def test_what_never_was_in_force_is_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    without_papers(monkeypatch)
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=2)
    deliver(office.inbox, project, starts=3, as_of="2017-12-31")
    summary = office.settle(2017, now=FIRST.replace("2017", "2018"))
    assert [(one.delivery, one.is_later) for one in summary.without_effect] == [("2016-12-31", False)]
    told = settle.as_text(summary, is_replay=False)
    assert "  1 older, received with or after a newer one of the same project" in told.splitlines()


def test_a_refused_older_delivery_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    without_papers(monkeypatch)
    deliver(office.inbox, office.portfolio.project(JF), starts=2, as_of="2017-12-31")
    office.settle(2017, now=SECOND)
    older = office.inbox / JF / "2017-06-30"
    older.mkdir()
    (older / "borgere.csv").write_bytes(b"")
    summary = office.settle(2017, now=THIRD)
    assert [(one.delivery, one.is_refused) for one in summary.without_effect] == [("2017-06-30", True)]
    assert "P05" not in summary.holds.get(JF, []), "no newer one was refused"


def test_holds_have_words(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    without_papers(monkeypatch)
    deliver(office.inbox, office.portfolio.project(JF), starts=2, as_of="2016-06-30")
    told = settle.as_text(office.settle(2016, now=FIRST), is_replay=False)
    assert f"  {JF}       P04  required: An accepted delivery covers the whole year" in told.splitlines()
    assert f"on hold: {JF} P04 (required: An accepted delivery covers the whole year)" in shown(office, FIRST)


def test_a_waiver_of_no_hold_names_the_nearest(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    without_papers(monkeypatch)
    deliver(office.inbox, office.portfolio.project(JF), starts=2, as_of="2016-06-30")
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=2, as_of="2016-06-30")
    office.settle(2016, now=FIRST)
    for named in ("JF-l87:P04", "JF-187:P40", "jf-187:P04"):
        with pytest.raises(InputError, match=f"--waive {named}: .*; the nearest are {JF}:P04, {OTHER}:P04; "):
            office.release(2016, now=SECOND, waivers=[(*named.split(":"), "seen on paper")])


def test_a_finding_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(InputError, match=r"--accept H20: .*; the nearest are H02"):
        accept([Finding("H02", "a text is empty")], [Waiver("H20", "It may be so.")])


def test_check_names_the_nearest_projects(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=2)
    office.portfolio.write_register()
    delivery, register = office.inbox / JF / "2016-12-31", office.portfolio.register
    asked = ["check", str(delivery), "--project", "JF-l87", "--register", str(register)]
    assert command(asked) == 1
    assert f"projektet JF-l87 findes ikke i registret; de nærmeste er {JF}" in capsys.readouterr().out
    assert command([*asked, "--json"]) == 1
    assert f"the nearest are {JF}" in capsys.readouterr().out


def test_status_names_the_nearest_projects(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    without_papers(monkeypatch)
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=1)
    shutil.copytree(office.inbox / JF, office.inbox / "JF-l87")
    office.settle(2016, now=FIRST)
    (line,) = [line for line in shown(office, FIRST).splitlines() if line.startswith("  JF-l87")]
    assert line.endswith(f"; nearest in the register: {JF}, {OTHER}")
