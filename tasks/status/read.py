"""Reading where the settlement stands, from the rules' calendar and the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tasks.hearing.record import Hearings
from tasks.hearing.state import Intended, State, hearing_of, not_decided
from tasks.release.asked import asked
from tasks.status.due import Due, due_next, released_together
from tasks.validation.catalogue import TOGETHER, remarks_on_deliveries
from tasks.warehouse.rows import Row, rows_of

if TYPE_CHECKING:
    import duckdb

    from tasks.base.moment import Moment
    from tasks.hearing.record import SentLetter
    from tasks.rules.model import Rules

_NOTHING: Row = {
    "entries": 0,
    "newest_sha256": None,
    "newest_posted_at": None,
    "posted_dkk": Decimal("0.00"),
}


@dataclass(frozen=True)
class Status:
    """Where the settlement stands at a day; amounts in DKK.

    `calendar`: the days of each year. `deliveries`: by project, with those refused since. `drafts`: the newest of each
    year, with its holds, the projects that only an earlier one covers, and the findings: what a release by this
    account, of it and of the years that it is released with, would ask to be accepted, and whether all of that is on
    hold. `hearings`: by year, how many letters were sent, how many answers came, and how many are awaited before a
    decision. `ledger`: with the first thing that is wrong with it now, whatever the day (`finding`; None: it verifies).
    `differences`: earlier years whose amounts in the newest draft differ from the ledger's. `unregistered`: projects
    that the ledger holds money for and that draft does not have. `writing`: who writes to the home just now, while
    the warehouse can't be read; None: nobody. `unsettled`: a sentence on the missing warehouse; None: it is there.
    """

    today: date
    calendar: tuple[Row, ...]
    deliveries: tuple[Row, ...]
    drafts: tuple[Row, ...]
    releases: tuple[Row, ...]
    ledger: Row
    differences: tuple[Row, ...]
    unregistered: tuple[Row, ...]
    due: tuple[Due, ...]
    writing: str | None = None
    unsettled: str | None = None
    hearings: tuple[Row, ...] = ()


def read_status(
    connection: duckdb.DuckDBPyConnection | None,
    rules: Rules,
    known_at: Moment,
    *,
    finding: str | None = None,
    hearings: Hearings | None = None,
    writing: str | None = None,
    unsettled: str | None = None,
    is_signed: bool = False,
) -> Status:
    """Read where the settlement stands at a moment; without a `connection`, what the calendar alone says.

    `finding`: what is wrong with the ledger. `hearings`: what the record of hearings says, where it is sound.
    `is_signed`: whether a release needs the approver's signature.
    """
    calendar = tuple({"year": year, **days.model_dump()} for year, days in sorted(rules.calendar.years.items()))
    values = {"known_at": known_at.timestamp}
    more: dict[str, Row] = {
        "deliveries": {"remarks": remarks_on_deliveries()},
        "drafts": {"together": TOGETHER, "rules_sha256": rules.sha256},
    }
    read: dict[str, tuple[Row, ...]] = {
        name: tuple(rows_of(connection, f"status/{name}", **values, **more.get(name, {}))) if connection else ()
        for name in ("deliveries", "drafts", "releases", "differences", "unregistered")
    }
    heard = (hearings or Hearings()).until(known_at.utc)
    if connection:
        joint = released_together(read["drafts"])
        for draft in read["drafts"]:
            drafted = {one["year"]: one["fingerprint"] for one in joint.get(draft["year"], [draft])}
            draft.update(asked(connection, rules, drafted, heard, known_at)._asdict())
    undecided = not_decided(connection, heard, known_at) if connection else heard
    held = rows_of(connection, "status/ledger", **values)[0] if connection else _NOTHING
    ledger = {**held, "finding": finding}
    due = due_next(
        calendar,
        read["deliveries"],
        read["drafts"],
        read["differences"],
        known_at.today,
        finding,
        is_signed=is_signed,
    )
    return Status(
        known_at.today,
        calendar,
        **read,
        ledger=ledger,
        due=() if writing else tuple(due),
        writing=writing,
        unsettled=unsettled,
        hearings=tuple(_hearings(heard, undecided, known_at.today)),
    )


def released_with(connection: duckdb.DuckDBPyConnection, rules: Rules, year: int, known_at: Moment) -> dict[int, str]:
    """Give the drafts, fingerprints by year, of the years that nothing has decided and that a year takes from.

    None where one of them can't be released. The year's own is not among them.
    """
    drafts = rows_of(
        connection, "status/drafts", known_at=known_at.timestamp, together=TOGETHER, rules_sha256=rules.sha256
    )
    takes = any(one["takes_from"] for one in drafts if one["year"] == year)
    joint = released_together(drafts).get(year, []) if takes else []
    return {one["year"]: one["fingerprint"] for one in joint if one["year"] != year}


def _hearings(heard: Hearings, undecided: Hearings, today: date) -> Iterator[Row]:
    """Count by year; an answer is awaited about what the newest letter gave, unless that was decided."""
    for year in sorted({one.year for one in heard.sent}):
        sent = [one for one in heard.sent if one.year == year]
        waiting = [
            one.reply_by
            for one in {one.project_id: one for one in undecided.sent if one.year == year}.values()
            if _state(undecided, one, today) is State.WAITING
        ]
        yield {
            "year": year,
            "sent": len(sent),
            "answered": sum(one.year == year for one in heard.answers),
            "waiting": len(waiting),
            "reply_by": max(waiting, default=None),
        }


def _state(heard: Hearings, newest: SentLetter, today: date) -> State:
    """Give the state of the hearing about what a letter gave."""
    gives = Intended(newest.recipient_cvr, (), newest.gives_sha256)
    return hearing_of(heard, newest.project_id, newest.year, gives, today).state
