"""The script tuned by hand, which `make bench` measures beside a settlement, judges as a plain peer does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.bench import cells_of
from tasks.base.paths import PROJECT
from tasks.sample.portfolio import write_sample


@pytest.mark.parametrize(("seed", "year"), [(2, "2016"), (3, "2017")])
def test_the_tuned_script_gives_the_files_of_a_plain_peer(tmp_path: Path, seed: int, year: str) -> None:
    write_sample(tmp_path, projects=6, citizens=60, seed=seed, errors=0.3, corrections=0.0, form="csv")
    for name in ("duckdb", "polars"):
        peer = PROJECT / "benchmarks" / "peers" / f"with_{name}.py"
        given = [year, str(tmp_path / "register"), str(tmp_path / "inbox"), str(tmp_path / name)]
        subprocess.run([sys.executable, str(peer), *given], check=True)
    assert cells_of(tmp_path / "duckdb") == cells_of(tmp_path / "polars")
