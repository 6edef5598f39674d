"""The status as a terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.base.lines import UNREGISTERED, amount, count_of_entries, projects, short, when
from tasks.base.nearest import nearest
from tasks.base.worded import phrase, shown, worded
from tasks.status.due import is_of_no_project
from tasks.validation.held import with_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from tasks.status.due import Due
    from tasks.status.read import Status
    from tasks.warehouse.rows import Row


def as_text(status: Status) -> str:
    """Write the status, beginning with what is due."""
    lines = [worded("JobFirst on {day}", day=status.today), ""]
    if status.unsettled:
        lines += [str(shown(status.unsettled)), ""]
    if status.writing:
        lines += [str(shown(status.writing))]
        lines += [worded("What the warehouse holds can't be told before that has ended."), ""]
    else:
        lines += [worded("Due next"), *(map(_due, status.due) if status.due else [worded("  nothing")]), ""]
    lines += [
        worded("Calendar"),
        _columns(worded("Year"), worded("Deliveries by"), worded("Settled on"), worded("Replies by")),
        *(_columns(*row.values()) for row in status.calendar),
    ]
    if all(row["settlement_date"] < status.today for row in status.calendar):
        lines.append(worded("  The calendar has ended: no year is settled by schedule any more."))
    if status.writing:
        return "\n".join(lines)
    none = worded("  none")
    known = {row["project_id"] for row in status.deliveries if not is_of_no_project(row)}
    deliveries = [_delivery(row, known) for row in status.deliveries]
    lines += ["", worded("Deliveries"), *(deliveries or [none])]
    lines += ["", worded("Drafts")]
    for draft in status.drafts:
        lines += _draft(draft)
    lines += [] if status.drafts else [none]
    if status.hearings:
        lines += ["", worded("Hearings"), *map(_hearing, status.hearings)]
    lines += ["", worded("Releases"), *(map(_release, status.releases) if status.releases else [none])]
    ledger = status.ledger
    lines += [
        "",
        worded(
            "Ledger: {entries}, {amount} kr.",
            entries=count_of_entries(ledger["entries"]),
            amount=amount(ledger["posted_dkk"]),
        ),
    ]
    if ledger["entries"]:
        newest, sha256 = when(ledger["newest_posted_at"]), ledger["newest_sha256"]
        lines.append(worded("  newest {moment}, hash {sha256}", moment=newest, sha256=sha256))
    if ledger["finding"]:
        lines.append(
            worded("  does not verify now: {finding} See `jobfirst ledger verify`.", finding=ledger["finding"])
        )
    if status.unregistered:
        lines += ["", UNREGISTERED.shown()]
        lines += [
            worded("  {project:<10}{amount} kr. posted", project=row["project_id"], amount=amount(row["posted_dkk"]))
            for row in status.unregistered
        ]
    return "\n".join(lines)


def _columns(*texts: object) -> str:
    return "  " + "".join(f"{text!s:<16}" for text in texts).rstrip()


def _due(due: Due) -> str:
    day = worded("now") if due.day is None else str(due.day)
    late = worded(" (late)") if due.is_late else ""
    return f"  {day:<12}{shown(due.text)}{late}{f'   {shown(due.command)}' if due.command else ''}"


def _delivery(row: Row, known: Collection[str]) -> str:
    """Show a project's delivery in force, and what came and counts for nothing."""
    state = (
        worded("{day}, received {moment}", day=row["as_of_date"], moment=when(row["received_at"]))
        if row["as_of_date"]
        else worded("none accepted")
    )
    refused = "".join(
        worded("; {delivery} refused by {codes}", delivery=one["delivery"], codes=with_words(one["codes"]))
        for one in row["refused"]
    )
    without_effect = "".join(
        worded(
            "; {delivery}, received {moment}, is older and has no effect",
            delivery=one["delivery"],
            moment=when(one["received_at"]),
        )
        for one in row["without_effect"]
    )
    near = nearest(row["project_id"], known) if is_of_no_project(row) else ""
    nearest_are = worded("; nearest in the register: {projects}", projects=near) if near else ""
    return f"  {row['project_id']:<10}{state}{refused}{without_effect}{nearest_are}"


def _draft(row: Row) -> list[str]:
    fingerprint, moment, by = short(row["fingerprint"]), when(row["prepared_at"]), row["prepared_by"]
    made = worded(
        "  {year}  {fingerprint}  {moment} by {by}", year=row["year"], fingerprint=fingerprint, moment=moment, by=by
    )
    idle = row["covered"] - row["decided"]
    of = "" if row["projects"] is None else worded(", of {projects} alone", projects=", ".join(row["projects"]))
    lines = [
        f"{made}{of}",
        worded(
            "        entitlement {entitlement} kr., payable {payable} kr.; {released} of {decided} released",
            entitlement=amount(row["entitlement_dkk"]),
            payable=amount(row["payable_dkk"]),
            released=row["released"],
            decided=projects(row["decided"]),
        )
        + (worded("; unknown of {projects}", projects=projects(row["missing"])) if row["missing"] else "")
        + (worded("; nothing to decide for {projects}", projects=projects(idle)) if idle else ""),
    ]
    if row["registrations_known_at"]:
        known_at = when(row["registrations_known_at"])
        lines.append(worded("        from the state as known at {moment}", moment=known_at))
    lines += [
        worded("        on hold: {project} {holds}", project=one["project_id"], holds=with_words(one["codes"]))
        for one in row["holds"]
    ]
    left_out = [
        " ".join([one["project_id"], *([with_words(one["codes"])] if one["codes"] else [])]) for one in row["left_out"]
    ]
    return lines + [
        worded("        in an earlier draft alone, and not released: {project}", project=one) for one in left_out
    ]


def _hearing(row: Row) -> str:
    sent, answers = row["sent"], row["answered"]
    line = worded(
        "  {year}  {sent}, {answers}",
        year=row["year"],
        sent=phrase("{count} letter sent", count=sent) if sent == 1 else phrase("{count} letters sent", count=sent),
        answers=phrase("{count} answer", count=answers) if answers == 1 else phrase("{count} answers", count=answers),
    )
    if not row["waiting"]:
        return line
    return line + worded(", {waiting} awaited until {day}", waiting=row["waiting"], day=row["reply_by"])


def _release(row: Row) -> str:
    return worded(
        "  {years}  {run}  {moment} approved by {by}: {projects}, to pay out {up} kr., to be paid back {down} kr.",
        years=" ".join(map(str, row["years"])),
        run=row["run"],
        moment=when(row["posted_at"]),
        by=row["approved_by"],
        projects=projects(row["projects"]),
        up=amount(row["up_dkk"]),
        down=amount(-row["down_dkk"]),
    )
