"""Receiving, where memory is short."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.intake.key import PseudonymKey
from tasks.intake.receive import receive
from tasks.sample.portfolio import write_sample
from tasks.warehouse.connection import MEMORY_VARIABLE, open_warehouse
from tests.support.spilling import spilled_bytes


def test_no_row_of_a_delivery_is_put_aside_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run fails instead: the rows hold personal numbers, and a run that is killed leaves what it put aside."""
    write_sample(tmp_path, projects=1, citizens=10_000, seed=1, form="csv")
    home = tmp_path / "home"
    home.mkdir()
    # With this much, and the disk, it would be received.
    monkeypatch.setenv(MEMORY_VARIABLE, "45MB")
    with open_warehouse(home) as connection:
        with pytest.raises(duckdb.OutOfMemoryException):
            receive(
                connection,
                tmp_path / "inbox",
                project_ids=frozenset(),
                words=[],
                now=Moment.parse("2018-03-01T12:00"),
                key=PseudonymKey.of(b"made up"),
                progress=Silence().step(""),
            )
        assert spilled_bytes(home) == 0
