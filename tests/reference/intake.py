"""Every delivery of an inbox: its three tables, and the F codes that it breaks."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import TypeVar

from tests.reference.register import Register
from tests.reference.tables import (
    Table,
    UnreadableError,
    UnsafeError,
    check_archive,
    open_archive,
    read_csv,
    read_parquet,
    read_workbook,
)
from tests.reference.values import Value, fold, make_date, read_amount

REQUIRED = {
    "borgere": (
        "borger_id", "cpr", "kommunekode", "maalgruppe", "ydelse", "offentlig_forsoergelse_siden", "gruppe",
        "visitationsdato",
    ),
    "forloeb": ("forloeb_id", "borger_id", "type", "virksomhed_cvr", "startdato", "slutdato"),
    "udgifter": ("bilagsnr", "dato", "kategori", "beloeb"),
}  # fmt: skip
OPTIONAL = {
    "borgere": ("integrationsprogram",),
    "forloeb": ("ordinaere_timer_pr_uge",),
    "udgifter": ("tekst", "lovpligtig"),
}
Read = TypeVar("Read")
CONTROL_COLUMNS = ("tabel", "antal", "sum_beloeb")
REFUSING = frozenset({"F01", "F02", "F03", "F04", "F05", "F06", "F08"})


@dataclass
class Delivery:
    """One hand-in. `name`: of its folder or archive. `tables`: those that were read, all if accepted."""

    project_id: str
    name: str
    as_of: dt.date | None
    codes: set[str] = field(default_factory=set)
    tables: dict[str, Table] = field(default_factory=dict)

    @property
    def is_accepted(self) -> bool:
        """Whether it breaks no refusing rule."""
        return not self.codes & REFUSING


def read_inbox(inbox: Path, register: Register, today: dt.date) -> list[Delivery]:
    """Return every delivery in the inbox, in order of project folder and name."""
    deliveries: list[Delivery] = []
    for folder in sorted(inbox.iterdir()):
        if folder.is_dir() and not _is_left_behind(folder.name):
            deliveries += _read_project_folder(folder, register, today)
    return deliveries


def in_force(deliveries: list[Delivery]) -> dict[str, Delivery]:
    """Return each project's accepted delivery with the latest as-of date."""
    current: dict[str, Delivery] = {}
    for delivery in deliveries:
        if not delivery.is_accepted or delivery.as_of is None:
            continue
        before = current.get(delivery.project_id)
        if before is None or before.as_of is None or before.as_of <= delivery.as_of:
            current[delivery.project_id] = delivery
    return current


def _read_project_folder(folder: Path, register: Register, today: dt.date) -> list[Delivery]:
    entries = [entry for entry in sorted(folder.iterdir()) if not _is_left_behind(entry.name)]
    entries = [entry for entry in entries if entry.is_dir() or entry.suffix.lower() == ".zip"]
    stems = [entry.name if entry.is_dir() else entry.stem for entry in entries]
    deliveries = []
    for entry, stem in zip(entries, stems, strict=True):
        delivery = Delivery(folder.name, entry.name, _read_as_of(stem))
        if folder.name not in register.projects:
            delivery.codes.add("F04")
        if delivery.as_of is None or delivery.as_of > today:
            delivery.codes.add("F05")
        if stems.count(stem) > 1:
            delivery.codes.add("F02")
        try:
            files = _folder_files(entry) if entry.is_dir() else _archive_files(entry.read_bytes())
        except UnreadableError:
            delivery.codes.add("F01")
        except UnsafeError:
            delivery.codes.add("F06")
        else:
            _read_files(delivery, files)
        deliveries.append(delivery)
    return deliveries


