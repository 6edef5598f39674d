"""The letters of a decision: what they hold beyond the settlement, and what a reader finds in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING

from tasks.base.errors import InternalFailure
from tasks.base.moment import Moment
from tasks.hearing import state as heard_state
from tasks.hearing.record import read
from tasks.hearing.state import State, hearing_of, intended, not_decided
from tasks.letters.facts import Hearing, LetterFacts, Netted, PostedEntry
from tasks.letters.read import read_letters
from tasks.release.findings import HEARING
from tasks.validation.catalogue import PORTFOLIO

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from tasks.ledger.entry import Entry
    from tasks.rules.model import Rules

_MOST_PARAGRAPHS = 30
_SUBJECT = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
_AMOUNT = re.compile(r'<div class="decision">.*?<strong>([0-9.,]+) kr\.</strong>', re.DOTALL)


@dataclass(frozen=True)
class ReadLetter:
    """What the reader of a letter finds: its subject, and the amount of the decision without its sign."""

    subject: str
    amount_dkk: Decimal


def decision_letters(
    connection: duckdb.DuckDBPyConnection,
    rules: Rules,
    entries: Sequence[Entry],
    together: Mapping[tuple[str, int], Netted],
) -> list[LetterFacts]:
    """Give the letters that report the entries of a year of a release run; each names its project's newest entry.

    `together`: the run's other decisions that theirs are added up with, by project and year. The record of hearings was
    verified before; the letters name what it held before the entries were posted.
    """
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
        netted=together,
    )
    heard = _hearings(connection, entries)
    return [replace(one, posted_entry=newest[one.project_id], hearing=heard.get(one.project_id)) for one in letters]


def _hearings(connection: duckdb.DuckDBPyConnection, entries: Sequence[Entry]) -> dict[str, Hearing]:
    """Give what the letters say of hearings, by project; nothing of those who were not heard and are not burdened."""
    first = entries[0]
    posted_at = Moment(first.posted_at)
    hearings = not_decided(connection, read(connection).until(first.posted_at), posted_at, first.run)
    accepted = first.approval.accepted if first.approval else ()
    reason = next((one.reason for one in accepted if one.code == HEARING), "")
    told = {}
    for project_id, one in intended(connection).items():
        hearing = hearing_of(hearings, project_id, first.year, one, posted_at.today)
        # Before hearings were kept, a burden was decided without a finding, and its letter said nothing of one.
        if hearing.letter is not None or (hearing.is_awaited and reason):
            told[project_id] = _as_written(hearing, reason)
    return told


def _as_written(hearing: heard_state.Hearing, reason: str) -> Hearing:
    letter, answer = hearing.letter, hearing.answer
    lines = [line for line in (answer.text if answer else "").split("\n") if line.strip()]
    paragraphs = [*lines[:_MOST_PARAGRAPHS], *([" ".join(rest)] if (rest := lines[_MOST_PARAGRAPHS:]) else [])]
    return Hearing(
        sent_on=letter.sent_on if letter else None,
        reply_by=letter.reply_by if letter and hearing.state in (State.WAITING, State.UNANSWERED) else None,
        answered_on=answer.answered_on if answer else None,
        answer=tuple(paragraphs),
        reason=reason if hearing.is_awaited else "",
        is_cut=answer is not None and answer.characters > len(answer.text),
        is_about_this=hearing.state is not State.CHANGED,
        is_over=hearing.is_over,
        is_burden=bool(hearing.burdens),
    )


def read_letter(page: Path) -> ReadLetter:
    """Read a letter as it was written.

    Raises InternalFailure when it has no subject or no amount.
    """
    html = page.read_text(encoding="utf-8")
    subject, amount = _SUBJECT.search(html), _AMOUNT.search(html)
    if subject is None or amount is None:
        raise InternalFailure(f"The letter {page.name} has no subject or no amount, and nothing was posted.")
    return ReadLetter(unescape(subject[1]).strip(), Decimal(amount[1].replace(".", "").replace(",", ".")))
