"""The register: the grants given, and each municipality's population of the target groups."""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tests.reference.tables import Row, Table, UnreadableError, read_csv
from tests.reference.values import fold, read_amount, read_date

MUNICIPALITIES = Path(__file__).resolve().parents[2] / "rules" / "municipalities.csv"
PROGRAMME_FIRST_DAY = dt.date(2016, 1, 1)
PROGRAMME_LAST_DAY = dt.date(2017, 12, 31)
FIXED_GRANT_MOST_DKK = Decimal(850_000)
PROJECT_COLUMNS = (
    "projekt_id", "projektnavn", "sagsnummer", "tilsagnshaver", "kommuner", "projektstart", "maaltal",
    "tilsagn_fast", "kontaktperson", "email",
)  # fmt: skip
POPULATION_COLUMNS = ("kommunekode", "maalgruppe", "antal")
TARGET_GROUPS = ("ressourceforloeb", "aktivitetsparat")


class RegisterError(Exception):
    """The register is wrong: nothing is settled."""


@dataclass(frozen=True)
class Project:
    """A grant of the register; municipality codes have three digits."""

    project_id: str
    lead_municipality: str
    municipalities: tuple[str, ...]
    start: dt.date
    target_participants: int
    commitment_dkk: Decimal


@dataclass(frozen=True)
class Register:
    """`population`: people by municipality and target group."""

    projects: dict[str, Project]
    population: dict[tuple[str, str], int]


def read_register(directory: Path) -> Register:
    """Return the register; raise RegisterError where anything in it is wrong."""
    projects: dict[str, Project] = {}
    taken: set[str] = set()
    for row in _read(directory / "projekter.csv", PROJECT_COLUMNS).rows:
        project = _read_project(row)
        if project.project_id in projects:
            raise RegisterError(f"row {row.number}: projekt_id twice")
        if taken & set(project.municipalities):
            raise RegisterError(f"row {row.number}: municipality in two projects")
        taken |= set(project.municipalities)
        projects[project.project_id] = project
    population: dict[tuple[str, str], int] = {}
    for row in _read(directory / "maalgrupper.csv", POPULATION_COLUMNS).rows:
        code, group = _read_code(row, row["kommunekode"].text), fold(row["maalgruppe"].text)
        if group not in TARGET_GROUPS or (code, group) in population:
            raise RegisterError(f"row {row.number}: maalgruppe")
        population[code, group] = _read_whole(row, "antal")
    return Register(projects, population)


def _read(path: Path, columns: tuple[str, ...]) -> Table:
    try:
        table = read_csv(path.read_bytes())
    except (OSError, UnreadableError) as error:
        raise RegisterError(path.name) from error
    if len(set(table.columns)) != len(table.columns) or not set(columns) <= set(table.columns):
        raise RegisterError(f"{path.name}: columns")
    for row in table.rows:
        if row.is_ragged or any(row[column].is_blank for column in columns):
            raise RegisterError(f"{path.name}: row {row.number}")
    return table


def _read_project(row: Row) -> Project:
    project_id = row["projekt_id"].text
    municipalities = tuple(_read_code(row, code) for code in row["kommuner"].text.split())
    lead = _read_code(row, row["tilsagnshaver"].text)
    start = read_date(row["projektstart"])
    target = _read_whole(row, "maaltal")
    commitment = read_amount(row["tilsagn_fast"])
    if (
        not re.fullmatch(r"[A-Za-zÆØÅæøå0-9-]+", project_id)
        or lead not in municipalities
        or len(set(municipalities)) != len(municipalities)
        or start is None
        or not PROGRAMME_FIRST_DAY <= start <= PROGRAMME_LAST_DAY
        or target < 1
        or commitment is None
        or not 0 <= commitment <= FIXED_GRANT_MOST_DKK
    ):
        raise RegisterError(f"row {row.number}")
    return Project(project_id, lead, municipalities, start, target, commitment)


def _read_code(row: Row, text: str) -> str:
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        known = {record["code"][1:] for record in csv.DictReader(file)}
    match = re.fullmatch(r"0?([0-9]{3})", text)
    if not match or match[1] not in known:
        raise RegisterError(f"row {row.number}: kommunekode")
    return match[1]


def _read_whole(row: Row, column: str) -> int:
    if not re.fullmatch(r"[0-9]+", row[column].text):
        raise RegisterError(f"row {row.number}: {column}")
    return int(row[column].text)
