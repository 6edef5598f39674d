"""What `make bench` measured becomes the tables of the page on speed."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.bench import CONTESTANTS, SIZES, cells_of
from benchmarks.tables import (
    ANNEXES,
    BARS,
    CHANGED,
    LETTERS,
    OURS,
    STARTUP,
    Round,
    Series,
    bars_as_markdown,
    put_into,
)
from tasks.base.paths import PROJECT

PAGE = PROJECT / "docs" / "performance.md"
SECONDS = {OURS: 40.0, CHANGED: 30.0, STARTUP: 10.0}


def series(size: str, cells: str = "the same") -> Series:
    """Make a series in which a peer takes 5 s, letters and annexes 6 s each."""
    steps = [{"step": step, "wall_s": 6.0, "cpu_s": 6.0, "peak_mb": 600} for step in (LETTERS, ANNEXES)]
    rounds = [
        Round(name, 8.0, SECONDS.get(name, 5.0), 700.0, cells if name == OURS else "the same", steps)
        for name in CONTESTANTS
    ]
    return Series(size, *SIZES[size], 2016, (1.0, 1.0, 1.0), rounds)


def test_every_bar_is_reported_where_all_of_it_was_measured() -> None:
    table = bars_as_markdown([series(size) for size in SIZES])
    reached = [line.split(" | ")[-1].removesuffix(" |") for line in table.splitlines()[2:]]
    # Core: 40 s without 10 s of start-up and twice 6 s.
    assert reached == [
        "3.6, 3.60 of pandas's",
        "8.0",
        "700 MB",
        "6.0 s",
        "6.0 s",
        "8.0 s",
        "1.00; 1.00 where dbt has parsed its project before",
        "1.0",
        "0.75",
    ]


def test_a_bar_that_was_not_measured_says_so() -> None:
    assert bars_as_markdown([series("S")]).count("not measured in this series") == len(BARS) - 2


def test_the_page_has_a_place_for_every_size_and_names_every_bar(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    put_into(page, [series(size) for size in SIZES])
    assert page.read_text(encoding="utf-8").count("all gave the same files, cell for cell") == len(SIZES)
    assert all(f"| {bar.title} | {bar.most} |" in PAGE.read_text(encoding="utf-8") for bar in BARS)
    page.write_text("nothing", encoding="utf-8")
    with pytest.raises(ValueError, match="has no place"):
        put_into(page, [series("S")])


def test_files_that_differ_are_noticed() -> None:
    assert not series("S", cells="another").is_alike


def test_messages_alone_are_not_compared(tmp_path: Path) -> None:
    for name, cell in (("one", "5"), ("two", "5"), ("three", "6")):
        (tmp_path / name).mkdir()
        for file in ("settlement.csv", "citizens.csv"):
            (tmp_path / name / file).write_text("a,b\n", encoding="utf-8")
        rows = f"project_id,table,row,key,code,severity,message_da\nP,borgere,{cell},B,C01,reject,{name}\n"
        (tmp_path / name / "violations.csv").write_text(rows, encoding="utf-8")
    assert cells_of(tmp_path / "one") == cells_of(tmp_path / "two") != cells_of(tmp_path / "three")
