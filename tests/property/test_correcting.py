"""Deliveries, corrections, rules, settlements, releases, backfills and replays in any order, against a plain reference.

After each step: the ledger's sum is the entitlement of what was released, no grant exceeds its cap or limit, the chain
verifies, and the causes of every difference add up to it. After each release every posted year of its projects is what
the state of the release gives, and the payments and claims of all folders add up to the ledger.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from lxml import etree

from flows.settle import draft
from tasks.base.errors import BusinessRefusal
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import Run
from tasks.draft.files import SETTLEMENT
from tasks.ledger.record import verify
from tasks.register.municipalities import municipalities
from tasks.warehouse.connection import open_warehouse
from tests.support.correcting import backfill, change_rules, without_papers
from tests.support.effort import times
from tests.support.files import read_rows
from tests.support.portfolio import Portfolio
from tests.support.releasing import Office
from tests.support.settling import call_tasks_plainly

EXAMPLES = times(5, 40)
STEPS = times(5, 10)
YEARS = (2016, 2017)
PROJECTS = {"JF-1": ("153", 3), "JF-2": ("155", 1)}
"""Municipality and target: the cap of three is 43 200 kr., that of one 14 400, which two citizens exceed."""
CVRS = {name: municipalities()[code].cvr for name, (code, _) in PROJECTS.items()}
RELEASED = "out/*/released/*"
PAIN = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"
FIXED_MAX = Decimal(1_000)
CITIZENS = ("a", "b", "c")
FIRST_NOW = datetime(2018, 3, 1, 8, 0)  # noqa: DTZ001 - Copenhagen time, as a person writes it

Key = tuple[str, int]


@dataclass(frozen=True)
class Citizen:
    """A citizen of a delivery: one spell of so many days, from a day."""

    start: date
    days: int


@dataclass
class Registrations:
    """What a project has delivered: citizens by reference, vouchers of wages by day."""

    citizens: dict[str, Citizen] = field(default_factory=dict)
    wages: dict[date, int] = field(default_factory=dict)

    def copy(self) -> Registrations:
        """Give a copy to change."""
        return Registrations(dict(self.citizens), dict(self.wages))


State = dict[str, Registrations]
Posted = tuple[tuple[int, int], str | None] | None

# The first of each is what Hypothesis tries most: a correction that is posted.
A_PROJECT = st.sampled_from(sorted(PROJECTS))
CHANGES = st.sampled_from(
    [Citizen(date(2016, 2, 1), 91), Citizen(date(2016, 11, 1), 100), Citizen(date(2016, 2, 1), 90)]
)
POSTED = st.sampled_from(
    [((2016, 2017), None), None, ((2016, 2016), None), ((2016, 2017), "JF-1"), ((2017, 2017), None)]
)


def entitlements(state: State, start_rate: int, target: dict[str, int]) -> dict[Key, Decimal]:
    """Compute what each project is owed for each year: the specification, word by word."""
    owed = {}
    for project_id, delivered in state.items():
        cap = Decimal("0.90") * 16_000 * target[project_id]
        gross_before, wages_before = Decimal(0), Decimal(0)
        for year in YEARS:
            gross = gross_before
            for citizen in delivered.citizens.values():
                completed = citizen.start + timedelta(days=90)
                gross += start_rate if citizen.start.year == year else 0
                gross += 10_000 if citizen.days >= 91 and completed.year == year else 0
            wages = wages_before + sum(amount for day, amount in delivered.wages.items() if day.year == year)
            activity = min(gross, cap) - min(gross_before, cap)
            fixed = clamp(wages) - clamp(wages_before)
            owed[project_id, year] = activity + fixed
            gross_before, wages_before = gross, wages
    return owed


def clamp(wages: Decimal) -> Decimal:
    return max(Decimal(0), min(wages, FIXED_MAX))


@dataclass
class Drafted:
    """A draft as the reference knows it: what it owes its projects, and the rate and deliveries that it rests on."""

    owed: dict[Key, Decimal]
    projects: frozenset[str]
    rests_on: tuple[int, dict[str, date]]


class Correcting(RuleBasedStateMachine):
    """STAR's office and two projects; every action has a day of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        call_tasks_plainly(self.patch)
        without_papers(self.patch)
        self.folder = Path(tempfile.mkdtemp())
        self.office = Office(Portfolio(self.folder), self.patch)
        self.grants = {
            name: self.office.portfolio.project(
                name, start="2016-01-01", target=target, commitment=str(FIXED_MAX), municipalities=(code,)
            )
            for name, (code, target) in PROJECTS.items()
        }
        self.now = FIRST_NOW
        self.start_rate = 6_000
        self.as_of = {name: date(2017, 12, 31) for name in PROJECTS}
        self.state: State = {}
        self.drafts: dict[int, Drafted] = {}
        self.released: dict[Key, Decimal] = {}
        self.past: list[tuple[str, int, bytes]] = []

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.patch.undo()
        shutil.rmtree(self.folder)

    def tomorrow(self) -> str:
        """Give the next day's moment."""
        self.now += timedelta(days=1)
        return self.now.isoformat()

    def owed(self) -> dict[Key, Decimal]:
        """Give what the reference makes of today's state."""
        return entitlements(self.state, self.start_rate, {name: target for name, (_, target) in PROJECTS.items()})

    def drafted(self, projects: frozenset[str]) -> Drafted:
        """Give what a draft of projects is today."""
        return Drafted(self.owed(), projects, (self.start_rate, {name: self.as_of[name] for name in projects}))

    def deliver(self, project_id: str) -> None:
        """Hand in what the project has registered, as a full picture of a later day than before."""
        self.as_of[project_id] += timedelta(days=1)
        delivery = self.grants[project_id].delivery(self.as_of[project_id].isoformat())
        registered = self.state[project_id]
        for citizen_id in CITIZENS:
            citizen = registered.citizens.get(citizen_id)
            # The number goes with the place in the file: a citizen who is not registered keeps hers free.
            row = len(delivery.borgere)
            delivery.citizen(citizen_id)
            if citizen is None:
                delivery.borgere[row]["gruppe"] = "kontrol"
            else:
                last = citizen.start + timedelta(days=citizen.days - 1)
                delivery.spell(citizen_id, citizen.start.isoformat(), last.isoformat())
        for day, amount in registered.wages.items():
            delivery.wages(day.isoformat(), str(amount))
        delivery.write(self.office.inbox)

    @initialize()
    def begin(self) -> None:
        """Give both projects a first delivery."""
        self.office.portfolio.write_register()
        for name in PROJECTS:
            self.state[name] = Registrations(
                dict.fromkeys("ab", Citizen(date(2016, 2, 1), 91)), {date(2016, 5, 31): 600}
            )
            self.deliver(name)
        self.settle(2016)
        self.release((2016,))

    @rule(year=st.sampled_from(YEARS))
    def decide(self, year: int) -> None:
        """Settle a year and release it, as most years are."""
        self.settle(year)
        self.release((year,))

    @rule(project_id=A_PROJECT, citizen_id=st.sampled_from(CITIZENS), citizen=CHANGES, posted=POSTED)
    def correct(self, project_id: str, citizen_id: str, citizen: Citizen, posted: Posted) -> None:
        """Admit, change or re-admit a citizen, or withdraw one already so admitted, and deliver; post it, or not."""
        registered = self.state[project_id].copy()
        if registered.citizens.pop(citizen_id, None) != citizen:
            registered.citizens[citizen_id] = citizen
        self.state[project_id] = registered
        self.deliver(project_id)
        self.post(posted)

    @rule(
        project_id=A_PROJECT,
        day=st.sampled_from([date(2016, 6, 30), date(2017, 6, 30)]),
        amount=st.sampled_from([-700, 300, 900]),
        posted=POSTED,
    )
    def document_wages(self, project_id: str, day: date, amount: int, posted: Posted) -> None:
        """Document other wages of a day, and deliver; and post the difference, or not."""
        registered = self.state[project_id].copy()
        registered.wages[day] = amount
        self.state[project_id] = registered
        self.deliver(project_id)
        self.post(posted)

    @rule(posted=POSTED)
    def change_the_rules(self, posted: Posted) -> None:
        """Change what a start gives, there and back; and post the difference, or not."""
        rate = 12_500 - self.start_rate
        before, after = (f'values: {{2016-01-01: "{one}"}}' for one in (self.start_rate, rate))
        change_rules(self.patch, self.folder / f"rules {self.tomorrow()}", (before, after))
        self.start_rate = rate
        self.post(posted)

    def post(self, posted: Posted) -> None:
        """Backfill and release the years and the project that are named; nothing where none is."""
        if posted is not None:
            self.backfill(*posted, is_posted=True)

    @rule(year=st.sampled_from(YEARS))
    def settle(self, year: int) -> None:
        """Draft a year."""
        moment = self.tomorrow()
        summary = self.office.settle(year, now=moment)
        owed = self.owed()
        self.drafts[year] = self.drafted(frozenset(PROJECTS))
        self.past.append((moment, year, (self.office.out(year) / SETTLEMENT).read_bytes()))
        assert summary.entitlement_dkk == sum(owed[name, year] for name in PROJECTS)
        differing = {other for other in YEARS if other < year and not self.agrees(other)}
        assert {one.year for one in summary.earlier} == differing
        self.check_causes()

    def agrees(self, year: int) -> bool:
        """Return whether the ledger holds for a year what today's state gives."""
        owed = self.owed()
        return all(owed[name, year] == self.released.get((name, year), 0) for name in PROJECTS)

    @rule(years=st.sampled_from([(2016,), (2017,), (2016, 2017)]))
    def release(self, years: tuple[int, ...]) -> None:
        """Release the newest drafts of years: refused where the state of one is no longer that of today.

        A project is left out if another posted year of it would then differ from the state, and the others are not.
        """
        if not all(year in self.drafts for year in years):
            return
        drafts = {year: self.drafts[year] for year in years}
        holds = {(name, code) for year in years for name in PROJECTS for code in self.holds(year, name)}
        waivers = [(name, code, "seen by the office") for name, code in sorted(holds) if code != "P12"]
        is_fresh = all(one.rests_on == self.drafted(one.projects).rests_on for one in drafts.values())
        try:
            released = self.office.release(*years, now=self.tomorrow(), waivers=waivers)
        except BusinessRefusal:
            if is_fresh:
                raise
            return
        apart = {name for year in released.years for name in year.apart}
        runs = {year.run for year in released.years}
        posted = {entry.project_id for entry in self.office.entries() if entry.run in runs}
        assert not apart & posted
        for year, one in drafts.items():
            self.released |= {(name, year): one.owed[name, year] for name in one.projects - apart}
        for name in posted:
            self.check_together(name, next(one.owed for one in drafts.values() if name in one.projects))

    def check_together(self, project_id: str, owed: dict[Key, Decimal]) -> None:
        """Compare every year that the ledger holds of a project with the state that it was just released from."""
        held = {year: amount for (name, year), amount in self.released.items() if name == project_id}
        assert held == {year: owed[project_id, year] for year in held}

    def holds(self, year: int, project_id: str) -> list[str]:
        """Give the holds of the draft that lies in a year's folder."""
        for row in read_rows(self.office.out(year) / SETTLEMENT):
            if row["project_id"] == project_id:
                return row["holds"].split()
        return []

    @rule(
        years=st.sampled_from([(2016, 2017), (2016, 2016), (2017, 2017)]),
        only=st.none() | A_PROJECT,
        is_posted=st.booleans(),
    )
    def backfill(self, years: tuple[int, int], only: str | None, is_posted: bool) -> None:
        """Draft what differs from the ledger, of one project or of both; released at once or not."""
        done = backfill(self.office, *years, self.tomorrow(), projects=[only] if only else None)
        owed = self.owed()
        covered = frozenset([only] if only else PROJECTS)
        expected = {
            (name, year): owed[name, year] - self.released.get((name, year), 0)
            for year in range(years[0], years[1] + 1)
            for name in covered
        }
        planned = {(one.project_id, one.year): one.difference_dkk for one in done.plan.differences}
        assert planned == {key: amount for key, amount in expected.items() if amount}
        for summary in done.drafted:
            self.drafts[summary.year] = self.drafted(covered)
        self.check_causes()
        if is_posted:
            drafted = sorted(summary.year for summary in (*done.stood, *done.drafted))
            if drafted:
                self.release(tuple(drafted))

    @rule(which=st.integers(0, 20))
    def replay(self, which: int) -> None:
        """Make an earlier settlement again, to the byte."""
        moment, year, contents = self.past[which % len(self.past)]
        office = self.office
        now = Moment.parse(self.tomorrow())
        run = Run(year, office.portfolio.register, office.inbox, office.home, now, Moment.parse(moment))
        with open_warehouse(office.home) as connection:
            draft(connection, run, Silence())
        assert (run.out / SETTLEMENT).read_bytes() == contents

    def check_causes(self) -> None:
        """Add up the causes of what was just computed; none of them may be unexplained."""
        with open_warehouse(self.office.home) as connection:
            told = connection.execute(
                """
                SELECT e.project_id, e.year, s.entitlement_dkk - e.posted_dkk, coalesce(sum(c.amount_dkk), 0),
                       coalesce(bool_or(c.text_en LIKE 'Difference%'), false)
                FROM run.explained AS e
                JOIN run.settlement AS s USING (project_id, year)
                LEFT JOIN run.causes AS c USING (project_id, year)
                GROUP BY ALL
                """
            ).fetchall()
        for project_id, year, payable, caused, is_unexplained in told:
            assert (payable, is_unexplained) == (caused, False), (project_id, year)

    @invariant()
    def the_ledger_holds_what_was_released(self) -> None:
        """Compare the ledger with the reference, and verify its chain."""
        if not self.office.home.is_dir():
            return
        with open_warehouse(self.office.home) as connection:
            posted = connection.execute(
                "SELECT project_id, year, component, sum(amount_dkk) FROM core_ledger GROUP BY ALL"
            ).fetchall()
            assert verify(connection, self.office.home).is_sound
        sums: dict[Key, Decimal] = defaultdict(Decimal)
        by_component: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for project_id, year, component, amount in posted:
            sums[project_id, year] += amount
            by_component[project_id, component] += amount
        assert sums == self.released
        for name in PROJECTS:
            assert by_component[name, "activity"] <= cap_of(name)
            assert 0 <= by_component[name, "fixed"] <= FIXED_MAX

    @invariant()
    def the_files_pay_what_the_ledger_holds(self) -> None:
        """Add up what all folders pay and claim, and look for each run's files, each exactly once."""
        if not self.office.home.is_dir():
            return
        entries = self.office.entries()
        runs: dict[str, set[int]] = defaultdict(set)
        held: dict[str, Decimal] = defaultdict(Decimal)
        for entry in entries:
            runs[entry.run].add(entry.year)
            held[CVRS[entry.project_id]] += entry.amount_dkk
        found = {(folder.name, int(folder.parents[1].name)): folder for folder in self.office.home.glob(RELEASED)}
        assert set(found) == {(run, year) for run, years in runs.items() for year in years}
        paid: dict[str, Decimal] = defaultdict(Decimal)
        for (run, year), folder in found.items():
            is_last = year == max(runs[run])
            assert (folder / "repayments.csv").exists() == is_last
            assert is_last or not (folder / "payments.xml").exists()
            posted = {int(row["number"]) for row in read_rows(folder / "ledger.csv")}
            assert posted == {entry.number for entry in entries if (entry.run, entry.year) == (run, year)}
            for cvr, amount in paid_by(folder) if is_last else ():
                paid[cvr] += amount
        assert {cvr: amount for cvr, amount in paid.items() if amount} == {
            cvr: amount for cvr, amount in held.items() if amount
        }
        assert not (self.office.home / "releasing").exists()


