"""A municipality's check and the settlement give the same verdict on made-up hostile deliveries.

Every project of a batch hands one delivery in; the batch is settled once, and each delivery is checked by itself.
The check alone takes most of a second each, so `make test` has the first batch alone; JOBFIRST_CHECK_DELIVERIES sets
how many there are in all.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

from flows.settle import compute_year
from tasks.base.cpr import mask
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import Run
from tasks.check.check import check
from tasks.check.findings import Checked
from tasks.draft.files import SETTLEMENT, VIOLATIONS
from tasks.intake.inbox import Place, places_of
from tasks.warehouse.connection import open_warehouse
from tests.reference import generate
from tests.reference.made_up_rows import MadeUpRow, Terms, make_cpr, random_day
from tests.support.files import read_rows
from tests.support.settling import call_tasks_plainly

DELIVERIES = int(os.environ.get("JOBFIRST_CHECK_DELIVERIES", "50"))
BATCH = 25
YEAR, TODAY = 2017, dt.date(2018, 2, 15)
NOW = Moment(dt.datetime.combine(TODAY, dt.time(11), dt.UTC))
OF_ANY_YEAR = {"P01", "P06", "P07"}
MOST_CITIZENS = 30


@dataclass
class Verdict:
    """What is said of one delivery: F codes, rows that break a rule, project rules, and the settled year's money."""

    is_accepted: bool
    faults: set[str] = field(default_factory=set)
    rows: set[tuple[str, int, str, str]] = field(default_factory=set)
    project: set[str] = field(default_factory=set)
    money: tuple[Decimal, ...] | None = None


