"""Which tables of a delivery are missing or come twice, and which name each missing one may have: F02 and F09."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tasks.base.danish import liste
from tasks.base.worded import Both
from tasks.intake import characters
from tasks.intake.spelled import compared, resembled
from tasks.intake.tables import KONTROLTAL, TABLES
from tasks.intake.words import fold

if TYPE_CHECKING:
    from tasks.intake.contents import Delivery

WORKBOOK = "indberetning"
WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_PACKED_SUFFIXES = frozenset({".gz", ".bz2", ".xz", ".zst", ".zip", ".7z", ".rar", ".tar", ".tgz"})
_TEXT_SUFFIXES = frozenset({"", ".csv", ".cvs", ".txt", ".tsv", ".tab", ".dat", ".asc", ".prn"})
_SPREADSHEETS = WORKBOOK_SUFFIXES | {".xml", ".html", ".htm", ".numbers", ".fods", ".xltx", ".xlt", ""}
_EMPTY = Both("; indberetningen er tom", "; the delivery is empty")
_SHEETS_TOLD = 5


def judge_presence(delivery: Delivery, found: dict[str, list[Both]], *, is_anything_hidden: bool) -> None:
    """Note tables that are missing or come twice (F02), and missing control totals (F09).

    `is_anything_hidden`: a workbook could not be read, and the tables that it may hold are not reported missing.
    """
    missing: dict[Both, list[str]] = {}
    is_any_found = any(table.name in found for table in TABLES)
    for table in TABLES:
        if table.name not in found and not is_anything_hidden:
            is_empty = not found and not delivery.others
            meant = _EMPTY if is_empty else _meant_as(delivery, table.name, is_any_found=is_any_found)
            missing.setdefault(meant, []).append(table.name)
    for (da, en), names in missing.items():
        what_da, what_en = ("tabellen", "table") if len(names) == 1 else ("tabellerne", "tables")
        is_en = "is" if len(names) == 1 else "are"
        delivery.fault(
            "F02",
            f"{what_da} {liste(names)} mangler{da}",
            f"{what_en} {' and '.join(', '.join(names).rsplit(', ', 1))} {is_en} missing{en}",
        )
    for name, places in found.items():
        if len(places) > 1:
            da, en = " og ".join(place.da for place in places), " and ".join(place.en for place in places)
            delivery.fault(
                "F02",
                f"{name} findes flere gange, som {da}: behold ét af stederne",
                f"{name} comes more than once, as {en}: keep one of the places",
            )
            delivery.tables.pop(name, None)
            if name == KONTROLTAL.name:
                delivery.control = None
    if KONTROLTAL.name not in found and not is_anything_hidden:
        meant = _named_alike(delivery, KONTROLTAL.name) or Both("", "")
        delivery.fault(
            "F09",
            f"kontroltal mangler, så en afkortet eller beskadiget fil ikke kan opdages{meant.da}",
            f"there are no control totals, so a file that was cut off or damaged can't be noticed{meant.en}",
        )


def _meant_as(delivery: Delivery, table: str, *, is_any_found: bool) -> Both:
    """Say which file or sheet of another name the missing table may be or be in, and how to name it."""
    return _named_alike(delivery, table) or _held_by(delivery, table, is_any_found=is_any_found)


def _named_alike(delivery: Delivery, table: str) -> Both | None:
    """Say which file or sheet of another name the missing table may be; None where none has a name like it."""
    for other, is_file in delivery.others[: len(compared([name for name, _ in delivery.others]))]:
        path = PurePosixPath(other)
        stem = path.name.split(".", 1)[0] if is_file else other
        like = resembled(stem, {table})
        if like is None:
            continue
        foreign = characters.first_foreign(stem)
        what_da, what_en = ("filen", "the file") if is_file else ("arket", "the sheet")
        why_da, why_en = " er måske tabellen", " may be the table"
        if foreign is not None and characters.seen_as(stem) == table:
            told = characters.described(foreign)
            why_da, why_en = f" har {told.da}", f" has {told.en}"
        mend = _mend_of_name(path, table, is_file=is_file)
        return Both(f'; {what_da} "{other}"{why_da}: {mend.da}', f'; {what_en} "{other}"{why_en}: {mend.en}')
    return None


def _held_by(delivery: Delivery, table: str, *, is_any_found: bool) -> Both:
    """Say which file of the delivery may hold the missing table, or which sheet of the workbook may be it."""
    files = [PurePosixPath(name) for name, is_file in delivery.others if is_file]
    if (path := _workbook_of(files, is_any_found=is_any_found)) is not None:
        mend = _mend_of_workbook(path)
        return Both(
            f'; filen "{path}" er måske projektmappen: {mend.da}', f'; the file "{path}" may be the workbook: {mend.en}'
        )
    for path in files:
        if path.suffix.lower() in _PACKED_SUFFIXES:
            return Both(
                f'; indberetningen indeholder "{path}": pak det ud, så tabellerne ligger øverst',
                f'; the delivery holds "{path}": unpack it, so that the tables are at the top',
            )
    sheets = [name for name, is_file in delivery.others if not is_file]
    if not sheets:
        return Both("", "")
    listed = ", ".join(f'"{name}"' for name in sheets[:_SHEETS_TOLD])
    return Both(
        f"; projektmappens andre ark er {listed}: kald arket {table}",
        f"; the workbook's other sheets are {listed}: name the sheet {table}",
    )


def _workbook_of(files: list[PurePosixPath], *, is_any_found: bool) -> PurePosixPath | None:
    """Give the file that may be the workbook, by its name or, where no table was found, its form; None: none may be."""
    for path in files[: len(compared([path.name for path in files]))]:
        stem, suffix = path.name.split(".", 1)[0], path.suffix.lower()
        if fold(path.name).startswith((WORKBOOK, f"kopi_af_{WORKBOOK}")) and suffix in _SPREADSHEETS:
            return path
        if suffix in WORKBOOK_SUFFIXES and resembled(stem, {WORKBOOK}) is not None:
            return path
    of_its_form = [path for path in files if path.suffix.lower() in WORKBOOK_SUFFIXES]
    # Where there are several, each may be one table.
    is_one = len(of_its_form) == 1 and not is_any_found
    return of_its_form[0] if is_one else None


def _mend_of_workbook(path: PurePosixPath) -> Both:
    if path.suffix.lower() != ".xlsx":
        return Both("gem den i regnearket som indberetning.xlsx", "save it in the spreadsheet as indberetning.xlsx")
    if len(path.parts) > 1:
        return Both("læg den øverst i indberetningen som indberetning.xlsx", "put it at the top as indberetning.xlsx")
    return Both("kald den indberetning.xlsx", "name it indberetning.xlsx")


def _mend_of_name(path: PurePosixPath, table: str, *, is_file: bool) -> Both:
    """Say how to name, or where to put, what may be a missing table."""
    suffix = path.suffix.lower() if is_file else ""
    if suffix in WORKBOOK_SUFFIXES:
        return Both(
            "læg tabellerne som ark i én projektmappe, indberetning.xlsx, øverst i indberetningen",
            "put the tables as sheets into one workbook, indberetning.xlsx, at the top of the delivery",
        )
    if suffix in _PACKED_SUFFIXES:
        return Both(f"pak den ud, og kald filen {table}.csv", f"unpack it and name the file {table}.csv")
    is_parquet = suffix == ".parquet" and table != KONTROLTAL.name
    if suffix not in _TEXT_SUFFIXES and not is_parquet:
        return Both(
            f"gem tabellen som CSV UTF-8 under navnet {table}.csv",
            f"save the table as CSV UTF-8 by the name {table}.csv",
        )
    name = f"{table}{'.parquet' if is_parquet else '.csv'}" if is_file else table
    if len(path.parts) > 1 and is_file:
        return Both(f"læg den øverst i indberetningen som {name}", f"put it at the top as {name}")
    return Both(f"kald {'den' if is_file else 'det'} {name}", f"name it {name}")
