"""Receiving and judging thousands of deliveries at once: each is its own project's, of an equal grant.

Every step is the settlement's own except C13, which compares persons between projects, and here all have the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.intake.inbox import Place
from tasks.intake.key import PseudonymKey
from tasks.intake.receive import receive_places
from tasks.register.read import Project, Register
from tasks.rules.model import load_rules
from tasks.settlement.compute import accept_citizens
from tasks.settlement.world import build_world
from tasks.validation.own_sql import judge_by_own_sql
from tasks.validation.stages import judge_citizens, judge_spells_and_expenses, start
from tasks.warehouse.connection import prepare

AS_OF = "2017-12-31"
NOW = Moment.parse("2018-02-15T12:00")
KEY = PseudonymKey.of(b"a key for tests, and for nothing else")
Files = Mapping[str, bytes]
Row = tuple[object, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of a delivery.

    codes: of the delivery and of its rows. values: the rows that count, by table, with how often they occur.
    rows_received: by table, rejected ones too. amounts_dkk: the sum of all readable amounts.
    """

    is_accepted: bool
    codes: Counter[str]
    messages: tuple[str, ...]
    values: Mapping[str, Counter[Row]]
    rows_received: Mapping[str, int]
    amounts_dkk: Decimal

    @property
    def is_column_ignored(self) -> bool:
        """Whether a column or file was ignored, and that was reported (F07)."""
        return self.codes["F07"] > 0

    def holds_other_values_than(self, whole: Outcome) -> list[str]:
        """Give what was changed or lost and not reported, held against the outcome of the undamaged delivery."""
        if not self.is_accepted:
            return [] if self.codes else ["refused without a code"]
        if self.is_column_ignored:
            return []
        silent = [
            f"{table}: {row}" for table, rows in self.values.items() for row in (rows - whole.values[table]).elements()
        ]
        is_told = bool(self.codes - whole.codes)
        for table, rows in whole.values.items():
            lost = (rows - self.values[table]).total()
            if lost and not is_told:
                silent.append(f"{table}: {lost} rows are gone without a code")
        return silent


def write_delivery(folder: Path, files: Files) -> Path:
    """Write a delivery's files: into `folder`, or, where it is one archive named '', as `folder`.zip."""
    if "" in files:
        folder.parent.mkdir(parents=True, exist_ok=True)
        path = folder.with_name(folder.name + ".zip")
        path.write_bytes(files[""])
        return path
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def received(folder: Path, deliveries: list[Files]) -> list[Outcome]:
    """Receive and judge each delivery by itself."""
    places = []
    for number, files in enumerate(deliveries):
        path = write_delivery(folder / f"P{number}" / AS_OF, files)
        places.append(Place(f"P{number}", path.name, path))
    with _database() as connection:
        return _outcomes(connection, places)


@contextmanager
def _database() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(config={"autoinstall_known_extensions": False, "temp_directory": ""})
    try:
        prepare(connection)
        yield connection
    finally:
        connection.close()


def _outcomes(connection: duckdb.DuckDBPyConnection, places: list[Place]) -> list[Outcome]:
    rules = load_rules()
    projects = tuple(_project(place.project_folder) for place in places)
    receive_places(
        connection,
        places,
        project_ids=frozenset(project.project_id for project in projects),
        words=rules.vocabulary.words,
        now=NOW,
        key=KEY,
        progress=Silence().step(""),
    )
    build_world(connection, year=2017, register=Register(projects, (), {}), rules=rules, known_at=NOW)
    start(connection)
    judge_citizens(connection, judge_by_own_sql)
    accept_citizens(connection)
    judge_spells_and_expenses(connection, judge_by_own_sql)
    return _read(connection, places)


def _project(project_id: str) -> Project:
    return Project(
        project_id=project_id,
        project_name="",
        case_number="",
        lead_municipality="187",
        municipalities=("187",),
        start_date=date(2016, 2, 1),
        target_participants=100,
        commitment_dkk=Decimal(850_000),
        contact="",
        email="",
    )


def _read(connection: duckdb.DuckDBPyConnection, places: list[Place]) -> list[Outcome]:
    numbers = dict(connection.execute("SELECT project_folder, delivery_no FROM core_deliveries").fetchall())
    accepted = dict(connection.execute("SELECT delivery_no, is_accepted FROM core_receipts").fetchall())
    codes: dict[int, Counter[str]] = defaultdict(Counter)
    messages: dict[int, list[str]] = defaultdict(list)
    for delivery_no, code, da, en in connection.execute(
        "SELECT delivery_no, code, place_da, place_en FROM core_faults JOIN core_receipts USING (receipt_no)"
    ).fetchall():
        codes[delivery_no][code] += 1
        messages[delivery_no] += [da, en]
    for delivery_no, code in connection.execute("SELECT delivery_no, code FROM run.quarantine").fetchall():
        codes[delivery_no][code] += 1
    values: dict[int, dict[str, Counter[Row]]] = defaultdict(lambda: defaultdict(Counter))
    for table, core in (("borgere", "core_citizens"), ("forloeb", "core_spells"), ("udgifter", "core_expenses")):
        counting = connection.execute(
            f"""
            SELECT * EXCLUDE (row_no)
            FROM {core} AS c
            ANTI JOIN (FROM run.quarantine WHERE action = 'reject' AND table_name = $table) AS q
                USING (delivery_no, row_no)
            """,  # noqa: S608 - the three names above
            {"table": table},
        )
        for delivery_no, *row in counting.fetchall():
            values[delivery_no][table][tuple(row)] += 1
    rows_received: dict[int, dict[str, int]] = defaultdict(dict)
    counts = connection.execute("SELECT delivery_no, table_name, received FROM core_row_counts")
    for delivery_no, table, count in counts.fetchall():
        rows_received[delivery_no][table] = count
    amounts = dict(connection.execute("SELECT delivery_no, sum(beloeb) FROM core_expenses GROUP BY ALL").fetchall())
    return [
        Outcome(
            accepted[numbers[place.project_folder]],
            codes[numbers[place.project_folder]],
            tuple(messages[numbers[place.project_folder]]),
            {table: values[numbers[place.project_folder]][table] for table in ("borgere", "forloeb", "udgifter")},
            rows_received[numbers[place.project_folder]],
            amounts.get(numbers[place.project_folder]) or Decimal(0),
        )
        for place in places
    ]
