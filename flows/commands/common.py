"""What the commands share: their options, and how they print."""

from __future__ import annotations

import argparse
import codecs
import json
import os
import re
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from tasks.base.cpr import mask
from tasks.base.errors import InputError
from tasks.base.lines import is_text, visible
from tasks.base.moment import Moment
from tasks.base.standard_error import tell
from tasks.base.system import told_by_system
from tasks.base.worded import Phrase, joined, phrase, text_of, worded
from tasks.intake.inbox import require_outside

DONE, REFUSED, WRONG_INPUT, FAILED = 0, 1, 2, 3
READER_LEFT = 141
"""What a shell gives for a program that writes to a pipe which nobody reads: 128 and SIGPIPE's number."""
HOME = "var"
_MOST_PORT = 65_535


class ReaderLeft(Exception):  # noqa: N818 - nothing is wrong
    """Nobody reads what is printed any more, as behind `| head`."""


class Parser(argparse.ArgumentParser):
    """A parser that says in one sentence what is wrong with a command line, and names the command's help."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Parse as every parser does, but let the command itself report what it does not know."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return known, unknown

    def error(self, message: str) -> NoReturn:
        """Raise InputError."""
        raise InputError(phrase("{message}; see {prog} --help.", message=_complaint(message), prog=self.prog))


def _complaint(message: str) -> str:
    """Give what argparse says of a command line as a phrase, where it is one of its sentences."""
    for pattern, made in _COMPLAINTS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return made(*found.groups())
    return message


_COMPLAINTS: tuple[tuple[str, Callable[..., Phrase]], ...] = (
    (r"argument (.+?): (.+)", lambda name, what: phrase("argument {name}: {what}", name=name, what=_complaint(what))),
    (
        r"the following arguments are required: (.+)",
        lambda names: phrase("the following arguments are required: {names}", names=names),
    ),
    (
        r"one of the arguments (.+) is required",
        lambda names: phrase("one of the arguments {names} is required", names=names),
    ),
    (r"unrecognized arguments: (.+)", lambda names: phrase("unrecognized arguments: {names}", names=names)),
    (
        r"invalid choice: (.+) \(choose from (.+)\)",
        lambda given, choices: phrase("invalid choice: {given} (choose from {choices})", given=given, choices=choices),
    ),
    (r"invalid int value: (.+)", lambda given: phrase("{given} is no whole number", given=given)),
    (r"invalid float value: (.+)", lambda given: phrase("{given} is no number", given=given)),
    (r"not allowed with argument (.+)", lambda other: phrase("not allowed with argument {other}", other=other)),
    (r"expected one argument", lambda: phrase("expected one argument")),
    (r"expected at least one argument", lambda: phrase("expected at least one argument")),
    (r"expected at most one argument", lambda: phrase("expected at most one argument")),
    (r"expected (\d+) arguments", lambda count: phrase("expected {count} arguments", count=count)),
    (r"ignored explicit argument (.+)", lambda given: phrase("takes no value, and {given} was given", given=given)),
    (r"the name is empty: name a file or a folder", lambda: phrase("the name is empty: name a file or a folder")),
    (
        r"the address is empty: name one, such as 127\.0\.0\.1",
        lambda: phrase("the address is empty: name one, such as 127.0.0.1"),
    ),
    (r"the value is empty: write one", lambda: phrase("the value is empty: write one")),
    (
        r"the name looks like a CPR number, which the run's record would keep: rename it",
        lambda: phrase("the name looks like a CPR number, which the run's record would keep: rename it"),
    ),
    (
        r"the name holds bytes that are no text \(UTF-8\): rename it",
        lambda: phrase("the name holds bytes that are no text (UTF-8): rename it"),
    ),
    (
        r"the database can't be in a folder with (.) in its path: name another",
        lambda sign: phrase("the database can't be in a folder with {sign} in its path: name another", sign=sign),
    ),
    (r"(.+) is a file: name a folder", lambda file: phrase("{file} is a file: name a folder", file=file)),
    (
        r"(.+) is no port: name a number from 0 to (\d+)",
        lambda given, most: phrase("{given} is no port: name a number from 0 to {most}", given=given, most=most),
    ),
    (r"write the day as 2017-02-16", lambda: phrase("write the day as 2017-02-16")),
)


Command = Callable[[argparse.Namespace], int]


def add_command(commands: Any, name: str, purpose: str, example: str, run: Command) -> argparse.ArgumentParser:
    """Add a command with what all of them have: a purpose, an example, --json."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}.",
        epilog=f"Example: {example}",
        allow_abbrev=False,
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object on standard output and nothing else")
    parser.set_defaults(run=run)
    return parser


def add_folders(parser: argparse.ArgumentParser, *names: str) -> None:
    """Add the options that name folders: register, inbox, home. A command on a home takes all three, read or not."""
    texts = {
        "register": "STAR's register",
        "inbox": "the deliveries",
        "home": f"warehouse and output (default {HOME}/)",
    }
    for name in names:
        variable = f"JOBFIRST_{name.upper()}"
        given = os.environ.get(variable) or (HOME if name == "home" else None)
        kind = home_folder if name == "home" else kept_path
        parser.add_argument(
            f"--{name}", type=kind, metavar="DIR", default=given, help=f"{texts[name]}; also {variable}"
        )
    if "home" in names:
        for name in texts.keys() - set(names):
            parser.add_argument(f"--{name}", type=named_path, action=_NotRead, help=argparse.SUPPRESS)


