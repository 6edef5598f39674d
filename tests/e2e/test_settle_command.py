"""`jobfirst settle` as a user runs it: a process of its own, with Prefect and Great Expectations."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.base.moment import Moment
from tasks.warehouse.lock import hold_lock
from tests.support.files import read_rows
from tests.support.prefect_server import prefect_server


def jobfirst(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command."""
    return subprocess.run(
        [sys.executable, "-m", "flows.commands.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


@pytest.fixture(scope="module", autouse=True)
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have a Prefect server for all commands: each finds it by `PREFECT_API_URL`."""
    with prefect_server(tmp_path_factory.mktemp("prefect")):
        yield


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small portfolio."""
    directory = tmp_path_factory.mktemp("e2e") / "sample"
    done = jobfirst("sample", directory, "--projects", "3", "--citizens", "30", "--errors", "0.05", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["projects"] == 3
    return directory


@pytest.fixture(scope="module")
def home(sample: Path) -> Path:
    """Settle 2016."""
    folder = sample.parent / "home"
    done = jobfirst("settle", "2016", "--register", sample / "register", "--inbox", sample / "inbox", "--home", folder)
    assert done.returncode == 0, done.stderr
    assert "JobFirst settlement 2016: draft" in done.stdout
    assert "letters: 3 of 3" in done.stderr
    return folder


def test_the_files_of_the_interface_are_there(home: Path) -> None:
    out = home / "out" / "2016"
    names = {path.name for path in out.iterdir()}
    assert names >= {
        "settlement.csv",
        "citizens.csv",
        "violations.csv",
        "letters",
        "annex",
        "report.html",
        "validation",
        "manifest.json",
    }
    settled = read_rows(out / "settlement.csv")
    assert len(settled) == 3
    assert sorted(path.name for path in (out / "letters").iterdir()) == sorted(
        f"{row['project_id']}.{ending}" for row in settled for ending in ("html", "pdf")
    )
    assert (out / "validation" / "index.html").stat().st_size > 0
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) >= {"settlement.csv", "report.html", f"annex/{settled[0]['project_id']}.xlsx"}


def test_settled_again_it_gives_the_same_bytes(home: Path, sample: Path) -> None:
    out = home / "out" / "2016"
    before = {path: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    done = jobfirst(
        "settle",
        "2016",
        "--register",
        sample / "register",
        "--inbox",
        sample / "inbox",
        "--home",
        home,
        "--json",
        TZ="Pacific/Auckland",
        PYTHONHASHSEED="3",
    )
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["year"] == 2016
    assert Decimal(summary["payable_dkk"]) > 0
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("settle", "2019", "--register", ".", "--inbox", "."), 2, "2019 is outside the programme"),
        (("settle", "2016", "--inbox", "."), 2, "No register is named"),
        (("settle", "2016", "--register", "/nowhere", "--inbox", "."), 2, "can't be read"),
        (("settle", "soon"), 2, "is no whole number"),
        (("settle", "2016", "--register", ".", "--inbox", ".", "--as-known-at", "soon"), 2, "is not a moment"),
        (("nonsense",), 2, "invalid choice"),
    ],
)
def test_wrong_input_is_one_sentence(arguments: tuple[str, ...], status: int, told: str, tmp_path: Path) -> None:
    done = jobfirst(*arguments, JOBFIRST_HOME=str(tmp_path / "home"))
    assert done.returncode == status, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_second_run_leaves_with_the_reason(sample: Path, tmp_path: Path) -> None:
    with hold_lock(tmp_path, "settle 2016", Moment.now().utc):
        done = jobfirst(
            "settle", "2016", "--register", sample / "register", "--inbox", sample / "inbox", "--home", tmp_path
        )
    assert done.returncode == 1
    assert "settle 2016" in done.stderr


def test_help_has_an_example() -> None:
    done = jobfirst("settle", "--help")
    assert done.returncode == 0
    assert "Example: jobfirst settle 2016" in done.stdout
