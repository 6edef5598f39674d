"""What a benchmark measured, as Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

OURS, STARTUP, BASE = "jobfirst", "start-up", "duckdb"
LETTERS = ("write_draft_letters", "write_annex_files")
TITLES = {
    OURS: "`jobfirst settle`",
    STARTUP: "of which start-up (an empty flow)",
    "duckdb": "DuckDB script",
    "polars": "Polars",
    "pandas": "pandas",
    "dbt": "dbt-duckdb",
}


@dataclass(frozen=True)
class Round:
    """One run of a contestant. settlement: what it wrote; steps: as `benchmarks.steps` tells them."""

    name: str
    wall_s: float
    cpu_s: float
    peak_mb: float
    settlement: str | None
    steps: list[dict[str, Any]]


@dataclass(frozen=True)
class Series:
    """All runs at one size. load: of the machine at the end, over 1, 5 and 15 minutes."""

    size: str
    projects: int
    citizens: int
    form: str
    deliveries: int
    year: int
    with_api: bool
    load: tuple[float, float, float]
    rounds: list[Round]

    @property
    def is_alike(self) -> bool:
        """Whether all wrote the same settlement."""
        return len({one.settlement for one in self.rounds} - {None}) <= 1

    def of(self, name: str) -> list[Round]:
        """Give one contestant's runs."""
        return [one for one in self.rounds if one.name == name]

    def middle(self, name: str, what: str) -> float:
        """Give the median of `wall_s`, `cpu_s` or `peak_mb`."""
        return float(median(getattr(one, what) for one in self.of(name)))

    @property
    def names(self) -> list[str]:
        """Give the contestants, in the order in which they ran."""
        return list(dict.fromkeys(one.name for one in self.rounds))


def as_markdown(series: Series) -> str:
    """Tell a series: contestants, what ours costs beyond its start, and its steps."""
    parts = [_heading(series), _contestants(series)]
    if OURS in series.names:
        if {STARTUP, BASE} <= set(series.names):
            parts.append(_beyond_start(series))
        parts.append(_steps(series))
    if not series.is_alike:
        parts.append("**The settlements differ.**")
    return "\n\n".join(parts)


def put_into(document: Path, series: Series) -> None:
    """Put a series in place of what stands between its marks in a document.

    Raises ValueError when the document has no such marks.
    """
    name = f"{series.size} {series.form}{' with an API' if series.with_api else ''}"
    text = document.read_text(encoding="utf-8")
    marked = re.compile(rf"(<!-- measured: {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not marked.search(text):
        raise ValueError(f"{document} has no place for {name!r}")
    told = as_markdown(series)
    document.write_text(marked.sub(lambda found: f"{found[1]}{told}\n{found[2]}", text), encoding="utf-8")


def _heading(series: Series) -> str:
    rounds = max(len(series.of(name)) for name in series.names)
    alike = "all wrote the same `settlement.csv`" if series.is_alike else "the settlements differ"
    return (
        f"Size {series.size}: {series.projects} projects of {series.citizens} citizens, {series.deliveries} "
        f"{series.form} deliveries, settled for {series.year}{', a Prefect API running' if series.with_api else ''}. "
        f"Medians of {rounds}; load of the machine {series.load[0]:.1f}; {alike}."
    )


def _contestants(series: Series) -> str:
    lines = ["| | wall s | CPU s | MB | wall / script | CPU / script |", "|---|---|---|---|---|---|"]
    for name in series.names:
        wall, cpu, peak = (series.middle(name, what) for what in ("wall_s", "cpu_s", "peak_mb"))
        ratios = ["", ""]
        if BASE in series.names:
            ratios = [f"{wall / series.middle(BASE, 'wall_s'):.1f}", f"{cpu / series.middle(BASE, 'cpu_s'):.1f}"]
        lines.append(f"| {TITLES[name]} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {' | '.join(ratios)} |")
    return "\n".join(lines)


def _beyond_start(series: Series) -> str:
    script, started = series.middle(BASE, "cpu_s"), series.middle(STARTUP, "cpu_s")
    whole = series.middle(OURS, "cpu_s") - started
    letters = sum(_step(series, name)[1] for name in LETTERS)
    return (
        f"CPU beyond start-up {whole:.2f} s, {whole / script:.1f} times the script's; without letters and annexes "
        f"({letters:.2f} s) {whole - letters:.2f} s, {(whole - letters) / script:.1f} times."
    )


def _step(series: Series, name: str) -> tuple[float, float, float]:
    """Give a step's medians: wall, CPU, peak memory so far; what has one name in a run counts together."""
    walls, cpus, peaks = [], [], []
    for one in series.of(OURS):
        steps = [step for step in one.steps if step["step"] == name]
        walls.append(sum(step["wall_s"] for step in steps))
        cpus.append(sum(step["cpu_s"] for step in steps))
        peaks.append(max((step["peak_mb"] for step in steps), default=0))
    return median(walls), median(cpus), median(peaks)


def _steps(series: Series) -> str:
    names = dict.fromkeys(step["step"] for one in series.of(OURS) for step in one.steps)
    lines = ["| step of `jobfirst settle` | wall s | CPU s | MB so far |", "|---|---|---|---|"]
    for name in names:
        wall, cpu, peak = _step(series, name)
        lines.append(f"| {name.replace('_', ' ')} | {wall:.2f} | {cpu:.2f} | {peak:.0f} |")
    return "\n".join(lines)
