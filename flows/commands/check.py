"""`jobfirst check PATH`: for municipalities, who read Danish; so what it prints is Danish, its own errors too."""

from __future__ import annotations

import argparse
import shutil
from typing import Any

from flows.commands.common import DONE, REFUSED, add_command, add_folders, begin, filled, named_path, show
from tasks.base.cpr import mask
from tasks.base.moment import Moment

_WIDEST = 110


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "check",
        "check a delivery before it is handed in: a folder, an archive or a workbook",
        "jobfirst check JF-187/2016-12-31 --report fejl.xlsx. Exit status: 0 when it would be accepted with no row "
        "rejected, 1 otherwise, 2 when it can't be checked",
        run,
    )
    parser.add_argument("path", type=named_path, metavar="PATH", help="the folder, .zip or indberetning.xlsx")
    parser.add_argument("--project", type=filled, metavar="ID", help="the project, where the path does not name it")
    parser.add_argument("--as-of", metavar="yyyy-mm-dd", help="the as-of date, where the path does not name it")
    parser.add_argument("--before", type=named_path, metavar="PATH", help="the delivery before, to compare with")
    parser.add_argument(
        "--before-as-of",
        metavar="yyyy-mm-dd",
        help="the as-of date of the delivery before, where its path does not name it",
    )
    parser.add_argument(
        "--report", type=named_path, metavar="FILE.xlsx", help="write a copy with the errors marked and no CPR number"
    )
    add_folders(parser, "register")


def run(options: argparse.Namespace) -> int:
    """Check the delivery; write nothing but the report that is asked for."""
    begin(f"Kontrollerer {mask(str(options.path))}.")
    from tasks.check.as_object import as_object
    from tasks.check.check import check
    from tasks.check.text import as_text

    if options.report is not None:
        from tasks.check.marked import check_report_path, write_marked_copy

        check_report_path(options.report, options.path)
    found = check(
        options.path,
        project_id=options.project,
        as_of=options.as_of,
        register=options.register,
        now=Moment.now(),
        before=options.before,
        before_as_of=options.before_as_of,
    )
    if options.report is not None:
        write_marked_copy(found, options.report)
    show(options, as_object(found), lambda: as_text(found, _width()))
    return DONE if found.is_clean else REFUSED


def _width() -> int:
    return min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)
