"""The guards between the layers hold on a settled world, and each of the things they guard against is noticed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tasks.settlement.compute import compute_events, compute_money
from tasks.validation import guards
from tasks.validation.catalogue import rules_by_code
from tasks.validation.guards import LAYERS, GuardFailed, check_guards, guards_of
from tasks.warehouse.statements import execute
from tests.support.rule_world import judged_world, single

# What may go wrong in a layer, and what the guard says.
FAULTS = [
    ("core", "INSERT INTO core_citizens FROM core_citizens LIMIT 1", "guarded_citizens: expect_key_to_be_unique"),
    ("core", "UPDATE core_spells SET row_no = 1", "guarded_spells: expect_column_to_be_at_least row_no"),
    (
        "core",
        "UPDATE core_citizens SET person = '6105691007'",
        "guarded_citizens: expect_column_to_be_hexadecimal person",
    ),
    (
        "core",
        "UPDATE core_citizens SET person = repeat('x', 64)",
        "guarded_citizens: expect_column_to_be_hexadecimal person",
    ),
    (
        "core",
        "UPDATE core_citizens SET cpr_state = 'perhaps'",
        "guarded_citizens: expect_column_to_be_one_of cpr_state",
    ),
    ("core", "ALTER TABLE core_expenses ADD COLUMN tekst VARCHAR", "guarded_expenses: expect_table_columns_to"),
    ("core", "ALTER TABLE core_expenses ALTER beloeb TYPE DOUBLE", "guarded_expenses: expect_column_values_to_be"),
    ("core", "UPDATE core_row_counts SET ragged = 9", "core_row_counts: expect_column_not_below_another"),
    ("run", "DELETE FROM run.projects", "run.projects: expect_table_row_count_to_be_between"),
    ("run", "INSERT INTO run.projects FROM run.projects", "run.projects: expect_key_to_be_unique project_id"),
    (
        "run",
        "UPDATE run.projects SET window_end = NULL",
        "run.projects: expect_column_to_be_filled window_end",
    ),
    ("run", "DELETE FROM run.spell_types", "run.spell_types: expect_table_row_count_to_be_between"),
    ("run", "DELETE FROM run.arms WHERE arm = 'control'", "run.arms: expect_column_to_have_just arm"),
    ("run", "UPDATE run.arms SET arm = 'other' WHERE arm = 'control'", "run.arms: expect_column_to_have_just arm"),
    (
        "run",
        "INSERT INTO run.arms SELECT * REPLACE ('other' AS arm, 'andre' AS gruppe) FROM run.arms LIMIT 1",
        "run.arms: expect_column_to_have_just arm",
    ),
    ("run", "DELETE FROM run.programme", "run.programme: expect_table_row_count_to_equal"),
    ("settlement", "UPDATE run.accepted_citizens SET person = NULL", "expect_column_to_be_filled person"),
    ("settlement", "UPDATE run.accepted_citizens SET arm = 'other'", "expect_column_to_be_one_of arm"),
    ("settlement", "DELETE FROM run.settlement", "run.settlement: expect_table_row_count_to_be_between"),
    ("settlement", "INSERT INTO run.settlement FROM run.settlement", "run.settlement: expect_key_to_be_unique"),
    (
        "settlement",
        "UPDATE run.settlement SET activity_cumulative_dkk = cap_dkk + 1",
        "run.settlement: expect_column_not_below_another",
    ),
    ("settlement", "INSERT INTO run.quarantine FROM run.quarantine", "run.quarantine: expect_key_to_be_unique"),
]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a settled world."""
    folder = tmp_path_factory.mktemp("settled")
    case = single("borgere")("C14", "en bemærkning", {"cpr": "610569-1101"}, "C14")
    with judged_world([case], folder / "deliveries") as judged:
        compute_events(judged.connection)
        compute_money(judged.connection)
        judged.connection.execute(f"ATTACH '{folder / 'settled.duckdb'}' AS settled")
        judged.connection.execute("COPY FROM DATABASE memory TO settled")
    return folder / "settled.duckdb"


@pytest.fixture
def world(settled: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a copy of the settled world."""
    with duckdb.connect(str(shutil.copy(settled, tmp_path))) as connection:
        yield connection


@pytest.mark.parametrize("layer", LAYERS)
def test_all_guards_hold(world: duckdb.DuckDBPyConnection, layer: str) -> None:
    assert check_guards(world, layer) == len(guards_of(layer))


@pytest.mark.parametrize(("layer", "fault", "says"), FAULTS)
def test_a_fault_is_noticed_and_named_without_its_values(
    world: duckdb.DuckDBPyConnection, layer: str, fault: str, says: str
) -> None:
    if fault.startswith("ALTER"):
        # Views on the table stand in the way; the one that is guarded is made again in every run.
        world.execute("DROP VIEW run.expenses; DROP VIEW run.guarded_expenses")
    world.execute(fault)
    execute(world, "run/guarded_expenses")
    with pytest.raises(GuardFailed) as raised:
        check_guards(world, layer)
    assert says in str(raised.value)
    assert "6105691007" not in str(raised.value)


def test_a_delivery_that_is_not_in_force_is_guarded_while_it_is_the_last(world: duckdb.DuckDBPyConnection) -> None:
    world.execute("UPDATE core_citizens SET row_no = 1; DELETE FROM run.in_force")
    execute(world, "run/guarded")
    with pytest.raises(GuardFailed, match="guarded_citizens"):
        check_guards(world, "core")
    world.execute("""
        INSERT INTO core_receipts SELECT -1, -1, max(received_at) + INTERVAL 1 DAY, true FROM core_receipts
    """)
    execute(world, "run/guarded")
    assert check_guards(world, "core") == len(guards_of("core"))


ADDED = "INSERT INTO run.accepted_citizens SELECT * REPLACE ({}) FROM run.accepted_citizens"


@pytest.mark.parametrize("action", ["remark", "hold"])
@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("C01", ADDED.format("uuid() AS person")),
        ("C02", ADDED.format("uuid() AS person")),
        ("C03", "UPDATE run.accepted_citizens SET person = NULL"),
        ("C07", "UPDATE run.accepted_citizens SET arm = 'other'"),
        ("C08", "UPDATE run.accepted_citizens SET visitationsdato = NULL"),
        ("C13", ADDED.format("'another' AS borger_id")),
    ],
)
def test_a_row_that_counts_by_a_changed_rule_is_no_fault_of_the_program(
    world: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, code: str, fault: str, action: str
) -> None:
    """Whoever adopts what a what-if foretells can settle by it."""
    world.execute(fault)
    with pytest.raises(GuardFailed):
        check_guards(world, "settlement")
    rules = {one: replace(rule, action=action if one == code else rule.action) for one, rule in rules_by_code().items()}
    monkeypatch.setattr(guards, "rule_of", rules.__getitem__)
    assert check_guards(world, "settlement") == len(guards_of("settlement"))
