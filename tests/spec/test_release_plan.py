"""Before a release: the plan shows what would be posted and what speaks against it, and findings are accepted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from flows.release import planned
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.person import account
from tasks.handover.net import ZERO
from tasks.ledger.entry import Approved, Waiver
from tasks.ledger.record import verify
from tasks.letters.kind import Kind
from tasks.register.municipalities import municipalities
from tasks.release.approval import AcceptedFinding, WaivedHold, approve
from tasks.release.plan import PlannedHearing, PlannedProject, PlannedYear, plan_of
from tasks.release.text import plan_as_text, plan_table
from tasks.warehouse.connection import open_warehouse
from tasks.warehouse.lock import LOCK_NAME
from tests.support.correcting import draft_repayment
from tests.support.releasing import JF, OTHER, Office, deliver

pytestmark = pytest.mark.usefixtures("no_papers")

FIRST, SECOND, LATER, LAST = "2017-02-15T08:00", "2017-03-10T08:00", "2017-05-01T08:00", "2017-05-10T08:00"
REASON = "Vi er kun én på kontoret i dag."


def test_the_plan_tells_what_would_be_posted_and_what_speaks_against_it(office: Office) -> None:
    draft_repayment(office, FIRST, SECOND, LATER)
    plan = office.plan(2016, now=LAST)
    (year,) = plan.years
    (one,) = year.projects
    assert (one.project_id, one.kind, one.amount_dkk, one.before_dkk, one.after_dkk, one.cap_left_dkk, one.odd) == (
        JF,
        Kind.TILBAGEBETALING,
        Decimal(-6_000),
        Decimal(12_000),
        Decimal(6_000),
        Decimal(1_434_000),
        ("negative", "changed by more than a quarter"),
    )
    assert year.unchanged == (OTHER,)
    assert [finding.code for finding in plan.findings] == ["H01", "H02", "H03"]
    assert (plan.to_pay_dkk, plan.to_repay_dkk, len(plan.payees)) == (0, 6_000, 1)
    text = plan_as_text(plan)
    assert "H02  the rules file lacks legal texts that these letters need: repayment_guidance, for JF-187 2016" in text
    assert f"H03  the account {account()} of the operating system prepared the draft, and approves it" in text
    assert plan_table(plan)[0]["Now, kr."] == "-6.000,00"
    assert len(office.posted()) == 4


def test_the_largest_amounts_are_named_whichever_way_they_go() -> None:
    amounts = {"JF-1": "10", "JF-2": "-60", "JF-3": "50", "JF-4": "0", "JF-5": "20", "JF-6": "40", "JF-7": "-30"}
    unheard = PlannedHearing("not needed", False, (), None, None, None)
    projects = tuple(
        PlannedProject(name, 2016, Kind.EFTERREGULERING, Decimal(amount), ZERO, ZERO, ZERO, (), {}, unheard)
        for name, amount in amounts.items()
    )
    year = PlannedYear(2016, "ab" * 32, "Anna", projects, {}, {}, (), ())
    payees = {(name, 2016): municipalities()["187"] for name in amounts}
    found = plan_of([year], [], payees, None)
    assert [name for name, _ in found.largest] == ["JF-2", "JF-3", "JF-6", "JF-7", "JF-5"]
    few = plan_of([replace(year, projects=projects[3:5])], [], payees, None)
    assert few.largest == (("JF-5", 2016),)


def bytes_of(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_a_plan_changes_no_byte_of_the_home(office: Office) -> None:
    draft_repayment(office, FIRST, SECOND, LATER)
    run = office.run(2016, LAST)
    (office.home / LOCK_NAME).touch()
    before = bytes_of(office.home)
    approval = approve("", None, [], names_nobody=True)
    plan = planned([2016], run.register, run.inbox, office.home, approval, run.now).plan
    assert plan is not None
    assert [one.project_id for one in plan.years[0].projects] == [JF]
    assert bytes_of(office.home) == before


def test_a_plan_of_a_home_that_is_not_there_is_refused_and_makes_none(office: Office, tmp_path: Path) -> None:
    approval = approve("", None, [], names_nobody=True)
    with pytest.raises(BusinessRefusal, match="has no warehouse"):
        planned([2016], office.portfolio.folder / "register", office.inbox, tmp_path / "none", approval)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("reason", ["Linje et,\nlinje to.", "Linje et,\u2028linje to."])
def test_a_plan_refuses_the_texts_that_the_ledger_cannot_hold(reason: str) -> None:
    told = "holds a line break or a control character"
    with pytest.raises(InputError, match=f"The reason for waiving P02 {told}"):
        approve("", None, [WaivedHold(JF, "P02", reason)], names_nobody=True)
    with pytest.raises(InputError, match=f"The reason for accepting H03 {told}"):
        approve("", None, [], accepted=[AcceptedFinding("H03", reason)], names_nobody=True)
    with pytest.raises(InputError, match=f"The approver's name {told}"):
        approve(f"Bo {reason}", None, [], names_nobody=True)


def test_every_account_that_prepared_the_draft_is_found_not_only_the_newest(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=2)
    first = office.settle(2016, now=FIRST)
    with monkeypatch.context() as other:
        other.setattr("tasks.draft.remember.account", lambda: "somebody else")
        again = office.settle(2016, now=SECOND)
    assert again.fingerprint == first.fingerprint
    assert "H03" in again.findings
    assert "H03" in [finding.code for finding in office.plan(2016, now=LATER).findings]


def test_a_finding_is_accepted_with_a_reason_that_its_entries_keep(office: Office) -> None:
    draft_repayment(office, FIRST, SECOND, LATER)
    with pytest.raises(BusinessRefusal, match=r"--accept H01 --reason \"...\" --accept H02,H03 --reason"):
        office.release(2016, now=LAST, accepted={})
    with pytest.raises(BusinessRefusal, match=r"--accept H02 --reason"):
        office.release(2016, now=LAST, accepted={"H01": REASON, "H03": REASON})
    with pytest.raises(InputError, match="--accept H04: there is no such finding"):
        office.release(2016, now=LAST, accepted={"H04": REASON, "H02": REASON, "H03": REASON})
    with pytest.raises(InputError, match="a reason has at least 10 characters"):
        office.release(2016, now=LAST, accepted={"H03": "kort"})
    with pytest.raises(InputError, match="--accept H04: there is no such finding"):
        approve("Bo", None, [], accepted=[{"code": "H04", "reason": REASON}], names_nobody=True)
    assert len(office.posted()) == 4
    found = {"H01": REASON, "H02": REASON, "H03": REASON}
    office.release(2016, now=LAST, accepted=found)
    kept = tuple(Waiver(code, REASON) for code in found)
    assert office.entries()[-1].approval == Approved(account(), account(), kept)
    with open_warehouse(office.home) as connection:
        assert verify(connection, office.home).is_sound
    assert office.release(2016, now="2017-05-11T08:00", accepted=found).years[0].run is None
