"""Great Expectations on DuckDB: every type in use works, a crash is told apart, and nothing of the data is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NoReturn

import duckdb
import pytest

from tasks.validation.catalogue import Suite, load_catalogue
from tasks.validation.great_expectations_judge import judge_by_great_expectations, judge_expectations
from tasks.validation.guards import LAYERS, GuardFailed, check_guards, guards_of

# Each type in use: kwargs that hold and kwargs that don't, over the table below.
TYPES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "expect_table_row_count_to_be_between": ({"min_value": 1}, {"min_value": 9}),
    "expect_table_row_count_to_equal": ({"value": 3}, {"value": 4}),
    "expect_table_columns_to_match_set": (
        {"column_set": ["id", "code", "born", "amount", "most"]},
        {"column_set": ["id", "code", "born", "amount"]},
    ),
    "expect_key_to_be_unique": ({"column_list": ["id", "code"]}, {"column_list": ["code", "most"]}),
    "expect_column_to_be_filled": ({"column": "id"}, {"column": "born"}),
    "expect_column_to_be_at_least": ({"column": "id", "least": 1}, {"column": "id", "least": 2}),
    "expect_column_to_be_one_of": ({"column": "code", "words": ["a", "b"]}, {"column": "code", "words": ["a"]}),
    "expect_column_to_have_just": (
        {"column": "code", "words": ["a", "b"]},
        {"column": "code", "words": ["a", "b", "c"]},
    ),
    "expect_column_to_be_hexadecimal": ({"column": "code", "digits": 1}, {"column": "code", "digits": 2}),
    "expect_column_values_to_be_of_type": (
        {"column": "born", "type_": "DATE"},
        {"column": "amount", "type_": "DATE"},
    ),
    "expect_column_not_below_another": (
        {"column": "most", "other": "amount"},
        {"column": "amount", "other": "most"},
    ),
}
FAILS_FOR_A = {"unexpected_rows_query": "SELECT id FROM {batch} WHERE code = 'a'"}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        opened.execute(
            "CREATE TABLE run.things AS SELECT * FROM (VALUES "
            "(1, 'a', DATE '1970-05-01', 1.50::DECIMAL(18, 2), 2.00::DECIMAL(18, 2)), "
            "(2, 'a', NULL, 2.00, 2.00), (3, 'b', DATE '1980-05-01', -1.00, 2.00)"
            ") AS t (id, code, born, amount, most)"
        )
        yield opened


def test_every_type_in_use_is_tried_here() -> None:
    guards = {guard.type for layer in LAYERS for guard in guards_of(layer)}
    assert guards == set(TYPES)


@pytest.mark.parametrize("kind", TYPES)
def test_a_guard_of_each_type_holds_and_fails(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    holds, fails = TYPES[kind]
    outcomes = judge_expectations(
        connection,
        "run.things",
        [("holds", kind, holds, "critical"), ("fails", kind, fails, "critical")],
        "BOOLEAN_ONLY",
    )
    assert {name: (outcome.success, outcome.error_class) for name, outcome in outcomes.items()} == {
        "holds": (True, None),
        "fails": (False, None),
    }


@pytest.mark.parametrize(
    ("kind", "terms"),
    [
        ("expect_no_failing_rows", {}),
        ("expect_courses_ended_by", {"cutoff": "most"}),
        ("expect_group_proportions_to_reflect_population", {"tolerance": "most"}),
        (
            "expect_enrolment_within_years_of_project_start",
            {"project_start": "id", "window_end": "amount", "programme_end": "most"},
        ),
    ],
)
def test_our_types_count_and_keep_no_row(
    connection: duckdb.DuckDBPyConnection, kind: str, terms: dict[str, str]
) -> None:
    places = " ".join(f"AND {{{term}}} IS NOT NULL" for term in terms)
    query = f"SELECT id FROM {{batch}} WHERE code = 'a' {places}"  # noqa: S608 - a constant of this test
    entry = ("rule", kind, {"unexpected_rows_query": query, **terms}, "critical")
    outcome = judge_expectations(connection, "run.things", [entry], "COMPLETE")["rule"]
    assert not outcome.success
    assert outcome.counts == {"unexpected_count": 2, "element_count": 3}


@pytest.mark.parametrize(
    ("query", "error_class"),
    [
        ("SELECT id FROM {batch} WHERE no_such_column = 'secret'", "BinderException"),
        ("SELECT id FROM {batch} WHERE code::INTEGER = 1", "ConversionException"),
    ],
)
def test_a_crash_is_neither_good_nor_bad_data(
    connection: duckdb.DuckDBPyConnection, query: str, error_class: str
) -> None:
    entries = [
        ("crashes", "expect_no_failing_rows", {"unexpected_rows_query": query}, "info"),
        ("fails", "expect_no_failing_rows", FAILS_FOR_A, "info"),
    ]
    outcomes = judge_expectations(connection, "run.things", entries, "BASIC")
    assert outcomes["crashes"].error_class == error_class
    assert outcomes["fails"].error_class is None
    assert "secret" not in repr(outcomes)


def test_a_stop_is_no_crash_of_a_rule(connection: duckdb.DuckDBPyConnection) -> None:
    def stop(_: object) -> NoReturn:
        raise KeyboardInterrupt

    connection.create_function("stopped", stop, ["VARCHAR"], "VARCHAR")
    query = {"unexpected_rows_query": "SELECT id FROM {batch} WHERE stopped(code) = 'a'"}
    with pytest.raises(KeyboardInterrupt):
        judge_expectations(connection, "run.things", [("stops", "expect_no_failing_rows", query, "info")], "BASIC")


def test_a_crashed_rule_has_no_counts(connection: duckdb.DuckDBPyConnection) -> None:
    suite: Suite = replace(load_catalogue()["borgere"], batch="run.things")
    verdicts = judge_by_great_expectations(connection, suite, suite.rules[:1])
    assert [(v.code, v.passed, v.unexpected, v.rows) for v in verdicts] == [("C01", False, None, None)]
    assert verdicts[0].error_class == "BinderException"


def test_the_connection_stays_open_and_its_transaction_its_own(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("BEGIN")
    connection.execute("INSERT INTO run.things VALUES (4, 'a', NULL, 0, 0)")
    entry = ("rule", "expect_no_failing_rows", FAILS_FOR_A, "critical")
    seen = judge_expectations(connection, "run.things", [entry], "BASIC")["rule"].counts
    assert seen == {"unexpected_count": 2, "element_count": 3}
    connection.execute("ROLLBACK")
    assert connection.execute("SELECT count(*) FROM run.things").fetchall() == [(3,)]


def test_a_guard_that_does_not_hold_stops_and_names_itself(connection: duckdb.DuckDBPyConnection) -> None:
    for table in ("accepted_citizens", "settlement", "quarantine"):
        connection.execute(f"CREATE TABLE run.{table} AS FROM run.things")
    with pytest.raises(GuardFailed, match=r"run\.accepted_citizens: expect_key_to_be_unique project_id"):
        check_guards(connection, "settlement")
