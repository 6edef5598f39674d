"""The settlement's SQL and the plain reference agree on very many generated citizens, to the last row.

JOBFIRST_TORTURE_CITIZENS names another number of them, such as 1000000.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tasks.warehouse.connection import open_warehouse
from tests.property.test_against_reference import check
from tests.reference.generate import PROJECT_IDS, generate
from tests.support.effort import seeded, times
from tests.support.settling import call_tasks_plainly

CITIZENS = int(os.environ.get("JOBFIRST_TORTURE_CITIZENS", times(500, 100_000)))
MOST_IN_A_DELIVERY = times(300, 2_000)


def delivered(home: Path) -> int:
    """Give how many rows of citizens were received."""
    with open_warehouse(home) as connection:
        row = connection.execute("SELECT count(*) FROM core_citizens").fetchone()
    assert row
    return int(row[0])


@pytest.mark.long
@pytest.mark.timeout(0)
def test_settlement_agrees_with_the_reference_on_very_many_citizens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_tasks_plainly(monkeypatch)
    chance = seeded("many citizens")
    agreed = 0
    while agreed < CITIZENS:
        seed = chance.randrange(1_000_000, 2_000_000)
        print(f"portfolio of seed {seed}, after {agreed} citizens")  # noqa: T201 - shown when it fails
        portfolio = generate(
            tmp_path / "portfolio",
            seed,
            citizens=MOST_IN_A_DELIVERY,
            projects=len(PROJECT_IDS),
            mistakes_share=chance.choice((0.02, 0.1, 0.45)),
        )
        check(portfolio, tmp_path / "home")
        agreed += delivered(tmp_path / "home")
        for name in ("portfolio", "home"):
            shutil.rmtree(tmp_path / name)
