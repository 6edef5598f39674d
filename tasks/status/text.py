"""The status as a terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.base.english import UNREGISTERED, amount, projects, short, when

if TYPE_CHECKING:
    from tasks.status.due import Due
    from tasks.status.read import Status
    from tasks.warehouse.rows import Row


def as_text(status: Status) -> str:
    """Write the status, beginning with what is due."""
    lines = [f"JobFirst on {status.today}", ""]
    if status.unsettled:
        lines += [status.unsettled, ""]
    if status.writing:
        lines += [status.writing, "What the warehouse holds can't be told before that has ended.", ""]
    else:
        lines += ["Due next", *(map(_due, status.due) if status.due else ["  nothing"]), ""]
    lines += [
        "Calendar",
        _columns("Year", "Deliveries by", "Settled on", "Replies by"),
        *(_columns(*row.values()) for row in status.calendar),
    ]
    if status.writing:
        return "\n".join(lines)
    lines += ["", "Deliveries", *(map(_delivery, status.deliveries) if status.deliveries else ["  none"])]
    lines += ["", "Drafts"]
    for draft in status.drafts:
        lines += _draft(draft)
    lines += [] if status.drafts else ["  none"]
    lines += ["", "Releases", *(map(_release, status.releases) if status.releases else ["  none"])]
    ledger = status.ledger
    lines += ["", f"Ledger: {ledger['entries']} entries, {amount(ledger['posted_dkk'])} kr."]
    if ledger["entries"]:
        lines.append(f"  newest {when(ledger['newest_posted_at'])}, hash {ledger['newest_sha256']}")
    if ledger["finding"]:
        lines.append(f"  does not verify now: {ledger['finding']} See `jobfirst ledger verify`.")
    if status.unregistered:
        lines += ["", UNREGISTERED]
        lines += [f"  {row['project_id']:<10}{amount(row['posted_dkk'])} kr. posted" for row in status.unregistered]
    return "\n".join(lines)


def _columns(*texts: object) -> str:
    return "  " + "".join(f"{text!s:<16}" for text in texts).rstrip()


def _due(due: Due) -> str:
    when = "now" if due.day is None else str(due.day)
    late = " (late)" if due.is_late else ""
    return f"  {when:<12}{due.text}{late}{f'   {due.command}' if due.command else ''}"


def _delivery(row: Row) -> str:
    state = f"{row['as_of_date']}, received {when(row['received_at'])}" if row["as_of_date"] else "none accepted"
    refused = "".join(f"; {one['delivery']} refused by {' '.join(one['codes'])}" for one in row["refused"])
    return f"  {row['project_id']:<10}{state}{refused}"


def _draft(row: Row) -> list[str]:
    of = "" if row["projects"] is None else f", of {', '.join(row['projects'])} alone"
    made = f"{when(row['prepared_at'])} by {row['prepared_by']}"
    money = f"entitlement {amount(row['entitlement_dkk'])} kr., payable {amount(row['payable_dkk'])} kr."
    lines = [
        f"  {row['year']}  {short(row['fingerprint'])}  {made}{of}",
        f"        {money}; {row['released']} of {row['decided']} projects released",
    ]
    if row["registrations_known_at"]:
        lines.append(f"        from the state as known at {when(row['registrations_known_at'])}")
    lines += [f"        on hold: {one['project_id']} {' '.join(one['codes'])}" for one in row["holds"]]
    left_out = [" ".join((one["project_id"], *one["codes"])) for one in row["left_out"]]
    return lines + [f"        in an earlier draft alone, and not released: {one}" for one in left_out]


def _release(row: Row) -> str:
    return (
        f"  {row['year']}  {row['run']}  {when(row['posted_at'])} approved by {row['approved_by']}: "
        f"{projects(row['projects'])}, to pay out {amount(row['up_dkk'])} kr., "
        f"to be paid back {amount(-row['down_dkk'])} kr."
    )
