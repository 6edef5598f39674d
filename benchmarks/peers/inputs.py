"""What the peers share and none of them is measured by: the rules file, and which delivery of a project is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from holidays.countries import DK

RULES = Path(__file__).parents[2] / "rules" / "jobfirst.yaml"
TABLES = ("borgere", "forloeb", "udgifter")


@dataclass(frozen=True)
class Delivery:
    """The newest delivery of a project."""

    project_id: str
    as_of: date
    folder: Path


@dataclass(frozen=True)
class Terms:
    """What the rules file says, as it held on the programme's first day; amounts in DKK.

    `days`, `reaches`: for each day, the last day on which a spell may start that follows, without a break, one that
    ended on it. `group_benefits`: target group and benefit, a space between.
    """

    programme_last_day: date
    first_year: int
    participant: str
    control: str
    arms: list[str]
    target_groups: list[str]
    benefits: list[str]
    group_benefits: list[str]
    support_groups: list[str]
    support_years: int
    no_integration_groups: list[str]
    minimum_age_years: int
    enrolment_window_years: int
    spell_types: list[str]
    ending_types: list[str]
    open_types: list[str]
    qualifying_types: list[str]
    snusepraktik_max_days: int
    hours_least: Decimal
    hours_most: Decimal
    expense_categories: list[str]
    wage_categories: list[str]
    start_dkk: Decimal
    completion_dkk: Decimal
    completion_days: int
    cap_a_participant_dkk: Decimal
    fixed_max_dkk: Decimal
    days: list[date]
    reaches: list[date]


def read_terms() -> Terms:
    """Read the rules file."""
    with RULES.open(encoding="utf-8") as file:
        rules = yaml.load(file, Loader=yaml.CSafeLoader)

    def value(name: str) -> Any:
        return next(iter(rules["parameters"][name]["values"].values()))

    words = rules["vocabulary"]
    groups, spell_types = words["target_groups"], words["spell_types"]
    arms = {arm["arm"]: name for name, arm in words["arms"].items()}
    first_day, last_day = value("programme_first_day"), value("programme_last_day")
    reach = _reach(first_day, last_day, value("chain_break_working_days"))
    return Terms(
        programme_last_day=last_day,
        first_year=first_day.year,
        participant=arms["participant"],
        control=arms["control"],
        arms=list(words["arms"]),
        target_groups=list(groups),
        benefits=[benefit for group in groups.values() for benefit in group["benefits"]],
        group_benefits=[f"{name} {benefit}" for name, group in groups.items() for benefit in group["benefits"]],
        support_groups=value("public_support_target_groups"),
        support_years=value("public_support_min_years"),
        no_integration_groups=value("no_integration_target_groups"),
        minimum_age_years=value("minimum_age_years"),
        enrolment_window_years=value("enrolment_window_years"),
        spell_types=list(spell_types),
        ending_types=[name for name, kind in spell_types.items() if kind["must_end"]],
        open_types=[name for name, kind in spell_types.items() if not kind["must_end"]],
        qualifying_types=value("qualifying_spell_types"),
        snusepraktik_max_days=value("snusepraktik_max_days"),
        hours_least=Decimal(words["weekly_hours"]["least"]),
        hours_most=Decimal(words["weekly_hours"]["most"]),
        expense_categories=list(words["expense_categories"]),
        wage_categories=value("fixed_grant_categories"),
        start_dkk=Decimal(value("start_rate_dkk")),
        completion_dkk=Decimal(value("completion_rate_dkk")),
        completion_days=value("completion_days"),
        cap_a_participant_dkk=Decimal(value("activity_cap_share"))
        * Decimal(value("activity_grant_per_citizen_max_dkk")),
        fixed_max_dkk=Decimal(value("fixed_grant_max_dkk")),
        days=list(reach),
        reaches=list(reach.values()),
    )


def _reach(first_day: date, last_day: date, break_working_days: int) -> dict[date, date]:
    closed = DK(years=range(first_day.year, last_day.year + 2))
    reach = {}
    for number in range((last_day - first_day).days + 1):
        end = day = first_day + timedelta(days=number)
        for _ in range(break_working_days):
            day += timedelta(days=1)
            while day.weekday() >= 5 or day in closed:
                day += timedelta(days=1)
        reach[end] = day
    return reach


def in_force(inbox: Path) -> list[Delivery]:
    """Give the newest delivery of every project."""
    newest = [(project.name, max(project.iterdir())) for project in sorted(inbox.iterdir())]
    return [Delivery(project_id, date.fromisoformat(folder.name), folder) for project_id, folder in newest]


def as_sql(year: int, register: Path, inbox: Path) -> dict[str, str]:
    """Give what the models under `dbt/models` are given, by name, each value as SQL has it."""
    folders = [one.folder for one in in_force(inbox)]
    files = {table: [str(folder / f"{table}.csv") for folder in folders] for table in TABLES}
    given = {**vars(read_terms()), "year": year, "projekter": str(register / "projekter.csv")}
    lists = {**files, "days": given.pop("days"), "reaches": given.pop("reaches")}
    return {name: _literal(value) for name, value in given.items()} | {
        name: f"[{', '.join(_literal(str(one)) for one in values)}]" for name, values in lists.items()
    }


def _literal(value: Any) -> str:
    if isinstance(value, list):
        return f"({', '.join(map(_literal, value))})"
    if isinstance(value, date):
        return f"DATE '{value}'"
    return "'{}'".format(value.replace("'", "''")) if isinstance(value, str) else str(value)
