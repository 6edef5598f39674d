"""A world for the rules' cases: each case is a project of its own with one delivery.

The deliveries are written as files, received by the intake and judged together. A case names what is changed in a row
that breaks no rule, as the municipality would write it, and the codes that the row must get: all of them, so that every
other rule is seen to be silent.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count, islice
from pathlib import Path

import duckdb

from tasks.base.moment import Moment
from tasks.intake.key import PseudonymKey
from tasks.intake.receive import receive
from tasks.register.read import Population, Project, Register
from tasks.rules.model import load_rules
from tasks.settlement.compute import accept_citizens
from tasks.settlement.world import build_world
from tasks.validation.own_sql import judge_by_own_sql
from tasks.validation.stages import judge_citizens, judge_persons, judge_spells_and_expenses, start
from tasks.validation.verdicts import Judge, Verdict
from tasks.warehouse.connection import prepare

_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)

BORGER = {
    "borger_id": "B-1",
    "cpr": "født",
    "kommunekode": "187",
    "maalgruppe": "aktivitetsparat",
    "ydelse": "kontanthjaelp",
    "offentlig_forsoergelse_siden": "01-01-2012",
    "integrationsprogram": "nej",
    "gruppe": "deltager",
    "visitationsdato": "15-03-2016",
}
FORLOEB = {
    "forloeb_id": "F-1",
    "borger_id": "B-1",
    "type": "virksomhedspraktik",
    "virksomhed_cvr": "10150817",
    "startdato": "01-04-2016",
    "slutdato": "30-06-2016",
    "ordinaere_timer_pr_uge": "12,5",
}
UDGIFT = {
    "bilagsnr": "1042",
    "dato": "01-04-2016",
    "kategori": "projektledelse",
    "beloeb": "35.000,00",
    "lovpligtig": "nej",
    "tekst": "Løn",
}
BASE = {"borgere": BORGER, "forloeb": FORLOEB, "udgifter": UDGIFT}
# What stands behind the last cell of a row, to make it ragged.
EXTRA_FIELDS = "flere felter"
MISSING_FIELDS = "færre felter"
# The name behind a birth date that stands for a number whose check digit is wrong.
WITHOUT_CHECK = "uden kontrolciffer"

Row = Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """Rows of one table of one delivery, each as what is changed in a row without errors, and each row's codes."""

    rule: str
    says: str
    rows: tuple[Row, ...]
    codes: tuple[str, ...]
    table: str
    borgere: tuple[Row, ...] = ({},)
    start: str = "2016-02-01"
    as_of: str = "2016-12-31"

    def __str__(self) -> str:
        return f"{self.table}: {self.rule} {self.says}"


class _People:
    """The persons of a world: one each time, except those who have a name."""

    def __init__(self) -> None:
        self.named: dict[str, str] = {}
        self._of_day: Counter[str] = Counter()
        self._some_day = count()

    def cpr(self, text: str) -> str:
        """Give the number that "født [dd-mm-yyyy [name]]" stands for, where `text` is that; otherwise `text` itself."""
        if not text.startswith("født"):
            return text
        _, born, name = [*text.split(" ", 2), "", ""][:3]
        if name in self.named:
            return self.named[name]
        serial = next(self._some_day)
        number = self._new(
            born or f"{serial % 28 + 1:02d}-{serial % 12 + 1:02d}-1970", passes_check=name != WITHOUT_CHECK
        )
        if name and name != WITHOUT_CHECK:
            self.named[name] = number
        return number

    def _new(self, born: str, *, passes_check: bool) -> str:
        """Give a number that can be nobody's (day + 60)."""
        day, month, year = born.split("-")
        sevenths = {"18": "5678", "19": "0123", "20": "4"}[year[:2]]
        candidates = (
            f"{int(day) + 60:02d}{month}{year[2:]}{seventh}{last:03d}" for seventh in sevenths for last in range(1000)
        )
        fitting = (
            digits
            for digits in candidates
            if (sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11 == 0) is passes_check
        )
        number = next(islice(fitting, self._of_day[born], None))
        self._of_day[born] += 1
        return number


def _written(table: str, changes: Row, people: _People) -> list[str]:
    """Give a row's cells."""
    cells = {**BASE[table], **{name: value for name, value in changes.items() if name in BASE[table]}}
    values = [people.cpr(value) if name == "cpr" else value for name, value in cells.items()]
    if EXTRA_FIELDS in changes:
        values.append(changes[EXTRA_FIELDS])
    if MISSING_FIELDS in changes:
        values = values[: -int(changes[MISSING_FIELDS])]
    return values


