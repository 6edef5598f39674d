"""`jobfirst explain PROJECT YEAR`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from flows.commands.common import DONE, add_as_known_at, add_command, add_folders, filled, show
from tasks.base.errors import BusinessRefusal
from tasks.base.moment import Moment
from tasks.base.worded import phrase

if TYPE_CHECKING:
    from pathlib import Path


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "explain",
        "trace every krone of a project's year back to the registrations and rules that gave it",
        "jobfirst explain JF-187 2016",
        run,
    )
    parser.add_argument("project", type=filled, metavar="PROJECT", help="the project's id in the register")
    parser.add_argument("year", type=int, metavar="YEAR", help="the year that was settled")
    parser.add_argument(
        "--citizen",
        type=filled,
        metavar="BORGER_ID",
        help="one citizen's part of it, and what does not count",
    )
    add_folders(parser, "home")
    add_as_known_at(parser)


def run(options: argparse.Namespace) -> int:
    """Explain from what the newest draft remembers; that needs no flow."""
    from tasks.explain.read import as_object, read_explanation
    from tasks.explain.text import as_text
    from tasks.release.runs import finish_if_possible
    from tasks.rules.model import load_rules
    from tasks.warehouse.connection import FILE_NAME, open_warehouse
    from tasks.warehouse.lock import hold_lock
    from tasks.warehouse.missing import refuse_missing

    home: Path = options.home
    load_rules().check_year(options.year)
    now = Moment.now()
    known_at = Moment.earlier(options.as_known_at) or now
    if not (home / FILE_NAME).exists():
        refuse_missing(home)
        raise BusinessRefusal(
            phrase("Nothing was settled in {home}: run jobfirst settle {year} first.", home=home, year=options.year)
        )
    with hold_lock(home, "explain", now.utc), open_warehouse(home) as connection:
        finish_if_possible(connection, home)
        explanation = read_explanation(connection, options.project, options.year, known_at, options.citizen)
    show(options, as_object(explanation), lambda: as_text(explanation))
    return DONE
