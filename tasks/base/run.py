"""What one run has to do: the year, the folders, and the moments."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tasks.base.cpr import mask
from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.base.person import CONTROL, compared, system_user
from tasks.base.worded import phrase

PREPARED_BY_VARIABLE = "JOBFIRST_PREPARED_BY"
AS_KNOWN_AT = "as-known-at"
"""The folder of files that are made again from an earlier state, beside those of today."""


@dataclass(frozen=True)
class Run:
    """One run.

    `now`: when it was started. `as_known_at`: the earlier moment whose registrations, register and rules are taken.
    `against_ledger_of_now`: an earlier state is drafted against today's ledger (a backfill), not replayed.
    `ledger_as_known_at`: the moment of a release that is made again: its ledger is taken.
    `drafted_at`: when the draft that is computed again was made: its other years are held against the ledger of then.
    `projects`: the only ones that are drafted; None: all of the register.
    """

    year: int
    register: Path
    inbox: Path
    home: Path
    now: Moment
    as_known_at: Moment | None = None
    against_ledger_of_now: bool = False
    ledger_as_known_at: Moment | None = None
    projects: tuple[str, ...] | None = None
    drafted_at: Moment | None = None

    @property
    def takes_earlier_state(self) -> bool:
        """Whether registrations, register and rules are those of an earlier moment: nothing is received then."""
        return self.as_known_at is not None

    @property
    def is_replay(self) -> bool:
        """Whether an earlier settlement is made again: nothing is recorded or released then."""
        return self.takes_earlier_state and not self.against_ledger_of_now

    @property
    def known_at(self) -> Moment:
        """The moment whose registrations, register and rules are taken."""
        return self.as_known_at or self.now

    @property
    def earlier_state(self) -> Moment | None:
        """The moment of the state, where it is earlier than the run."""
        return self.known_at if self.known_at.utc < self.now.utc else None

    @property
    def ledger_known_at(self) -> Moment:
        """The moment whose ledger is taken."""
        return self.ledger_as_known_at or (self.known_at if self.is_replay else self.now)

    @property
    def other_years_known_at(self) -> Moment:
        """The moment whose ledger the project's other years are compared with."""
        return self.drafted_at or self.ledger_known_at

    @property
    def out(self) -> Path:
        """The folder that the settlement's files go to."""
        year = self.home / "out" / str(self.year)
        return year / AS_KNOWN_AT if self.is_replay else year


def preparer() -> str:
    """Give who prepares: JOBFIRST_PREPARED_BY, or the operating system's user; a personal number in it is masked.

    Raises InputError when there is no name that the ledger can hold.
    """
    name = os.environ.get(PREPARED_BY_VARIABLE) or system_user() or ""
    if not compared(name) or CONTROL.search(name):
        raise InputError(
            phrase(
                "Who prepares has no name that can stand in the ledger: set {variable} to it, on one line.",
                variable=PREPARED_BY_VARIABLE,
            )
        )
    return mask(name)
