"""The command line: `jobfirst`, and what its exit status says."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from typing import NoReturn

from flows.commands import backfill, check, explain, ledger, release, sample, settle, status, template
from flows.commands.common import FAILED, REFUSED, WRONG_INPUT, Command
from tasks.errors import BusinessRefusal, InputError, InternalFailure
from tasks.paths import PROJECT

COMMANDS = (settle, release, backfill, explain, status, ledger, check, sample, template)
_FILE_CREATION_MASK = 0o027


def main() -> NoReturn:
    """Run a command, and leave with its exit status.

    The process ends without the interpreter's tear-down, which takes a third of a second and lets the database's
    bindings complain of objects that other libraries still hold.
    """
    os.umask(_FILE_CREATION_MASK)
    status = command(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def command(arguments: list[str]) -> int:
    """Run a command and give its exit status: 0 done, 1 refused, 2 wrong input, 3 an internal failure."""
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as wanted:
        return int(wanted.code or 0)
    run: Command = options.run
    try:
        return run(options)
    except InputError as error:
        return _say(str(error), WRONG_INPUT)
    except BusinessRefusal as refusal:
        return _say(str(refusal), REFUSED)
    except KeyboardInterrupt:
        return _say("stopped; nothing was released, and the next run begins anew.", FAILED)
    except InternalFailure as failure:
        return _say(str(failure), FAILED)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        return _say(f"the system failed: {error.strerror}{where}; mend that and run again.", FAILED)
    except Exception as error:  # noqa: BLE001 - the last line of defence; the text of an unknown error may quote a value
        return _say(
            f"an internal failure, {type(error).__name__} in {_place(error)}: report it with this line.", FAILED
        )


def _say(text: str, status: int) -> int:
    print(f"jobfirst: {text}", file=sys.stderr)  # noqa: T201 - its purpose
    return status


def _place(error: BaseException) -> str:
    """Give the last place in the project's own code that an error came through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(PROJECT))]
    own = [frame for frame in frames if "site-packages" not in frame.filename]
    return f"{own[-1].filename.removeprefix(str(PROJECT) + '/')}:{own[-1].lineno}" if own else "a library"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="jobfirst",
        description="The yearly settlement of JobFirst: from municipal registrations to grants, letters and ledger.",
        epilog="Example: jobfirst settle 2016 --register register --inbox inbox. Exit status: 0 done, 1 refused, "
        "2 wrong input, 3 internal failure.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for module in COMMANDS:
        module.add(commands)
    return parser


if __name__ == "__main__":
    main()
