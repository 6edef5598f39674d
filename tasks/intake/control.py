"""Control totals: the rows and kroner that a delivery says it has, compared with those that were read (F08).

Source: the intake, "`kontroltal.csv`".
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from tasks.base.cpr import mask
from tasks.base.lines import amount
from tasks.base.worded import Both
from tasks.intake.faults import Fault
from tasks.intake.tables import ALL_TABLES, KONTROLTAL, UDGIFTER
from tasks.warehouse.frames import registered
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.intake.contents import TableText
    from tasks.intake.delimited import Delimited

_NAMES = tuple(table.name for table in ALL_TABLES)
_FIRST_NAMES = ", ".join(_NAMES[:-1])
_ANY = Both(f"{_FIRST_NAMES} eller {_NAMES[-1]}", f"{_FIRST_NAMES} or {_NAMES[-1]}")


class ControlRow(NamedTuple):
    """One row of control totals, as text; before them, the places of its three cells."""

    delivery_no: int
    tabel_place: str
    antal_place: str
    sum_place: str
    tabel: str
    antal: str
    sum_beloeb: str


def control_rows(delivery_no: int, text: TableText) -> tuple[list[ControlRow], list[Fault]]:
    """Give the filled rows of a delivery's control totals, and the faults of those that have too many fields.

    Both are empty where a column is missing, which is reported by itself. A row with fewer fields counts; its missing
    cells are blank.
    """
    rows: list[ControlRow] = []
    faults: list[Fault] = []
    if not text.is_whole:
        return [], []

    def row_of(row_no: int, *cells: str) -> ControlRow:
        file_name = text.file_name.removesuffix(f", {text.sheet}")
        places = (f"{file_name}, {text.cell(column, row_no)}" for column in KONTROLTAL.columns)
        return ControlRow(delivery_no, *places, *cells)

    if text.cells is not None:
        rows = [row_of(*row) for row in text.cells.select("row_no", *KONTROLTAL.columns).iter_rows()]
    elif (found := text.delimited) is not None:
        records = found.content.split(found.record_separator)[found.header_row_no :]
        for row_no, record in enumerate(records, start=found.header_row_no + 1):
            row = record.split(found.field_separator)
            if any(row[len(found.header) :]):
                faults.append(_ragged(text.file_name, row_no, len(row), found))
            elif any(row):
                rows.append(row_of(row_no, *(_at(row, text.columns.get(name)) for name in KONTROLTAL.columns)))
    return rows, faults


def _ragged(file_name: str, row_no: int, field_count: int, found: Delimited) -> Fault:
    """Report a row with more fields than its header: read by their places, they would give another total."""
    da, en = "fjern de overskydende felter", "remove the surplus fields"
    if found.delimiter == ",":
        da = "filen er adskilt af komma, så et tal med decimalkomma skal stå i anførselstegn"
        en = "the file is separated by commas, so a number with a decimal comma must stand in quotation marks"
    return Fault(
        "F08",
        mask(f"{file_name}: række {row_no} har {field_count} felter, men overskriften har {len(found.header)}; {da}"),
        mask(f"{file_name}: row {row_no} has {field_count} fields, but the header has {len(found.header)}; {en}"),
    )


def _at(row: list[str], place: int | None) -> str:
    return row[place - 1] if place is not None and place <= len(row) else ""


def control_faults(connection: duckdb.DuckDBPyConnection, rows: list[ControlRow]) -> dict[int, list[Fault]]:
    """Hold control totals against the rows kept in the warehouse; give the faults by delivery_no."""
    if not rows:
        return {}
    import polars as pl

    schema = dict.fromkeys(ControlRow._fields, pl.String) | {"delivery_no": pl.Int32}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    with registered(connection, control=frame):
        compared = execute(connection, "intake/compare_control", amount_table=UDGIFTER.name).fetchall()
    faults: dict[int, list[Fault]] = {}
    for delivery_no, *places, tabel, table_name, received, antal, beloeb, sum_beloeb, written, written_sum in compared:
        told = faults.setdefault(delivery_no, [])
        where, where_antal, where_sum = map(mask, places)
        if table_name not in _NAMES:
            told.append(
                Fault(
                    "F08",
                    f"{where}: tabellen {_shown(tabel, 'uden navn')} kendes ikke; skriv {_ANY.da}",
                    f"{where}: table {_shown(tabel, 'without a name')} is unknown; write {_ANY.en}",
                )
            )
        elif received is not None and antal != received:
            told.append(_mismatch(connection, where_antal, tabel, "antal", antal, received, mask(written)))
        if beloeb is not None and sum_beloeb != beloeb:
            told.append(_mismatch(connection, where_sum, tabel, "sum_beloeb", sum_beloeb, beloeb, mask(written_sum)))
    return faults


_WRITTEN_DA = {"antal": "antal skrives med cifre alene", "sum_beloeb": "beløbet skrives som 1.234,56"}
_WRITTEN_EN = {"antal": "write antal with digits alone", "sum_beloeb": "write the amount as 1.234,56"}


def _shown(written: str, blank: str) -> str:
    return f'"{written}"' if written else blank


def _danish(value: object) -> str:
    return amount(value) if isinstance(value, Decimal) else str(value)


def _mismatch(
    connection: duckdb.DuckDBPyConnection,
    where: str,
    tabel: str,
    column: str,
    said: object,
    read: object,
    written: str,
) -> Fault:
    """Report a total that does not fit. `said`: the total, `read`: what there is, `written`: the cell."""
    if said is None:
        ((flaw_da, flaw_en),) = execute(connection, "intake/control_flaw", text=written).fetchall()
        return Fault(
            "F08",
            f"{where}: {column} for {tabel} er {_shown(written, 'tomt')}; {flaw_da or _WRITTEN_DA[column]}",
            f"{where}: {column} of {tabel} is {_shown(written, 'blank')}; {flaw_en or _WRITTEN_EN[column]}",
        )
    return Fault(
        "F08",
        f"{where}: {column} for {tabel} er opgivet til {_danish(said)}, men der er læst {_danish(read)}",
        f"{where}: {column} of {tabel} is given as {said}, but what was read is {read}",
    )