class _NotRead(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, _namespace: Any, value: Any, option: str | None = None) -> None:
        begin(
            worded(
                "{prog} ignores {option} {folder}: it uses what the home has received.",
                prog=parser.prog,
                option=option,
                folder=value,
            )
        )


def filled(text: str) -> str:
    """Give the text of an argument: an empty one, as from a variable that is not set, names nothing.

    Raises ArgumentTypeError.
    """
    if not text.strip():
        raise argparse.ArgumentTypeError("the value is empty: write one")
    return text


def named_path(text: str) -> Path:
    """Give the path that an argument names: an empty one, as from a variable that is not set, would be `.`.

    Raises ArgumentTypeError.
    """
    if not text.strip():
        raise argparse.ArgumentTypeError("the name is empty: name a file or a folder")
    return Path(text)


def kept_path(text: str) -> Path:
    """Give the path that an argument names, which Prefect keeps as a run's parameter.

    Raises ArgumentTypeError, also where it reads as a personal number or is no text.
    """
    if not is_text(text):
        raise argparse.ArgumentTypeError("the name holds bytes that are no text (UTF-8): rename it")
    if mask(text) != text:
        raise argparse.ArgumentTypeError(
            "the name looks like a CPR number, which the run's record would keep: rename it"
        )
    return named_path(text)


def home_folder(text: str) -> Path:
    """Give the home that an argument names.

    Raises ArgumentTypeError, as its parts do, and for a path that DuckDB takes for another: what follows a question
    mark is an option to it, and a backslash parts folders.
    """
    if sign := next((one for one in "?\\" if one in text), None):
        raise argparse.ArgumentTypeError(f"the database can't be in a folder with {sign} in its path: name another")
    return folder_to_write(str(kept_path(text)))


def folder_to_write(text: str) -> Path:
    """Give the folder that an argument names, there already or not. Raises ArgumentTypeError where a file is there."""
    path = named_path(text)
    if file := next((one for one in (path, *path.parents) if one.exists() and not one.is_dir()), None):
        raise argparse.ArgumentTypeError(f"{file} is a file: name a folder")
    return path


def port_number(text: str) -> int:
    """Give the port that an argument names; 0 stands for a free one. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit() and int(text) <= _MOST_PORT):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: name a number from 0 to {_MOST_PORT}")
    return int(text)


def add_as_known_at(parser: argparse.ArgumentParser) -> None:
    """Add --as-known-at."""
    parser.add_argument(
        "--as-known-at",
        type=_earlier_moment,
        metavar="TIMESTAMP",
        help="take everything as it was known then, e.g. 2017-02-01T12:00 (Copenhagen where no zone is given)",
    )


def _earlier_moment(text: str) -> str:
    """Refuse a text that is no moment before Prefect keeps it as a run's parameter."""
    Moment.earlier(text)
    return text


def folder(options: argparse.Namespace, name: str) -> Path:
    """Give a folder that the command needs.

    Raises InputError when it is not named, and for an inbox in which the home lies: what is made in the home is then
    taken for deliveries.
    """
    path: Path | None = getattr(options, name)
    if path is None:
        raise InputError(
            phrase("No {name} is named: use --{name} DIR or set JOBFIRST_{variable}.", name=name, variable=name.upper())
        )
    if name == "inbox":
        require_outside(options.home, path)
    return path


def begin(line: str) -> None:
    """Say on standard error what a slow command does, before it imports what it needs for that."""
    tell(visible(mask(line)))


def by_another() -> str:
    """Say who NAME in a release command can't be."""
    from tasks.base.run import preparer

    return worded("      NAME must be someone other than {preparer}, who prepared the draft", preparer=preparer())


def as_text(failure: Exception) -> str:
    """Write a failure that may be shown."""
    if not isinstance(failure, OSError):
        return text_of(failure)
    where = joined("", [" (", failure.filename, ")"]) if failure.filename else ""
    return phrase(
        "the system failed: {error}{where}; solve that and run again.", error=told_by_system(failure), where=where
    )


def show(options: argparse.Namespace, result: dict[str, Any], as_text: Callable[[], str]) -> None:
    """Print a result: as one JSON object where --json is given, otherwise as `as_text` writes it.

    Raises ReaderLeft when nobody reads it; OSError when it can't be written.
    """
    text = json_text(result, indent=2) if options.json else "\n".join(map(visible, as_text().split("\n")))
    try:
        print(text, flush=True)  # noqa: T201 - its purpose
    except BrokenPipeError as error:
        raise ReaderLeft from error
    except OSError as error:
        raise of_standard_output(error) from None


def of_standard_output(error: OSError) -> OSError:
    """Name standard output in the system's refusal to write it, as on a full disk."""
    error.filename = phrase("standard output")
    return error


def json_text(result: dict[str, Any], indent: int | None = None) -> str:
    """Write a result as JSON; where standard output is not in UTF-8, in ASCII alone, with JSON's own escapes."""
    is_ascii = codecs.lookup(sys.stdout.encoding or "utf-8").name != "utf-8"
    return json.dumps(result, default=plain, ensure_ascii=is_ascii, indent=indent)


def plain(value: object) -> str:
    """Give a value that JSON has no form of its own for, as text, a path without personal numbers.

    Raises TypeError for one that no result holds.
    """
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Path):
        return mask(str(value))
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
