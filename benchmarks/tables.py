"""What a benchmark measured, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

OURS, CHANGED, STARTUP = "jobfirst", "changed", "start-up"
BASE, PANDAS, DBT, PARSED = "duckdb", "pandas", "dbt", "dbt-parsed"
LETTERS, ANNEXES = "write_draft_letters", "write_annex_files"
TITLES = {
    OURS: "`jobfirst settle`",
    CHANGED: "`jobfirst settle` again, one delivery changed",
    STARTUP: "start-up (an empty flow)",
    BASE: "DuckDB script",
    "polars": "Polars",
    PANDAS: "pandas",
    DBT: "dbt-duckdb",
    PARSED: "dbt-duckdb, its project parsed before",
}


@dataclass(frozen=True)
class Round:
    """One run of a contestant. `cells`: a hash over those of its files; `steps`: as `benchmarks.steps` gives them."""

    name: str
    wall_s: float
    cpu_s: float
    peak_mb: float
    cells: str | None
    steps: list[dict[str, Any]]


@dataclass(frozen=True)
class Series:
    """All runs at one size. `load`: of the machine at the end, over 1, 5 and 15 minutes."""

    size: str
    projects: int
    citizens: int
    year: int
    load: tuple[float, float, float]
    rounds: list[Round]

    @property
    def is_alike(self) -> bool:
        """Whether all gave the same files, cell for cell."""
        return len({one.cells for one in self.rounds} - {None}) <= 1

    @property
    def names(self) -> list[str]:
        """Give the contestants, in the order in which they ran."""
        return list(dict.fromkeys(one.name for one in self.rounds))

    def of(self, name: str) -> list[Round]:
        """Give one contestant's runs. Raises LookupError where it did not run."""
        if found := [one for one in self.rounds if one.name == name]:
            return found
        raise LookupError(name)

    def cpu(self, name: str) -> float:
        """Give the median of a contestant's seconds of processor time."""
        return median(one.cpu_s for one in self.of(name))

    def wall(self, name: str) -> float:
        """Give the median of a contestant's seconds on the clock."""
        return median(one.wall_s for one in self.of(name))

    def peak(self, name: str) -> float:
        """Give the median of the most memory that a contestant's largest process held (MB)."""
        return median(one.peak_mb for one in self.of(name))

    def step(self, name: str) -> tuple[float, float, float]:
        """Give a step's medians: wall, CPU, peak memory so far; what has one name in a run counts together."""
        walls, cpus, peaks = [], [], []
        for one in self.of(OURS):
            steps = [step for step in one.steps if step["step"] == name]
            walls.append(sum(step["wall_s"] for step in steps))
            cpus.append(sum(step["cpu_s"] for step in steps))
            peaks.append(max((step["peak_mb"] for step in steps), default=0))
        return median(walls), median(cpus), median(peaks)

    @property
    def core_s(self) -> float:
        """What a settlement costs in processor time without start-up, server, letters and annexes."""
        return self.cpu(OURS) - self.cpu(STARTUP) - self.step(LETTERS)[1] - self.step(ANNEXES)[1]


@dataclass(frozen=True)
class Bar:
    """A figure to reach. `reached`: of the series by size; raises LookupError where not all of it was measured."""

    title: str
    most: str
    reached: Callable[[dict[str, Series]], str]


BARS = (
    Bar(
        "M98 core / script, CPU",
        "3.5, and below pandas's whole run",
        lambda of: (
            f"{of['M98'].core_s / of['M98'].cpu(BASE):.1f}, {of['M98'].core_s / of['M98'].cpu(PANDAS):.2f} of pandas's"
        ),
    ),
    Bar(
        "M98 whole / script, CPU",
        "10.8 (28 s beside a script of 2.6 s)",
        lambda of: f"{of['M98'].cpu(OURS) / of['M98'].cpu(BASE):.1f}",
    ),
    Bar("M98 peak memory of the largest process", "700 MB", lambda of: f"{of['M98'].peak(OURS):.0f} MB"),
    Bar("annexes at M98, CPU", "5 s", lambda of: f"{of['M98'].step(ANNEXES)[1]:.1f} s"),
    Bar("letters at M98, a draft's 98, CPU", "5 s", lambda of: f"{of['M98'].step(LETTERS)[1]:.1f} s"),
    Bar("S whole, wall, two quiet cores", "7.5 s", lambda of: f"{of['S'].wall(OURS):.1f} s"),
    Bar(
        "S whole / dbt-duckdb, wall",
        "1.3",
        lambda of: (
            f"{of['S'].wall(OURS) / of['S'].wall(DBT):.2f}; "
            f"{of['S'].wall(OURS) / of['S'].wall(PARSED):.2f} where dbt has parsed its project before"
        ),
    ),
    Bar("L whole / M98 whole, CPU", "10", lambda of: f"{of['L'].cpu(OURS) / of['M98'].cpu(OURS):.1f}"),
    Bar(
        "one changed delivery at M98 / from nothing, CPU",
        "0.5",
        lambda of: f"{of['M98'].cpu(CHANGED) / of['M98'].cpu(OURS):.2f}",
    ),
)


