"""Posting to the ledger, and finishing what a crash interrupted (docs/ledger-format.md, "Order of writing")."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import duckdb

from tasks.base.durable import append_durably, cut_durably, sync_file
from tasks.base.errors import BusinessRefusal
from tasks.ledger.entry import Entry, Posting, chain, line
from tasks.ledger.head import FILE_NAME, HEAD_NAME, Head, Reach, UnreadableHeadError, read_head, write_head
from tasks.ledger.read import read_entries, read_newest
from tasks.ledger.verify import Chain, verify
from tasks.warehouse.statements import execute


class Healed(StrEnum):
    """What was found at the start of a run."""

    NOTHING = "nothing"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


def require_sound(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Go on only with a ledger that verifies.

    Raises BusinessRefusal that names the first thing that is wrong.
    """
    finding = verify(connection, home).finding
    if finding is not None:
        raise _refusal(finding)


def append(
    connection: duckdb.DuckDBPyConnection,
    home: Path,
    postings: Sequence[Posting],
    *,
    run: str,
    posted_at: datetime,
) -> tuple[Entry, ...]:
    """Post a run's postings, all or none; when the call returns, they are on disk in both records.

    The caller holds the lock of `home`, and has no transaction open. `run`: the name of the release run, used once.
    `posted_at`: aware. Whatever interrupts the call, `heal` brings the ledger to a whole state.

    Raises BusinessRefusal when the ledger does not verify, when the clock is behind the newest entry, or when the
    preparer approves; InputError when a text can't stand in the ledger; ValueError for malformed postings; OSError or
    duckdb.Error when a disk fails.
    """
    heal(connection, home)
    require_sound(connection, home)
    _require_distinct(connection, postings, run)
    newest = read_newest(connection)
    if newest.posted_at is not None and posted_at < newest.posted_at:
        raise BusinessRefusal(
            f"This machine's clock says {posted_at.isoformat()}, which is before the ledger's newest entry "
            f"({newest.posted_at.isoformat()}): set the clock and run again."
        )
    posted = read_head(home).posted
    fresh = chain(postings, run=run, posted_at=posted_at, number=posted.entries, previous_sha256=posted.sha256)
    if fresh:
        lines = [line(entry) for entry in fresh]
        batch = b"".join(lines)
        reach = Reach(fresh[-1].number, fresh[-1].sha256, posted.bytes + len(batch))
        write_head(home, Head(posted, reach))
        append_durably(home / FILE_NAME, batch)
        _insert(connection, lines)
        write_head(home, Head(reach))
    return fresh


def heal(connection: duckdb.DuckDBPyConnection, home: Path) -> Healed:
    """Finish or take back an append that was interrupted; the first thing that a writing run does.

    The caller holds the lock of `home`, and has no transaction open. Only what the head announced is touched: whatever
    else is wrong is for `verify` to find.

    Raises BusinessRefusal when what is there can't come from an interrupted append.
    """
    try:
        head = read_head(home)
    except UnreadableHeadError:
        raise _refusal(f"{HEAD_NAME} is not as it was written.") from None
    if head.pending is None:
        return Healed.NOTHING
    newest = read_newest(connection)
    held = (newest.entries, newest.sha256)
    lines = _announced_lines(home, head.posted, head.pending)
    if lines and held == (head.posted.entries, head.posted.sha256):
        sync_file(home / FILE_NAME)
        _insert(connection, lines)
    elif lines and held == (head.pending.entries, head.pending.sha256):
        pass
    elif not lines and held == (head.posted.entries, head.posted.sha256):
        cut_durably(home / FILE_NAME, head.posted.bytes)
        write_head(home, Head(head.posted))
        return Healed.WITHDRAWN
    else:
        raise _refusal(
            f"An append after entry {head.posted.entries} was interrupted, and the warehouse holds {newest.entries} "
            "entries, which no interruption explains."
        )
    write_head(home, Head(head.pending))
    return Healed.COMPLETED


def _announced_lines(home: Path, posted: Reach, pending: Reach) -> list[bytes]:
    """Give the lines of the append that the head announced; none when they are not all there, whole."""
    try:
        with (home / FILE_NAME).open("rb") as file:
            file.seek(posted.bytes)
            tail = file.read()
    except FileNotFoundError:
        return []
    lines = tail.splitlines(keepends=True)
    chain = Chain(posted.entries, posted.sha256)
    for entry_line in lines:
        if chain.fault(entry_line) is not None:
            return []
        chain.extend(entry_line)
    reached = Reach(chain.entries, chain.newest_sha256, posted.bytes + len(tail))
    return lines if reached == pending else []


def _insert(connection: duckdb.DuckDBPyConnection, lines: list[bytes]) -> None:
    execute(connection, "ledger/insert_lines", lines=[entry_line.decode() for entry_line in lines])


def _require_distinct(connection: duckdb.DuckDBPyConnection, postings: Sequence[Posting], run: str) -> None:
    keys = {(posting.project_id, posting.year, posting.component) for posting in postings}
    if len(keys) < len(postings):
        raise ValueError(f"run {run} posts a component of a project's year twice")
    if read_entries(connection, run=run):
        raise ValueError(f"the ledger holds a run {run} already")


def finding_of(connection: duckdb.DuckDBPyConnection, home: Path) -> str | None:
    """Finish or take back an append that was interrupted, and say what is wrong with the ledger then; None: nothing.

    The caller holds the lock of `home`, and has no transaction open.
    """
    # What can't be healed, `verify` finds too.
    with suppress(BusinessRefusal):
        heal(connection, home)
    return verify(connection, home).finding


def _refusal(finding: str) -> BusinessRefusal:
    return BusinessRefusal(
        f"The ledger does not verify, and nothing is posted to it. {finding} "
        'See docs/ledger-format.md, "When it does not verify".'
    )
