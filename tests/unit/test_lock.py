"""One writer at a time."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tasks.base.errors import BusinessRefusal
from tasks.base.paths import PROJECT
from tasks.warehouse.lock import HOLDER_NAME, HOLDER_WAIT_SECONDS, LOCK_NAME, HomeHeld, hold_lock

NOW = datetime(2018, 7, 1, 12, 30, 5, 999, tzinfo=UTC)
RACES = 100
RACERS = 3
LONGEST_SECONDS = 900
PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tasks.warehouse.lock import hold_lock

with hold_lock(Path(sys.argv[1]), "settle 2016", datetime(2018, 7, 1, 12, 30, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


def _holding(home: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(home)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_second_writer_leaves_within_two_seconds_and_says_who_holds_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = _holding(tmp_path)
    # A clock would measure a busy machine, too.
    asked_seconds = []
    plainly = FileLock.acquire

    def asked(lock: FileLock, timeout: float, **given: Any) -> object:
        asked_seconds.append(timeout)
        return plainly(lock, timeout, **given)

    monkeypatch.setattr(FileLock, "acquire", asked)
    with pytest.raises(BusinessRefusal) as refusal, hold_lock(tmp_path, "release 2016", NOW):
        pass
    _end(process)
    assert sum(asked_seconds) + HOLDER_WAIT_SECONDS < 2
    holder = json.loads((tmp_path / HOLDER_NAME).read_bytes())
    assert str(refusal.value) == (
        f"Another run writes to {tmp_path}: {holder['user']}, process {process.pid} (settle 2016), "
        "since 2018-07-01 14:30:00 (Copenhagen time). Run again when it has ended."
    )


def test_a_lock_left_by_a_dead_process_is_taken_over(tmp_path: Path) -> None:
    _end(_holding(tmp_path))
    assert (tmp_path / HOLDER_NAME).exists()
    with hold_lock(tmp_path, "release 2016", NOW, wait_seconds=0):
        holder = json.loads((tmp_path / HOLDER_NAME).read_bytes())
        assert (holder["pid"], holder["purpose"]) == (os.getpid(), "release 2016")


def test_the_lock_is_free_after_the_block_and_after_an_error_in_it(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    with hold_lock(home, "settle 2016", NOW):
        pass
    assert not (home / HOLDER_NAME).exists()
    with pytest.raises(KeyError), hold_lock(home, "settle 2016", NOW):
        raise KeyError
    with hold_lock(home, "settle 2016", NOW, wait_seconds=0):
        pass


def test_its_files_are_readable_by_the_owners_group_only(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with hold_lock(home, "settle 2016", NOW):
        for path in (home, home / LOCK_NAME, home / HOLDER_NAME):
            assert stat.S_IMODE(path.stat().st_mode) & 0o027 == 0, path


@pytest.mark.parametrize("left", [b"", b"{}", b"[1]", b"\xff"])
def test_a_holder_that_has_not_said_who_it_is(tmp_path: Path, left: bytes) -> None:
    process = _holding(tmp_path)
    (tmp_path / HOLDER_NAME).write_bytes(left)
    with (
        pytest.raises(BusinessRefusal, match="a process that has not said who it is"),
        hold_lock(tmp_path, "release 2016", NOW, wait_seconds=0),
    ):
        pass
    _end(process)


def race(home: Path, number: int, start: Barrier, end: Barrier, results: Path) -> None:
    """One racer: the winner holds on until everyone has tried, and a loser hears a name, or that none was said."""
    for turn in range(RACES):
        start.wait(LONGEST_SECONDS)
        try:
            with hold_lock(home, f"racer {number}", NOW, wait_seconds=0.01):
                with results.open("a") as file:
                    file.write(f"{turn} racer {number} won\n")
                end.wait(LONGEST_SECONDS)
        except HomeHeld as refusal:
            told = re.search(r"\((racer \d)\)|has not said who it is", str(refusal))
            with results.open("a") as file:
                file.write(f"{turn} lost to {told and (told[1] or 'nobody named')}\n")
            end.wait(LONGEST_SECONDS)


def test_of_many_starts_at_once_exactly_one_wins(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start, end = context.Barrier(RACERS), context.Barrier(RACERS)
    results = tmp_path / "results"
    racers = [
        context.Process(target=race, args=(tmp_path / "home", number, start, end, results)) for number in range(RACERS)
    ]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(LONGEST_SECONDS)
    assert [racer.exitcode for racer in racers] == [0] * RACERS
    lines = results.read_text().splitlines()
    assert len(lines) == RACES * RACERS
    for turn in range(RACES):
        told = [line.partition(" ")[2] for line in lines if line.split()[0] == str(turn)]
        (winner,) = [line.removesuffix(" won") for line in told if line.endswith(" won")]
        lost = {line.removeprefix("lost to ") for line in told if line.startswith("lost to ")}
        # The winner's name may come too late for a loser.
        assert lost <= {winner, "nobody named"}, told
    assert any("lost to racer" in line for line in lines)
