"""Amounts, moments, counts and names as the commands write them in a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from tasks.base import danish
from tasks.base.moment import Moment
from tasks.base.worded import Phrase, phrase

UNREGISTERED = phrase("In the ledger but no longer in the register (removed or renamed), and therefore not settled")
"""The heading over projects that are posted and can't be settled any more."""
EARLIER = phrase("Earlier years whose amount now differs from the ledger")
"""The heading over years that a backfill would change."""
_SHORT_DIGITS = 12
_MOST_NAMES = 10
_LONGEST = 600
_END = 150
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(line: str) -> str:
    """Give a line as a terminal may show it: without control characters, and a very long line without its middle."""
    if len(line) > _LONGEST:
        line = f"{line[: _LONGEST - _END]} … {line[-_END:]}"
    return _UNSEEN.sub(_sign, line)


def is_text(value: str) -> bool:
    """Return whether a value of the environment or of the command line is text.

    Python gives bytes that are no UTF-8 as lone surrogates, which nothing can store.
    """
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _sign(unseen: re.Match[str]) -> str:
    """Give Unicode's picture of a control character, or the replacement character."""
    code = ord(unseen[0])
    if code == 0x7F:
        return "\u2421"
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def amount(amount_dkk: Decimal) -> str:
    """Write an amount without its unit, as `danish.amount` does, but with a hyphen as the minus: 1.234.567,00.

    Raises ValueError when it is not exact to the øre.
    """
    return danish.amount(amount_dkk).replace(danish.MINUS, "-")


def projects(count: int) -> Phrase:
    """Write how many projects: 1 project, 2 projects."""
    return phrase("{count} project", count=count) if count == 1 else phrase("{count} projects", count=count)


def count_of_entries(count: int) -> Phrase:
    """Write how many entries of a record: 1 entry, 2 entries."""
    return phrase("{count} entry", count=count) if count == 1 else phrase("{count} entries", count=count)


def count_of_citizens(count: int) -> Phrase:
    """Write how many citizens: 1 citizen, 2 citizens."""
    return phrase("{count} citizen", count=count) if count == 1 else phrase("{count} citizens", count=count)


def count_of_participants(count: int) -> Phrase:
    """Write how many participants: 1 participant, 2 participants."""
    return phrase("{count} participant", count=count) if count == 1 else phrase("{count} participants", count=count)


def count_of_controls(count: int) -> Phrase:
    """Write how many citizens of the control group: 1 control, 2 controls."""
    return phrase("{count} control", count=count) if count == 1 else phrase("{count} controls", count=count)


def count_of_fields(count: int) -> Phrase:
    """Write how many fields of a row: 1 field, 2 fields."""
    return phrase("{count} field", count=count) if count == 1 else phrase("{count} fields", count=count)


def count_of_files(count: int) -> Phrase:
    """Write how many files: 1 file, 2 files."""
    return phrase("{count} file", count=count) if count == 1 else phrase("{count} files", count=count)


def when(moment: datetime) -> str:
    """Write a moment (aware) in Copenhagen time, to the second."""
    return Moment(moment).as_text()


def late_letters(year: int, letters: int, deadline: date) -> Phrase:
    """Say that the calendar's day to reply by has passed, and what the letters of first decisions ask for instead."""
    return phrase(
        "The reply deadline for {year} ({deadline}) has passed: the letters of first decisions ({letters}) give as "
        "many days from receipt, and are dated when they are sent.",
        year=year,
        deadline=deadline,
        letters=letters,
    )


def short(fingerprint: str) -> str:
    """Give the beginning of a draft's fingerprint, by which a person knows it; `release --draft` takes it."""
    return fingerprint[:_SHORT_DIGITS]


def some(names: Sequence[str]) -> str:
    """List names, the first ten where there are more."""
    first = ", ".join(names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    return phrase("{names} and {count} more", names=first, count=rest) if rest > 0 else first
