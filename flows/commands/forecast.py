"""`jobfirst forecast`."""

from __future__ import annotations

import argparse
from typing import Any

from flows.commands.common import DONE, add_as_known_at, add_command, add_folders, begin, show
from flows.commands.whatif import add_changes
from tasks.base.moment import Moment
from tasks.base.worded import worded


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "forecast",
        "estimate what the programme comes to at its last day, and how well that could be foreseen a year before",
        "jobfirst forecast --report. Exit status: 0 shown, 1 another run writes or the report is there, 2 a wrong "
        "change, or no delivery",
        run,
    )
    add_changes(parser)
    parser.add_argument(
        "--report", action="store_true", help="write HOME/what-if/NAME/: forecast.csv and forecast.html"
    )
    add_folders(parser, "home")
    add_as_known_at(parser)


def run(options: argparse.Namespace) -> int:
    """Forecast from what the home knows, by the rules in force or by changed ones; no flow is needed for it."""
    begin(worded("Computing what the programme comes to."))
    from tasks.forecast.forecast import forecast
    from tasks.forecast.text import as_object, tell
    from tasks.replay.state import state_of
    from tasks.warehouse.reading import read_warehouse
    from tasks.whatif.asked import overlay_of
    from tasks.whatif.compare import labels_of
    from tasks.whatif.engine import compute, compute_changed
    from tasks.whatif.overlay import lay

    now = Moment.now()
    known_at = Moment.earlier(options.as_known_at) or now
    with read_warehouse(options.home) as connection:
        state = state_of(connection, options.home, known_at, now)
        is_changed = options.changes or options.file
        changes = overlay_of(state.rules, options.changes or [], options.file).changes if is_changed else ()
        laid = lay(state.rules, changes)
        (compute_changed if changes else compute)(connection, state, laid, laid.rules.years[-1])
        found = forecast(connection)
    labels = labels_of(changes)
    told, text = as_object(found, labels), tell(found, labels)
    if options.report:
        from tasks.forecast.report import write_report

        told["report"] = write_report(found, labels, options.home)
        text += "\n\n" + worded("Report: {folder}", folder=told["report"])
    show(options, told, lambda: text)
    return DONE