def _read_as_of(name: str) -> dt.date | None:
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", name)
    return make_date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _is_left_behind(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return any(part.startswith(".") or part.lower() in ("__macosx", "thumbs.db", "desktop.ini") for part in parts)


def _folder_files(folder: Path) -> list[tuple[str, bytes]]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files = [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]
    return [(name, data) for name, data in files if not _is_left_behind(name)]


def _archive_files(data: bytes) -> list[tuple[str, bytes]]:
    archive = open_archive(data)
    check_archive(archive, len(data))
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_left_behind(entry.filename)]
    try:
        files = [(entry.filename, archive.read(entry)) for entry in entries]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise UnreadableError("archive") from error
    tops = {name.split("/", 1)[0] for name, _ in files}
    if len(tops) == 1 and all("/" in name for name, _ in files):
        files = [(name.split("/", 1)[1], content) for name, content in files]
    return files


def _read_files(delivery: Delivery, files: list[tuple[str, bytes]]) -> None:
    found: dict[str, list[Table | None]] = {name: [] for name in (*REQUIRED, "kontroltal")}
    holds_unknown = False
    for path, data in files:
        name = fold(path)
        if name in ("indberetning.xlsx", "indberetning.xlsm"):
            sheets = _read_safely(delivery, read_workbook if name.endswith(".xlsx") else _refuse_macros, data)
            holds_unknown |= sheets is None
            for sheet, table in sheets or ():
                if sheet in found:
                    found[sheet].append(table)
        elif name in {f"{table}.csv" for table in found}:
            found[name.removesuffix(".csv")].append(_read_safely(delivery, read_csv, data))
        elif name in {f"{table}.parquet" for table in REQUIRED}:
            found[name.removesuffix(".parquet")].append(_read_safely(delivery, read_parquet, data))
        else:
            delivery.codes.add("F07")
    for name in REQUIRED:
        _check_table(delivery, name, found[name], holds_unknown)
    _check_control(delivery, found["kontroltal"], holds_unknown)


def _read_safely(delivery: Delivery, read: Callable[[bytes], Read], data: bytes) -> Read | None:
    try:
        return read(data)
    except UnreadableError:
        delivery.codes.add("F01")
    except UnsafeError:
        delivery.codes.add("F06")
    return None


def _refuse_macros(_data: bytes) -> list[tuple[str, Table]]:
    raise UnsafeError("macro")


def _check_table(delivery: Delivery, name: str, found: list[Table | None], holds_unknown: bool) -> None:
    if len(found) > 1 or (not found and not holds_unknown):
        delivery.codes.add("F02")
    for table in found:
        if table is not None:
            _check_columns(delivery, name, table)
            if len(found) == 1:
                delivery.tables[name] = table


def _check_control(delivery: Delivery, found: list[Table | None], holds_unknown: bool) -> None:
    if len(found) > 1:
        delivery.codes.add("F02")
    if not found and not holds_unknown:
        delivery.codes.add("F09")
    for table in found:
        if table is None:
            continue
        _check_columns(delivery, "kontroltal", table)
        if not set(CONTROL_COLUMNS) <= set(table.columns) or (len(found) == 1 and not _fits(table, delivery.tables)):
            delivery.codes.add("F08")


def _check_columns(delivery: Delivery, name: str, table: Table) -> None:
    if len(set(table.columns)) != len(table.columns) or not set(REQUIRED.get(name, ())) <= set(table.columns):
        delivery.codes.add("F03")
    if set(table.columns) - {*REQUIRED.get(name, CONTROL_COLUMNS), *OPTIONAL.get(name, ())}:
        delivery.codes.add("F07")


def _fits(control: Table, tables: Mapping[str, Table]) -> bool:
    """Return whether the control totals agree with the tables that were read."""
    for row in control.rows:
        name = fold(row["tabel"].text)
        if name not in REQUIRED:
            return False
        table = tables.get(name)
        if table is None:
            continue
        if row["antal"].text != str(len(table.rows)):
            return False
        if name == "udgifter" and not _sum_fits(row["sum_beloeb"], table):
            return False
    return True


def _sum_fits(stated: Value, expenses: Table) -> bool:
    amounts = [read_amount(row["beloeb"]) for row in expenses.rows if not row.is_ragged]
    return read_amount(stated) == sum((amount for amount in amounts if amount is not None), Decimal(0))
