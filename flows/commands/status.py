"""`jobfirst status`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from flows.commands.common import DONE, add_as_known_at, add_command, add_folders, show
from tasks.base.cpr import mask
from tasks.base.moment import Moment
from tasks.base.worded import phrase, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from tasks.status.read import Status


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "status",
        "show what was delivered, drafted and released, and what is due next",
        "jobfirst status",
        run,
    )
    add_folders(parser, "home")
    add_as_known_at(parser)


def run(options: argparse.Namespace) -> int:
    """Show the status; that needs no flow, and makes nothing where there is nothing yet."""
    from dataclasses import asdict

    from tasks.status.text import as_text

    now = Moment.now()
    known_at = Moment.earlier(options.as_known_at) or now
    status = status_of(options.home, now, known_at)
    show(options, asdict(status), lambda: as_text(status))
    return DONE


def status_of(home: Path, now: Moment, known_at: Moment) -> Status:
    """Read a home's status; while another run writes to it, what the calendar says, and who writes."""
    from tasks.hearing.state import known_hearings
    from tasks.ledger.append import finding_of
    from tasks.ledger.record import verify
    from tasks.release.runs import finish_if_possible
    from tasks.release.signature import APPROVERS, is_asked_for
    from tasks.rules.model import load_rules
    from tasks.status.read import read_status
    from tasks.warehouse.connection import FILE_NAME, in_memory, open_warehouse
    from tasks.warehouse.lock import HomeHeld, hold_lock
    from tasks.warehouse.missing import missing

    rules = load_rules()
    if not (home / FILE_NAME).exists():
        with in_memory() as nothing:
            finding = verify(nothing, home).finding
        nothing_there = phrase(
            "Nothing was ever settled in {home}: if it is another folder, name it with --home.", home=mask(str(home))
        )
        return read_status(None, rules, known_at, finding=finding, unsettled=missing(home) or nothing_there)
    try:
        with hold_lock(home, "status", now.utc), open_warehouse(home) as connection:
            finish_if_possible(connection, home)
            hearings = known_hearings(connection, home)
            return read_status(
                connection,
                rules,
                known_at,
                finding=finding_of(connection, home),
                hearings=hearings,
                is_signed=is_asked_for(home / APPROVERS),
            )
    except HomeHeld as held:
        return read_status(None, rules, known_at, writing=text_of(held))