@pytest.mark.long
@pytest.mark.parametrize("seed", range(-(-DELIVERIES // BATCH)))
def test_check_agrees_with_the_settlement(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call_tasks_plainly(monkeypatch)
    register, inbox = write_batch(tmp_path, seed, shares_people=seed % 5 == 4)
    settled = settle(register, inbox, tmp_path / "home")
    differences = [
        f"{place.project_folder}/{place.as_of_folder}: {difference}"
        for place, verdict in settled.items()
        for difference in compare(checked(place, register), verdict)
    ]
    assert not differences, "\n".join(differences[:10])
    if not seed:
        assert_something_was_compared(settled.values())


def assert_something_was_compared(settled: Iterable[Verdict]) -> None:
    codes = {row[-1] for verdict in settled for row in verdict.rows}
    assert {one.is_accepted for one in settled} == {True, False}
    assert len(codes) > 25
    assert len({code for one in settled for code in one.faults}) > 5


def test_a_difference_is_noticed() -> None:
    row = ("borgere", 2, "B1", "C04")
    settled = Verdict(is_accepted=True, faults={"F09"}, rows={row}, project={"P06"}, money=(Decimal(1),))
    same = Verdict(is_accepted=True, faults={"F09"}, rows={row}, project={"P06"}, money=(Decimal(1),))
    assert not list(compare((same, OF_ANY_YEAR), settled))
    for wrong in (
        Verdict(is_accepted=False, faults={"F09"}),
        Verdict(is_accepted=True, faults=set(), rows={row}, project={"P06"}, money=(Decimal(1),)),
        Verdict(is_accepted=True, faults={"F09"}, rows=set(), project={"P06"}, money=(Decimal(1),)),
        Verdict(is_accepted=True, faults={"F09"}, rows={("borgere", 3, "B1", "C04")}, project={"P06"}),
        Verdict(is_accepted=True, faults={"F09"}, rows={row}, project=set(), money=(Decimal(1),)),
        Verdict(is_accepted=True, faults={"F09"}, rows={row}, project={"P06"}, money=(Decimal(2),)),
    ):
        assert list(compare((wrong, OF_ANY_YEAR), settled))


def compare(checked_as: tuple[Verdict, set[str]], settled: Verdict) -> Iterable[str]:
    """Give the differences except those that other projects make: a person who is in one of them too (C13)."""
    checked_verdict, project_codes = checked_as
    if checked_verdict.is_accepted != settled.is_accepted:
        yield f"accepted: checked {checked_verdict.is_accepted}, settled {settled.is_accepted}"
    if checked_verdict.faults != settled.faults:
        yield f"faults: checked {checked_verdict.faults}, settled {settled.faults}"
    if not settled.is_accepted:
        return
    elsewhere = {row for row in settled.rows - checked_verdict.rows if row[-1] == "C13"}
    excused_more, excused_less = ({"C13", "S04"}, {"S09"}) if elsewhere else (set(), set())
    more = {row for row in settled.rows - checked_verdict.rows if row[-1] not in excused_more}
    less = {row for row in checked_verdict.rows - settled.rows if row[-1] not in excused_less}
    if more or less:
        yield f"rows: only settled {sorted(more)}, only checked {sorted(less)}"
    if elsewhere:
        return
    if checked_verdict.project & project_codes != settled.project & project_codes:
        yield f"project: checked {checked_verdict.project}, settled {settled.project}"
    if checked_verdict.money is not None and checked_verdict.money != settled.money:
        yield f"money: checked {checked_verdict.money}, settled {settled.money}"


def checked(place: Place, register: Path) -> tuple[Verdict, set[str]]:
    """Check one delivery; give the verdict, and the project rules that it judged for the settled year."""
    found = check(place.path, project_id=None, as_of=None, register=register, now=NOW)
    verdict = Verdict(
        found.is_accepted,
        {fault.rule.code for fault in found.faults},
        {(b.table, spot.row_no, spot.key, b.rule.code) for b in found.broken for spot in b.spots},
        {hold.rule.code for hold in found.holds},
        money_of(found),
    )
    assert (found.rejected > 0) == any(broken.rule.action == "reject" for broken in found.broken)
    return verdict, {"P01", "P02", "P03", "P04", "P06", "P07"} if found.due_year == YEAR else OF_ANY_YEAR


def money_of(found: Checked) -> tuple[Decimal, ...] | None:
    for year in found.money.years if found.money else ():
        if year.year == YEAR:
            numbers = (year.starts, year.completions, year.activity_dkk, year.fixed_dkk, year.entitlement_dkk)
            return tuple(Decimal(number) for number in numbers)
    return None


def settle(register: Path, inbox: Path, home: Path) -> dict[Place, Verdict]:
    """Settle the batch; give the verdict on each delivery."""
    home.mkdir()
    with open_warehouse(home) as connection:
        compute_year(connection, Run(YEAR, register, inbox, home, NOW), Silence(), home)
    told: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read_rows(home / VIOLATIONS):
        told[row["project_id"]].append(row)
    settlement = {row["project_id"]: row for row in read_rows(home / SETTLEMENT)}
    return {
        place: verdict_of(place, told[mask(place.project_folder)], settlement.get(place.project_folder))
        for place in places_of(inbox)[0]
    }


def verdict_of(place: Place, told: list[dict[str, str]], row: dict[str, str] | None) -> Verdict:
    faults = {one["code"] for one in told if one["table"] == "delivery" and one["key"] == mask(place.as_of_folder)}
    if row is None or row["status"] == "missing":
        return Verdict(is_accepted=False, faults=faults)
    return Verdict(
        True,
        faults,
        {(one["table"], int(one["row"]), one["key"], one["code"]) for one in told if one["row"]},
        {one["code"] for one in told if one["table"] == "project"},
        tuple(Decimal(row[name]) for name in ("starts", "completions", "activity", "fixed", "entitlement")),
    )


def write_batch(folder: Path, seed: int, *, shares_people: bool) -> tuple[Path, Path]:
    """Write projects of one delivery each, some of them not in the register; give register and inbox."""
    rng = random.Random(f"check {seed}")
    register, inbox = folder / "register", folder / "inbox"
    register.mkdir()
    inbox.mkdir()
    codes = generate.municipality_codes(rng)
    pool = people(rng)
    rows: list[MadeUpRow] = []
    for number in range(BATCH):
        project_id = f"P{number:03}"
        own = tuple(codes.pop() for _ in range(rng.choice((1, 1, 1, 2))))
        start = rng.choice(
            (dt.date(2016, 1, 1), dt.date(2016, 2, 29), random_day(rng, dt.date(2016, 1, 1), dt.date(2017, 6, 1)))
        )
        if number == 0 or rng.random() < 0.97:
            rows.append(generate.register_row(rng, project_id, own, start))
        as_of = rng.choice(generate.AS_OF_DATES)
        share = rng.choice((0, 0.05, 0.2, 0.45))
        terms = Terms(start, own, dt.date.fromisoformat(as_of), pool if shares_people else people(rng), share)
        generate.write_delivery(rng, inbox / project_id, terms, as_of, MOST_CITIZENS)
    generate.write_register(rng, register, rows)
    return register, inbox


def people(rng: random.Random) -> tuple[str, ...]:
    return tuple(make_cpr(rng, random_day(rng, dt.date(1950, 1, 1), dt.date(1985, 1, 1))) for _ in range(60))
