"""The record of hearings: its entries, and where they are kept. Source: docs/hearing.md, 'Record'.

`HOME/hearing.jsonl`, its head, and a copy in the warehouse, chained as the ledger is (docs/ledger-format.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tasks.base.errors import BusinessRefusal
from tasks.base.worded import phrase
from tasks.chain import record as chain
from tasks.chain.head import read_head
from tasks.chain.line import GENESIS_SHA256, entry_line, own_hash, written_at
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from tasks.base.moment import Moment

FILE_NAME, HEAD_NAME = "hearing.jsonl", "hearing.head"
SENT, REPLY = "sent", "reply"


@dataclass(frozen=True)
class SentLetter:
    """A hearing letter that was sent.

    `letter_sha256`: of the PDF; `gives_sha256`: over what the draft gives the project (run.intended). `reply_by`: the
    day that the municipality was given. `written_at`: when it was kept (aware, UTC).
    """

    number: int
    project_id: str
    year: int
    draft_fingerprint: str
    letter_sha256: str
    gives_sha256: str
    recipient: str
    recipient_cvr: str
    sent_on: date
    reply_by: date
    written_at: datetime
    by: str


@dataclass(frozen=True)
class Answer:
    """What a municipality answered to a hearing letter, the entry `to`.

    `text`: how it begins, masked; blank where it has nothing to remark. `text_sha256`: of the answer as it came;
    `characters`: of all of it.
    """

    number: int
    project_id: str
    year: int
    to: int
    answered_on: date
    text_sha256: str
    characters: int
    text: str
    written_at: datetime
    by: str


@dataclass(frozen=True)
class Hearings:
    """What the record says, entry by entry."""

    sent: tuple[SentLetter, ...] = ()
    answers: tuple[Answer, ...] = ()

    def letters_about(self, project_id: str, year: int) -> list[SentLetter]:
        """Give the letters about a project's year, in the order in which they were kept."""
        return [one for one in self.sent if (one.project_id, one.year) == (project_id, year)]

    def answer_to(self, letter: SentLetter) -> Answer | None:
        """Give the newest answer to a letter."""
        return next((one for one in reversed(self.answers) if one.to == letter.number), None)

    def until(self, known_at: datetime) -> Hearings:
        """Give the record as it was at a moment (aware)."""
        return Hearings(
            tuple(one for one in self.sent if one.written_at <= known_at),
            tuple(one for one in self.answers if one.written_at <= known_at),
        )


def record_of(connection: duckdb.DuckDBPyConnection, home: Path) -> chain.Record:
    """Give the record of a home."""

    def newest() -> tuple[int, str]:
        held = lines()
        return len(held), own_hash(held[-1]) if held else GENESIS_SHA256

    def lines() -> list[bytes]:
        return [line.encode() + b"\n" for (line,) in execute(connection, "hearing/lines").fetchall()]

    def insert(fresh: Sequence[bytes]) -> None:
        texts = [line.decode().removesuffix("\n") for line in fresh]
        execute(connection, "hearing/insert_lines", lines=texts)

    return chain.Record(home / FILE_NAME, home / HEAD_NAME, chain.Copy(newest, lines, insert))


def finding_of(connection: duckdb.DuckDBPyConnection, home: Path) -> str | None:
    """Finish or take back an entry that was interrupted, and say what is wrong with the record then; None: nothing.

    The caller holds the lock of `home`, and has no transaction open.
    """
    return chain.finding_when_healed(record_of(connection, home))


def verify(connection: duckdb.DuckDBPyConnection, home: Path) -> chain.Verification:
    """Check that no entry was changed, deleted, inserted, reordered or put back, in either copy."""
    return chain.verify(record_of(connection, home))


def require_sound(connection: duckdb.DuckDBPyConnection, home: Path) -> Hearings:
    """Finish an interrupted entry, and give what the record says, once it verifies.

    Raises BusinessRefusal that names the first thing that is wrong.
    """
    finding = finding_of(connection, home)
    if finding is not None:
        raise BusinessRefusal(
            phrase(
                'The record of hearings does not verify, and nothing goes by it. {finding} See docs/hearing.md, "When '
                'it does not verify".',
                finding=finding,
            )
        )
    return read(connection)


def read(connection: duckdb.DuckDBPyConnection) -> Hearings:
    """Read what the warehouse's copy says; a run that relies on it verifies it first."""
    entries = [json.loads(line) for (line,) in execute(connection, "hearing/lines").fetchall()]
    return Hearings(
        tuple(_sent(one) for one in entries if one["kind"] == SENT),
        tuple(_answer(one) for one in entries if one["kind"] == REPLY),
    )


def write(
    connection: duckdb.DuckDBPyConnection,
    home: Path,
    entries: Sequence[Mapping[str, Any]],
    *,
    now: Moment,
    by: str,
) -> None:
    """Write entries, all or none; each has its kind first, then the kind's own fields.

    The caller holds the lock of `home`, and has healed. Raises OSError or duckdb.Error when a disk fails.
    """
    record = record_of(connection, home)
    chain.append(record, list(_chained(record, entries, now, by)))


def _chained(record: chain.Record, entries: Sequence[Mapping[str, Any]], now: Moment, by: str) -> Iterator[bytes]:
    posted = read_head(record.head).posted
    previous_sha256 = posted.sha256
    for number, fields in enumerate(entries, posted.entries + 1):
        line = entry_line(number, fields, at=now.utc, by=by, previous_sha256=previous_sha256)
        previous_sha256 = own_hash(line)
        yield line


def _sent(entry: Mapping[str, Any]) -> SentLetter:
    return SentLetter(
        entry["number"],
        entry["project_id"],
        entry["year"],
        entry["draft_fingerprint"],
        entry["letter_sha256"],
        entry["gives_sha256"],
        entry["recipient"],
        entry["recipient_cvr"],
        date.fromisoformat(entry["sent_on"]),
        date.fromisoformat(entry["reply_by"]),
        written_at(entry),
        entry["by"],
    )


def _answer(entry: Mapping[str, Any]) -> Answer:
    return Answer(
        entry["number"],
        entry["project_id"],
        entry["year"],
        entry["to"],
        date.fromisoformat(entry["answered_on"]),
        entry["text_sha256"],
        entry["characters"],
        entry["text"],
        written_at(entry),
        entry["by"],
    )
