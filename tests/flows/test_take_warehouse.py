"""Taking the warehouse: a deployment's run waits for its turn, a command does not, and bad input is not tried again."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import duckdb
import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.states import Running

from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.warehouse import task as warehouse_task
from tasks.warehouse.connection import FILE_NAME, WarehouseHeld, open_warehouse
from tasks.warehouse.lock import HomeHeld, hold_lock
from tasks.warehouse.task import RUN_NAME, warehouse_taken

OPENED = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


@flow(persist_result=False)
def write(home: Path) -> None:
    with warehouse_taken(home, "settle 2016") as connection:
        connection.execute("SELECT 1")


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note each attempt to take the lock; let a turn be short."""
    made: list[Path] = []

    def noted(home: Path, *given: Any, **named: Any) -> Any:
        made.append(home)
        return hold_lock(home, *given, wait_seconds=0.1, **named)

    monkeypatch.setattr(warehouse_task, "hold_lock", noted)
    monkeypatch.setattr(warehouse_task, "TURN_SECONDS", 0.2)
    return made


@pytest.fixture
def _of_a_deployment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warehouse_task, "_flow_run", lambda: SimpleNamespace(id=uuid4(), deployment_id=uuid4()))


def _hold(home: Path, attempts: list[Path]) -> threading.Thread:
    """Hold the lock until an attempt at it has failed: until a second is made."""
    is_held = threading.Event()

    def hold() -> None:
        with hold_lock(home, "release 2016", Moment.now().utc):
            is_held.set()
            _wait_for_a_failed_attempt(attempts)

    thread = threading.Thread(target=hold, daemon=True)
    thread.start()
    is_held.wait()
    return thread


def _wait_for_a_failed_attempt(attempts: list[Path]) -> None:
    while len(attempts) < 2:
        time.sleep(0.05)


@pytest.mark.usefixtures("_of_a_deployment")
def test_a_run_of_a_deployment_waits_until_the_lock_is_free(tmp_path: Path, attempts: list[Path]) -> None:
    holder = _hold(tmp_path, attempts)
    write(tmp_path)
    holder.join()
    assert len(attempts) > 1


@pytest.mark.usefixtures("_of_a_deployment")
def test_a_run_of_a_deployment_waits_until_the_file_is_closed(tmp_path: Path, attempts: list[Path]) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", OPENED, str(tmp_path / FILE_NAME)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    other.stdout.readline()
    with pytest.raises(WarehouseHeld), open_warehouse(tmp_path):
        pass

    def close() -> None:
        _wait_for_a_failed_attempt(attempts)
        other.kill()

    closing = threading.Thread(target=close, daemon=True)
    closing.start()
    write(tmp_path)
    closing.join()
    other.communicate()
    assert len(attempts) > 1


@pytest.mark.usefixtures("_of_a_deployment")
def test_what_is_no_warehouse_is_not_tried_again(tmp_path: Path, attempts: list[Path]) -> None:
    (tmp_path / FILE_NAME).write_text("not a database" * 1000)
    with pytest.raises(InputError, match="can't be opened"):
        write(tmp_path)
    assert len(attempts) == 1


def test_a_command_does_not_wait(tmp_path: Path, attempts: list[Path]) -> None:
    with hold_lock(tmp_path, "release 2016", Moment.now().utc), pytest.raises(HomeHeld, match="release 2016"):
        write(tmp_path)
    assert len(attempts) == 1


def test_after_a_failed_attempt_the_lock_is_free(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("not a database" * 1000)
    with pytest.raises(InputError):
        write(tmp_path)
    (tmp_path / FILE_NAME).unlink()
    write(tmp_path)
    with duckdb.connect(str(tmp_path / FILE_NAME)):
        assert not (tmp_path / RUN_NAME).exists()


def test_the_run_that_was_killed_with_the_lock_is_told_of(tmp_path: Path) -> None:
    with get_client(sync_client=True) as client:
        killed = client.create_flow_run(write, parameters={"home": str(tmp_path)}, state=Running())
        (tmp_path / RUN_NAME).write_text(str(killed.id))
        write(tmp_path)
        told = client.read_flow_run(killed.id)
        assert told.state is not None
        assert told.state.is_crashed()
        assert told.state.message == "The run's process was killed."


@pytest.mark.parametrize("contents", [b"", b"no run", b"\xff\xfe\x00"])
def test_what_names_no_run_blocks_nothing(tmp_path: Path, contents: bytes) -> None:
    (tmp_path / RUN_NAME).write_bytes(contents)
    write(tmp_path)
    assert not (tmp_path / RUN_NAME).exists()


def test_a_run_of_another_server_that_was_killed_blocks_nothing(tmp_path: Path) -> None:
    (tmp_path / RUN_NAME).write_text(str(UUID(int=7)))
    write(tmp_path)
    assert not (tmp_path / RUN_NAME).exists()
