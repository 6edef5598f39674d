"""`jobfirst whatif YEAR`."""

from __future__ import annotations

import argparse
from typing import Any

from flows.commands.common import DONE, add_as_known_at, add_command, add_folders, begin, filled, named_path, show
from tasks.base.moment import Moment
from tasks.base.worded import worded


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "whatif",
        "show what a changed rule would give each project; nothing is drafted or released",
        "jobfirst whatif 2017 --set completion_rate_dkk=11000 --set activity_cap_share=0.95 --severity S10=remark. "
        "Exit status: 0 shown, 1 another run writes or the report is there, 2 a wrong change or year, or no delivery",
        run,
    )
    parser.add_argument(
        "year", type=int, metavar="YEAR", help="the last year that counts: amounts are of all years to it"
    )
    add_changes(parser)
    parser.add_argument("--each", action="store_true", help="lay every change on the rules in force alone")
    parser.add_argument("--project", type=filled, metavar="ID", help="show one project alone")
    parser.add_argument(
        "--report", action="store_true", help="write HOME/what-if/NAME/: whatif.csv, overlay.yaml and whatif.html"
    )
    add_folders(parser, "home")
    add_as_known_at(parser)


def add_changes(parser: argparse.ArgumentParser) -> None:
    """Add the options by which rules are changed, kept in the order in which they are given."""
    parser.add_argument(
        "--set",
        dest="changes",
        action="append",
        type=lambda text: ("set", filled(text)),
        metavar="PARAMETER=VALUE[@DATE]",
        help="another value of a parameter of the rules file, from a day on or in all periods; a list as a,b; of one "
        "group as PARAMETER.GROUP=VALUE",
    )
    parser.add_argument(
        "--severity",
        dest="changes",
        action="append",
        type=lambda text: ("severity", filled(text)),
        metavar="CODE=reject|hold|remark",
        help="what is done about what breaks a rule",
    )
    parser.add_argument("--file", type=named_path, metavar="OVERLAY.yaml", help="changes in a file, before all others")


def run(options: argparse.Namespace) -> int:
    """Compute by the rules in force and by the changed ones, and show what differs; no flow is needed for it."""
    begin(worded("Computing {year} by the rules in force and by the changed ones.", year=options.year))
    from tasks.replay.state import state_of
    from tasks.warehouse.reading import read_warehouse
    from tasks.whatif.asked import overlay_of
    from tasks.whatif.compare import what_if
    from tasks.whatif.text import as_object, tell

    now = Moment.now()
    known_at = Moment.earlier(options.as_known_at) or now
    with read_warehouse(options.home) as connection:
        state = state_of(connection, options.home, known_at, now)
        state.rules.check_year(options.year)
        overlay = overlay_of(state.rules, options.changes or [], options.file)
        if options.report:
            from tasks.whatif.report import free_folder, write_report

            folder = free_folder(
                options.home, options.year, overlay, options.project, options.as_known_at, options.each
            )
        answer = what_if(connection, state, overlay, options.year, is_each=options.each, project=options.project)
    told = as_object(answer)
    text = tell(answer)
    if options.report:
        write_report(answer, folder)
        told["report"] = folder
        text += "\n\n" + worded("Report: {folder}", folder=folder)
    show(options, told, lambda: text)
    return DONE
