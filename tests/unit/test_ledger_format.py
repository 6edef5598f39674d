"""What `docs/ledger-format.md` tells others to run works, and finds what it should."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.base.paths import PROJECT
from tests.support.ledger_examples import append_release, ledger_in

DOCUMENT = (PROJECT / "docs" / "ledger-format.md").read_text(encoding="utf-8")


def _program(language: str) -> str:
    (program,) = re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)
    return str(program)


def _check(home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-c", _program("python"), str(home)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with ledger_in(tmp_path) as connection:
        append_release(connection, tmp_path, 1)
        append_release(connection, tmp_path, 2)
    return tmp_path


def test_the_checker_accepts_a_whole_ledger(home: Path) -> None:
    result = _check(home)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("12 entries, 600006 øre, newest ")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"1001.01", b"1001.02", "entry 3: its contents do not give its hash"),
        (b'{"number":3,', b'{"number": 3,', "entry 3: its contents do not give its hash"),
        (b"\n", b"\n\n", "entry 2: its contents do not give its hash"),
    ],
)
def test_the_checker_finds_a_change(home: Path, old: bytes, new: bytes, message: str) -> None:
    path = home / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    result = _check(home)
    assert result.returncode == 1
    assert message in result.stderr


def test_the_checker_finds_missing_swapped_and_cut_off_entries(home: Path) -> None:
    path = home / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    for changed, message in (
        ([*lines[:4], *lines[5:]], "entry 5: number 6"),
        ([*lines[:4], lines[5], lines[4], *lines[6:]], "entry 5: number 6"),
        (lines[:-1], "entry 12: the head names 12 entries"),
    ):
        path.write_bytes(b"".join(changed))
        result = _check(home)
        assert result.returncode == 1
        assert message in result.stderr


def test_the_first_hash_with_standard_tools(home: Path) -> None:
    result = subprocess.run(_program("sh"), shell=True, cwd=home, capture_output=True, text=True, check=True)  # noqa: S602 - the document's own command
    first = (home / "ledger.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert f'"sha256":"{result.stdout.split()[0]}"' in first
