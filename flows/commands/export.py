"""`jobfirst export DIR`."""

from __future__ import annotations

import argparse
from typing import Any

from flows.commands.common import DONE, add_command, add_folders, folder_to_write, show
from tasks.base.cpr import mask
from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.base.worded import phrase, worded


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "export",
        "write drafts, events, ledger and violations as Parquet, without names and with citizens under pseudonyms",
        "jobfirst export bi/2017-03-01 --home var",
        run,
    )
    parser.add_argument("folder", type=folder_to_write, metavar="DIR", help="a new folder")
    add_folders(parser, "home")


def run(options: argparse.Namespace) -> int:
    """Write the export; that needs no flow."""
    from tasks.export.write import COLUMNS, export
    from tasks.warehouse.connection import FILE_NAME, open_warehouse
    from tasks.warehouse.lock import hold_lock
    from tasks.warehouse.missing import refuse_missing

    home = options.home
    if not (home / FILE_NAME).is_file():
        refuse_missing(home)
        raise InputError(
            phrase(
                "There is nothing to export: {home} has no warehouse. Name another with --home.", home=mask(str(home))
            )
        )
    with hold_lock(home, "export", Moment.now().utc), open_warehouse(home) as connection:
        done = export(connection, home, options.folder)
    rows = ", ".join(f"{name} {count}" for name, count in done.rows.items())
    text = worded(
        "{folder} holds, in rows: {rows}. What each column holds: {columns}.",
        folder=done.folder,
        rows=rows,
        columns=COLUMNS,
    )
    show(options, {"folder": done.folder, "rows": done.rows}, lambda: text)
    return DONE
