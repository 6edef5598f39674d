"""The letters of a decision: what they hold beyond the settlement, and what a reader finds in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING

from tasks.base.errors import InternalFailure
from tasks.base.moment import Moment
from tasks.draft.summary import PORTFOLIO
from tasks.letters.facts import LetterFacts, PostedEntry
from tasks.letters.read import read_letters

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from tasks.ledger.entry import Entry
    from tasks.rules.model import Rules

_SUBJECT = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
_AMOUNT = re.compile(r'<div class="decision">.*?<strong>([0-9.,]+) kr\.</strong>', re.DOTALL)


@dataclass(frozen=True)
class ReadLetter:
    """What a letter says to who reads it: its subject, and the amount of the decision without its sign."""

    subject: str
    amount_dkk: Decimal


def decision_letters(
    connection: duckdb.DuckDBPyConnection, rules: Rules, entries: Sequence[Entry]
) -> list[LetterFacts]:
    """Give the letters that tell a release run's entries; each names its project's newest entry."""
    newest = {entry.project_id: PostedEntry(entry.number, entry.sha256) for entry in entries}
    waivers = {
        (holder, waiver.code): waiver.reason
        for entry in entries
        for waiver in entry.waivers
        for holder in (entry.project_id, PORTFOLIO)
    }
    letters = read_letters(
        connection,
        rules,
        entries[0].year,
        letter_date=Moment(entries[0].posted_at).today,
        projects=newest.keys(),
        waivers=waivers,
    )
    return [replace(one, posted_entry=newest[one.project_id]) for one in letters]


def read_letter(page: Path) -> ReadLetter:
    """Read a letter as it was written.

    Raises InternalFailure when it has no subject or no amount.
    """
    html = page.read_text(encoding="utf-8")
    subject, amount = _SUBJECT.search(html), _AMOUNT.search(html)
    if subject is None or amount is None:
        raise InternalFailure(f"The letter {page.name} has no subject or no amount, and nothing was posted.")
    return ReadLetter(unescape(subject[1]).strip(), Decimal(amount[1].replace(".", "").replace(",", ".")))
