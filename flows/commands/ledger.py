"""`jobfirst ledger`, `jobfirst ledger verify`."""

from __future__ import annotations

import argparse
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flows.commands.common import DONE, REFUSED, add_as_known_at, add_command, add_folders, show
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.lines import amount, count_of_entries
from tasks.base.moment import Moment
from tasks.base.worded import phrase, worded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tasks.ledger.entry import Entry
    from tasks.release.signed_runs import SignedRuns


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "ledger",
        "show what was posted, or check that nothing of it was changed since",
        "jobfirst ledger verify --home var",
        run,
    )
    parser.add_argument("action", nargs="?", choices=("verify",), help="check both records, entry by entry")
    add_folders(parser, "home")
    add_as_known_at(parser)


def run(options: argparse.Namespace) -> int:
    """Show or check the ledger; that needs no flow."""
    from tasks.ledger.append import heal
    from tasks.release.runs import finish_if_possible
    from tasks.warehouse.connection import FILE_NAME, open_warehouse
    from tasks.warehouse.lock import hold_lock
    from tasks.warehouse.missing import refuse_missing

    home: Path = options.home
    if not (home / FILE_NAME).exists():
        refuse_missing(home)
        raise InputError(
            phrase("{home} holds no ledger: nothing was settled there; name another folder with --home.", home=home)
        )
    if options.action and options.as_known_at:
        raise InputError(phrase("The ledger is verified as it is now: leave out --as-known-at."))
    with hold_lock(home, "ledger", Moment.now().utc), open_warehouse(home) as connection:
        # `verify` names what can't be healed.
        with suppress(BusinessRefusal):
            heal(connection, home)
        finish_if_possible(connection, home)
        if options.action:
            return _verify(options, connection)
        return _show(options, connection)


def _verify(options: argparse.Namespace, connection: Any) -> int:
    from tasks.ledger.read import read_entries
    from tasks.ledger.record import verify
    from tasks.release.signed_runs import verify_signatures

    found = verify(connection, options.home)
    signed = verify_signatures(options.home, read_entries(connection)) if found.is_sound else None
    is_sound = signed is not None and not signed.findings
    result = {
        "is_sound": found.is_sound,
        "entries": found.entries,
        "newest_sha256": found.newest_sha256,
        "finding": found.finding,
        "signatures": signed and asdict(signed),
    }
    show(
        options,
        result,
        lambda: (
            worded("The ledger verifies: {entries}, the newest with hash", entries=count_of_entries(found.entries))
            + f"\n  {found.newest_sha256}"
            + _signatures_as_text(signed)
            if signed is not None
            else worded("The ledger does not verify. {finding}", finding=found.finding)
            + "\n"
            + worded(
                "Sound up to entry {number}, hash {sha256}. Change nothing, and see "
                'docs/ledger-format.md, "When it does not verify".',
                number=found.entries,
                sha256=found.newest_sha256,
            )
        ),
    )
    return DONE if is_sound else REFUSED


def _signatures_as_text(signed: SignedRuns) -> str:
    """Report the signatures, where the ledger has any."""
    if not (signed.verified or signed.findings):
        return ""
    lines = [worded("Signatures that verify: {count}", count=len(signed.verified))]
    lines += [
        worded("A signature does not verify. {run}: {finding}.", run=run, finding=finding)
        for run, finding in signed.findings.items()
    ]
    if signed.unsigned:
        lines.append(worded("Released without a signature: {runs}", runs=", ".join(signed.unsigned)))
    return "".join(f"\n{line}" for line in lines)


def _show(options: argparse.Namespace, connection: Any) -> int:
    from tasks.chain.line import GENESIS_SHA256
    from tasks.ledger.read import read_entries
    from tasks.ledger.record import verify

    entries = read_entries(connection, as_known_at=Moment.earlier(options.as_known_at))
    newest = entries[-1].sha256 if entries else GENESIS_SHA256
    finding = verify(connection, options.home).finding
    result = {"entries": [_fields(entry) for entry in entries], "newest_sha256": newest, "finding": finding}
    warning = worded("The ledger does not verify now. {finding} See `jobfirst ledger verify`.", finding=finding)
    show(options, result, lambda: _table(entries, newest) + (f"\n{warning}" if finding else ""))
    return DONE


def _fields(entry: Entry) -> dict[str, Any]:
    return {
        **vars(entry),
        "waivers": [vars(waiver) for waiver in entry.waivers],
        "approval": entry.approval and asdict(entry.approval),
        "posted_at": entry.posted_at.isoformat(),
    }


def _table(entries: Sequence[Entry], newest: str) -> str:
    if not entries:
        return worded("The ledger is empty.")
    header = (
        worded("No."),
        worded("Posted"),
        worded("Project"),
        worded("Year"),
        worded("Component"),
        worded("Amount"),
        worded("Approved by"),
    )
    component = {"activity": worded("activity"), "fixed": worded("fixed")}
    rows = [
        (
            str(entry.number),
            Moment(entry.posted_at).as_text(),
            entry.project_id,
            str(entry.year),
            component[entry.component.value],
            amount(entry.amount_dkk),
            entry.approved_by,
        )
        for entry in entries
    ]
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    to_the_right = {0, 5}
    lines = [
        "  ".join(
            cell.rjust(width) if column in to_the_right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (header, *rows)
    ]
    count = worded("{entries}, the newest with hash", entries=count_of_entries(len(entries)))
    return "\n".join([*lines, "", count, f"  {newest}"])
