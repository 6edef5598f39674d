"""From accepted registrations to starts, completions, money, and the rules for projects and the portfolio."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.reference.intake import Delivery, in_force
from tests.reference.register import TARGET_GROUPS, Project, Register
from tests.reference.rules import PARAMETERS, Citizen, Judged, JudgedRow, judge
from tests.reference.tables import Table
from tests.reference.values import (
    Value,
    add_years,
    fold,
    make_date,
    read_amount,
    read_cpr,
    read_date,
    read_number,
)

HOLIDAYS = frozenset(
    dt.date.fromisoformat(day)
    for day in (
        "2016-01-01", "2016-03-24", "2016-03-25", "2016-03-27", "2016-03-28", "2016-04-22", "2016-05-05",
        "2016-05-15", "2016-05-16", "2016-12-25", "2016-12-26",
        "2017-01-01", "2017-04-13", "2017-04-14", "2017-04-16", "2017-04-17", "2017-05-12", "2017-05-25",
        "2017-06-04", "2017-06-05", "2017-12-25", "2017-12-26",
    )
)  # fmt: skip
DATES = (
    ("borgere", "offentlig_forsoergelse_siden"),
    ("borgere", "visitationsdato"),
    ("forloeb", "startdato"),
    ("forloeb", "slutdato"),
    ("udgifter", "dato"),
)
AMOUNTS = (("forloeb", "ordinaere_timer_pr_uge"), ("udgifter", "beloeb"))
PROJECT_REMARKS = frozenset({"P03"})
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Spell:
    """A qualifying spell; ends_on as it counts."""

    company: str
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True)
class CitizenEvents:
    """An accepted citizen with the two events that pay."""

    citizen: Citizen
    started_on: dt.date | None
    completed_on: dt.date | None


@dataclass(frozen=True)
class YearMoney:
    """One project and year, all amounts in kroner."""

    starts: int
    completions: int
    gross_activity: Decimal
    cap: Decimal
    activity_cumulative: Decimal
    activity: Decimal
    wages_documented: Decimal
    fixed_cumulative: Decimal
    fixed: Decimal

    @property
    def entitlement(self) -> Decimal:
        """What the project is owed for the year."""
        return self.activity + self.fixed


@dataclass(frozen=True)
class ProjectResult:
    """`codes`: the P rules that the project breaks, remarks included. `money`: by year, to the settled one."""

    project: Project
    delivery: Delivery | None
    participants: int
    controls: int
    money: dict[int, YearMoney]
    codes: frozenset[str]
    posted: Decimal


@dataclass(frozen=True)
class Settlement:
    """A whole settlement of one year."""

    year: int
    projects: list[ProjectResult]
    events: list[CitizenEvents]
    judged: Judged
    told_deliveries: list[Delivery]
    exceeds_appropriation: bool


def is_working_day(day: dt.date) -> bool:
    """Return whether a day of 2016 or 2017 is a Danish working day."""
    return day.weekday() < 5 and day not in HOLIDAYS


def completion_date(spells: Sequence[Spell], days: int) -> dt.date | None:
    """Return the earliest day on which a chain at one company has lasted so many calendar days, or None."""
    completions = []
    for company in {spell.company for spell in spells}:
        chain_start: dt.date | None = None
        reached = dt.date.min
        for spell in sorted((s for s in spells if s.company == company), key=lambda s: (s.starts_on, s.ends_on)):
            if chain_start is None or _is_broken(reached, spell.starts_on):
                chain_start, reached = spell.starts_on, spell.ends_on
            reached = max(reached, spell.ends_on)
            if (reached - chain_start).days + 1 >= days:
                completions.append(chain_start + dt.timedelta(days=days - 1))
    return min(completions, default=None)


def _is_broken(reached: dt.date, next_start: dt.date) -> bool:
    day = reached + ONE_DAY
    while day < next_start:
        if is_working_day(day):
            return True
        day += ONE_DAY
    return False


def citizen_events(
    citizen: Citizen, spell_rows: Sequence[JudgedRow], as_of: dt.date, parameters: Mapping[str, Any]
) -> CitizenEvents:
    """Return a citizen's first day and completion over the qualifying spells among the project's rows."""
    spells = []
    for judged in spell_rows:
        row = judged.row
        if judged.is_rejected or citizen.arm != "participant" or row["borger_id"].text != citizen.citizen_id:
            continue
        if fold(row["type"].text) not in parameters["qualifying_spell_types"]:
            continue
        starts_on = read_date(row["startdato"])
        assert starts_on is not None
        ends_on = min(read_date(row["slutdato"]) or as_of, as_of, parameters["programme_last_day"])
        spells.append(Spell(row["virksomhed_cvr"].text, starts_on, ends_on))
    started_on = min((spell.starts_on for spell in spells), default=None)
    return CitizenEvents(citizen, started_on, completion_date(spells, parameters["completion_days"]))


def money_by_year(
    starts: Mapping[int, int],
    completions: Mapping[int, int],
    wages: Mapping[int, Decimal],
    target_participants: int,
    commitment_dkk: Decimal,
    to_year: int,
    parameters: Mapping[str, Any] = PARAMETERS,
) -> dict[int, YearMoney]:
    """Return each year's money of one project, from the programme's first year."""
    cap = parameters["activity_cap_share"] * parameters["activity_grant_per_citizen_max_dkk"] * target_participants
    fixed_max = min(commitment_dkk, parameters["fixed_grant_max_dkk"])
    gross_sum = wages_sum = activity_before = fixed_before = Decimal(0)
    result = {}
    for year in range(parameters["programme_first_day"].year, to_year + 1):
        gross = starts.get(year, 0) * parameters["start_rate_dkk"]
        gross += completions.get(year, 0) * parameters["completion_rate_dkk"]
        gross_sum += gross
        wages_sum += wages.get(year, Decimal(0))
        activity_cumulative = min(gross_sum, cap)
        fixed_cumulative = max(Decimal(0), min(wages_sum, fixed_max))
        result[year] = YearMoney(
            starts.get(year, 0), completions.get(year, 0), gross, cap,
            activity_cumulative, activity_cumulative - activity_before,
            wages.get(year, Decimal(0)), fixed_cumulative, fixed_cumulative - fixed_before,
        )  # fmt: skip
        activity_before, fixed_before = activity_cumulative, fixed_cumulative
    return result


def settle(
    register: Register,
    deliveries: list[Delivery],
    year: int,
    ledger: Sequence[tuple[str, int, str, Decimal]] = (),
    parameters: Mapping[str, Any] = PARAMETERS,
) -> Settlement:
    """Settle a year. `ledger`: entries of project_id, year, component, amount in kroner."""
    current = in_force([delivery for delivery in deliveries if delivery.project_id in register.projects])
    judged = judge(register, current, parameters)
    events: list[CitizenEvents] = []
    projects = []
    for project_id, project in sorted(register.projects.items()):
        delivery = current.get(project_id)
        own_events: list[CitizenEvents] = []
        wages: dict[int, Decimal] = {}
        if delivery is not None:
            assert delivery.as_of is not None
            for citizen in judged.citizens[project_id].values():
                rows = judged.rows[project_id, "forloeb"]
                own_events.append(citizen_events(citizen, rows, delivery.as_of, parameters))
            wages = _wages(judged.rows[project_id, "udgifter"])
        events += own_events
        money = money_by_year(
            _count_by_year([event.started_on for event in own_events]),
            _count_by_year([event.completed_on for event in own_events]),
            wages, project.target_participants, project.commitment_dkk, year, parameters,
        )  # fmt: skip
        arms = [event.citizen.arm for event in own_events]
        codes = project_codes(register, project, delivery, deliveries, judged, year, parameters)
        posted = sum((entry[3] for entry in ledger if entry[:2] == (project_id, year)), Decimal(0))
        projects.append(
            ProjectResult(
                project,
                delivery,
                arms.count("participant"),
                arms.count("control"),
                money,
                frozenset(codes),
                posted,
            )
        )
    total = sum((money.entitlement for result in projects for money in result.money.values()), Decimal(0))
    told = [
        delivery
        for delivery in deliveries
        if delivery is current.get(delivery.project_id)
        or _is_refused_later(delivery, current.get(delivery.project_id), deliveries)
    ]
    return Settlement(year, projects, events, judged, told, total > parameters["appropriation_dkk"])


def _wages(expense_rows: Sequence[JudgedRow]) -> dict[int, Decimal]:
    wages: dict[int, Decimal] = {}
    for judged in expense_rows:
        if not judged.is_rejected and fold(judged.row["kategori"].text) == "projektledelse":
            day, amount = read_date(judged.row["dato"]), read_amount(judged.row["beloeb"])
            assert day is not None
            assert amount is not None
            wages[day.year] = wages.get(day.year, Decimal(0)) + amount
    return wages


def _count_by_year(days: Sequence[dt.date | None]) -> dict[int, int]:
    years = [day.year for day in days if day is not None]
    return {year: years.count(year) for year in years}


def _is_refused_later(delivery: Delivery, current: Delivery | None, deliveries: Sequence[Delivery]) -> bool:
    """Return whether a refused delivery is reported: it is newer than the one in force, or none is in force."""
    if delivery.is_accepted:
        return False
    if current is None or current.as_of is None or delivery.as_of is None or delivery.as_of > current.as_of:
        return True
    return delivery.as_of == current.as_of and deliveries.index(delivery) > deliveries.index(current)


def project_codes(
    register: Register,
    project: Project,
    delivery: Delivery | None,
    deliveries: Sequence[Delivery],
    judged: Judged,
    year: int,
    parameters: Mapping[str, Any],
) -> set[str]:
    """Return the P rules that a project breaks; one that starts after the year is not asked for it."""
    if project.start > dt.date(year, 12, 31):
        return set()
    pairs = [(code, group) for code in project.municipalities for group in TARGET_GROUPS]
    knows_population = all(pair in register.population for pair in pairs) and any(
        register.population[pair] for pair in pairs
    )
    unknown = set() if knows_population else {"P07"}
    if delivery is None or delivery.as_of is None:
        return unknown | {"P04"}
    citizens = list(judged.citizens[project.project_id].values())
    arms = [citizen.arm for citizen in citizens]
    year_last_day = dt.date(year, 12, 31)
    is_window_closed = add_years(project.start, parameters["enrolment_window_years"]) <= year_last_day
    fewest = min(arms.count("participant"), arms.count("control"))
    own = [other for other in deliveries if other.project_id == project.project_id]
    verdicts = {
        "P01": knows_population
        and _largest_deviation(register, project, citizens) > parameters["proportion_tolerance_share"],
        "P02": is_window_closed and fewest < parameters["arm_min_citizens"],
        "P03": is_window_closed and arms.count("participant") < project.target_participants,
        "P04": delivery.as_of < year_last_day,
        "P05": any(_is_refused_later(other, delivery, own) for other in own),
        "P06": any(
            sum(row.is_rejected for row in judged.rows[project.project_id, table])
            > parameters["hold_rejected_share"] * len(judged.rows[project.project_id, table])
            for table in ("borgere", "forloeb", "udgifter")
        ),
        "P14": _much_is_gone(delivery, own, parameters["hold_gone_share"]),
        "P15": any(
            betrays_another_order(delivery.tables[table], column) for table, column in DATES if table in delivery.tables
        )
        or any(betrays_another_decimal_sign(delivery.tables[table], column) for table, column in AMOUNTS),
    }
    return unknown | {code for code, fails in verdicts.items() if fails}


def _much_is_gone(current: Delivery, own: Sequence[Delivery], most: Decimal) -> bool:
    """Return whether the delivery in force has lost too much of the newest before it that had not."""
    base: Delivery | None = None
    lost = False
    for delivery in own:
        if not delivery.is_accepted or delivery.as_of is None:
            continue
        if base is None:
            base = delivery
        elif base.as_of is not None and base.as_of <= delivery.as_of:
            lost = _loses(base, delivery, most)
            base = base if lost else delivery
        if delivery is current:
            return lost
    return False


def _loses(before: Delivery, after: Delivery, most: Decimal) -> bool:
    persons, vouchers = _persons(before), _vouchers(before)
    persons_gone = persons - _persons(after)
    kept = set(_vouchers(after))
    vouchers_gone = [voucher for voucher in vouchers if voucher not in kept]
    return len(persons_gone) > most * len(persons) or len(vouchers_gone) > most * len(vouchers)


def _persons(delivery: Delivery) -> set[str]:
    numbers = {read_cpr(row["cpr"]) for row in delivery.tables["borgere"].rows if not row.is_ragged}
    return {number for number in numbers if number is not None}


def _vouchers(delivery: Delivery) -> list[str]:
    rows = [row for row in delivery.tables["udgifter"].rows if not row.is_ragged]
    return [row["bilagsnr"].text for row in rows if row["bilagsnr"].text]


def betrays_another_order(table: Table, column: str) -> bool:
    """Return whether some dates can only be month first, and none can only be day first."""
    kinds = set()
    for row in table.rows:
        match = re.fullmatch(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})", row[column].text)
        if match and not row.is_ragged:
            first, second, year = int(match[1]), int(match[3]), int(match[4])
            day_first, month_first = make_date(year, second, first), make_date(year, first, second)
            kinds.add((day_first is not None, month_first is not None))
    return (False, True) in kinds and (True, False) not in kinds


def betrays_another_decimal_sign(table: Table, column: str) -> bool:
    """Return whether amounts have a decimal point or three decimals, or seem to be split at a decimal comma."""
    rows = [row for row in table.rows if not row.is_ragged]
    texts = [row[column].text.removesuffix("kr.").strip() for row in rows if row[column].number is None]
    has_point = any(re.fullmatch(r"[-\u2212]?[0-9]+\.[0-9]{1,2}", text) for text in texts)
    has_group = any(
        re.fullmatch(r"[-\u2212]?[0-9]{1,3}\.[0-9]{3}", text) and read_number(Value(text)) is not None for text in texts
    )
    has_comma = any("," in text and read_number(Value(text)) is not None for text in texts)
    is_split = (
        column == "beloeb"
        and table.delimiter == ","
        and any(re.fullmatch("[0-9]+", row[column].text) and re.fullmatch("[0-9]{2}", row.after_amount) for row in rows)
    )
    return (has_point and has_group and not has_comma) or is_split


def _largest_deviation(register: Register, project: Project, citizens: Sequence[Citizen]) -> Fraction:
    """Return the largest deviation of a group's share in an arm from its share of the population."""
    population = {
        group: sum(register.population[code, group] for code in project.municipalities) for group in TARGET_GROUPS
    }
    deviations = [Fraction(0)]
    for arm in ("participant", "control"):
        groups = [citizen.target_group for citizen in citizens if citizen.arm == arm]
        for group in TARGET_GROUPS if groups else ():
            share = Fraction(groups.count(group), len(groups))
            deviations.append(abs(share - Fraction(population[group], sum(population.values()))))
    return max(deviations)
