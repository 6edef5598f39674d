"""The hours file: what the income register says of each person and month. Source: docs/trial.md, 'The data'.

A personal number becomes its pseudonym while the file is read; the rows live in memory alone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.base.errors import InputError
from tasks.base.regular import read_file
from tasks.base.system import told_by_system
from tasks.base.worded import phrase
from tasks.intake.contents import DeliveredFile
from tasks.intake.delivery import read_one_table
from tasks.intake.faults import Unreadable
from tasks.intake.keep import texts_of
from tasks.intake.tables import Column, Kind, Table
from tasks.warehouse.frames import registered
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.intake.key import PseudonymKey

TIMER = Table(
    name="timer",
    core="",
    described=(
        Column("cpr", Kind.CPR, "Personens cpr-nummer.", "ddmmåå-xxxx"),
        Column("maaned", Kind.TEXT, "Måneden.", "2016-03"),
        Column("timer", Kind.HOURS, "Personens ordinære timer i måneden.", "32,5"),
    ),
)
_READ_AS = {
    "row": phrase("its fields are not those of the header"),
    "cpr": phrase("cpr is no personal number"),
    "maaned": phrase("maaned is not a month as 2016-03"),
    "timer": phrase("timer is not a number of hours of 0 or more"),
}


@dataclass(frozen=True)
class HoursFile:
    """An hours file that was read. `sha256`: of its bytes; `last_day`: of its last month."""

    name: str
    sha256: str
    last_day: date


def read_hours(connection: duckdb.DuckDBPyConnection, path: Path, key: PseudonymKey) -> HoursFile:
    """Read an hours file into the temporary table worked_hours.

    Raises InputError for a file that can't be read, an unreadable cell, and a person and month that come twice.
    """
    name = mask(path.name)
    if path.suffix.lower() != ".csv":
        raise InputError(phrase("{file} is no CSV file: give the hours as CSV with cpr, maaned and timer.", file=name))
    try:
        data = read_file(path)
        text, _ = read_one_table(DeliveredFile(name, data), TIMER)
    except OSError as error:
        raise InputError(
            phrase(
                "{file} can't be read ({error}): name a CSV file with cpr, maaned, timer.",
                file=name,
                error=told_by_system(error),
            )
        ) from error
    except Unreadable as reason:
        raise InputError(
            phrase("{reported}; the file must have the columns cpr, maaned and timer.", reported=reason.of_file(name))
        ) from reason
    assert text.delimited is not None  # noqa: S101 - a CSV file's table is text
    with registered(connection, texts=texts_of(TIMER, [(1, text)])):
        execute(connection, "evaluation/split_hours", inner_block=key.inner, outer_block=key.outer)
    _require_readable(connection, name)
    (last_day,) = execute(connection, "evaluation/hours_end").fetchall()[0]
    if last_day is None:
        raise InputError(phrase("{file} has no row: give the hours of at least one person and month.", file=name))
    return HoursFile(name, hashlib.sha256(data).hexdigest(), last_day)


def _require_readable(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    for row_no, faulty in execute(connection, "evaluation/unreadable_hours").fetchall():
        raise InputError(
            phrase(
                "{file}, row {row}: {fault}; correct it and run again.", file=name, row=row_no, fault=_READ_AS[faulty]
            )
        )
    for row_no, earlier in execute(connection, "evaluation/repeated_hours").fetchall():
        raise InputError(
            phrase(
                "{file}, row {row}: the person and month stand on row {earlier} too; add them up and run again.",
                file=name,
                row=row_no,
                earlier=earlier,
            )
        )