def paid_by(folder: Path) -> Iterator[tuple[str, Decimal]]:
    """Read what a run pays, and, below zero, what it claims, by CVR number."""
    if (folder / "payments.xml").exists():
        for transfer in etree.parse(folder / "payments.xml").iter(f"{PAIN}CdtTrfTxInf"):
            (cvr,) = (one.text for one in transfer.findall(f"{PAIN}Cdtr//{PAIN}Othr/{PAIN}Id"))
            yield cvr or "", Decimal(transfer.findtext(f"{PAIN}Amt/{PAIN}InstdAmt") or "NaN")
    for row in read_rows(folder / "repayments.csv"):
        yield row["payee_cvr"], Decimal(row["amount"])


def cap_of(project_id: str) -> Decimal:
    return Decimal("0.90") * 16_000 * PROJECTS[project_id][1]


@pytest.mark.long
def test_correcting_in_any_order() -> None:
    run_state_machine_as_test(
        Correcting,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_reference_tells_a_wrong_cap() -> None:
    """The machine would notice: the reference's own numbers differ where a target does."""
    state = {"JF-2": Registrations({name: Citizen(date(2016, 3, 1), 91) for name in "abcd"})}
    assert entitlements(state, 6_000, {"JF-2": 1})["JF-2", 2016] == 14_400
    assert entitlements(state, 6_000, {"JF-2": 2})["JF-2", 2016] == 28_800
