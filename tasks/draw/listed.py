"""The list of a batch: which of its citizens can be drawn on the day, judged by the settlement's own rules.

Everything happens in a database in memory, under the operator's key: no personal number is written anywhere.
Source: docs/draw-format.md, 'Commands'.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.base.errors import InputError
from tasks.base.regular import read_file
from tasks.base.system import told_by_system
from tasks.base.worded import phrase
from tasks.draw.sequence import PARTICIPANT, ref_of, stratum_of
from tasks.intake.contents import DeliveredFile
from tasks.intake.delivery import read_one_table
from tasks.intake.faults import Unreadable
from tasks.intake.keep import Batch, keep, prepare_look_ups
from tasks.intake.tables import BORGERE
from tasks.register.read import Register
from tasks.settlement.world import build_world
from tasks.validation.own_sql import judge_by_own_sql
from tasks.validation.stages import judge_citizens, start
from tasks.warehouse.connection import in_memory
from tasks.warehouse.frames import registered
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.moment import Moment
    from tasks.intake.key import PseudonymKey
    from tasks.intake.tables import Table
    from tasks.register.read import Project
    from tasks.rules.model import Rules

LISTED = replace(BORGERE, described=BORGERE.without_need_of("gruppe", "visitationsdato"))
"""The columns of a batch's file: borgere without those that the draw gives."""
IMPORTED = replace(
    BORGERE,
    described=BORGERE.without_need_of("ydelse", "offentlig_forsoergelse_siden"),
    names={"dato": "visitationsdato"},
)
"""The columns of citizens who were drawn elsewhere."""
_JUDGED = frozenset({"R01", "C01", "C02", "C03", "C04", "C05", "C06", "C09", "C10", "C11", "C12", "C15"})
_WINDOW = frozenset({"C09"})
_OF_THE_DAY = frozenset({"C09", "C10", "C11"})
_JUDGED_WHERE_IMPORTED = frozenset({"R01", "C01", "C02", "C03", "C04", "C05", "C07", "C08", "C15"})
_DELIVERY_NO = 1


@dataclass(frozen=True)
class Citizen:
    """A citizen who can be drawn. `person`: the pseudonym; `gruppe`, `day`: for one who was drawn elsewhere."""

    row_no: int
    borger_id: str
    person: str
    ref: str
    stratum: str
    gruppe: str
    day: date


@dataclass(frozen=True)
class LeftOut:
    """A row that can't be drawn: its number as a spreadsheet counts, its id as it may be shown, the rules it breaks."""

    row_no: int
    borger_id: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """What a file lists. `refused_today`: those left out only by rules that depend on the day."""

    citizens: tuple[Citizen, ...]
    left_out: tuple[LeftOut, ...]
    refused_today: tuple[Citizen, ...]


def read_list(
    path: Path, project: Project, rules: Rules, key: PseudonymKey, now: Moment, *, has_window: bool
) -> Listed:
    """Read a batch's file and judge it on the day drawn. `has_window`: whether the window of enrolment is judged.

    Raises InputError when the file can't be read as `borgere`.
    """
    judged = _JUDGED if has_window else _JUDGED - _WINDOW
    with in_memory() as connection:
        _keep(connection, path, LISTED, rules, key)
        execute(connection, "draw/suppose_drawn", gruppe=PARTICIPANT, day=now.today)
        return _judged(connection, project, rules, now, judged)


def read_import(path: Path, project: Project, rules: Rules, key: PseudonymKey, now: Moment) -> Listed:
    """Read citizens who were drawn elsewhere: borger_id, cpr, kommunekode, maalgruppe, gruppe, dato.

    Raises InputError when the file can't be read so.
    """
    with in_memory() as connection:
        _keep(connection, path, IMPORTED, rules, key)
        return _judged(connection, project, rules, now, _JUDGED_WHERE_IMPORTED)


def _keep(connection: duckdb.DuckDBPyConnection, path: Path, table: Table, rules: Rules, key: PseudonymKey) -> None:
    name = mask(path.name)
    try:
        text, _ = read_one_table(DeliveredFile(name, read_file(path)), table)
    except OSError as error:
        raise InputError(
            phrase(
                "{file} can't be read ({error}): name a file with the table borgere.",
                file=name,
                error=told_by_system(error),
            )
        ) from error
    except Unreadable as reason:
        raise InputError(
            phrase("{reported}; the file must hold the table borgere.", reported=reason.of_file(name))
        ) from reason
    batch = Batch()
    batch.add(_DELIVERY_NO, text)
    prepare_look_ups(connection, rules.vocabulary.words)
    keep(connection, batch, key)


def _judged(
    connection: duckdb.DuckDBPyConnection, project: Project, rules: Rules, now: Moment, judged: frozenset[str]
) -> Listed:
    import polars as pl

    delivery = pl.DataFrame([(_DELIVERY_NO, project.project_id, "", now.today, "")], orient="row")
    receipt = pl.DataFrame([(1, _DELIVERY_NO, now.timestamp, True)], orient="row")
    for table, rows in (("deliveries", delivery), ("receipts", receipt)):
        with registered(connection, rows=rows):
            execute(connection, f"intake/add_{table}")
    build_world(connection, year=rules.years[-1], register=Register((project,), (), {}), rules=rules, known_at=now)
    start(connection)
    judge_citizens(connection, judge_by_own_sql)
    citizens: list[Citizen] = []
    refused_today: list[Citizen] = []
    left_out = []
    for row_no, borger_id, person, kommunekode, maalgruppe, gruppe, day, broken in execute(
        connection, "draw/listed", judged=sorted(judged)
    ).fetchall():
        if broken:
            left_out.append(LeftOut(row_no, borger_id, tuple(broken)))
        if set(broken) <= _OF_THE_DAY:
            ref, stratum = ref_of(project.project_id, person), stratum_of(kommunekode, maalgruppe)
            one = Citizen(row_no, borger_id, person, ref, stratum, gruppe, day)
            (refused_today if broken else citizens).append(one)
    return Listed(tuple(citizens), tuple(left_out), tuple(refused_today))
