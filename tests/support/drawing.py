"""The desk of a draw: opened, with lists to draw from, and its record."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.base.moment import Moment
from tasks.draw.desk import Desk
from tasks.intake.key import key_of, operator_secret
from tasks.register.read import read_register, register_files
from tasks.rules.model import load_rules
from tasks.warehouse.connection import open_warehouse
from tests.support.portfolio import Delivery
from tests.support.releasing import JF, Office

KEY = "a key of the operator that nobody else has"
DAY = "2016-03-01T10:00"
COLUMNS = "borger_id cpr kommunekode maalgruppe ydelse offentlig_forsoergelse_siden integrationsprogram"


@contextmanager
def desk(office: Office, now: str = DAY, project_id: str = JF, *, is_rehearsal: bool = False) -> Iterator[Desk]:
    """Have the desk of a project's draw."""
    if not office.portfolio.register.is_dir():
        office.portfolio.write_register()
    rules = load_rules()
    office.home.mkdir(exist_ok=True)
    with open_warehouse(office.home) as connection:
        register = read_register(connection, register_files(office.portfolio.register), rules)
        project = next(one for one in register.projects if one.project_id == project_id)
        key, secret = key_of(connection, office.home), operator_secret(office.home)
        moment = Moment.parse(now)
        yield Desk(connection, office.home, project, rules, secret, key, moment, "Anna", is_rehearsal=is_rehearsal)


def listed(office: Office, first: int, count: int, project_id: str = JF) -> tuple[Path, Delivery]:
    """Write a list of citizens, as the municipality hands it in."""
    project = next(one for one in office.portfolio.projects if one.project_id == project_id)
    delivery = project.delivery("2016-12-31")
    for number in range(first + count):
        delivery.citizen(f"B{number}")
    path = office.portfolio.folder / f"list-{project_id}-{first}-{count}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.DictWriter(file, COLUMNS.split(), extrasaction="ignore", delimiter=";")
        rows.writeheader()
        rows.writerows(delivery.borgere[first:])
    return path, delivery


def opened(office: Office, project_id: str = JF) -> None:
    """Open a draw and give its beacon."""
    with desk(office, project_id=project_id) as one:
        one.open("kommune")
        one.give_beacon("Vallensbæk, tredje februar", None)


def record_file(office: Office) -> Path:
    """Give the record's file."""
    return office.home / "draw" / f"{JF}.jsonl"
