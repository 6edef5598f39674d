"""A full disk, a folder that is read-only, too few files: a named error, nothing lost, a rerun as if undisturbed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tasks.base.paths import PROJECT
from tests.support.effort import times
from tests.support.portfolio import Portfolio

MOUNTING = ("unshare", "--map-root-user", "--mount")
MAY_MOUNT = (
    shutil.which("unshare") is not None
    and subprocess.run([*MOUNTING, "true"], capture_output=True, check=False).returncode == 0
)
pytestmark = pytest.mark.skipif(not MAY_MOUNT, reason="this machine lets no process mount a disk of its own")

SIZES = times(1, 24)
FILES = range(5, 13)
KILOBYTE = 1024
DONE, FAILED = 0, 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a register and an inbox of two projects."""
    made = Portfolio(tmp_path_factory.mktemp("portfolio"))
    for name, code in (("JF-1", "101"), ("JF-2", "187")):
        delivery = made.project(name, municipalities=(code,)).delivery("2016-12-31")
        delivery.completed(12, "2016-03-26", "2016-10-31")
        delivery.started(12, "2016-09-05")
        delivery.citizen("Å", visitationsdato="31-02-2016")
        delivery.wages("2016-12-31", "1.234,56")
        delivery.write(made.inbox)
    made.write_register()
    return made.folder


def in_trouble(folder: Path, tmp_path: Path, trouble: str) -> dict[str, Any]:
    """Settle and release on a disk in trouble, and again."""
    for name in ("register", "inbox"):
        shutil.copytree(folder / name, tmp_path / name)
    done = subprocess.run(
        [*MOUNTING, sys.executable, "-m", "tests.torture.in_trouble", str(tmp_path), trouble],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give what the two commands leave with room enough."""
    result = in_trouble(folder, tmp_path_factory.mktemp("undisturbed"), "none")
    assert statuses(result["troubled"]) == [DONE, DONE]
    assert all("jobfirst: " not in said for _, said in result["troubled"])
    assert len(result["ledger"].splitlines()) == 4
    return result


def statuses(commands: list[list[Any]]) -> list[int]:
    """Give how each command of a round ended."""
    return [status for status, _ in commands]


def check(result: dict[str, Any], undisturbed: dict[str, Any], reasons: tuple[str, ...]) -> None:
    """Check that what failed said why in one line, that nothing wrong was posted, and that the rerun mends all.

    Before that line stand the release's plan, and the lines in which a library in Rust says that it panics.
    """
    settled, released = result["troubled"]
    for status, said in (settled, released):
        if status == DONE:
            assert "jobfirst: " not in said
        elif status == FAILED:
            *before, told = said.strip().splitlines()
            assert not before or before[0].startswith(("Plan ", "thread ")), said
            assert told.startswith("jobfirst: "), said
            assert any(reason in told for reason in reasons), said
        else:
            assert (status, settled[0]) == (1, FAILED), said
            assert "no draft" in said.lower(), said
    if released[0] == DONE:
        assert result["ledger"] == undisturbed["ledger"]
    assert undisturbed["ledger"].startswith(result["ledger"]), "an entry that is not the undisturbed run's"
    assert statuses(result["mended"]) == [DONE, DONE]
    assert result["kept"] == undisturbed["kept"]


@pytest.mark.long
@pytest.mark.parametrize("part", range(SIZES))
def test_a_full_disk(part: int, folder: Path, undisturbed: dict[str, Any], tmp_path: Path) -> None:
    room = undisturbed["used_bytes"] * (part + 1) // (SIZES * 2) // KILOBYTE * KILOBYTE
    result = in_trouble(folder, tmp_path, str(room))
    assert FAILED in statuses(result["troubled"]), f"there was room enough in {room} bytes"
    check(result, undisturbed, ("No space left on device",))


@pytest.mark.torture
@pytest.mark.parametrize("trouble", ["read-only", "read-only-out"])
def test_a_read_only_folder(trouble: str, folder: Path, undisturbed: dict[str, Any], tmp_path: Path) -> None:
    result = in_trouble(folder, tmp_path, trouble)
    assert result["troubled"][0][0] == FAILED
    check(result, undisturbed, ("Read-only file system",))


@pytest.mark.torture
@pytest.mark.parametrize("files", FILES)
def test_too_many_open_files(files: int, folder: Path, undisturbed: dict[str, Any], tmp_path: Path) -> None:
    result = in_trouble(folder, tmp_path, f"files-{files}")
    check(result, undisturbed, ("Too many open files",))
