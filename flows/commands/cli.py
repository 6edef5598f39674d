"""The command line: `jobfirst`, and what its exit status says."""

from __future__ import annotations

import argparse
import io
import os
import sys
from contextlib import suppress
from typing import NoReturn

from flows.commands import (
    backfill,
    backup,
    check,
    draw,
    evaluate,
    explain,
    export,
    fidelity,
    forecast,
    hearing,
    ledger,
    release,
    restore,
    sample,
    settle,
    status,
    template,
    web,
    whatif,
)
from flows.commands.common import (
    DONE,
    FAILED,
    READER_LEFT,
    REFUSED,
    WRONG_INPUT,
    Command,
    Parser,
    ReaderLeft,
    as_text,
    json_text,
    of_standard_output,
)
from flows.commands.danish import in_danish
from tasks.base.cpr import mask
from tasks.base.durable import FILE_CREATION_MASK
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.failure import fit_to_report, is_failure, is_stop
from tasks.base.language import is_danish
from tasks.base.lines import visible
from tasks.base.program import program_name
from tasks.base.standard_error import flush, tell
from tasks.base.worded import phrase, shown, text_of

COMMANDS = (
    settle,
    release,
    hearing,
    backfill,
    explain,
    fidelity,
    status,
    ledger,
    check,
    draw,
    sample,
    template,
    web,
    whatif,
    forecast,
    evaluate,
    backup,
    restore,
    export,
)


def main() -> NoReturn:
    """Run a command, and leave with its exit status.

    A character that the terminal's encoding does not have is written as its number, as Python does on standard error.
    A standard stream that is closed (`>&-`) is read and written nowhere.

    The process ends without the interpreter's tear-down, which takes a third of a second and lets the database's
    bindings complain of objects that other libraries still hold.
    """
    os.umask(FILE_CREATION_MASK)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - until the end
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    status = command(sys.argv[1:])
    flush()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = READER_LEFT
    except OSError as error:
        if status == DONE:
            status = FAILED
            tell(f"jobfirst: {shown(as_text(of_standard_output(error)))}")
    os._exit(status)


def command(arguments: list[str]) -> int:
    """Run a command and give its exit status: 0 done, 1 refused, 2 wrong input, 3 an internal failure.

    It is 141, as after SIGPIPE, if the reader has closed the pipe.
    """
    try:
        options = parser().parse_args(arguments)
        run: Command = options.run
        return run(options)
    except SystemExit as wanted:
        return int(wanted.code or 0)
    except ReaderLeft:
        return READER_LEFT
    except InputError as error:
        text, status = text_of(error), WRONG_INPUT
    except BusinessRefusal as refusal:
        text, status = text_of(refusal), REFUSED
    except BaseException as error:
        if is_stop(error):
            # It may come after a posting, so this says only what holds for every command at every moment.
            text = phrase(
                "Stopped: what was posted or kept before stands, and the same command run again does the rest; "
                "jobfirst status shows where it is."
            )
        elif is_failure(error):
            text = as_text(fit_to_report(error))
        else:
            raise
        status = FAILED
    _say(text, status, as_json="--json" in arguments)
    return status


def _say(text: str, status: int, *, as_json: bool) -> None:
    told = visible(mask(str(shown(text))))
    tell(f"jobfirst: {told}")
    if as_json:
        # Standard error has said it, and `main` meets a standard output that can't be written too.
        with suppress(OSError):
            print(json_text({"error": mask(text), "exit_status": status}))  # noqa: T201 - its purpose


class _Version(argparse.Action):
    """Show the version, which is looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> NoReturn:
        print(f"jobfirst {program_name()}")  # noqa: T201 - the answer
        parser.exit()


def parser() -> argparse.ArgumentParser:
    """Make the parser of all commands."""
    whole = Parser(
        prog="jobfirst",
        description="The yearly settlement of JobFirst: from municipal registrations to grants, letters and ledger.",
        epilog="Example: jobfirst settle 2016 --register register --inbox inbox. Exit status: 0 done, 1 refused, "
        "2 wrong input, 3 internal failure.",
        allow_abbrev=False,
    )
    whole.add_argument("--version", action=_Version, nargs=0, help="show the program's version and commit, and end")
    commands = whole.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for module in COMMANDS:
        module.add(commands)
    if is_danish():
        in_danish(whole)
    return whole


if __name__ == "__main__":
    main()
