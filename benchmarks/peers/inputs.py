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


@dataclass(frozen=True)
class Delivery:
    """The newest delivery of a project."""

    project_id: str
    as_of: date
    folder: Path


@dataclass(frozen=True)
class Terms:
    """What the rules file says, as it held on the programme's first day; amounts in DKK.

    reach: for each day, the last day on which a spell may start that follows one which ended on it without a break.
    """

    programme_first_day: date
    programme_last_day: date
    participant: str
    control: str
    spell_types: list[str]
    wage_categories: list[str]
    start_dkk: Decimal
    completion_dkk: Decimal
    completion_days: int
    cap_a_participant_dkk: Decimal
    fixed_max_dkk: Decimal
    reach: list[tuple[date, date]]


def read_terms() -> Terms:
    """Read the rules file."""
    with RULES.open(encoding="utf-8") as file:
        rules = yaml.load(file, Loader=yaml.CSafeLoader)

    def value(name: str) -> Any:
        return next(iter(rules["parameters"][name]["values"].values()))

    arms = {arm["arm"]: name for name, arm in rules["vocabulary"]["arms"].items()}
    first_day, last_day = value("programme_first_day"), value("programme_last_day")
    return Terms(
        programme_first_day=first_day,
        programme_last_day=last_day,
        participant=arms["participant"],
        control=arms["control"],
        spell_types=value("qualifying_spell_types"),
        wage_categories=value("fixed_grant_categories"),
        start_dkk=Decimal(value("start_rate_dkk")),
        completion_dkk=Decimal(value("completion_rate_dkk")),
        completion_days=value("completion_days"),
        cap_a_participant_dkk=Decimal(value("activity_cap_share"))
        * Decimal(value("activity_grant_per_citizen_max_dkk")),
        fixed_max_dkk=Decimal(value("fixed_grant_max_dkk")),
        reach=_reach(first_day, last_day, value("chain_break_working_days")),
    )


def _reach(first_day: date, last_day: date, break_working_days: int) -> list[tuple[date, date]]:
    closed = DK(years=range(first_day.year, last_day.year + 2))
    reach = []
    for number in range((last_day - first_day).days + 1):
        end = day = first_day + timedelta(days=number)
        for _ in range(break_working_days):
            day += timedelta(days=1)
            while day.weekday() >= 5 or day in closed:
                day += timedelta(days=1)
        reach.append((end, day))
    return reach


def in_force(inbox: Path) -> list[Delivery]:
    """Give the newest delivery of every project."""
    newest = [(project.name, max(project.iterdir())) for project in inbox.iterdir()]
    return [Delivery(project_id, date.fromisoformat(folder.name), folder) for project_id, folder in newest]


def files(deliveries: list[Delivery], table: str) -> list[str]:
    """Give the files of a table, all CSV or all Parquet."""
    form = "parquet" if (deliveries[0].folder / f"{table}.parquet").exists() else "csv"
    return [str(one.folder / f"{table}.{form}") for one in deliveries]
