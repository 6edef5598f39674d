"""A register and an inbox, written down in a test as a caseworker would say them.

Everything that a test does not say is valid: a citizen in here is accepted, enrolled on the project's first day, and
every CPR number is an administrative one, which is nobody's.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2)
COMPANIES = ("10000009", "10000025", "10000033", "10000041")
"""CVR numbers that pass their check and are made up."""

BORGERE = (
    "borger_id cpr kommunekode maalgruppe ydelse offentlig_forsoergelse_siden integrationsprogram gruppe "
    "visitationsdato"
)
FORLOEB = "forloeb_id borger_id type virksomhed_cvr startdato slutdato ordinaere_timer_pr_uge"
UDGIFTER = "bilagsnr dato kategori beloeb lovpligtig tekst"


def cpr(number: int, birth_year: int = 1970) -> str:
    """Give the `number`-th administrative CPR number of a year (up to 300 each), which passes modulus 11."""
    day, serial = 61 + number % 28, 1 + number // 28
    for last_three in range(serial * 30, 1000):
        start = f"{day:02}01{birth_year % 100:02}{last_three:03}"
        check = -sum(weight * int(digit) for weight, digit in zip(WEIGHTS, start, strict=True)) % 11
        if check < 10:
            return f"{start}{check}"
    raise ValueError(f"no number {number} of {birth_year}")


@dataclass
class Delivery:
    """One delivery of a project: rows by table, each a mapping of column to text."""

    project: Project
    as_of: str
    borgere: list[dict[str, str]] = field(default_factory=list)
    forloeb: list[dict[str, str]] = field(default_factory=list)
    udgifter: list[dict[str, str]] = field(default_factory=list)

    def citizen(self, borger_id: str, **changed: str) -> str:
        """Register a citizen; give the reference."""
        number = len(self.borgere)
        row = {
            "borger_id": borger_id,
            "cpr": cpr(number % 300, 1950 + number // 300 + self.project.number * 3),
            "kommunekode": self.project.municipalities[0],
            "maalgruppe": "ressourceforloeb",
            "ydelse": "ressourceforloebsydelse",
            "gruppe": "deltager",
            "visitationsdato": self.project.start,
        }
        self.borgere.append(row | changed)
        return borger_id

    def spell(self, borger_id: str, start: str, end: str = "", **changed: str) -> None:
        """Register a spell, of virksomhedspraktik at the first company where nothing else is said."""
        row = {
            "forloeb_id": f"F{len(self.forloeb) + 1}",
            "borger_id": borger_id,
            "type": "virksomhedspraktik",
            "virksomhed_cvr": COMPANIES[0],
            "startdato": start,
            "slutdato": end,
        }
        self.forloeb.append(row | changed)

    def wages(self, day: str, amount: str, **changed: str) -> None:
        """Register wages for project management."""
        row = {
            "bilagsnr": f"U{len(self.udgifter) + 1}",
            "dato": day,
            "kategori": "projektledelse",
            "beloeb": amount,
        }
        self.udgifter.append(row | changed)

    def started(self, count: int, day: str, prefix: str = "S") -> None:
        """Register citizens who start on a day, for one day, and never complete."""
        for number in range(count):
            self.spell(self.citizen(f"{prefix}{number}"), day, day)

    def completed(self, count: int, start: str, end: str, prefix: str = "C") -> None:
        """Register citizens with one spell from start to end."""
        for number in range(count):
            self.spell(self.citizen(f"{prefix}{number}"), start, end)

    def write(self, inbox: Path) -> Path:
        """Write the delivery as CSV files."""
        folder = inbox / self.project.project_id / self.as_of
        folder.mkdir(parents=True, exist_ok=True)
        for name, columns, rows in (
            ("borgere", BORGERE, self.borgere),
            ("forloeb", FORLOEB, self.forloeb),
            ("udgifter", UDGIFTER, self.udgifter),
        ):
            write_csv(folder / f"{name}.csv", columns.split(), rows)
        return folder


@dataclass
class Project:
    """One grant of the register."""

    number: int
    project_id: str
    start: str = "2016-02-01"
    target: int = 100
    commitment: str = "850000"
    municipalities: tuple[str, ...] = ("187",)

    def delivery(self, as_of: str) -> Delivery:
        """Begin a delivery."""
        return Delivery(self, as_of)


@dataclass
class Portfolio:
    """A register and an inbox in a folder."""

    folder: Path
    projects: list[Project] = field(default_factory=list)

    @property
    def register(self) -> Path:
        """The register's folder."""
        return self.folder / "register"

    @property
    def inbox(self) -> Path:
        """The inbox."""
        return self.folder / "inbox"

    def project(self, project_id: str = "JF-187", **changed: object) -> Project:
        """Add a project to the register."""
        project = Project(len(self.projects), project_id, **changed)  # type: ignore[arg-type] # fields by name
        self.projects.append(project)
        return project

    def write_register(self) -> None:
        """Write the register; every municipality has a population of the first target group alone."""
        self.register.mkdir(parents=True, exist_ok=True)
        self.inbox.mkdir(parents=True, exist_ok=True)
        columns = (
            "projekt_id projektnavn sagsnummer tilsagnshaver kommuner projektstart maaltal tilsagn_fast "
            "kontaktperson email"
        )
        rows = [
            {
                "projekt_id": one.project_id,
                "projektnavn": f"JobFirst {one.project_id}",
                "sagsnummer": f"16/{one.number:03}",
                "tilsagnshaver": one.municipalities[0],
                "kommuner": " ".join(one.municipalities),
                "projektstart": one.start,
                "maaltal": str(one.target),
                "tilsagn_fast": one.commitment,
                "kontaktperson": "Kontakt",
                "email": "kontakt@example.dk",
            }
            for one in self.projects
        ]
        write_csv(self.register / "projekter.csv", columns.split(), rows)
        populations = [
            {"kommunekode": code, "maalgruppe": group, "antal": count}
            for one in self.projects
            for code in one.municipalities
            for group, count in (("ressourceforloeb", "1000"), ("aktivitetsparat", "0"))
        ]
        write_csv(self.register / "maalgrupper.csv", ["kommunekode", "maalgruppe", "antal"], populations)


def write_csv(path: Path, columns: Iterable[str], rows: Iterable[dict[str, str]]) -> None:
    """Write a table as a plain CSV file: UTF-8, semicolons."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), delimiter=";", restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def days(text: str) -> date:
    """Read an ISO date."""
    return date.fromisoformat(text)
