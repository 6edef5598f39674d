"""`jobfirst hearing …`: which hearing letters were sent, and what the municipalities answered."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from flows.commands.common import (
    DONE,
    REFUSED,
    add_as_known_at,
    add_command,
    add_folders,
    filled,
    named_path,
    show,
)
from tasks.base.cpr import mask
from tasks.base.days import iso_day
from tasks.base.errors import InputError
from tasks.base.lines import count_of_entries
from tasks.base.moment import Moment
from tasks.base.worded import phrase, worded

if TYPE_CHECKING:
    import duckdb

    from tasks.hearing.desk import Desk, Kept
    from tasks.hearing.record import Answer, Hearings, SentLetter


def add(commands: Any) -> None:
    """Add the parsers of all actions."""
    parser = commands.add_parser(
        "hearing",
        help="keep which hearing letters were sent, and what was answered",
        description="Keep which hearing letters were sent, and what was answered.",
        epilog="Example: jobfirst hearing sent 2016 --on 2017-02-16; docs/hearing.md has the next steps.",
        allow_abbrev=False,
    )
    actions = parser.add_subparsers(required=True, metavar="ACTION", title="actions")
    one = _action(
        actions,
        "sent",
        "record that the hearing letters of a year's newest draft were sent",
        "jobfirst hearing sent 2016 --on 2017-02-16",
        _sent,
    )
    one.add_argument("year", type=int, metavar="YEAR", help="the year that the letters are about")
    one.add_argument(
        "--project", type=filled, action="extend", nargs="+", metavar="ID", help="only the letters to these"
    )
    one.add_argument("--on", required=True, type=_day, metavar="DATE", help="the day on which they were sent")
    one = _action(
        actions,
        "reply",
        "record what a municipality answered",
        "jobfirst hearing reply JF-187 2016 --on 2017-03-01 --text svar.txt",
        _reply,
    )
    one.add_argument("project", type=filled, metavar="PROJECT", help="the project's id in the register")
    one.add_argument("year", type=int, metavar="YEAR", help="the year that the letters are about")
    one.add_argument("--on", required=True, type=_day, metavar="DATE", help="the day of the answer")
    one.add_argument(
        "--from",
        dest="municipality",
        type=filled,
        metavar="CODE",
        help="the code of the municipality that answered; needed where letters went to more than one",
    )
    answers = one.add_mutually_exclusive_group(required=True)
    answers.add_argument("--none", action="store_true", help="it has nothing to remark")
    answers.add_argument("--text", type=named_path, metavar="FILE", help="what it wrote, as a text file")
    one = _action(actions, "show", "show the record, entry by entry", "jobfirst hearing show 2016", _show)
    one.add_argument("year", type=int, nargs="?", metavar="YEAR", help="only what is about this year")
    one.add_argument(
        "--project", type=filled, action="extend", nargs="+", metavar="ID", help="only what is about these"
    )
    add_as_known_at(one)
    _action(actions, "verify", "check both copies of the record, entry by entry", "jobfirst hearing verify", _verify)


def _action(
    actions: Any, name: str, purpose: str, example: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    parser = add_command(actions, name, purpose, example, run)
    add_folders(parser, "home")
    return parser


def _day(text: str) -> date:
    day = iso_day(text)
    if day is None:
        raise argparse.ArgumentTypeError("write the day as 2017-02-16")
    return day


def _sent(options: argparse.Namespace) -> int:
    from tasks.rules.model import load_rules

    rules = load_rules()
    rules.check_year(options.year)
    days = rules.calendar.years[options.year]
    with _desk(options, "hearing sent") as desk:
        kept = desk.sent(options.year, days, options.on, options.project)
    show(options, asdict(kept), lambda: _kept_as_text(options.year, options.on, kept))
    return DONE


def _kept_as_text(year: int, on: date, kept: Kept) -> str:
    def listed(letters: tuple[SentLetter, ...]) -> list[str]:
        return [
            worded(
                "  {project:<10} {recipient:<28} replies by {day}",
                project=one.project_id,
                recipient=one.recipient,
                day=one.reply_by,
            )
            for one in letters
        ]

    lines = []
    if kept.sent:
        lines += [worded("Kept: letters about {year}, sent on {on}", year=year, on=on), *listed(kept.sent)]
    if kept.before:
        lines += [worded("Kept before, and not once more"), *listed(kept.before)]
    return "\n".join([*lines, *(worded("Warning: {warning}", warning=one) for one in kept.warnings)])


def _reply(options: argparse.Namespace) -> int:
    from tasks.hearing.answer import NOTHING_TO_REMARK, read_answer
    from tasks.rules.model import load_rules

    load_rules().check_year(options.year)
    text = NOTHING_TO_REMARK if options.none else read_answer(options.text)
    with _desk(options, "hearing reply") as desk:
        answer, is_again = desk.reply(options.project, options.year, options.on, text, options.municipality)
    recipient = next(one.recipient for one in desk.said.sent if one.number == answer.to)
    said = {
        "day": answer.answered_on,
        "recipient": recipient,
        "project": answer.project_id,
        "year": answer.year,
        "answer": _answer(answer),
    }
    told = (
        worded(
            "Kept before, and not once more: on {day}, {recipient} answered about {project} {year}: {answer}",
            **said,
        )
        if is_again
        else worded("Kept: on {day}, {recipient} answered about {project} {year}: {answer}", **said)
    )
    show(options, {**asdict(answer), "recipient": recipient, "is_again": is_again}, lambda: told)
    return DONE


def _show(options: argparse.Namespace) -> int:
    from tasks.hearing.record import finding_of, read
    from tasks.rules.model import load_rules

    if options.year is not None:
        load_rules().check_year(options.year)

    known_at = Moment.earlier(options.as_known_at)
    with _record(options, "hearing show") as connection:
        finding = finding_of(connection, options.home)
        said = read(connection)
    if known_at is not None:
        said = said.until(known_at.utc)
    sent = [
        one
        for one in said.sent
        if options.year in (None, one.year) and (options.project is None or one.project_id in options.project)
    ]
    result = {
        "hearings": [
            {**asdict(one), "answers": [asdict(answer) for answer in said.answers if answer.to == one.number]}
            for one in sent
        ],
        "finding": finding,
    }
    warning = [worded("The record does not verify now. {finding} See `jobfirst hearing verify`.", finding=finding)]
    show(options, result, lambda: "\n".join([_shown(sent, said), *(warning if finding else [])]))
    return DONE


def _shown(sent: list[SentLetter], said: Hearings) -> str:
    lines = []
    for one in sent:
        lines.append(
            worded(
                "{year}  {project:<10} {recipient}: sent on {sent}, replies by {reply}",
                year=one.year,
                project=one.project_id,
                recipient=one.recipient,
                sent=one.sent_on,
                reply=one.reply_by,
            )
        )
        answers = [answer for answer in said.answers if answer.to == one.number]
        lines += [f"      {answer.answered_on}  {_answer(answer)}" for answer in answers] or [worded("      no answer")]
    return "\n".join(lines) or worded("No hearing letter was kept.")


def _answer(answer: Answer) -> str:
    if not answer.text_sha256:
        return worded("nothing to remark")
    return " ".join(answer.text.split()) + (" …" if answer.characters > len(answer.text) else "")


def _verify(options: argparse.Namespace) -> int:
    from tasks.hearing.record import finding_of, verify

    with _record(options, "hearing verify") as connection:
        # What an interrupted command announced is no change: it is finished or taken back before anything is judged.
        finding_of(connection, options.home)
        found = verify(connection, options.home)
    result = {
        "is_sound": found.is_sound,
        "entries": found.entries,
        "newest_sha256": found.newest_sha256,
        "finding": found.finding,
    }
    told = (
        [
            worded(
                "The record of hearings verifies: {entries}, the newest with hash",
                entries=count_of_entries(found.entries),
            ),
            f"  {found.newest_sha256}",
        ]
        if found.is_sound
        else [
            worded("The record of hearings does not verify. {finding}", finding=found.finding),
            worded(
                "Sound up to entry {entries}, hash {sha256}. Change nothing, and see docs/hearing.md, "
                '"When it does not verify".',
                entries=found.entries,
                sha256=found.newest_sha256,
            ),
        ]
    )
    show(options, result, lambda: "\n".join(told))
    return DONE if found.is_sound else REFUSED


@contextmanager
def _desk(options: argparse.Namespace, purpose: str) -> Iterator[Desk]:
    """Have the desk, as the only writer to the home."""
    from tasks.base.run import preparer
    from tasks.hearing.desk import Desk

    by = preparer()
    with _record(options, purpose) as connection:
        yield Desk(connection, options.home, Moment.now(), by)


@contextmanager
def _record(options: argparse.Namespace, purpose: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Have the warehouse of a home that is there, and nobody else at it.

    Raises InputError where there never was one, BusinessRefusal where it is missing.
    """
    from tasks.release.runs import finish_if_possible
    from tasks.warehouse.connection import FILE_NAME, open_warehouse
    from tasks.warehouse.lock import hold_lock
    from tasks.warehouse.missing import refuse_missing

    if not (options.home / FILE_NAME).is_file():
        refuse_missing(options.home)
        raise InputError(
            phrase(
                "{home} has no warehouse: nothing was settled there; name another folder with --home.",
                home=mask(str(options.home)),
            )
        )
    with hold_lock(options.home, purpose, Moment.now().utc), open_warehouse(options.home) as connection:
        finish_if_possible(connection, options.home)
        yield connection
