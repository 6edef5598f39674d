"""`jobfirst backfill FROM TO`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flows.commands.common import DONE, add_as_known_at, add_command, add_folders, folder, show

if TYPE_CHECKING:
    from flows.backfill import Backfilled


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "backfill",
        "settle earlier years again, and draft what differs from the ledger",
        "jobfirst backfill 2016 2017 --reason 'late deliveries'",
        run,
    )
    parser.add_argument("from_year", type=int, metavar="FROM")
    parser.add_argument("to_year", type=int, metavar="TO")
    parser.add_argument("--project", action="append", metavar="ID", help="draft only this one; repeatable")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why; kept with the plan")
    add_folders(parser, "register", "inbox", "home")
    add_as_known_at(parser)


def run(options: argparse.Namespace) -> int:
    """Backfill the years in this process."""
    from flows.server.api import prefect_api
    from tasks.backfill.plan import years_from
    from tasks.base.cpr import mask
    from tasks.rules.model import load_rules

    register, inbox = folder(options, "register"), folder(options, "inbox")
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
            mask(options.reason),
            options.as_known_at,
        )
    show(options, asdict(done), lambda: as_text(done))
    return DONE


def as_text(done: Backfilled) -> str:
    """Write a backfill for a STAR officer; its plan was announced before."""
    from tasks.base.english import amount, listed, release_command, short

    lines = []
    for summary in done.drafted:
        lines += [
            f"{summary.year}: draft {short(summary.fingerprint)}",
            f"  Payable   {amount(summary.payable_dkk):>16} kr.   (of which on hold {amount(summary.held_dkk)} kr.)",
            *listed(summary.holds),
            f"  {summary.out / 'report.html'}",
            f"  {summary.out / 'letters'}",
        ]
    lines += [
        f"{one.year}: the draft {short(one.fingerprint)} is that of the same state, and stands" for one in done.stood
    ]
    lines += [f"{year}: nothing to correct" for year in done.unchanged]
    drafts = {one.year: one.fingerprint for one in (*done.stood, *done.drafted)}
    if drafts:
        lines += ["", f"Next: {release_command(drafts)}"]
    return "\n".join(lines)
