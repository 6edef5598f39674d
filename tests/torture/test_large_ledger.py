"""A million entries are verified in seconds, and the last of them counts."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest

from tasks.base.paths import PROJECT
from tasks.chain.head import Head, Reach, write_head
from tasks.chain.line import GENESIS_SHA256, own_hash
from tasks.ledger.entry import Component, Kind, Posting, Waiver, chained, line
from tasks.ledger.record import FILE_NAME, verify
from tasks.warehouse.connection import open_warehouse
from tasks.warehouse.statements import execute
from tests.support.effort import times

ENTRIES = times(20_000, 1_000_000)
AT_ONCE = 50_000
MOST_SECONDS = 3 + 40 * ENTRIES / 1_000_000
"""Of processor time; a third of it on a machine of its own."""


def lines() -> Iterator[bytes]:
    """Give the lines of a ledger without an end."""
    waiver = Waiver("P02", "Kontrolgruppen mangler to borgere.")
    posting = Posting(
        *("JF-187", 2016, Component.ACTIVITY, Kind.ADJUSTMENT, Decimal("-6000.00"), (waiver,)),
        draft_fingerprint="ab" * 32,
        prepared_by="Anna Hansen",
        approved_by="Bo Holm",
    )
    number, newest = 0, GENESIS_SHA256
    while True:
        number += 1
        entry = chained(
            posting,
            number=number,
            run=f"2016-{number // 100}-1",
            posted_at=datetime(2018, 2, 15, tzinfo=UTC),
            previous_sha256=newest,
        )
        newest = entry.sha256
        yield line(entry)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home with a large ledger."""
    folder = tmp_path_factory.mktemp("home")
    newest, endless = GENESIS_SHA256, lines()
    with open_warehouse(folder) as connection, (folder / FILE_NAME).open("wb") as file:
        for _ in range(0, ENTRIES, AT_ONCE):
            batch = list(islice(endless, min(AT_ONCE, ENTRIES)))
            file.write(b"".join(batch))
            execute(connection, "ledger/insert_lines", lines=[one.decode() for one in batch])
            newest = own_hash(batch[-1])
    size = (folder / FILE_NAME).stat().st_size
    write_head(folder / "ledger.head", Head(Reach(ENTRIES, newest, size)))
    return folder


def test_verifying_takes_seconds(home: Path) -> None:
    began = time.process_time()
    with open_warehouse(home) as connection:
        found = verify(connection, home)
    assert (found.entries, found.finding) == (ENTRIES, None)
    assert time.process_time() - began < MOST_SECONDS


def test_the_last_entry_counts(home: Path) -> None:
    path = home / FILE_NAME
    contents = path.read_bytes()
    path.write_bytes(contents[:-200] + bytes([contents[-200] ^ 1]) + contents[-199:])
    done = subprocess.run(
        [sys.executable, "-m", "flows.commands.cli", "ledger", "verify", "--home", str(home)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    path.write_bytes(contents)
    assert done.returncode == 1
    assert f"Entry {ENTRIES}: in ledger.jsonl" in done.stdout