def bars_as_markdown(measured: list[Series]) -> str:
    """Show each figure to reach, and what was reached in these series."""
    by_size = {one.size: one for one in measured}
    lines = ["| figure | to reach | reached |", "|---|---|---|"]
    for bar in BARS:
        try:
            reached = bar.reached(by_size)
        except LookupError:
            reached = "not measured in this series"
        lines.append(f"| {bar.title} | {bar.most} | {reached} |")
    return "\n".join(lines)


def as_markdown(series: Series) -> str:
    """Show a series: contestants, what ours costs beyond its start, and its steps."""
    parts = [_heading(series), _contestants(series)]
    if OURS in series.names:
        if {STARTUP, BASE} <= set(series.names):
            parts.append(_beyond_start(series))
        parts.append(_steps(series))
    return "\n\n".join(parts)


def put_into(document: Path, measured: list[Series]) -> None:
    """Put the bars, and each series, in place of what stands between their marks in a document.

    Raises ValueError when the document has no such marks.
    """
    text = document.read_text(encoding="utf-8")
    for name, table in [("bars", bars_as_markdown(measured)), *((one.size, as_markdown(one)) for one in measured)]:
        text, places = re.subn(
            rf"(<!-- measured: {name} -->\n).*?(<!-- end -->)",
            lambda found, table=table: f"{found[1]}{table}\n{found[2]}",
            text,
            flags=re.DOTALL,
        )
        if not places:
            raise ValueError(f"{document} has no place for {name!r}")
    document.write_text(text, encoding="utf-8")


def _heading(series: Series) -> str:
    rounds = max(len(series.of(name)) for name in series.names)
    alike = "all gave the same files, cell for cell" if series.is_alike else "**the files differ**"
    return (
        f"Size {series.size}: {series.projects} projects of {series.citizens} citizens, settled for {series.year}. "
        f"Medians of {rounds}; load of the machine at the end {', '.join(f'{one:.1f}' for one in series.load)} "
        f"(over 1, 5 and 15 minutes); {alike}."
    )


def _contestants(series: Series) -> str:
    lines = ["| | CPU / script | wall / script | CPU s | wall s | MB |", "|---|---|---|---|---|---|"]
    for name in series.names:
        wall, cpu = series.wall(name), series.cpu(name)
        ratios = ["", ""]
        if BASE in series.names:
            ratios = [f"{cpu / series.cpu(BASE):.1f}", f"{wall / series.wall(BASE):.1f}"]
        lines.append(f"| {TITLES[name]} | {' | '.join(ratios)} | {cpu:.2f} | {wall:.2f} | {series.peak(name):.0f} |")
    return "\n".join(lines)


def _beyond_start(series: Series) -> str:
    script, core = series.cpu(BASE), series.core_s
    cost = f"{core:.2f} CPU s, {core / script:.1f} times the script's."
    return f"Core, without start-up, server, letters and annexes: {cost}"


def _steps(series: Series) -> str:
    names = dict.fromkeys(step["step"] for one in series.of(OURS) for step in one.steps)
    lines = ["| step of `jobfirst settle` | CPU s | wall s | MB so far |", "|---|---|---|---|"]
    for name in names:
        wall, cpu, peak = series.step(name)
        lines.append(f"| {name.replace('_', ' ')} | {cpu:.2f} | {wall:.2f} | {peak:.0f} |")
    return "\n".join(lines)
