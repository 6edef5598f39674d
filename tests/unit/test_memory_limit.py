"""The warehouse keeps to its memory limit, which the environment may name."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tasks.base.errors import InputError
from tasks.warehouse.connection import MEMORY_VARIABLE, open_warehouse, without_spilling
from tasks.warehouse.transaction import transaction
from tests.support.spilling import spilled_bytes


def limit(home: Path) -> str:
    with open_warehouse(home) as connection:
        row = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    assert row
    return str(row[0])


@pytest.mark.parametrize(("given", "limited"), [(None, "953.6 MiB"), ("4GB", "3.7 GiB"), ("512 MiB", "512.0 MiB")])
def test_the_limit_holds(given: str | None, limited: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MEMORY_VARIABLE, raising=False)
    if given:
        monkeypatch.setenv(MEMORY_VARIABLE, given)
    assert limit(tmp_path) == limited


@pytest.mark.parametrize("given", ["", "much", "-1GB", "0GB", "1", "1GB; SELECT 1"])
def test_what_is_no_size_is_refused(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MEMORY_VARIABLE, given)
    with pytest.raises(InputError, match=f"{MEMORY_VARIABLE} is not a size"):
        limit(tmp_path)


def test_what_is_read_of_a_delivery_is_not_put_aside_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MEMORY_VARIABLE, "50MB")
    much = "CREATE TEMP TABLE cells AS SELECT md5(number::VARCHAR) AS text FROM range(2_000_000) AS r(number)"
    with open_warehouse(tmp_path) as connection:
        with (
            pytest.raises(duckdb.OutOfMemoryException),
            without_spilling(connection),
            transaction(connection),
        ):
            connection.execute(much)
        assert spilled_bytes(tmp_path) == 0
        connection.execute(much)
        assert spilled_bytes(tmp_path) > 0, "it is too little to show it"