def _write(folder: Path, tables: Mapping[str, Sequence[Row]], people: _People) -> None:
    folder.mkdir(parents=True)
    for table, base in BASE.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(base)
            writer.writerows(_written(table, row, people) for row in tables.get(table, [{}]))


@dataclass
class Judged:
    """The judged world: which codes each row of each case got."""

    connection: duckdb.DuckDBPyConnection
    verdicts: list[Verdict]
    places: dict[str, int]
    folder: Path

    def codes(self, case: Case) -> tuple[str, ...]:
        """Give the codes of each row of the case, in the order of the rows, each sorted."""
        found = self.connection.execute(
            "SELECT row_no, string_agg(code, ' ' ORDER BY code) FROM run.quarantine "
            "WHERE table_name = $table AND delivery_no = $delivery_no GROUP BY row_no",
            {"table": case.table, "delivery_no": self.places[str(case)]},
        ).fetchall()
        by_row = dict(found)
        return tuple(by_row.get(row_no, "") for row_no in range(2, 2 + len(case.rows)))


def _project_id(number: int) -> str:
    return f"P-{number:04d}"


def _register(cases: Sequence[Case]) -> Register:
    projects = tuple(
        Project(
            project_id=_project_id(number),
            project_name=f"Projekt {number}",
            case_number="16/145",
            lead_municipality="187",
            municipalities=("187", "183"),
            start_date=date.fromisoformat(case.start),
            target_participants=100,
            commitment_dkk=Decimal(850000),
            contact="",
            email="",
        )
        for number, case in enumerate(cases)
    )
    populations = tuple(
        Population(code, group, 100) for code in ("187", "183") for group in ("ressourceforloeb", "aktivitetsparat")
    )
    return Register(projects, populations, contents={})


def _silent(done: int, of: int) -> None:
    """Report to nobody how much is done."""


def judge_now(connection: duckdb.DuckDBPyConnection, judge: Judge) -> list[Verdict]:
    """Judge all row rules of the world again."""
    start(connection)
    verdicts = [*judge_citizens(connection, judge), *judge_persons(connection, judge)]
    accept_citizens(connection)
    return verdicts + judge_spells_and_expenses(connection, judge)


@contextmanager
def judged_world(cases: Sequence[Case], folder: Path, judge: Judge = judge_by_own_sql) -> Iterator[Judged]:
    """Receive the cases' deliveries, written under `folder`, and judge them all."""
    assert len({str(case) for case in cases}) == len(cases), "two cases have one name"
    connection = duckdb.connect()
    prepare(connection)
    people = _People()
    for number, case in enumerate(cases):
        tables = {"borgere": case.borgere, case.table: case.rows}
        _write(folder / _project_id(number) / case.as_of, tables, people)
    rules = load_rules()
    register = _register(cases)
    now = Moment(datetime(2018, 6, 1, 12, tzinfo=UTC))
    receive(
        connection,
        folder,
        project_ids=register.project_ids,
        words=rules.vocabulary.words,
        now=now,
        key=PseudonymKey.of(b"a key for tests, of no use outside them"),
        progress=_silent,
    )
    build_world(connection, year=2017, register=register, rules=rules, known_at=now)
    numbers = dict(connection.execute("SELECT project_folder, delivery_no FROM core_deliveries").fetchall())
    try:
        yield Judged(
            connection,
            judge_now(connection, judge),
            {str(case): numbers[_project_id(number)] for number, case in enumerate(cases)},
            folder,
        )
    finally:
        connection.close()


def single(table: str) -> Callable[..., Case]:
    """Give a maker of cases of one row of `table`: rule, what it is about, changed cells, codes, and the rest."""

    def case(rule: str, says: str, changes: Row, codes: str = "", **rest: object) -> Case:
        return Case(rule, says, (changes,), (codes,), table, **rest)  # type: ignore[arg-type] # the caller's facts

    return case


def several(table: str) -> Callable[..., Case]:
    """Give a maker of cases of several rows of `table`, each with its codes."""

    def case(rule: str, says: str, rows: Sequence[tuple[Row, str]], **rest: object) -> Case:
        changes, codes = zip(*rows, strict=True)
        return Case(rule, says, changes, codes, table, **rest)  # type: ignore[arg-type] # the caller's facts

    return case
