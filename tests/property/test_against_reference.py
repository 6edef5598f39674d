"""The settlement and the plain reference agree on made-up hostile portfolios, to the last row."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
from decimal import Decimal
from pathlib import Path

import pytest

from flows.settle import compute_year
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import Run
from tasks.draft.files import CITIZENS, SETTLEMENT, VIOLATIONS
from tasks.warehouse.connection import open_warehouse
from tests.reference.generate import Portfolio, generate
from tests.reference.output import citizens_csv, settle_directories, settlement_csv, violations_csv
from tests.reference.rules import PARAMETERS
from tests.support.settling import call_tasks_plainly

SEEDS = range(int(os.environ.get("JOBFIRST_REFERENCE_SEEDS", "40")))
WITH_EVERY_RUN = 14
LARGE_SEEDS = range(10_000, 10_002)
Rows = list[list[str]]


@pytest.fixture(autouse=True)
def _without_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    call_tasks_plainly(monkeypatch)


def settle(portfolio: Portfolio, home: Path) -> dict[str, Rows]:
    """Settle by the flow's own steps; give each file's rows, violations without messages."""
    home.mkdir()
    now = Moment(dt.datetime.combine(portfolio.today, dt.time(11), dt.UTC))
    run = Run(portfolio.year, portfolio.register, portfolio.inbox, home, now)
    with open_warehouse(home) as connection:
        compute_year(connection, run, Silence(), home)
    rows = {name: parse((home / name).read_bytes().decode()) for name in (SETTLEMENT, CITIZENS, VIOLATIONS)}
    rows[VIOLATIONS] = [row[:-2] for row in rows[VIOLATIONS]]
    return rows


def expected(portfolio: Portfolio, **changed: Decimal) -> dict[str, Rows]:
    """Settle by the plain reference. changed: parameters that differ from the specification's."""
    settlement = settle_directories(
        portfolio.register, portfolio.inbox, portfolio.year, portfolio.today, parameters={**PARAMETERS, **changed}
    )
    return {
        SETTLEMENT: parse(settlement_csv(settlement)),
        CITIZENS: parse(citizens_csv(settlement)),
        VIOLATIONS: parse(violations_csv(settlement)),
    }


def parse(text: str) -> Rows:
    return list(csv.reader(io.StringIO(text, newline="")))


def first_difference(name: str, settled: Rows, reference: Rows) -> str | None:
    """Return where two files differ first, for a person to read; None where they don't."""
    if settled == reference:
        return None
    at = next((n for n, pair in enumerate(zip(settled, reference, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        at = min(len(settled), len(reference))
    columns = reference[0]
    lines = [f"{name}, line {at + 1} (settled {len(settled)} lines, reference {len(reference)})"]
    for who, rows in (("settled", settled), ("reference", reference)):
        told = dict(zip(columns, rows[at], strict=False)) if at < len(rows) else "no such line"
        lines.append(f"  {who:>9}: {told}")
    lines.append(f"  only settled: {[row for row in settled if row not in reference][:5]}")
    lines.append(f"  only reference: {[row for row in reference if row not in settled][:5]}")
    return "\n".join(lines)


def check(portfolio: Portfolio, home: Path) -> None:
    settled, reference = settle(portfolio, home), expected(portfolio)
    for name in (VIOLATIONS, CITIZENS, SETTLEMENT):
        difference = first_difference(name, settled[name], reference[name])
        assert difference is None, difference


@pytest.mark.parametrize(
    "seed", [*SEEDS[:WITH_EVERY_RUN], *(pytest.param(seed, marks=pytest.mark.long) for seed in SEEDS[WITH_EVERY_RUN:])]
)
def test_settlement_agrees_with_the_reference(seed: int, tmp_path: Path) -> None:
    check(generate(tmp_path / "portfolio", seed), tmp_path / "home")


@pytest.mark.parametrize("seed", LARGE_SEEDS)
def test_settlement_agrees_with_the_reference_on_full_arms(seed: int, tmp_path: Path) -> None:
    portfolio = generate(tmp_path / "portfolio", seed, citizens=400, projects=2, mistakes_share=0.05)
    check(portfolio, tmp_path / "home")


def test_a_wrong_rate_is_noticed(tmp_path: Path) -> None:
    portfolio = generate(tmp_path / "portfolio", 64)
    right, wrong = expected(portfolio), expected(portfolio, start_rate_dkk=Decimal(6_001))
    difference = first_difference(SETTLEMENT, right[SETTLEMENT], wrong[SETTLEMENT])
    assert difference is not None
    assert "gross_activity" in difference


def test_a_missing_line_is_noticed() -> None:
    assert first_difference("x.csv", [["a"], ["1"]], [["a"], ["1"]]) is None
    assert "no such line" in (first_difference("x.csv", [["a"], ["1"]], [["a"]]) or "")
