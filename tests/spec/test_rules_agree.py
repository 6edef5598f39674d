"""Great Expectations, the rules' own SQL, the quarantine and the messages say the same of every case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tasks.validation import quarantine as quarantining
from tasks.validation import stages
from tasks.validation.catalogue import load_catalogue, rule_of
from tasks.validation.great_expectations_judge import judge_by_great_expectations
from tasks.validation.own_sql import judge_by_own_sql
from tasks.validation.verdicts import CheckCrashed
from tasks.validation.violations import report
from tasks.warehouse.statements import execute
from tests.spec.test_rules_borgere import CASES as BORGERE
from tests.spec.test_rules_forloeb import CASES as FORLOEB
from tests.spec.test_rules_udgifter import CASES as UDGIFTER
from tests.support.rule_world import Judged, judge_now, judged_world

CASES = [*BORGERE, *FORLOEB, *UDGIFTER]
ROW_SUITES = ("rows", "borgere", "forloeb", "udgifter")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    with judged_world(CASES, tmp_path_factory.mktemp("agree")) as world:
        yield world


def kept(judged: Judged) -> list[tuple[object, ...]]:
    return judged.connection.execute("SELECT * FROM run.quarantine ORDER BY ALL").fetchall()


def test_great_expectations_gives_the_verdicts_of_the_rules_own_sql(judged: Judged) -> None:
    own = judge_now(judged.connection, judge_by_own_sql)
    kept_by_own = kept(judged)
    by_library = judge_now(judged.connection, judge_by_great_expectations)
    assert by_library == own
    assert kept(judged) == kept_by_own
    assert {verdict.code for verdict in own} == {rule.code for s in ROW_SUITES for rule in load_catalogue()[s].rules}
    assert not any(verdict.passed for verdict in own)


def unbalanced(judged: Judged) -> list[tuple[object, ...]]:
    """Judge, and give the tables whose accepted and rejected rows are not together what was received."""
    judge_now(judged.connection, judge_by_own_sql)
    for name in ("start", "rows"):
        execute(judged.connection, f"reconcile/{name}")
    return execute(judged.connection, "reconcile/unequal").fetchall()


@pytest.mark.parametrize("table", ["core_citizens", "core_spells", "core_expenses", "core_ragged"])
def test_a_row_that_got_lost_is_noticed(judged: Judged, table: str) -> None:
    judged.connection.execute(f"CREATE TEMP TABLE aside AS FROM {table} ORDER BY delivery_no, row_no LIMIT 1")
    lose = f"DELETE FROM {table} WHERE (delivery_no, row_no) IN (SELECT (delivery_no, row_no) FROM aside)"  # noqa: S608
    judged.connection.execute(lose)
    try:
        assert unbalanced(judged) != []
    finally:
        judged.connection.execute(f"INSERT INTO {table} FROM aside")
        judged.connection.execute("DROP TABLE aside")
    assert unbalanced(judged) == []


def test_the_results_are_recorded(judged: Judged) -> None:
    verdicts = judge_now(judged.connection, judge_by_own_sql)
    stages.keep_results(judged.connection, "run-1")
    recorded = judged.connection.execute(
        "SELECT code, unexpected, row_count, passed FROM core_expectation_results WHERE run_id = 'run-1' ORDER BY code"
    ).fetchall()
    assert recorded == sorted((v.code, v.unexpected, v.rows, v.passed) for v in verdicts)


def test_each_row_that_breaks_a_rule_is_quarantined_once_for_it(judged: Judged) -> None:
    rows = kept(judged)
    assert len(rows) == len(set(rows))


def test_the_same_row_counts_differently_when_the_quarantine_loses_one(
    judged: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = quarantining.quarantine
    monkeypatch.setattr(stages, "quarantine", lambda *a: {code: n - (code == "C07") for code, n in real(*a).items()})
    with pytest.raises(CheckCrashed, match="C07"):
        judge_now(judged.connection, judge_by_own_sql)


@pytest.mark.parametrize("judge", [judge_by_own_sql, judge_by_great_expectations])
def test_a_crashed_check_stops_the_run_and_is_recorded(
    judged: Judged, judge: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = load_catalogue()["borgere"]
    broken = replace(
        rule_of("C05"),
        query="SELECT no_such_column FROM {batch}",
        kwargs={"unexpected_rows_query": "SELECT x FROM {batch}"},
    )
    rules = tuple(broken if rule.code == "C05" else rule for rule in suite.rules)
    catalogue = {**load_catalogue(), "borgere": replace(suite, rules=rules)}
    monkeypatch.setattr(stages, "load_catalogue", lambda: catalogue)
    with pytest.raises(CheckCrashed, match="C05"):
        judge_now(judged.connection, judge)  # type: ignore[arg-type] # both are judges
    recorded = judged.connection.execute(
        "SELECT code, passed, unexpected FROM run.expectation_results WHERE error_class IS NOT NULL"
    ).fetchall()
    assert recorded == [("C05", False, None)]


@pytest.fixture(scope="module")
def told(judged: Judged) -> list[dict[str, object]]:
    judge_now(judged.connection, judge_by_own_sql)
    report(judged.connection, ROW_SUITES)
    result = judged.connection.execute("SELECT * FROM run.violations")
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def test_every_quarantined_row_is_told(judged: Judged, told: list[dict[str, object]]) -> None:
    assert len(told) == len(kept(judged))


def test_every_message_is_filled_and_names_its_page(told: list[dict[str, object]]) -> None:
    for row in told:
        for language in ("message_da", "message_en"):
            assert re.search(rf"\(docs/rules\.md#{str(row['code']).lower()}\)$", str(row[language]))
            assert not re.search(r"[{}\x1f]|NULL|None", str(row[language]))


def test_no_message_and_no_key_holds_a_personal_number(told: list[dict[str, object]]) -> None:
    assert not [row for row in told if re.search(r"(?<![0-9])[0-9]{6}-?[0-9]{4}(?![0-9])", repr(row))]
    masked = {row["key"] for row in told if row["code"] == "C15"}
    assert masked == {"******-****"}


@pytest.mark.parametrize(
    ("case", "code", "danish", "english"),
    [
        ("borgere: R01 ét felt for meget", "R01", "Rækken har 10 felter, men overskriften har 9,", "has 10 fields"),
        ("borgere: R01 kun ét felt", "R01", "Rækken har 1 felt, men overskriften har 9,", "has 1 field,"),
        ("borgere: C01 tom", "C01", "borger_id er tom.", "borger_id is blank."),
        ("borgere: C04 en anden kommune", "C04", 'kommunekode er "101";', 'kommunekode is "101";'),
        ("borgere: C08 ikke en dato", "C08", 'visitationsdato er "snarest";', 'visitationsdato is "snarest";'),
        ("borgere: C08 tom", "C08", "visitationsdato er tom;", "visitationsdato is blank;"),
        ("borgere: C08 dagen efter opgørelsen", "C08", "01-01-2017; den skal", "2017-01-01; it must"),
        ("borgere: C09 dagen før start", "C09", "projektets start 01-02-2016, før 01-02-2017", "start 2016-02-01"),
        ("borgere: C10 fylder 30 dagen efter", "C10", "under 30 år på visitationsdato 15-03-2016", "under 30 on"),
        (
            "borgere: C11 tom",
            "C11",
            "offentlig_forsoergelse_siden er tom, og",
            "offentlig_forsoergelse_siden is blank, and",
        ),
        ("borgere: C15 med bindestreg", "C15", 'borger_id er "******-****";', 'borger_id is "******-****";'),
        ("forloeb: S06 syv cifre", "S06", 'virksomhed_cvr er "1015081" (syv', 'virksomhed_cvr is "1015081" (seven'),
        ("forloeb: S06 tomt", "S06", "virksomhed_cvr er tom;", "virksomhed_cvr is blank;"),
        ("forloeb: S12 over 60", "S12", "er 60,01; den skal være tom eller et tal fra 0 til 60.", "is 60.01; it must"),
        ("forloeb: S12 med enhed", "S12", 'er "12 timer" (andet', 'is "12 timer" ('),
        ("udgifter: E06 nul", "E06", "beloeb er 0;", "beloeb is 0;"),
        ("udgifter: E06 engelsk skrevet", "E06", 'beloeb er "1,234.56" (komma', 'beloeb is "1,234.56" (commas'),
        ("udgifter: E07 ja", "E07", 'lovpligtig er "ja";', 'lovpligtig is "ja";'),
    ],
)
def test_a_message_names_the_column_and_what_was_written(
    judged: Judged, told: list[dict[str, object]], case: str, code: str, danish: str, english: str
) -> None:
    project = f"P-{[str(one) for one in CASES].index(case):04d}"
    (row,) = [row for row in told if row["project_id"] == project and row["code"] == code]
    assert danish in str(row["message_da"])
    assert english in str(row["message_en"])
    assert row["severity"] == rule_of(code).action
    assert (row["row_no"], row["key"]) == (2, row["key"] if code != "R01" else "")
