"""What is due next, by the calendar and by what the warehouse holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tasks.base.english import projects, release_command

if TYPE_CHECKING:
    from tasks.warehouse.rows import Row

_NO_SUCH_PROJECT = "F04"


@dataclass(frozen=True)
class Due:
    """Something to do. day: when it is due; None: as soon as may be. command: what does it; '' where others do it."""

    day: date | None
    text: str
    command: str
    is_late: bool


def due_next(
    calendar: Sequence[Row],
    deliveries: Sequence[Row],
    drafts: Sequence[Row],
    differences: Sequence[Row],
    today: date,
) -> list[Due]:
    """Give what is due: the late first, then by day.

    A year that differs from the ledger is due for a backfill, but where its own draft waits to be released, or the
    year to be settled again.
    """
    of_year = {draft["year"]: draft for draft in drafts}
    expected = [row for row in deliveries if not _is_of_no_project(row)]
    due: list[Due] = []
    for days in calendar:
        due += _year(days, expected, of_year.get(days["year"]), today)
    waiting = {draft["year"] for draft in drafts if draft["released"] < draft["decided"] or draft["left_out"]}
    years = [row["year"] for row in differences if row["year"] not in waiting]
    if years:
        due.append(
            Due(
                None,
                f"correct {', '.join(map(str, years))}, which the ledger holds other amounts for",
                f"jobfirst backfill {min(years)} {max(years)}",
                is_late=False,
            )
        )
    return sorted(due, key=lambda one: (not one.is_late, one.day is None, one.day or today))


def _is_of_no_project(row: Row) -> bool:
    return any(_NO_SUCH_PROJECT in one["codes"] for one in row["refused"])


def _year(days: Row, deliveries: Sequence[Row], draft: Row | None, today: date) -> Iterator[Due]:
    year = days["year"]
    if draft is None:
        last_day = date(year, 12, 31)
        missing = [one for one in deliveries if one["as_of_date"] is None or one["as_of_date"] < last_day]
        waiting = f"{len(missing)} of {len(deliveries)} projects have not delivered to {last_day}"
        deadline, settlement = days["delivery_deadline"], days["settlement_date"]
        if missing or not deliveries:
            text = f"deliveries for {year}" + (f": {waiting}" if deliveries else "")
            yield Due(deadline, text, "", is_late=today > deadline)
        yield Due(settlement, f"settle {year}", f"jobfirst settle {year}", is_late=today > settlement)
        return
    reply = days["reply_deadline"]
    left = draft["decided"] - draft["released"]
    if left:
        text = f"release {year}: {left} of {draft['decided']} projects" + _held(draft["held"])
        yield Due(reply, text, release_command({year: draft["fingerprint"]}), is_late=today > reply)
    if left_out := draft["left_out"]:
        text = f"settle {year} again: {projects(len(left_out))} not released, and not in the newest draft"
        held = sum(1 for one in left_out if one["codes"])
        yield Due(reply, text + _held(held), f"jobfirst settle {year}", is_late=today > reply)


def _held(count: int) -> str:
    return f", {count} of them on hold" if count else ""
