"""A delivery that any program wrote: the same values as the plain one, or a code that says why not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.effort import IS_LONG, seeded
from tests.torture import writers
from tests.torture.receiving import Outcome, received
from tests.torture.writers import Written

SHORT = 10
"""How many ways of each writer the short form tries; which is a choice by seed."""
WRITERS: dict[str, Callable[[Path], Iterator[Written]]] = {
    "python": lambda _: writers.csv_by_python(),
    "pandas csv": lambda _: writers.csv_by_pandas(),
    "polars csv": lambda _: writers.csv_by_polars(),
    "pyarrow csv": lambda _: writers.csv_by_pyarrow(),
    "duckdb": writers.by_duckdb,
    "pyarrow parquet": lambda _: writers.parquet_by_pyarrow(),
    "pandas and polars parquet": lambda _: writers.parquet_by_others(),
    "fastparquet": writers.parquet_by_fastparquet,
    "workbooks": lambda _: writers.workbooks(),
    "archives": lambda _: writers.archives(),
}


TOGETHER = [[writer] for writer in WRITERS] if IS_LONG else [[*WRITERS]]
"""Receiving a few takes as long as receiving one."""


def wrong(folder: Path, all_written: list[Written]) -> list[str]:
    """Give the deliveries that hold other values than the plain one and don't report it, or are refused for nothing."""
    plain, *outcomes = received(folder / "inbox", [writers.plain(), *(written.files() for written in all_written)])
    assert plain.is_accepted, plain.messages
    assert not plain.codes, plain.codes
    return [
        f"{written.name}: {found}"
        for written, outcome in zip(all_written, outcomes, strict=True)
        if (found := _fault(written, outcome, plain))
    ]


def _fault(written: Written, outcome: Outcome, plain: Outcome) -> str:
    is_same = outcome.is_accepted and outcome.values == plain.values
    codes = {code for code in outcome.codes if code != "F07"}
    if written.is_told:
        return "" if codes else "not told"
    return "" if is_same and not codes else f"{sorted(codes)} {outcome.messages[:2]} {_different(outcome, plain)}"


def _different(outcome: Outcome, plain: Outcome) -> list[str]:
    if not outcome.is_accepted:
        return []
    return [f"{name}: {next(iter(rows - plain.values[name]), '')}" for name, rows in outcome.values.items()]


@pytest.mark.filterwarnings("ignore:The 'fastparquet' engine is deprecated")
@pytest.mark.parametrize("names", TOGETHER, ids=", ".join)
def test_every_writer_gives_the_same_values_or_a_code(names: list[str], tmp_path: Path) -> None:
    assert wrong(tmp_path, [written for name in names for written in _some(name, tmp_path)]) == []


def _some(writer: str, folder: Path) -> list[Written]:
    all_written = list(WRITERS[writer](folder))
    return all_written if IS_LONG else seeded(writer).sample(all_written, min(SHORT, len(all_written)))


@pytest.mark.torture
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_gives_the_same_values_or_a_code(tmp_path: Path) -> None:
    assert wrong(tmp_path, list(writers.by_libreoffice(tmp_path))) == []
