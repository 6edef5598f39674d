"""What is due next, by the calendar and by what the warehouse holds: never anything that would be refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from tasks.base.lines import projects, some
from tasks.base.worded import Phrase, phrase
from tasks.draft.summary import backfill_command
from tasks.release.command import release_command
from tasks.validation.catalogue import NO_SUCH_PROJECT

if TYPE_CHECKING:
    from tasks.warehouse.rows import Row


@dataclass(frozen=True)
class Due:
    """Something to do. `day`: when it is due; None: as soon as possible. `command`: what does it; '': others do it."""

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
    finding: str | None = None,
    *,
    is_signed: bool = False,
) -> list[Due]:
    """Give what is due: the late first, then by day.

    A year that differs from the ledger is due for a backfill, unless its own draft waits to be released, or the year is
    to be settled again, alone or together with another. `finding`: what is wrong with the ledger; nothing else can be
    done before it is mended. `is_signed`: whether a release needs the approver's signature.
    """
    of_year = {draft["year"]: draft for draft in drafts}
    expected = [row for row in deliveries if not is_of_no_project(row)]
    due: list[Due] = []
    joint = released_together(drafts)
    for days in calendar:
        due += _year(days, expected, of_year.get(days["year"]), today, joint, is_signed=is_signed)
    waiting = {draft["year"] for draft in drafts if draft["released"] < draft["decided"] or draft["left_out"]}
    waiting |= {year for draft in drafts if draft["apart"] for year in draft["apart_years"]}
    years = [row["year"] for row in differences if row["year"] not in waiting]
    if years:
        text = phrase("correct {years}, which the ledger holds other amounts for", years=", ".join(map(str, years)))
        due.append(Due(None, text, backfill_command(years), is_late=False))
    due.sort(key=lambda one: (not one.is_late, one.day is None, one.day or today))
    if not finding:
        return due
    mend = phrase("repair the ledger: it does not verify, and nothing is settled or released until it does")
    return [Due(None, mend, "jobfirst ledger verify", is_late=True), *(replace(one, command="") for one in due)]


def is_of_no_project(row: Row) -> bool:
    """Return whether a delivery's folder belongs to no project of the register."""
    return any(NO_SUCH_PROJECT in one["codes"] for one in row["refused"])


def released_together(drafts: Sequence[Row]) -> dict[int, list[Row]]:
    """Give the drafts that are released in one run, by each of their years.

    Those of projects whose years differ, and those of a year that asks money back with the years before that nothing
    has decided: alone, it would ask for what was never paid. Such years are left out where one of them has no draft
    that could be released, or has one that contradicts another's.
    """
    of_year = {draft["year"]: draft for draft in drafts}
    found: dict[int, list[Row]] = {}
    for draft in drafts:
        others = {*draft["apart_years"], *draft["takes_from"]}
        years = {draft["year"], *others}
        together = [of_year.get(year) for year in sorted(years)]
        of_run = [one for one in together if one is not None and _stands(one)]
        agree = len(of_run) == len(together) and not any(years & {*one["contradicts"]} for one in of_run)
        if (draft["apart"] or draft["takes_from"]) and agree:
            found |= {one["year"]: of_run for one in of_run}
    return found


def _stands(draft: Row) -> bool:
    changes = ("changed_since", "draws_changed", "rules_changed", "register_changed")
    return draft["released"] < draft["decided"] and not any(draft[one] for one in changes)


def _year(
    days: Row,
    deliveries: Sequence[Row],
    draft: Row | None,
    today: date,
    joint: Mapping[int, Sequence[Row]],
    *,
    is_signed: bool,
) -> Iterator[Due]:
    year = days["year"]
    if draft is None:
        last_day = date(year, 12, 31)
        missing = [one for one in deliveries if one["as_of_date"] is None or one["as_of_date"] < last_day]
        deadline, settlement = days["delivery_deadline"], days["settlement_date"]
        if deliveries and missing:
            text = phrase(
                "deliveries for {year}: {missing} of {projects} not delivered to {last_day}",
                year=year,
                missing=len(missing),
                projects=projects(len(deliveries)),
                last_day=last_day,
            )
            yield Due(deadline, text, "", is_late=today > deadline)
        elif not deliveries:
            yield Due(deadline, phrase("deliveries for {year}", year=year), "", is_late=today > deadline)
        text = phrase("settle {year}", year=year)
        yield Due(settlement, text, f"jobfirst settle {year}", is_late=today > settlement)
        return
    reply = days["reply_deadline"]
    if draft["released"] < draft["decided"]:
        for text, command in _undecided(draft, joint.get(year), is_signed=is_signed):
            yield Due(reply, text, command, is_late=today > reply)
    if left_out := draft["left_out"]:
        text = phrase(
            "settle {year} again: {projects} not released, and not in the newest draft{held}",
            year=year,
            projects=projects(len(left_out)),
            held=_held(sum(1 for one in left_out if one["codes"])),
        )
        yield Due(reply, text, f"jobfirst settle {year}", is_late=today > reply)


def _undecided(draft: Row, joint: Sequence[Row] | None, *, is_signed: bool) -> Iterator[tuple[Phrase, str]]:
    """Give the next steps for a draft that is not wholly released, each with its command.

    `joint`: the drafts that it is released with, itself among them; reported with the first of them.
    """
    year, left = draft["year"], draft["decided"] - draft["released"]
    if not _stands(draft):
        yield _again(draft), f"jobfirst settle {year}"
        return
    if joint is not None:
        if joint[0] is draft:
            years = " ".join(str(one["year"]) for one in joint)
            held = {project_id for one in joint for project_id in one["held_otherwise"]}
            text = phrase(
                "release {years} together{held}",
                years=years,
                held=phrase(", {projects} on hold", projects=projects(len(held))) if held else "",
            )
            fingerprints = {one["year"]: one["fingerprint"] for one in joint}
            yield text, _release(fingerprints, draft, is_signed=is_signed)
        return
    if draft["apart"] < left:
        text = phrase(
            "release {year}: {left} of {decided}{held}",
            year=year,
            left=left,
            decided=projects(draft["decided"]),
            held=_held(draft["held"]),
        )
        yield text, _release({year: draft["fingerprint"]}, draft, is_signed=is_signed)
    if draft["apart"]:
        together = sorted({year, *draft["apart_years"]})
        text = phrase(
            "settle {years} together: {projects} of {year} can't be released without the other years",
            years=" ".join(map(str, together)),
            projects=projects(draft["apart"]),
            year=year,
        )
        yield text, backfill_command(together)


def _release(fingerprints: Mapping[int, str], draft: Row, *, is_signed: bool) -> str:
    return release_command(fingerprints, draft["findings"], is_signed=is_signed, is_all_held=draft["is_all_held"])


def _again(draft: Row) -> Phrase:
    if draft["changed_since"]:
        return phrase(
            "settle {year} again: since its draft a delivery came or changed from {projects}",
            year=draft["year"],
            projects=some(draft["changed_since"]),
        )
    if draft["draws_changed"]:
        return phrase(
            "settle {year} again: since its draft the draw's record changed of {projects}",
            year=draft["year"],
            projects=some(draft["draws_changed"]),
        )
    if draft["rules_changed"]:
        return phrase("settle {year} again: the rules have changed since its draft", year=draft["year"])
    return phrase("settle {year} again: the register has changed since its draft", year=draft["year"])


def _held(count: int) -> Phrase | str:
    return phrase(", {count} of them on hold", count=count) if count else ""
