"""Settling and releasing as two persons do it, without a server, at moments that the test names."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from flows.release import release_years
from flows.release_again import replay
from flows.release_choosing import look_ahead
from flows.settle import draft
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import PREPARED_BY_VARIABLE, Run
from tasks.draft.summary import Summary
from tasks.ledger.entry import Entry, Waiver
from tasks.ledger.read import read_entries
from tasks.ledger.task import sound_ledger
from tasks.release.approval import AcceptedFinding, Approval, WaivedHold, approve
from tasks.release.findings import Finding
from tasks.release.plan import Plan
from tasks.release.signature import APPROVERS
from tasks.release.summary import Released
from tasks.warehouse.connection import open_warehouse
from tests.support.portfolio import Delivery, Portfolio, Project

ANNA, BO = "Anna Hansen", "Bo Holm"
JF, OTHER = "JF-187", "JF-253"
_WAITING = 15


def worked_example(project: Project, as_of: str = "2017-12-31", *, starts_2016: int = 80) -> Delivery:
    """Give the delivery of the worked example: 80 starts and 40 completions in 2016, 20 and 58 in 2017."""
    delivery = project.delivery(as_of)
    delivery.completed(40, "2016-03-01", "2016-09-30", "both in 2016 ")
    delivery.completed(38, "2016-12-01", "2017-03-31", "start 2016, complete 2017 ")
    delivery.started(starts_2016 - 78, "2016-12-01", "start 2016 ")
    for number in range(80 - starts_2016):
        delivery.citizen(f"no spell {number}")
    delivery.completed(20, "2017-01-16", "2017-06-30", "both in 2017 ")
    for number in range(100):
        delivery.citizen(f"control {number}", gruppe="kontrol")
    delivery.wages("2016-05-31", "400.000,00")
    delivery.wages("2017-05-31", "500.000,00")
    return delivery


class Lenient(Approval):
    """An approval of a person who accepts whatever is found."""

    def accept(self, found: Sequence[Finding]) -> tuple[Waiver, ...]:
        """Accept it."""
        return tuple(Waiver(one.code, "The office of the tests accepts it.") for one in found)


@dataclass
class Office:
    """STAR's office: Anna prepares, Bo approves. Every call has the moment that it is made at."""

    portfolio: Portfolio
    monkeypatch: pytest.MonkeyPatch

    @property
    def inbox(self) -> Path:
        """The inbox."""
        return self.portfolio.inbox

    @property
    def home(self) -> Path:
        """The warehouse and the output."""
        return self.portfolio.folder / "home"

    def out(self, year: int) -> Path:
        """Give the folder of a year's output."""
        return self.home / "out" / str(year)

    def run(self, year: int, now: str) -> Run:
        """Give a run of a year."""
        self.home.mkdir(exist_ok=True)
        return Run(year, self.portfolio.register, self.portfolio.inbox, self.home, Moment.parse(now))

    def settle(self, year: int, now: str, by: str = ANNA) -> Summary:
        """Settle a year into a draft; the register is written the first time."""
        if not self.portfolio.register.is_dir():
            self.portfolio.write_register()
        self.monkeypatch.setenv(PREPARED_BY_VARIABLE, by)
        with open_warehouse(self._home()) as connection:
            return draft(connection, self.run(year, now), Silence())

    def release(
        self,
        *years: int,
        now: str,
        by: str = BO,
        projects: Sequence[str] | None = None,
        waivers: Sequence[tuple[str, str, str]] = (),
        drafts: Sequence[str] = (),
        accepted: Mapping[str, str] | None = None,
        signature: str | None = None,
    ) -> Released:
        """Release the drafts of years; waivers as (project, code, reason), drafts as their fingerprints begin.

        `accepted`: reasons by finding; None: whatever is found. `signature`: as it came.
        """
        findings = [AcceptedFinding(*one) for one in (accepted or {}).items()]
        approval = approve(by, projects, [WaivedHold(*one) for one in waivers], drafts, findings, signature)
        if accepted is None:
            approval = Lenient(**vars(approval))
        with open_warehouse(self._home()) as connection:
            sound_ledger(connection, self.home)
            return release_years(connection, [self.run(year, now) for year in years], approval, Silence())

    def plan(self, *years: int, now: str) -> Plan:
        """Plan a release of the drafts of years by Bo."""
        with open_warehouse(self._home()) as connection:
            runs = [self.run(year, now) for year in years]
            return look_ahead(connection, runs, approve(BO, None, []), Silence(), self.home / APPROVERS)[1]

    def fingerprint(self, year: int) -> str:
        """Give the whole fingerprint of a year's draft, as its manifest names it."""
        fingerprint: str = json.loads((self.out(year) / "manifest.json").read_bytes())["fingerprint"]
        return fingerprint

    def replay(self, *years: int, now: str, known_at: str) -> Released:
        """Make earlier releases again."""
        with open_warehouse(self._home()) as connection:
            return replay(connection, [self.run(year, now) for year in years], Moment.parse(known_at), Silence())

    def entries(self) -> list[Entry]:
        """Give the ledger."""
        with open_warehouse(self._home()) as connection:
            return read_entries(connection)

    def posted(self) -> list[tuple[str, int, str, str, Decimal]]:
        """Give the ledger as project, year, component, kind and amount."""
        return [
            (one.project_id, one.year, one.component.value, one.kind.value, one.amount_dkk) for one in self.entries()
        ]

    def _home(self) -> Path:
        self.home.mkdir(exist_ok=True)
        return self.home


_BEGUN: dict[tuple[object, ...], tuple[Path, list[Project]]] = {}


def begun(office: Office, begin: Callable[..., None], *given: object) -> None:
    """Do what `begin` does to an office where nothing has been done; from the second time on, copy what it left.

    So tests that go on from one state have it made once. `given`: what `begin` is given besides.
    """
    portfolio, key = office.portfolio, (begin, *given)
    if key in _BEGUN:
        left, projects = _BEGUN[key]
        shutil.copytree(left, portfolio.folder, dirs_exist_ok=True)
        portfolio.projects[:] = deepcopy(projects)
        return
    begin(office, *given)
    left = portfolio.folder.with_name(f"begun-{len(_BEGUN)}")
    shutil.copytree(portfolio.folder, left)
    _BEGUN[key] = left, deepcopy(portfolio.projects)


def deliver(
    inbox: Path, project: Project, *, starts: int, as_of: str = "2016-12-31", wages: str = "", waiting: int = _WAITING
) -> None:
    """Deliver a project's citizens who each start on a day of 2016, at 6 000 kr. a start.

    Beside them are `waiting` citizens who never start, so that one citizen less is no filtered export (P14).
    """
    delivery = project.delivery(as_of)
    for number in range(waiting):
        delivery.citizen(f"W{number}")
    delivery.started(starts, "2016-03-01")
    if wages:
        delivery.wages("2016-05-31", wages)
    delivery.write(inbox)
