"""Posting to the ledger, and finishing what a crash interrupted (docs/ledger-format.md, "Order of writing")."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import duckdb

from tasks.base.errors import BusinessRefusal
from tasks.base.worded import phrase, text_of
from tasks.chain import record
from tasks.chain.head import read_head
from tasks.chain.record import Healed, UnsoundError
from tasks.ledger.entry import Entry, Posting, chain, line
from tasks.ledger.read import read_entries, read_newest
from tasks.ledger.record import ledger_of, verify


def require_sound(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Refuse to go on with a ledger that does not verify.

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
    ledger = ledger_of(connection, home)
    _require_distinct(connection, postings, run)
    newest = read_newest(connection)
    if newest.posted_at is not None and posted_at < newest.posted_at:
        raise BusinessRefusal(
            phrase(
                "This machine's clock says {day}, which is before the ledger's newest entry ({newest}): set the clock "
                "and run again.",
                day=posted_at.isoformat(),
                newest=newest.posted_at.isoformat(),
            )
        )
    posted = read_head(ledger.head).posted
    fresh = chain(postings, run=run, posted_at=posted_at, number=posted.entries, previous_sha256=posted.sha256)
    record.append(ledger, [line(entry) for entry in fresh])
    return fresh


def heal(connection: duckdb.DuckDBPyConnection, home: Path) -> Healed:
    """Finish or take back an append that was interrupted; the first thing that a writing run does.

    The caller holds the lock of `home`, and has no transaction open. Only what the head announced is touched: whatever
    else is wrong is for `verify` to find.

    Raises BusinessRefusal when what is there can't come from an interrupted append.
    """
    try:
        return record.heal(ledger_of(connection, home))
    except UnsoundError as finding:
        raise _refusal(text_of(finding)) from None


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
        phrase(
            'The ledger does not verify, and nothing is posted to it. {finding} See docs/ledger-format.md, "When it '
            'does not verify".',
            finding=finding,
        )
    )
