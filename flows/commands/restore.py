"""`jobfirst restore FILE`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from shlex import quote
from typing import Any

from flows.commands.common import DONE, add_command, add_folders, begin, named_path, show
from tasks.base.errors import InputError
from tasks.base.lines import count_of_files
from tasks.base.moment import Moment
from tasks.base.worded import phrase, worded


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "restore",
        "bring a home back from a backup, into a new folder",
        "jobfirst restore /backups/jobfirst-2017-03-01.tar.gz --home restored",
        run,
    )
    parser.add_argument("file", type=named_path, metavar="FILE", help="what jobfirst backup wrote")
    add_folders(parser, "home")


def run(options: argparse.Namespace) -> int:
    """Restore; that needs no flow."""
    begin(worded("Restoring to {home}.", home=options.home))
    from tasks.backup.archive import restore_backup

    if not options.file.is_file():
        raise InputError(phrase("There is no file {file}: name what jobfirst backup wrote.", file=options.file))
    made = restore_backup(options.file, options.home)
    lines = [
        worded(
            "{home} is as it was at {made_at} under JobFirst {program}: {files}.",
            home=options.home,
            made_at=Moment.parse(made.made_at).as_text(),
            program=made.program,
            files=count_of_files(made.files),
        )
    ]
    if not made.has_key:
        lines.append(worded("Its key is not in it: put pseudonym.key there, or set JOBFIRST_KEY."))
    lines.append(worded("Next: {command}", command=f"jobfirst ledger verify --home {quote(str(options.home))}"))
    show(options, {"file": options.file, "home": options.home, **asdict(made)}, lambda: "\n".join(lines))
    return DONE
