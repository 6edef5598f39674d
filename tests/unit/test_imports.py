"""What a run imports: of Great Expectations no datasource but the one in use, and no pyarrow; a table is judged."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tasks.base.paths import PROJECT

JUDGE = """
import json, sys
from flows.server.imports import import_what_a_run_needs

import_what_a_run_needs()

import duckdb
from tasks.validation.great_expectations_judge import judge_expectations

with duckdb.connect() as connection:
    connection.execute("CREATE TABLE things AS SELECT unnest([1, 2, NULL]) AS id")
    kinds = ("expect_column_values_to_be_unique", "expect_column_values_to_not_be_null")
    entries = [(kind, kind, {"column": "id"}, "critical") for kind in kinds]
    outcomes = judge_expectations(connection, "things", entries, "BOOLEAN_ONLY")
datasources = {
    name: bool(module.__spec__.has_location)
    for name, module in sys.modules.items()
    if name.startswith("great_expectations.datasource.fluent.") and name.endswith("_datasource")
}
finders = [type(finder).__name__ for finder in sys.meta_path]
is_arrow_imported = "pyarrow" in sys.modules
import pyarrow

print(json.dumps([[outcomes[kind].success for kind in kinds], datasources, finders, is_arrow_imported]))
"""


def test_other_systems_datasources_are_left_out_and_a_table_is_judged() -> None:
    done = subprocess.run([sys.executable, "-c", JUDGE], cwd=PROJECT, capture_output=True, text=True, check=True)
    outcomes, datasources, finders, is_arrow_imported = json.loads(done.stdout)
    package = find_spec("great_expectations")
    assert package is not None
    assert package.origin is not None
    there = Path(package.origin).parent / "datasource" / "fluent"

    assert outcomes == [True, False]
    assert "_LeftOut" not in finders
    assert not is_arrow_imported
    imported = {name.rpartition(".")[2] for name, is_imported in datasources.items() if is_imported}
    assert imported == {"sql_datasource", "invalid_datasource"}
    assert {name.rpartition(".")[2] for name in datasources} <= {path.stem for path in there.glob("*_datasource.py")}
