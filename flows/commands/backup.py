"""`jobfirst backup FILE`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from flows.commands.common import DONE, add_command, add_folders, begin, named_path, show
from tasks.base.lines import count_of_files
from tasks.base.moment import Moment
from tasks.base.worded import worded

_WAIT_SECONDS = 3600.0


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "backup",
        "write a home to one file, once no run is at work",
        "jobfirst backup /backups/jobfirst-2017-03-01.tar.gz --home var",
        run,
    )
    parser.add_argument("file", type=named_path, metavar="FILE", help="a new file, outside the home")
    add_folders(parser, "home")
    parser.add_argument(
        "--with-key",
        action="store_true",
        help="put the key of the pseudonyms in too: whoever has the file can then recognise persons",
    )


def run(options: argparse.Namespace) -> int:
    """Write the backup; that needs no flow."""
    begin(worded("Copying {home}.", home=options.home))
    from tasks.backup.archive import write_backup

    made = write_backup(
        options.home, options.file, Moment.now().utc, with_key=options.with_key, wait_seconds=_WAIT_SECONDS
    )
    key = (
        worded("The key of the pseudonyms is in it: keep it as you keep the key.")
        if made.has_key
        else worded("The key of the pseudonyms is not in it: keep that by itself.")
    )
    files = count_of_files(made.files)
    text = worded("{file} holds {home}: {files}.", file=options.file, home=options.home, files=files)
    show(options, {"file": options.file, "home": options.home, **asdict(made)}, lambda: f"{text} {key}")
    return DONE
