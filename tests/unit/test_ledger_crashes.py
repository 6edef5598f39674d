"""A run stops at any moment of an append, or of healing one: no entry is lost or doubled; the same bytes in the end."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest

from tasks.base.errors import BusinessRefusal
from tasks.base.paths import PROJECT
from tasks.chain import record as chain_record
from tasks.chain.head import Head, read_head, write_head
from tasks.chain.record import Healed
from tasks.ledger import record as ledger_record
from tasks.ledger.append import heal
from tasks.ledger.read import read_entries
from tasks.ledger.record import verify
from tasks.warehouse.statements import execute
from tests.support.ledger_examples import append_release, ledger_in
from tests.support.power_cut import PowerCut, cut_power

RECORDS = ("ledger.jsonl", "ledger.head")
PART_BYTES = 300
"""Less than a line: a write is cut within a line, and at its end."""
MANY = 10**6


@contextmanager
def stopping(moment: int, how: Callable[[], object]) -> Iterator[list[int]]:
    """Call `how` at one moment: before or after a call that changes what is on disk, or part-way through a write.

    Gives the number of moments that there were.
    """
    passed = [0]

    def pass_by() -> None:
        if passed[0] == moment:
            passed[0] += 1
            how()
        passed[0] += 1

    def around(call: Callable[..., Any]) -> Callable[..., Any]:
        def stopped(*arguments: Any) -> Any:
            pass_by()
            result = call(*arguments)
            pass_by()
            return result

        return stopped

    def write_in_parts(descriptor: int, contents: memoryview) -> int:
        pass_by()
        line_end = bytes(contents).find(b"\n") + 1
        return write(descriptor, contents[: min(PART_BYTES, line_end or PART_BYTES)])

    write = os.write
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", write_in_parts)
        for name in ("fsync", "replace", "truncate"):
            patch.setattr(os, name, around(getattr(os, name)))
        patch.setattr(ledger_record, "insert", around(ledger_record.insert))
        yield passed


def no_space() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _records(home: Path) -> list[bytes]:
    return [(home / name).read_bytes() for name in RECORDS]


def _prepare(home: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    execute(connection, "schema/core_ledger")
    append_release(connection, home, 1)
    return connection


def _release_again(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """As a release does: heal, look whether the run is posted, post it if it is not."""
    heal(connection, home)
    assert verify(connection, home).is_sound
    runs = {entry.run for entry in read_entries(connection)}
    assert len(read_entries(connection)) == 6 * len(runs), "half a run is posted"
    if "run-2" not in runs:
        append_release(connection, home, 2)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[bytes], int]:
    """Give the records after an append that nothing disturbs, and the number of moments at which it can be."""
    home = tmp_path_factory.mktemp("undisturbed")
    connection = _prepare(home)
    with stopping(MANY, cut_power) as moments:
        append_release(connection, home, 2)
    return _records(home), moments[0]


@pytest.mark.parametrize("how", [cut_power, no_space])
def test_a_stop_at_every_moment_is_healed(
    tmp_path: Path, undisturbed: tuple[list[bytes], int], how: Callable[[], object]
) -> None:
    records, moments = undisturbed
    assert moments > 20
    for moment in range(moments):
        home = tmp_path / f"{moment}"
        home.mkdir()
        connection = _prepare(home)
        with stopping(moment, how), pytest.raises((PowerCut, OSError)):
            append_release(connection, home, 2)
        _release_again(connection, home)
        assert _records(home) == records, f"stopped at moment {moment}"
        assert len(read_entries(connection)) == 12


@pytest.mark.parametrize("every", [15, pytest.param(3, marks=pytest.mark.long)])
def test_a_stop_at_every_moment_of_healing_is_healed(
    tmp_path: Path, undisturbed: tuple[list[bytes], int], every: int
) -> None:
    records, moments = undisturbed
    stops = 0
    for moment in range(0, moments, every):
        for second in range(MANY):
            home = tmp_path / f"{moment}-{second}"
            home.mkdir()
            connection = _prepare(home)
            with stopping(moment, cut_power), pytest.raises(PowerCut):
                append_release(connection, home, 2)
            try:
                with stopping(second, cut_power):
                    heal(connection, home)
            except PowerCut:
                stops += 1
                _release_again(connection, home)
                assert _records(home) == records, f"stopped at moment {moment}, and at {second} of healing"
            else:
                break
    assert stops > moments // every, "healing was stopped less than once a moment"


PROGRAM = """
import os, signal, sys
from pathlib import Path
from tests.support.ledger_examples import append_release, ledger_in
from tests.unit.test_ledger_crashes import stopping

