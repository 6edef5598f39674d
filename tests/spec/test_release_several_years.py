"""Years that are released together are one run: one id, one append, one payment or claim for each municipality."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import flows.release
from flows.commands import settle
from flows.commands.release import as_text
from flows.commands.status import status_of
from tasks.base.errors import InputError
from tasks.base.lines import short
from tasks.base.moment import Moment
from tasks.handover.payment_file import read_payments
from tasks.ledger.record import verify
from tasks.release.runs import finish_if_possible
from tasks.release.summary import Released
from tasks.release.text import plan_as_text
from tasks.warehouse.connection import open_warehouse
from tests.support.correcting import backfill, without_papers
from tests.support.files import hashes, read_rows
from tests.support.portfolio import Project
from tests.support.power_cut import PowerCut
from tests.support.releasing import JF, OTHER, Office, begun, deliver

ALONE = "JF-183"
VALLENSBAEK, GREVE, ISHOEJ = "19583910", "44023911", "11931316"
CORRECTED, LATER, LAST = "2018-05-01T08:00", "2018-06-01T08:00", "2018-06-02T08:00"
RUN_FILES = {"payments.xml", "repayments.csv"}


def write(office: Office, project: Project, as_of: str, *, of_2016: int, of_2017: int, wages: str = "") -> None:
    """Deliver some who start in 2016 and some in 2017, among so many others that one less is no filtered export."""
    delivery = project.delivery(as_of)
    delivery.started(of_2016, "2016-03-01", "of 2016 ")
    delivery.started(of_2017, "2017-03-01", "of 2017 ")
    for number in range(20):
        delivery.citizen(f"waits {number}")
    if wages:
        delivery.wages("2017-05-31", wages)
    delivery.write(office.inbox)


def corrected(office: Office) -> None:
    """Release both years of three projects; then their registrations move between the years.

    JF-187: 2016 falls by 12 000, 2017 rises by 6 000. JF-253: 2016 falls by 6 000, 2017 rises by 18 000,50.
    JF-183: 2016 stands, 2017 falls by 6 000.
    """
    with pytest.MonkeyPatch.context() as patch:
        without_papers(patch)
        _correct(office)


def _correct(office: Office) -> None:
    projects = [
        office.portfolio.project(JF, start="2016-01-01"),
        office.portfolio.project(OTHER, start="2016-01-01", municipalities=("253",)),
        office.portfolio.project(ALONE, start="2016-01-01", municipalities=("183",)),
    ]
    for project in projects:
        write(office, project, "2017-12-31", of_2016=4, of_2017=4)
    for year in (2016, 2017):
        office.settle(year, now=f"2018-02-1{year - 2011}T08:00")
    office.release(2016, 2017, now="2018-03-15T08:00", waivers=_waivers(office, 2016, 2017))
    for project, of_2016, of_2017, wages in zip(projects, (2, 3, 4), (5, 7, 3), ("", "0,50", ""), strict=True):
        write(office, project, "2018-04-30", of_2016=of_2016, of_2017=of_2017, wages=wages)
    backfill(office, 2016, 2017, CORRECTED)


def _waivers(office: Office, *years: int) -> list[tuple[str, str, str]]:
    holds = {
        (row["project_id"], code)
        for year in years
        for row in read_rows(office.out(year) / "settlement.csv")
        for code in row["holds"].split()
        if code != "P12"
    }
    return [(project_id, code, "Set og godkendt.") for project_id, code in sorted(holds)]


def release(office: Office, now: str = LATER) -> Released:
    return office.release(2016, 2017, now=now, waivers=_waivers(office, 2016, 2017))


def letter(out: Path, project_id: str) -> str:
    return (out / "letters" / f"{project_id}.html").read_text(encoding="utf-8").replace("\u00a0", " ")


def paid_and_claimed(office: Office) -> dict[str, Decimal]:
    """Give what the files of all folders pay, less what they claim, by CVR number."""
    sums: dict[str, Decimal] = {}
    for folder in sorted(office.home.glob("out/*/released/*")):
        found = list(read_payments(folder / "payments.xml").items())
        if (folder / "repayments.csv").exists():
            found += [(row["payee_cvr"], Decimal(row["amount"])) for row in read_rows(folder / "repayments.csv")]
        for cvr, amount in found:
            sums[cvr] = sums.get(cvr, Decimal(0)) + amount
    return sums


@pytest.mark.parametrize(
    "counted",
    [
        "SELECT count(*), count(DISTINCT (run_id, settled_year, code)) FROM core_expectation_results",
        "SELECT count(*), count(DISTINCT (run_id, settled_year, equation, subject, unit)) FROM core_reconciliations",
    ],
    ids=["verdicts", "sums"],
)
def test_what_a_run_judges_and_sums_up_twice_is_kept_once(office: Office, counted: str) -> None:
    """A release computes all years but the last a second time; a backfill, the last one, after its plan."""
    begun(office, corrected)
    without_papers(office.monkeypatch)
    release(office)
    with open_warehouse(office.home) as connection:
        ((rows_kept, keys),) = connection.execute(counted).fetchall()
    assert rows_kept == keys > 0


def test_what_is_asked_back_of_a_year_that_nothing_decided_is_told_with_that_year(office: Office) -> None:
    """Wages of 2016 are corrected in 2017: released alone, 2017 asks for what was never paid."""
    delivery = office.portfolio.project(JF).delivery("2017-12-31")
    for number in range(100):
        delivery.citizen(f"waits {number}")
        delivery.citizen(f"control {number}", gruppe="kontrol")
    delivery.wages("2016-05-31", "1.234,00")
    delivery.wages("2017-05-31", "-1.401,66")
    delivery.write(office.inbox)
    first, second = (office.settle(year, now="2018-02-15T08:00") for year in (2016, 2017))
    both_drafts = f"jobfirst release 2016 2017 --draft {short(first.fingerprint)} --draft {short(second.fingerprint)} "
    assert f"Next: {both_drafts}" in settle.as_text(second, is_replay=False)
    due = status_of(office.home, Moment.parse(LATER), Moment.parse(LATER)).due
    assert [one.command.startswith(both_drafts) for one in due if "release" in one.command] == [True]
    told = "Tilskuddet for 2016 er endnu ikke afgjort. Efter beregningen er det 1.234 kr."
    assert told in letter(office.out(2017), JF)
    assert told not in letter(office.out(2016), JF)
    alone, both = office.plan(2017, now=LATER), office.plan(2016, 2017, now=LATER)
    assert "  2016 is not decided yet, and gives 1.234,00 kr.: JF-187\n" in plan_as_text(alone)
    assert "is not decided yet" not in plan_as_text(both)
    assert list(second.findings) == [one.code for one in both.findings]
    assert (alone.to_repay_dkk, both.to_repay_dkk) == (1_234, 0)
    (released,) = office.release(2017, now=LATER).years
    assert released.out is not None
    assert told in letter(released.out, JF)
    office.release(2016, now=LAST)
    (again,) = office.replay(2017, now=LAST, known_at=LATER).years
    assert again.differing == ()


def test_two_years_are_one_run_and_each_municipality_gets_one_amount(office: Office) -> None:
    begun(office, corrected)
    before = paid_and_claimed(office)
    entries_before = len(office.entries())
    released = release(office)
    plan = released.plan
    assert plan is not None
    of_2016, of_2017 = (year.out for year in released.years)
    assert of_2016 is not None
    assert of_2017 is not None

    new = office.entries()[entries_before:]
    assert {(one.run, one.posted_at) for one in new} == {(of_2017.name, new[0].posted_at)}
    assert of_2016.name == of_2017.name == f"2016-2017-{released.years[1].fingerprint[:12]}-1"
    assert not RUN_FILES & {path.name for path in of_2016.iterdir()}
    assert {path.name for path in of_2017.iterdir()} >= RUN_FILES
    for out, year in ((of_2016, 2016), (of_2017, 2017)):
        assert {row["year"] for row in read_rows(out / "postings.csv")} == {str(year)}
        assert [int(row["number"]) for row in read_rows(out / "ledger.csv")] == [
            one.number for one in new if one.year == year
        ]
        manifest = json.loads((out / "manifest.json").read_bytes())
        assert (manifest["run"], manifest["year"], manifest["years"]) == (out.name, year, [2016, 2017])
        assert manifest["ledger"] == {"entries": new[-1].number, "sha256": new[-1].sha256}

    claimed = {row["payee_cvr"]: (row["amount"], row["projects"]) for row in read_rows(of_2017 / "repayments.csv")}
    assert claimed == {VALLENSBAEK: ("-6000.00", JF), ISHOEJ: ("-6000.00", ALONE)}
    assert read_payments(of_2017 / "payments.xml") == {GREVE: Decimal("12000.50")}
    assert (released.to_pay_dkk, released.to_repay_dkk) == (plan.to_pay_dkk, plan.to_repay_dkk)
    assert (released.to_pay_dkk, released.to_repay_dkk) == (Decimal("12000.50"), 12_000)
    net = {ISHOEJ: Decimal(-6_000), VALLENSBAEK: Decimal(-6_000), GREVE: Decimal("12000.50")}
    assert {one.cvr: one.amount_dkk for one in plan.payees} == net
    moment = Moment.parse(LAST)
    told = status_of(office.home, moment, moment).releases[-1]
    assert (told["run"], told["years"], told["projects"]) == (of_2017.name, [2016, 2017], 3)
    assert (told["up_dkk"], told["down_dkk"]) == (released.to_pay_dkk, -released.to_repay_dkk)
    after = paid_and_claimed(office)
    assert {cvr: after[cvr] - before[cvr] for cvr in after} == net
    text = as_text(released)
    assert text.count("To pay out") == 1
    assert f"{of_2017 / 'payments.xml'}\n  {of_2017 / 'repayments.csv'}" in text


def test_the_letters_tell_the_one_amount(office: Office) -> None:
    begun(office, corrected)
    of_2016, of_2017 = (year.out for year in release(office).years)
    assert of_2016 is not None
    assert of_2017 is not None
    assert "Vallensbæk Kommune får <strong>6.000 kr.</strong> mere" in letter(of_2017, JF)
    for out in (of_2016, of_2017):
        text = letter(out, JF)
        assert f"Projekt {JF}, 2016" in text
        assert f"Projekt {JF}, 2017" in text
        assert "Samme dag har vi truffet en anden afgørelse om jeres tilskud til JobFirst." in text
        assert "I skal derfor betale 6.000 kr. tilbage i alt." in text
        assert "I skal betale ét beløb: 6.000 kr. Vi udbetaler ikke noget særskilt." in text
        assert "Vent med at betale" in text
        assert "for at få pengene" not in text
        text = letter(out, OTHER)
        assert "Vi udbetaler ét beløb: 12.000,50 kr. I skal ikke betale noget tilbage særskilt." in text
        assert "Vent med at betale" not in text
    text = letter(of_2017, ALONE)
    assert "Samme dag" not in text
    assert "Vent med at betale" in text
    assert not (of_2016 / "letters" / f"{ALONE}.html").exists(), "its 2016 stands"


def test_a_run_is_made_again_whole_whichever_of_its_years_is_asked_for(office: Office) -> None:
    begun(office, corrected)
    released = release(office)
    again = office.replay(2016, now="2018-07-01T08:00", known_at=LAST)
    assert [(year.year, year.run) for year in again.years] == [(year.year, year.run) for year in released.years]
    assert (again.to_pay_dkk, again.to_repay_dkk) == (released.to_pay_dkk, released.to_repay_dkk)
    for year, first in zip(again.years, released.years, strict=True):
        assert year.out is not None
        assert first.out is not None
        assert year.out == office.out(year.year) / "as-known-at" / "released" / first.out.name
        assert hashes(year.out) == hashes(first.out)
        assert (year.is_compared, year.differing) == (True, ())
    without_papers(office.monkeypatch)
    for asked in ((2017,), (2017, 2016)):
        again = office.replay(*asked, now="2018-07-01T08:00", known_at=LAST)
        assert [(year.year, year.run) for year in again.years] == [(year.year, year.run) for year in released.years]


def test_a_run_of_which_one_year_posts_nothing_is_of_the_other_alone(office: Office) -> None:
    """The 2016 of JF-183 stands: released alone, its run of both years is one of 2017."""
    begun(office, corrected)
    without_papers(office.monkeypatch)
    released = office.release(
        2016,
        2017,
        now=LATER,
        projects=[ALONE],
        waivers=[one for one in _waivers(office, 2016, 2017) if one[0] == ALONE],
    )
    first, second = released.years
    assert (first.run, first.out) == (None, None)
    assert second.out is not None
    assert second.run == f"2017-{second.fingerprint[:12]}-1"
    assert [row["amount"] for row in read_rows(second.out / "repayments.csv")] == ["-6000.00"]
    rest = release(office, LAST)
    assert [year.run for year in rest.years] == [f"2016-2017-{second.fingerprint[:12]}-2"] * 2


def _cut(name: str, at: int, *, is_after: bool) -> Callable[[pytest.MonkeyPatch], None]:
    def cut(patch: pytest.MonkeyPatch) -> None:
        really = getattr(flows.release, name)
        calls: list[None] = []

        def cut_short(*given: Any) -> Any:
            calls.append(None)
            if len(calls) == at and not is_after:
                raise PowerCut
            done = really(*given)
            if len(calls) == at:
                raise PowerCut
            return done

        patch.setattr(flows.release, name, cut_short)

    return cut


@pytest.mark.long
@pytest.mark.parametrize(
    ("cut", "is_decided"),
    [
        (_cut("keep_ready", 1, is_after=True), False),
        (_cut("keep_ready", 2, is_after=True), False),
        (_cut("post", 1, is_after=True), True),
        (_cut("publish_release", 1, is_after=True), True),
        (_cut("publish_release", 2, is_after=True), True),
    ],
    ids=["one year lies ready", "both lie ready", "posted", "one in place", "both in place"],
)
def test_a_run_that_is_cut_short_is_made_whole_or_not_at_all_by_any_later_command(
    office: Office, monkeypatch: pytest.MonkeyPatch, cut: Callable[[pytest.MonkeyPatch], None], *, is_decided: bool
) -> None:
    begun(office, corrected)
    without_papers(monkeypatch)
    before = hashes(office.home / "out")
    entries = office.posted()
    with monkeypatch.context() as patch:
        cut(patch)
        with pytest.raises(PowerCut):
            release(office)
    with open_warehouse(office.home) as connection:
        finish_if_possible(connection, office.home)
        assert verify(connection, office.home).is_sound
    assert not (office.home / "releasing").exists()
    posted = office.posted()[len(entries) :]
    assert {year for _, year, *_ in posted} == ({2016, 2017} if is_decided else set())
    if not is_decided:
        assert hashes(office.home / "out") == before
    released = release(office, LAST)
    assert [year.run is None for year in released.years] == [is_decided, is_decided]
    (run,) = {entry.run for entry in office.entries()[len(entries) :]}
    for year in (2016, 2017):
        assert (office.out(year) / "released" / run / "manifest.json").exists()
    assert (office.out(2017) / "released" / run / "payments.xml").exists()
    assert len(office.posted()) == len(entries) + 6


def test_a_project_that_begins_in_a_later_year_is_released_with_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_papers(monkeypatch)
    deliver(office.inbox, office.portfolio.project(JF), starts=2)
    late = office.portfolio.project(OTHER, start="2017-03-01", municipalities=("253",))
    delivery = late.delivery("2017-12-31")
    delivery.started(1, "2017-04-01")
    delivery.write(office.inbox)
    office.settle(2016, now="2018-02-14T08:00")
    office.settle(2017, now="2018-02-15T08:00")
    with pytest.raises(InputError, match="--project JF-999: the draft has no such project"):
        office.release(2016, 2017, now=CORRECTED, projects=[JF, "JF-999"])
    office.release(2016, 2017, now=CORRECTED, projects=[JF, OTHER])
    # JF-187 waits for a delivery of the whole of 2017.
    assert {(one.project_id, one.year) for one in office.entries()} == {(JF, 2016), (OTHER, 2017)}
