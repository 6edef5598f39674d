"""What stands of verdicts and events is what a run that judges everything makes, whatever a delivery changes."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.settle import compute_tables, take_in
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import Run
from tasks.draft.state import basis_of
from tasks.judged.rows import TABLES, narrow_standing
from tasks.register.inputs import Inputs
from tasks.validation import stages
from tasks.warehouse.connection import open_warehouse
from tests.support.portfolio import COMPANIES, Delivery, Portfolio, Project, cpr
from tests.support.settling import call_tasks_plainly

SEEDS = range(int(os.environ.get("JOBFIRST_STANDING_SEEDS", "3")))
CHANGES = 5
YEAR = 2017
BEFORE_CHANGES = Moment.parse("2018-02-01T13:00")


pytestmark = pytest.mark.usefixtures("one_program")


@pytest.fixture(autouse=True)
def _without_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    call_tasks_plainly(monkeypatch)


def made_up(project: Project, as_of: str, chance: random.Random) -> Delivery:
    """Make a delivery up: persons of a pool that all projects share, and mistakes that reject rows."""
    delivery = project.delivery(as_of)
    for number in range(chance.randint(0, 8)):
        delivery.citizen(
            f"B{number if chance.random() < 0.95 else 0}",
            cpr=cpr(chance.randrange(12), 1960 if chance.random() < 0.95 else 1990),
            gruppe=chance.choice(("deltager", "deltager", "kontrol", "andre" if chance.random() < 0.2 else "deltager")),
            visitationsdato=f"2016-{chance.randint(2, 9):02}-{chance.randint(1, 28):02}",
        )
    for number in range(chance.randint(0, 20)):
        start = f"201{chance.choice('67')}-{chance.randint(1, 6):02}-{chance.randint(1, 28):02}"
        end = f"{start[:4]}-{chance.randint(6, 12):02}-{chance.randint(1, 28):02}"
        delivery.spell(
            f"B{chance.randrange(9)}",
            start,
            end if chance.random() < 0.9 else "",
            forloeb_id=f"F{number if chance.random() < 0.95 else 0}",
            virksomhed_cvr=chance.choice(COMPANIES) if chance.random() < 0.95 else "12345678",
        )
    for _ in range(chance.randint(0, 3)):
        delivery.wages(f"2016-{chance.randint(1, 12):02}-15", chance.choice(("1.000,00", "250,50", "0", "x")))
    return delivery


def tables_of(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Give the rows of every table of the run, but for those that say what stands."""
    names = connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'run' AND table_type = 'BASE TABLE'"
    ).fetchall()
    own = {"judged", "standing", "guarded", *(f"standing_{table}" for table in TABLES)}
    return {
        name: connection.execute(f"SELECT * FROM run.{name} ORDER BY ALL").fetchall()  # noqa: S608 - names of our own
        for (name,) in names
        if name not in own
    }


@dataclass
class Seen:
    """What runs came upon: deliveries that stood, those that C13 took out, rows of C13, completions."""

    standing: int = 0
    narrowed: int = 0
    twice: int = 0
    completions: int = 0


def standing(connection: duckdb.DuckDBPyConnection) -> int:
    """Count the deliveries that stand."""
    return int(connection.execute("SELECT count(*) FROM run.standing").fetchall()[0][0])


def computed(run: Run, basis: Callable[[Inputs], str] | None, seen: Seen) -> dict[str, Any]:
    """Compute a year into the run's tables, and give them."""
    with open_warehouse(run.home) as connection:
        inputs = take_in(connection, run, Silence())
        compute_tables(connection, run, inputs, basis=basis and basis(inputs))
        seen.standing += standing(connection)
        tables = tables_of(connection)
        seen.twice += sum(row[3] == "C13" for row in tables["quarantine"])
        seen.completions += len(tables["completions"])
        return tables


def of_another_year(run: Run, portfolio: Portfolio) -> None:
    """Compute another year in between."""
    earlier = replace(run, year=YEAR - 1)
    computed(earlier, partial(basis_of, earlier), Seen())


def of_an_earlier_state(run: Run, portfolio: Portfolio) -> None:
    """Compute the state before the first change in between."""
    computed(replace(run, as_known_at=BEFORE_CHANGES), None, Seen())


def of_one_project(run: Run, portfolio: Portfolio) -> None:
    """Compute one project in between."""
    computed(replace(run, projects=(portfolio.projects[0].project_id,)), None, Seen())


def under_another_register(run: Run, portfolio: Portfolio) -> None:
    """Compute without the last project in between; then it is back."""
    left = portfolio.projects.pop()
    portfolio.write_register()
    computed(run, partial(basis_of, run), Seen())
    portfolio.projects.append(left)
    portfolio.write_register()


IN_BETWEEN = (of_another_year, of_an_earlier_state, of_one_project, under_another_register)


def change_and_compare(chance: random.Random, folder: Path, seen: Seen) -> None:
    """Let deliveries change one after the other; each time, compare with a run that judges everything.

    Now and then a run of another kind comes in between, on the same warehouse.
    """
    portfolio = Portfolio(folder)
    for number, code in enumerate(("101", "187", "253", "461")):
        portfolio.project(f"JF-{code}", municipalities=(code,), start=f"2016-02-0{number + 1}")
    portfolio.write_register()
    home = folder / "home"
    home.mkdir()
    for project in portfolio.projects[: chance.randint(2, 4)]:
        made_up(project, "2018-01-01", chance).write(portfolio.inbox)
    in_between = [None, *chance.sample((*IN_BETWEEN, None, None), CHANGES - 1)]
    for change, come_between in enumerate(in_between):
        if change:
            for project in chance.sample(portfolio.projects, chance.choice((1, 1, 2))):
                made_up(project, f"2018-01-{change + 1:02}", chance).write(portfolio.inbox)
        run = Run(YEAR, portfolio.register, portfolio.inbox, home, Moment.parse(f"2018-02-{change + 1:02}T12:00"))
        if come_between is not None:
            come_between(run, portfolio)
        found = computed(run, partial(basis_of, run), seen)
        whole = replace(run, home=folder / f"whole {change}")
        shutil.copytree(home, whole.home)
        anew = Seen()
        expected = computed(whole, None, anew)
        assert anew.standing == 0
        assert {name: rows for name, rows in found.items() if rows != expected[name]} == {}
        assert found.keys() == expected.keys()


def test_the_tables_are_those_of_a_run_that_judges_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Seen()

    def narrow_and_count(connection: duckdb.DuckDBPyConnection, code: str) -> None:
        before = standing(connection)
        narrow_standing(connection, code)
        seen.narrowed += before - standing(connection)

    monkeypatch.setattr(stages, "narrow_standing", narrow_and_count)
    for seed in SEEDS:
        folder = tmp_path / str(seed)
        folder.mkdir()
        change_and_compare(random.Random(seed), folder, seen)
    assert min(seen.standing, seen.narrowed, seen.twice, seen.completions) > 0, seen
