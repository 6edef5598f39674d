"""The state of a project's hearing about a decision that is intended now. Source: the settlement, 'Hearing'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from tasks.hearing.record import Hearings, finding_of, read
from tasks.register.municipalities import municipalities
from tasks.warehouse.rows import rows_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from tasks.base.moment import Moment
    from tasks.hearing.record import Answer, SentLetter
    from tasks.warehouse.rows import Row


class State(StrEnum):
    """The stage of a hearing. `CHANGED`: the municipality was heard about a draft that gave it something else.

    `ELSEWHERE`: another municipality was the project's lead, and was heard.
    """

    NOT_NEEDED = "not needed"
    NOT_SENT = "not sent"
    ELSEWHERE = "sent to another municipality"
    CHANGED = "sent for another draft"
    WAITING = "waits for a reply"
    ANSWERED = "answered"
    UNANSWERED = "not answered in time"


@dataclass(frozen=True)
class Intended:
    """What a draft intends for a project. `recipient_cvr`: whom it burdens; the others: as in run.intended."""

    recipient_cvr: str
    burdens: tuple[str, ...]
    gives_sha256: str


@dataclass(frozen=True)
class Hearing:
    """A project's hearing. `letter`, `answer`: those that the state rests on; None where there is none."""

    state: State
    burdens: tuple[str, ...] = ()
    letter: SentLetter | None = None
    answer: Answer | None = None

    @property
    def is_over(self) -> bool:
        """Whether the municipality answered, or its day has passed, about what is intended now."""
        return self.state in (State.ANSWERED, State.UNANSWERED)

    @property
    def is_awaited(self) -> bool:
        """Whether a burden would be decided before its hearing is over (H01)."""
        return bool(self.burdens) and not self.is_over


def intended(connection: duckdb.DuckDBPyConnection) -> dict[str, Intended]:
    """Give what the run's tables intend to decide for the settled year, by project."""
    rows = execute(connection, "hearing/of_run").fetchall()
    return {
        project_id: Intended(municipalities()[lead].cvr, tuple(burdens), gives_sha256)
        for project_id, lead, burdens, gives_sha256 in rows
    }


def not_decided(
    connection: duckdb.DuckDBPyConnection, hearings: Hearings, known_at: Moment, but_run: str | None = None
) -> Hearings:
    """Leave out the letters about what was decided by a moment: each decision has a hearing of its own.

    A letter is decided by any decision from its own draft, and by any decision of the project's year that is later than
    the letter. `but_run`: a release run whose decisions do not count, since their own letters are being written.
    """
    if not hearings.sent:
        return hearings
    of_year: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows_of(connection, "hearing/decided", known_at=known_at.timestamp, but_run=but_run):
        of_year[row["project_id"], row["year"]].append(row)
    return replace(
        hearings,
        sent=tuple(
            letter
            for letter in hearings.sent
            if not any(
                row["draft_fingerprint"] == letter.draft_fingerprint or row["posted_at"] > letter.written_at
                for row in of_year[letter.project_id, letter.year]
            )
        ),
    )


def hearing_of(hearings: Hearings, project_id: str, year: int, one: Intended, today: date) -> Hearing:
    """Give the state, on a day, of a project's hearing about what is intended for a year.

    `hearings`: the letters about what is not decided yet, and what was answered.
    """
    sent = hearings.letters_about(project_id, year)
    letters = [letter for letter in sent if letter.recipient_cvr == one.recipient_cvr]
    about_this = [letter for letter in letters if letter.gives_sha256 == one.gives_sha256]
    if not letters and not one.burdens:
        return Hearing(State.NOT_NEEDED)
    if not letters:
        return Hearing(State.ELSEWHERE if sent else State.NOT_SENT, one.burdens)
    if not about_this:
        return Hearing(State.CHANGED, one.burdens, letters[-1], hearings.answer_to(letters[-1]))
    answered = _newest_answered(about_this, hearings)
    if answered is not None:
        return Hearing(State.ANSWERED, one.burdens, answered, hearings.answer_to(answered))
    newest = about_this[-1]
    return Hearing(State.UNANSWERED if newest.reply_by < today else State.WAITING, one.burdens, newest)


def known_hearings(connection: duckdb.DuckDBPyConnection, home: Path) -> Hearings:
    """Give what the record says, for reports only: nothing where it does not verify. A release requires a sound one."""
    return Hearings() if finding_of(connection, home) else read(connection)


def _newest_answered(letters: Sequence[SentLetter], hearings: Hearings) -> SentLetter | None:
    return next((letter for letter in reversed(letters) if hearings.answer_to(letter) is not None), None)