home, moment = Path(sys.argv[1]), int(sys.argv[2])
with ledger_in(home) as connection:
    append_release(connection, home, 1)
    with stopping(moment, lambda: os.kill(os.getpid(), signal.SIGKILL)):
        append_release(connection, home, 2)
"""


@pytest.mark.parametrize("every", [15, pytest.param(3, marks=pytest.mark.long)])
def test_a_process_killed_in_every_step_is_healed(
    tmp_path: Path, undisturbed: tuple[list[bytes], int], every: int
) -> None:
    records, moments = undisturbed
    for moment in range(0, moments, every):
        home = tmp_path / f"{moment}"
        home.mkdir()
        command = [sys.executable, "-c", PROGRAM, str(home), str(moment)]
        killed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        assert killed.returncode == -9, killed.stderr
        with ledger_in(home) as connection:
            _release_again(connection, home)
            assert len(read_entries(connection)) == 12
        assert _records(home) == records, f"killed at moment {moment}"


def test_what_no_interruption_explains_is_refused(tmp_path: Path) -> None:
    connection = _prepare(tmp_path)
    before = read_head(tmp_path / "ledger.head")
    append_release(connection, tmp_path, 2)
    after = read_head(tmp_path / "ledger.head")

    write_head(tmp_path / "ledger.head", Head(before.posted, after.posted))
    assert verify(connection, tmp_path).finding == "An append after entry 6 was interrupted."
    connection.execute("DELETE FROM core_ledger WHERE number = 12")
    with pytest.raises(BusinessRefusal, match="no interruption explains"):
        heal(connection, tmp_path)

    path = tmp_path / "ledger.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BusinessRefusal, match="no interruption explains"):
        heal(connection, tmp_path)


def test_an_unreadable_head_is_refused(tmp_path: Path) -> None:
    connection = _prepare(tmp_path)
    (tmp_path / "ledger.head").write_bytes(b"{}\n")
    with pytest.raises(BusinessRefusal, match=r"ledger\.head is not as it was written"):
        heal(connection, tmp_path)


def _module_of(step: str) -> ModuleType:
    """Give where a step of an append is called from."""
    return ledger_record if step == "insert" else chain_record


def _fail_in(step: str, connection: duckdb.DuckDBPyConnection, home: Path, number: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_module_of(step), step, lambda *_: no_space())
        with pytest.raises(OSError, match="No space"):
            append_release(connection, home, number)


def test_healing_tells_what_it_did(tmp_path: Path) -> None:
    connection = _prepare(tmp_path)
    with stopping(1, cut_power), pytest.raises(PowerCut):
        append_release(connection, tmp_path, 2)
    assert heal(connection, tmp_path) is Healed.NOTHING
    _fail_in("append_durably", connection, tmp_path, 2)
    assert heal(connection, tmp_path) is Healed.WITHDRAWN
    _fail_in("insert", connection, tmp_path, 2)
    assert heal(connection, tmp_path) is Healed.COMPLETED


def test_order_of_writing(tmp_path: Path) -> None:
    """Announced, decided, taken up, acknowledged: as documented, on disk in that order, when healing too."""
    connection = _prepare(tmp_path)
    calls: list[str] = []

    def telling(name: str) -> Callable[..., Any]:
        call = getattr(_module_of(name), name)

        def told(*arguments: Any) -> Any:
            calls.append(name)
            return call(*arguments)

        return told

    with pytest.MonkeyPatch.context() as patch:
        for name in ("write_head", "append_durably", "sync_file", "insert"):
            patch.setattr(_module_of(name), name, telling(name))
        append_release(connection, tmp_path, 2)
        assert calls == ["write_head", "append_durably", "insert", "write_head"]

    _fail_in("insert", connection, tmp_path, 3)
    calls.clear()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("write_head", "append_durably", "sync_file", "insert"):
            patch.setattr(_module_of(name), name, telling(name))
        heal(connection, tmp_path)
        assert calls == ["sync_file", "insert", "write_head"]
