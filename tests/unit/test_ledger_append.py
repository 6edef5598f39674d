"""Posting: both records, the head, and what the ledger holds at a moment."""

from __future__ import annotations

import stat
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.base.errors import BusinessRefusal
from tasks.base.moment import Moment
from tasks.chain.record import Healed
from tasks.ledger.append import append, heal
from tasks.ledger.entry import Component
from tasks.ledger.read import read_entries
from tasks.ledger.record import verify
from tests.support.ledger_examples import POSTED_AT, append_release, ledger_in, posting


def test_an_empty_ledger_is_sound(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as connection:
        assert heal(connection, tmp_path) is Healed.NOTHING
        assert verify(connection, tmp_path).is_sound
        assert append(connection, tmp_path, [], run="nothing", posted_at=POSTED_AT) == ()
        assert list(tmp_path.glob("ledger.*")) == []


def test_both_records_hold_what_was_posted(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as connection:
        first = append_release(connection, tmp_path, 1)
        second = append_release(connection, tmp_path, 2)
        verification = verify(connection, tmp_path)
        assert (verification.is_sound, verification.entries) == (True, 12)
        assert verification.newest_sha256 == second[-1].sha256
        assert tuple(read_entries(connection)) == first + second
        assert tuple(read_entries(connection, run="run-2")) == second
    assert len((tmp_path / "ledger.jsonl").read_bytes().splitlines()) == 12


def test_files_are_readable_by_the_owners_group_only(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as connection:
        append_release(connection, tmp_path, 1)
    for name in ("ledger.jsonl", "ledger.head"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) & 0o027 == 0


def test_the_ledger_as_known_at(tmp_path: Path) -> None:
    later = POSTED_AT + timedelta(microseconds=1)
    with ledger_in(tmp_path) as connection:
        append(connection, tmp_path, [posting(amount_dkk="880000")], run="1", posted_at=POSTED_AT)
        append(connection, tmp_path, [posting(amount_dkk="-6000.50")], run="2", posted_at=later)
        assert len(read_entries(connection, as_known_at=Moment(later))) == 2
        assert len(read_entries(connection, as_known_at=Moment(POSTED_AT))) == 1
        assert read_entries(connection, as_known_at=Moment(POSTED_AT - timedelta(microseconds=1))) == []
        assert connection.execute("FROM core_posted").fetchall() == [
            ("JF-187", 2016, Component.ACTIVITY, Decimal("873999.50"))
        ]


def test_a_run_is_posted_once(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as connection:
        append_release(connection, tmp_path, 1)
        with pytest.raises(ValueError, match="run-1"):
            append_release(connection, tmp_path, 1)
        with pytest.raises(ValueError, match="twice"):
            append(connection, tmp_path, [posting(), posting()], run="2", posted_at=POSTED_AT)
        assert verify(connection, tmp_path).entries == 6


def test_a_clock_behind_the_newest_entry_is_refused(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as connection:
        append_release(connection, tmp_path, 9)
        with pytest.raises(BusinessRefusal, match="clock"):
            append_release(connection, tmp_path, 8)
        assert verify(connection, tmp_path).entries == 6


def test_nothing_is_posted_over_a_ledger_that_does_not_verify(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as connection:
        append_release(connection, tmp_path, 1)
        connection.execute("UPDATE core_ledger SET amount_dkk = amount_dkk + 0.01 WHERE number = 4")
        records = [(tmp_path / name).read_bytes() for name in ("ledger.jsonl", "ledger.head")]
        with pytest.raises(BusinessRefusal, match="Entry 4: in the warehouse its contents do not give its hash"):
            append_release(connection, tmp_path, 2)
        assert [(tmp_path / name).read_bytes() for name in ("ledger.jsonl", "ledger.head")] == records


def test_a_posting_that_is_refused_leaves_no_trace_of_its_run(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as connection:
        append_release(connection, tmp_path, 1)
        with pytest.raises(BusinessRefusal, match="another person"):
            append(
                connection,
                tmp_path,
                [posting(), posting(year=2017, approved_by="ANNA")],
                run="2",
                posted_at=POSTED_AT,
            )
        assert verify(connection, tmp_path).is_sound
        assert len(read_entries(connection)) == 6
