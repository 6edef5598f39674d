"""Arms of a made-up portfolio that come from a real draw: opened, drawn in batches, left by a few, and revealed.

The record is that of the home in which the portfolio is settled afterwards, under its key. The lists are kept beside
the inbox as `lists/<project>-<n>.csv`, so that a draw can be tried on them by hand.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tasks.base.errors import InputError, InternalFailure
from tasks.base.moment import Moment
from tasks.base.worded import phrase
from tasks.draw.desk import Desk
from tasks.draw.form import MUNICIPALITY
from tasks.intake.key import key_of, operator_secret
from tasks.intake.tables import BORGERE
from tasks.register.read import read_register, register_files
from tasks.sample.files import plain_csv
from tasks.sample.table import Table
from tasks.warehouse.connection import FILE_NAME, open_warehouse
from tasks.warehouse.lock import hold_lock

if TYPE_CHECKING:
    import duckdb

    from tasks.register.read import Register
    from tasks.rules.model import Rules
    from tasks.sample.frame import Frame, Project

LISTS = "lists"
MOST_BATCHES = 6
SHARE_WHO_LEAVE = 0.02
DAYS_UNTIL_THEY_HAVE_LEFT = 60
_REASONS = ("traadt_ud", "flyttet", "doed", "ikke_i_maalgruppe")
_OPENS, _DRAWS = time(9), time(12)
_BY = "opdigtet"


def require_new_home(home: Path) -> None:
    """Raise InputError where a home has anything: a made-up draw would mix with real data."""
    if (home / FILE_NAME).exists():
        raise InputError(
            phrase("{home} is in use, and a made-up draw would count in it: name a new home with --home.", home=home)
        )


@contextmanager
def drawing(home: Path, directory: Path, rules: Rules, seed: int) -> Iterator[Draws]:
    """Open the desk of all draws of a portfolio, whose register is there, as the only writer to a new home."""
    with hold_lock(home, "sample", Moment.now().utc), open_warehouse(home) as connection:
        register = read_register(connection, register_files(directory / "register"), rules)
        rng = Random(f"who leaves of {seed}")  # noqa: S311 - must repeat
        yield Draws(connection, home, directory, rules, register, rng)


@dataclass
class Draws:
    """The draws of a portfolio. `rng`: decides who leaves."""

    connection: duckdb.DuckDBPyConnection
    home: Path
    directory: Path
    rules: Rules
    register: Register
    rng: Random = field(repr=False)

    def draw(self, project: Project, citizens: Table, frame: Frame) -> None:
        """Give the citizens of a project the arms and days of its draw; whoever would come soon waits for the batch."""
        own = next(one for one in self.register.projects if one.project_id == project.project_id)
        key, secret = key_of(self.connection, self.home), operator_secret(self.home)
        now = _at(project.start.toordinal(), _OPENS)
        desk = Desk(self.connection, self.home, own, self.rules, secret, key, now, _BY)
        desk.open(MUNICIPALITY)
        desk.give_beacon(f"{project.name}, {project.start.isoformat()}", None)
        count = len(citizens)
        batches = max(1, min(MOST_BATCHES, count // desk.terms.smallest_batch_citizens))
        for number in range(1, batches + 1):
            rows = range(count * (number - 1) // batches, count * number // batches)
            day = citizens.known_from[rows[-1]]
            desk.now = _at(day, _DRAWS)
            path = self._list(project.project_id, number, citizens, rows)
            receipt = desk.batch(path, is_last=number == batches, is_small=False)
            answer = receipt.file.read_text(encoding="utf-8").splitlines()
            arms = {one["borger_id"]: one["gruppe"] for one in csv.DictReader(answer)}
            if len(arms) < len(rows):
                raise InternalFailure(f"{len(receipt.left_out)} made-up citizens can't be drawn: report this error.")
            for row in rows:
                citizens.columns["gruppe"][row] = arms[str(citizens.columns["borger_id"][row])]
                citizens.columns["visitationsdato"][row] = citizens.known_from[row] = day
        desk.now = _at(min(day + DAYS_UNTIL_THEY_HAVE_LEFT, frame.last_day), _DRAWS)
        for citizen in citizens.columns["borger_id"]:
            if self.rng.random() < SHARE_WHO_LEAVE:
                desk.withdraw(str(citizen), self.rng.choice(_REASONS))
        desk.reveal()

    def _list(self, project_id: str, number: int, citizens: Table, rows: range) -> Path:
        """Write the list of a batch, as the municipality hands it in."""
        names = [name for name in BORGERE.columns if name not in ("gruppe", "visitationsdato")]
        columns = {name: citizens.columns[name][rows.start : rows.stop] for name in names}
        path = self.directory / LISTS / f"{project_id}-{number}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(plain_csv(Table(BORGERE.name, columns, citizens.known_from[rows.start : rows.stop])))
        return path


def _at(day: int, hour: time) -> Moment:
    return Moment.parse(f"{date.fromordinal(day)}T{hour}")
