"""`jobfirst backfill FROM TO`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flows.commands.common import (
    DONE,
    add_as_known_at,
    add_command,
    add_folders,
    begin,
    by_another,
    filled,
    folder,
    show,
)
from tasks.base.cpr import mask
from tasks.base.lines import amount, short
from tasks.base.worded import worded

if TYPE_CHECKING:
    from collections.abc import Collection

    from flows.backfill import Backfilled
    from tasks.draft.summary import Summary


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "backfill",
        "settle earlier years again, and draft what differs from the ledger",
        "jobfirst backfill 2016 2017 --reason 'late deliveries'",
        run,
    )
    parser.add_argument("from_year", type=int, metavar="FROM", help="the first year")
    parser.add_argument("to_year", type=int, metavar="TO", help="the last year")
    parser.add_argument("--project", type=filled, action="append", metavar="ID", help="draft only this one; repeatable")
    parser.add_argument("--reason", type=filled, metavar="TEXT", help="why; kept with the plan")
    add_folders(parser, "register", "inbox", "home")
    add_as_known_at(parser)


def run(options: argparse.Namespace) -> int:
    """Backfill the years in this process."""
    register, inbox = folder(options, "register"), folder(options, "inbox")
    begin(worded("Settling {first} to {last} again.", first=options.from_year, last=options.to_year))
    from flows.server.api import prefect_api
    from tasks.backfill.plan import years_from
    from tasks.release.signature import APPROVERS, is_asked_for
    from tasks.rules.model import load_rules

    years_from(options.from_year, options.to_year, load_rules())
    with prefect_api(options.home):
        from flows.backfill import backfill

        done: Backfilled = backfill(
            options.from_year,
            options.to_year,
            register,
            inbox,
            options.home,
            options.project and list(map(mask, options.project)),
            mask(options.reason or ""),
            options.as_known_at,
        )
    show(options, asdict(done), lambda: as_text(done, is_signed=is_asked_for(options.home / APPROVERS)))
    return DONE


def as_text(done: Backfilled, *, is_signed: bool = False) -> str:
    """Write a backfill for a STAR officer; its plan was announced before.

    `is_signed`: whether a release needs the approver's signature.
    """
    from tasks.release.command import asked_lines, release_command
    from tasks.validation.held import listed

    lines = []
    for summary in done.drafted:
        lines += [
            worded("{year}: draft {fingerprint}", year=summary.year, fingerprint=short(summary.fingerprint)),
            worded(
                "  Payable   {amount:>16} kr.   (of which on hold {held} kr.)",
                amount=amount(summary.payable_dkk),
                held=amount(summary.held_dkk),
            ),
            *listed(summary.holds),
            f"  {summary.out / 'report.html'}",
            f"  {summary.out / 'letters'}",
        ]
    lines += [
        worded(
            "{year}: the draft {fingerprint} is that of the same state, and stands",
            year=one.year,
            fingerprint=short(one.fingerprint),
        )
        for one in done.stood
    ]
    lines += [worded("{year}: nothing to correct", year=year) for year in done.unchanged]
    drafts = {one.year: one.fingerprint for one in (*done.stood, *done.drafted)}
    waiting = next((one.together for one in (*done.stood, *done.drafted) if _waits_for_more(one, drafts)), None)
    if waiting:
        lines += ["", worded("Next: {command}, since the years can't be released one by one (P12)", command=waiting)]
    elif drafts:
        is_held = done.is_all_held
        command = release_command(drafts, done.findings, is_signed=is_signed, is_all_held=is_held)
        asks = asked_lines(done.findings, is_all_held=is_held)
        lines += ["", *asks, worded("Next: {command}", command=command), by_another()]
    return "\n".join(lines)


def _waits_for_more(summary: Summary, drafts: Collection[int]) -> bool:
    """Return whether a draft can't be released for any project, since that would leave a year that was not drafted."""
    if summary.apart_from is None or summary.apart_to is None or summary.to_release:
        return False
    return not {summary.apart_from, summary.apart_to} <= set(drafts)
