"""`jobfirst template FILE.xlsx`."""

from __future__ import annotations

import argparse
from typing import Any

from flows.commands.common import DONE, add_command, named_path, show
from tasks.base.worded import worded


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "template",
        "write the empty workbook that municipalities fill in",
        "jobfirst template indberetning.xlsx",
        run,
    )
    parser.add_argument("file", type=named_path, metavar="FILE.xlsx", help="the workbook to write")


def run(options: argparse.Namespace) -> int:
    """Write the workbook."""
    from tasks.template.workbook import write_template

    write_template(options.file)
    show(
        options,
        {"file": options.file},
        lambda: worded("{file} is written: fill it in and hand it in.", file=options.file),
    )
    return DONE
