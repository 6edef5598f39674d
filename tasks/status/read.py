"""Reading where the settlement stands, from the rules' calendar and the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tasks.hearing.record import Hearings
from tasks.release.asked import asked
from tasks.status.due import Due, due_next, released_together
from tasks.validation.catalogue import TOGETHER, remarks_on_deliveries
from tasks.warehouse.rows import Row, rows_of

if TYPE_CHECKING:
    import duckdb

    from tasks.base.moment import Moment
    from tasks.rules.model import Rules

_NOTHING: Row = {
    "entries": 0,
    "newest_sha256": None,
    "newest_posted_at": None,
    "posted_dkk": Decimal(0),
    "finding": None,
}


@dataclass(frozen=True)
class Status:
    """Where the settlement stands at a day; amounts in DKK.

    calendar: the days of each year. deliveries: by project, with what was refused since. drafts: the newest of each
    year, with its holds, the projects that only an earlier one covers, and what a release by this account of it, and of
    the years that it is released with, would ask to be accepted (findings). hearings: by year, how many letters were
    sent, answered and are waited for. ledger: with the first thing that is wrong with it now, whatever the day
    (`finding`; None: it verifies). differences: earlier years that the newest draft gives other amounts for than the
    ledger. unregistered: projects that the ledger holds money for and that draft does not have. writing: who writes to
    the home just now, so that the warehouse could not be read; None: nobody. unsettled: that the home has no warehouse;
    None: it has.
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
            draft["findings"] = asked(connection, rules, drafted, heard, known_at)
    ledger = {**rows_of(connection, "status/ledger", **values)[0], "finding": finding} if connection else _NOTHING
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
        hearings=tuple(_hearings(heard, known_at.today)),
    )


def _hearings(heard: Hearings, today: date) -> Iterator[Row]:
    for year in sorted({one.year for one in heard.sent}):
        newest = {one.project_id: one for one in heard.sent if one.year == year}.values()
        unanswered = [one for one in newest if heard.answer_to(one) is None]
        waiting = [one.reply_by for one in unanswered if one.reply_by >= today]
        yield {
            "year": year,
            "sent": len(newest),
            "answered": len(newest) - len(unanswered),
            "waiting": len(waiting),
            "reply_by": max(waiting, default=None),
        }
