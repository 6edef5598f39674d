"""What a run imports: of Great Expectations what judges our tables, no pyarrow, and the rest where it is used."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tasks.base.paths import PROJECT
from tasks.validation.guards import LAYERS, guards_of

JUDGE = """
import json, sys
from flows.server.imports import import_what_a_run_needs

import_what_a_run_needs()

import duckdb
from tasks.validation.great_expectations_judge import judge_expectations

with duckdb.connect() as connection:
    connection.execute("CREATE TABLE things AS SELECT unnest([1, 2, NULL]) AS id")
    kinds = {
        "expect_key_to_be_unique": {"column_list": ["id"]},
        "expect_table_row_count_to_equal": {"value": 9},
    }
    entries = [(kind, kind, kwargs, "critical") for kind, kwargs in kinds.items()]
    outcomes = judge_expectations(connection, "things", entries, "BOOLEAN_ONLY")
modules = {
    name: bool(module.__spec__.has_location)
    for name, module in sys.modules.items()
    if name.startswith("great_expectations.")
}
finders = [type(finder).__name__ for finder in sys.meta_path]
is_arrow_imported = "pyarrow" in sys.modules
import pyarrow

print(json.dumps([[outcomes[kind].success for kind in kinds], modules, finders, is_arrow_imported]))
"""
WHOLE = """
import json, sys
from flows.server.imports import import_what_a_run_needs

import_what_a_run_needs()

waiting = [name for name in ("scipy.stats", "fastapi", "holidays.countries") if name in sys.modules]
import fastapi, holidays
from scipy import stats

print(json.dumps([
    waiting,
    hasattr(fastapi, "no_such_name"),
    fastapi.FastAPI.__name__,
    round(float(stats.norm.ppf(0.975)), 2),
    holidays.country_holidays("SE", years=2016).country,
]))
"""


def printed(program: str) -> Any:
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def imported_of(modules: dict[str, bool], package: str, *, prefix: str = "", suffix: str = "") -> set[str]:
    """Give the modules of a package that are imported; those that are left out are there, too."""
    found = find_spec("great_expectations")
    assert found is not None
    assert found.origin is not None
    there = Path(found.origin).parent.joinpath(*package.split(".")).glob(f"{prefix}*{suffix}.py")
    of_package = {
        name.rpartition(".")[2]: is_imported
        for name, is_imported in modules.items()
        if name.rpartition(".")[0] == f"great_expectations.{package}"
    }
    named = {name: one for name, one in of_package.items() if name.startswith(prefix) and name.endswith(suffix)}
    assert named.keys() <= {path.stem for path in there}
    assert not all(named.values()), "nothing is left out"
    return {name for name, is_imported in named.items() if is_imported}


def test_what_judges_no_table_of_ours_is_left_out_and_a_table_is_judged() -> None:
    outcomes, modules, finders, is_arrow_imported = printed(JUDGE)
    of_guards = {guard.type for layer in LAYERS for guard in guards_of(layer)}

    assert outcomes == [True, False]
    assert "_LeftOut" not in finders
    assert not is_arrow_imported
    datasources = imported_of(modules, "datasource.fluent", suffix="_datasource")
    assert datasources == {"sql_datasource", "invalid_datasource"}
    assert imported_of(modules, "expectations.core", prefix="expect_") <= of_guards


def test_what_is_seldom_used_is_whole_when_it_is_used() -> None:
    assert printed(WHOLE) == [["scipy.stats", "fastapi", "holidays.countries"], False, "FastAPI", 1.96, "SE"]
