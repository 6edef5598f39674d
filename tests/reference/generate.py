"""Small hostile portfolios: a register and an inbox in which every rule is broken, and every boundary met.

They leave out only what the specification leaves open, so that a difference is always somebody's mistake.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tests.reference.broken import BREAKERS, FileList, break_archive
from tests.reference.intake import OPTIONAL, REQUIRED
from tests.reference.made_up_files import Grid, as_grid, csv_file, parquet_file, workbook_file, write_number, zip_file
from tests.reference.made_up_rows import (
    MadeUpRow,
    Terms,
    citizen_rows,
    expense_rows,
    make_cpr,
    random_day,
    spell_rows,
)
from tests.reference.register import MUNICIPALITIES, TARGET_GROUPS
from tests.reference.tables import Table, read_csv, read_parquet, read_workbook
from tests.reference.values import read_amount

AS_OF_DATES = ("2016-06-30", "2016-12-31", "2017-01-31", "2017-06-30", "2017-12-31", "2018-01-31")
PROJECT_IDS = ("JF-187", "JF-2", "jf-10", "B", "0187", "a", "Z9")
FILE_NAMES = {"borgere": ("borgere", "Borgere", "BORGERE"), "forloeb": ("forloeb", "Forløb", "FORLØB"),
              "udgifter": ("udgifter", "Udgifter")}  # fmt: skip


@dataclass(frozen=True)
class Portfolio:
    """A register and an inbox, the day they are looked at, and the year to settle."""

    register: Path
    inbox: Path
    today: dt.date
    year: int


def generate(
    directory: Path, seed: int, *, citizens: int = 25, projects: int = 4, mistakes_share: float = 0.45
) -> Portfolio:
    """Write a made-up register and inbox. `citizens`: most per delivery. `projects`: most in the register."""
    rng = random.Random(seed)
    register, inbox = directory / "register", directory / "inbox"
    register.mkdir(parents=True)
    inbox.mkdir()
    today = dt.date.fromisoformat(rng.choice(("2017-01-15", "2017-07-01", "2018-02-15", "2018-02-15", "2026-01-01")))
    share = rng.choice((0, 0.1, mistakes_share, mistakes_share))
    people = tuple(
        make_cpr(rng, random_day(rng, dt.date(1950, 1, 1), dt.date(1985, 1, 1)))
        for _ in range(rng.choice((2 * citizens, 20 * citizens, 20 * citizens)))
    )
    codes = municipality_codes(rng)
    rows: list[MadeUpRow] = []
    for project_id in rng.sample(PROJECT_IDS, k=rng.randrange(1, projects + 1)):
        own = tuple(codes.pop() for _ in range(rng.choice((1, 1, 2, 3))))
        start = rng.choice(
            (dt.date(2016, 1, 1), dt.date(2016, 2, 29), random_day(rng, dt.date(2016, 1, 1), dt.date(2017, 6, 1)))
        )
        rows.append(register_row(rng, project_id, own, start))
        as_ofs = [as_of for as_of in AS_OF_DATES if as_of >= start.isoformat() or rng.random() < 0.2]
        for as_of in rng.sample(as_ofs, k=min(len(as_ofs), rng.choice((0, 1, 2, 2, 3)))):
            terms = Terms(start, own, dt.date.fromisoformat(as_of), people, share)
            write_delivery(rng, inbox / project_id, terms, as_of, citizens)
    _write_strangers(rng, inbox, codes, people, citizens)
    write_register(rng, register, rows)
    return Portfolio(register, inbox, today, rng.choice((2016, 2017, 2017)))


def municipality_codes(rng: random.Random) -> list[str]:
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        codes = [record["code"][1:] for record in csv.DictReader(file)]
    return rng.sample(codes, k=len(codes))


def register_row(rng: random.Random, project_id: str, municipalities: tuple[str, ...], start: dt.date) -> MadeUpRow:
    return {
        "projekt_id": project_id,
        "projektnavn": f"Projekt {project_id}; æøå",
        "sagsnummer": "16/145",
        "tilsagnshaver": rng.choice(("{}", "0{}")).format(rng.choice(municipalities)),
        "kommuner": " ".join(rng.choice(("{}", "0{}")).format(code) for code in municipalities),
        "projektstart": start,
        "maaltal": str(rng.choice((1, 2, 3, 5, 10, 100))),
        "tilsagn_fast": rng.choice((Decimal(0), Decimal(850_000), Decimal("12345.67"))),
        "kontaktperson": "Anna Ås",
        "email": "anna@example.dk",
    }


def write_register(rng: random.Random, directory: Path, rows: list[MadeUpRow]) -> None:
    grid = as_grid(rng, list(rows[0]), rows, extra=rng.random() < 0.2)
    (directory / "projekter.csv").write_bytes(csv_file(rng, grid))
    populations: list[MadeUpRow] = []
    for row in rows:
        for code in str(row["kommuner"]).split():
            people = rng.choice(
                ((0, 0), (3, 7), (500, 500), (1, 2), (400, 600), (rng.randrange(900), rng.randrange(900)))
            )
            for group, count in zip(TARGET_GROUPS, people, strict=True):
                if rng.random() < 0.95:
                    populations.append({"kommunekode": code, "maalgruppe": group, "antal": str(count)})
    rng.shuffle(populations)
    grid = as_grid(rng, ["kommunekode", "maalgruppe", "antal"], populations, extra=False)
    (directory / "maalgrupper.csv").write_bytes(csv_file(rng, grid))


def _write_strangers(rng: random.Random, inbox: Path, codes: list[str], people: tuple[str, ...], citizens: int) -> None:
    """Write at times a delivery of a project that is not in the register, and what systems leave behind."""
    (inbox / ".DS_Store").write_bytes(b"\0")
    if rng.random() < 0.2:
        terms = Terms(dt.date(2016, 1, 1), (codes[0],), dt.date(2016, 12, 31), people, 0.1)
        name = rng.choice(("JF-999", "6112701234", "jf-187 "))
        write_delivery(rng, inbox / name, terms, rng.choice(("2016-12-31", "2016-13-31")), citizens)


def write_delivery(rng: random.Random, folder: Path, terms: Terms, name: str, citizens: int) -> None:
    people = citizen_rows(rng, terms, rng.randrange(citizens + 1))
    rows = {
        "borgere": people,
        "forloeb": spell_rows(rng, terms, people),
        "udgifter": expense_rows(rng, terms, rng.randrange(citizens + 1)),
    }
    files = delivery_files(rng, rows)
    is_broken = rng.random() < 0.25
    if is_broken:
        for breaker in rng.sample(BREAKERS, k=rng.choice((1, 1, 2))):
            files = breaker(rng, files)
    if rng.random() < 0.06:
        name = rng.choice(
            ("2016-1-31", "31-12-2016", "2017-02-30", "2099-12-31", "6112701234", "2017-12-31 ny", "20171231")
        )
    folder.mkdir(parents=True, exist_ok=True)
    is_archive = rng.random() < 0.3
    if is_archive:
        data = zip_file(rng, files)
        if rng.random() < 0.2:
            data = break_archive(rng, data)
        (folder / f"{name}.zip").write_bytes(data)
    if not is_archive or rng.random() < 0.1:
        for path, content in files:
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_bytes(content)
        (folder / name).mkdir(exist_ok=True)


def delivery_files(rng: random.Random, rows: dict[str, list[MadeUpRow]]) -> FileList:
    """Return a delivery's files, each table in a form of its own, with or without control totals."""
    files: FileList = []
    sheets: list[tuple[str, Grid]] = []
    form = rng.choice(("csv", "workbook", "parquet", "mixed"))
    for table, table_rows in rows.items():
        columns = [*REQUIRED[table], *(column for column in OPTIONAL[table] if rng.random() < 0.8)]
        grid = as_grid(rng, columns, table_rows, extra=rng.random() < 0.1)
        name = rng.choice(FILE_NAMES[table])
        own_form = rng.choice(("csv", "workbook", "parquet")) if form == "mixed" else form
        if own_form == "csv":
            files.append((f"{name}.{rng.choice(('csv', 'CSV'))}", csv_file(rng, grid, ragged=rng.random() < 0.5)))
        elif own_form == "parquet":
            files.append((f"{name}.parquet", parquet_file(rng, grid)))
        else:
            sheets.append((name, grid))
    if sheets:
        files.append((rng.choice(("indberetning.xlsx", "Indberetning.XLSX")), workbook_file(rng, sheets)))
    if rng.random() < 0.5:
        control = as_grid(rng, ["tabel", "antal", "sum_beloeb"], _control_rows(rng, files), extra=False)
        if sheets and rng.random() < 0.5:
            files[-1] = (files[-1][0], workbook_file(rng, [*sheets, ("Kontroltal", control)]))
        else:
            files.append(("kontroltal.csv", csv_file(rng, control)))
    return files


def _control_rows(rng: random.Random, files: FileList) -> list[MadeUpRow]:
    """Return control totals that fit, read off the files themselves."""
    tables: dict[str, Table] = {}
    readers: dict[str, Callable[[bytes], Table]] = {"csv": read_csv, "parquet": read_parquet}
    for path, data in files:
        stem, suffix = path.lower().replace("ø", "oe").rsplit(".", 1)
        tables |= dict(read_workbook(data)) if suffix == "xlsx" else {stem: readers[suffix](data)}
    rows: list[MadeUpRow] = []
    for name in rng.sample(sorted(REQUIRED), k=rng.choice((1, 2, 3, 3))):
        amounts = [read_amount(row["beloeb"]) for row in tables[name].rows if not row.is_ragged]
        total = sum((amount for amount in amounts if amount is not None), Decimal(0))
        rows.append(
            {
                "tabel": name,
                "antal": str(len(tables[name].rows)),
                "sum_beloeb": write_number(rng, total, is_amount=True) if name == "udgifter" else None,
            }
        )
    return rows
