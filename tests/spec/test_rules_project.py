"""The rules of projects, portfolio and deliveries, case by case: the facts, and the codes that they give.

A case changes some facts of a project without holds (FACTS).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tasks.settlement.gone import Gone
from tasks.validation.catalogue import load_catalogue
from tasks.validation.own_sql import judge_by_own_sql
from tasks.validation.quarantine import quarantine
from tasks.validation.violations import report
from tasks.warehouse.connection import prepare
from tasks.warehouse.statements import execute

# Every fact is of the settled year 2016; the terms are those of the rules file.
FACTS: dict[str, Any] = {
    "is_missing": False,
    "is_not_started": False,
    "window_end": date(2016, 12, 31),
    "year_last_day": date(2016, 12, 31),
    "as_of_date": date(2016, 12, 31),
    "participants": 100,
    "controls": 100,
    "arm_min_citizens": 100,
    "target_participants": 100,
    "refused_later": 0,
    "borgere_received": 100,
    "borgere_rejected": 0,
    "forloeb_received": 100,
    "forloeb_rejected": 0,
    "udgifter_received": 100,
    "udgifter_rejected": 0,
    "hold_rejected_share": Decimal("0.20"),
    "unknown_populations": 0,
    "population": 1000,
    "proportion_tolerance_share": Decimal("0.10"),
    "citizens_before": 100,
    "citizens_gone": 0,
    "expenses_before": 100,
    "expenses_gone": 0,
    "is_gone_waived": False,
    "hold_gone_share": Decimal("0.20"),
    "betrayed_da": "",
    "differing_years": "",
    "years_together": "2016",
    "first_together_year": 2016,
    "last_together_year": 2016,
}
TYPES = {str: "VARCHAR", bool: "BOOLEAN", int: "BIGINT", date: "DATE", Decimal: "DECIMAL(18, 6)"}
MISSING = {
    "is_missing": True,
    "as_of_date": None,
    "participants": 0,
    "controls": 0,
    "borgere_received": 0,
    "forloeb_received": 0,
    "udgifter_received": 0,
    "citizens_before": None,
    "citizens_gone": None,
    "expenses_before": None,
    "expenses_gone": None,
    "is_gone_waived": None,
}
NOT_STARTED = {"is_missing": False, "is_not_started": True, "as_of_date": date(2016, 6, 30)}
OPEN_WINDOW = {"window_end": date(2017, 1, 1)}

CASES: list[tuple[str, Mapping[str, Any], str]] = [
    ("uden fejl", {}, ""),
    # P14: hvad der mangler siden den forrige indberetning
    ("20 af 100 borgere er væk", {"citizens_gone": 20}, ""),
    ("21 af 100 borgere er væk", {"citizens_gone": 21}, "P14"),
    ("20 af 100 bilag er væk", {"expenses_gone": 20}, ""),
    ("21 af 100 bilag er væk", {"expenses_gone": 21}, "P14"),
    ("alle borgere er væk, og reglen er fraveget", {"citizens_gone": 100, "is_gone_waived": True}, ""),
    ("den forrige havde ingen", {"citizens_before": 0, "expenses_before": 0}, ""),
    # P15: hvad en kolonne røber
    ("måneden står først", {"betrayed_da": "forloeb.csv: …"}, "P15"),
    # P02, P03: når visitationsperioden er slut
    ("99 deltagere", {"participants": 99}, "P02 P03"),
    ("99 i kontrolgruppen", {"controls": 99}, "P02"),
    ("ingen i kontrolgruppen", {"controls": 0}, "P02"),
    ("101 af hver", {"participants": 101, "controls": 101}, ""),
    ("99 deltagere, perioden slutter dagen efter årets sidste", {"participants": 99} | OPEN_WINDOW, ""),
    ("perioden slutter dagen før årets sidste", {"controls": 99, "window_end": date(2016, 12, 30)}, "P02"),
    ("måltal 101, 100 deltagere", {"target_participants": 101}, "P03"),
    ("måltal 99, 100 deltagere", {"target_participants": 99}, ""),
    ("måltal 101, perioden er ikke slut", {"target_participants": 101} | OPEN_WINDOW, ""),
    ("måltal 80, 90 deltagere", {"target_participants": 80, "participants": 90}, "P02"),
    # P04: indberetningen dækker året
    ("opgjort dagen før årets sidste", {"as_of_date": date(2016, 12, 30)}, "P04"),
    ("opgjort dagen efter årets sidste", {"as_of_date": date(2017, 1, 1)}, ""),
    ("ingen indberetning: P04 alene", MISSING, "P04"),
    ("ingen indberetning og ukendt befolkning", MISSING | {"unknown_populations": 1}, "P04 P07"),
    # P05: en nyere er afvist
    ("én nyere er afvist", {"refused_later": 1}, "P05"),
    ("tre nyere er afvist", {"refused_later": 3}, "P05"),
    # P06: mere end 20 % afvist
    ("20 af 100 borgere afvist", {"borgere_rejected": 20}, ""),
    ("21 af 100 borgere afvist", {"borgere_rejected": 21}, "P06"),
    ("21 af 100 forløb afvist", {"forloeb_rejected": 21}, "P06"),
    ("20 af 100 forløb afvist", {"forloeb_rejected": 20}, ""),
    ("21 af 100 udgifter afvist", {"udgifter_rejected": 21}, "P06"),
    ("20 af 100 udgifter afvist", {"udgifter_rejected": 20}, ""),
    ("1 af 5 udgifter afvist", {"udgifter_received": 5, "udgifter_rejected": 1}, ""),
    ("1 af 4 udgifter afvist", {"udgifter_received": 4, "udgifter_rejected": 1}, "P06"),
    ("20 af 100 i hver tabel", {"borgere_rejected": 20, "forloeb_rejected": 20, "udgifter_rejected": 20}, ""),
    ("en tom tabel", {"udgifter_received": 0}, ""),
    # P07: befolkningen kendes
    ("én ukendt", {"unknown_populations": 1}, "P07"),
    ("summen er nul", {"population": 0}, "P07"),
    ("summen er én", {"population": 1}, ""),
    # P12: de andre år er bogført, som de giver
    ("2017 er bogført anderledes", {"differing_years": "2017"}, "P12"),
    ("ingen indberetning, og 2017 er bogført anderledes", MISSING | {"differing_years": "2017"}, "P04"),
    # Et projekt, der begynder efter året, spørges ikke
    ("ikke begyndt", MISSING | NOT_STARTED, ""),
    ("ikke begyndt, og befolkningen er ukendt", MISSING | NOT_STARTED | {"unknown_populations": 1}, ""),
    ("ikke begyndt, men en indberetning er afvist", NOT_STARTED | {"refused_later": 1, "borgere_rejected": 50}, ""),
    ("ikke begyndt, og grupperne er skæve", NOT_STARTED | {"andele": (0, 100, 600, 1000)}, ""),
    # P01: (borgere i målgruppen, i gruppen; befolkning i målgruppen, i alt)
    ("70 % mod 60 %: netop tolerancen", {"andele": (70, 100, 600, 1000)}, ""),
    ("71 % mod 60 %", {"andele": (71, 100, 600, 1000)}, "P01"),
    ("50 % mod 60 %: netop tolerancen", {"andele": (50, 100, 600, 1000)}, ""),
    ("49 % mod 60 %", {"andele": (49, 100, 600, 1000)}, "P01"),
    ("80 % mod 70 %: kvotienterne afrundes forkert", {"andele": (8, 10, 7, 10)}, ""),
    ("30 % mod 20 %: kvotienterne afrundes forkert", {"andele": (3, 10, 2, 10)}, ""),
    ("lidt over tolerancen", {"andele": (7001, 10000, 6000, 10000)}, "P01"),
    ("helt ens", {"andele": (60, 100, 600, 1000)}, ""),
    ("ingen i målgruppen", {"andele": (0, 100, 600, 1000)}, "P01"),
    ("én borger", {"andele": (1, 1, 600, 1000)}, "P01"),
    ("store tal", {"andele": (70_000, 100_000, 3_600_000, 6_000_000)}, ""),
    ("store tal, én for mange", {"andele": (70_001, 100_000, 3_600_000, 6_000_000)}, "P01"),
]


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        columns = ", ".join(f"{name} {TYPES[type(value)]}" for name, value in FACTS.items())
        opened.execute(f"CREATE TABLE run.project_facts (project_id VARCHAR, {columns})")
        opened.execute(
            "CREATE TABLE run.proportions (project_id VARCHAR, citizens BIGINT, arm_citizens BIGINT, "
            "population HUGEINT, total_population HUGEINT)"
        )
        for says, changes, _ in CASES:
            facts = FACTS | {"betrayed_da": None} | {name: value for name, value in changes.items() if name in FACTS}
            places = ", ".join("?" * (len(facts) + 1))
            opened.execute(f"INSERT INTO run.project_facts VALUES ({places})", [says, *facts.values()])  # noqa: S608
            if "andele" in changes:
                citizens, arm, group, population = changes["andele"]
                # The other target group, so that the deviation shows twice.
                for row in ((citizens, group), (arm - citizens, population - group)):
                    opened.execute(
                        "INSERT INTO run.proportions VALUES (?, ?, ?, ?, ?)", [says, row[0], arm, row[1], population]
                    )
        execute(opened, "validation/project_holds")
        suite = load_catalogue()["project"]
        quarantine(opened, suite, judge_by_own_sql(opened, suite, suite.rules))
        yield opened


@pytest.mark.parametrize(("says", "changes", "codes"), CASES, ids=[says for says, *_ in CASES])
def test_the_project_gets_these_codes_and_no_other(
    connection: duckdb.DuckDBPyConnection, says: str, changes: Mapping[str, Any], codes: str
) -> None:
    found = connection.execute(
        "SELECT code FROM run.project_holds WHERE project_id = ? ORDER BY code", [says]
    ).fetchall()
    assert " ".join(code for (code,) in found) == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        (changes, codes)
        for _, changes, codes in CASES
        if (changes.get("citizens_gone") or changes.get("expenses_gone")) and "is_gone_waived" not in changes
    ],
)
def test_a_delivery_that_p14_holds_is_no_base_of_the_next_comparison(changes: Mapping[str, Any], codes: str) -> None:
    facts = FACTS | changes
    counts = ("citizens_before", "citizens_gone", "expenses_before", "expenses_gone")
    assert Gone(*(facts[name] for name in counts)).is_more_than(facts["hold_gone_share"]) == ("P14" in codes)


def test_a_project_rule_gives_each_project_once(connection: duckdb.DuckDBPyConnection) -> None:
    twice = connection.execute(
        "SELECT project_id, code FROM run.project_holds GROUP BY ALL HAVING count(*) > 1"
    ).fetchall()
    assert twice == []


@pytest.mark.parametrize(
    ("entitlements", "fails"),
    [
        (["47500000.00"], False),
        (["47500000.01"], True),
        (["47499999.99"], False),
        (["40000000.00", "7500000.00"], False),
        (["40000000.00", "7500000.01"], True),
        (["50000000.00", "-2500000.00"], False),
        ([], False),
    ],
)
def test_all_projects_are_held_when_the_appropriation_is_exceeded(entitlements: list[str], fails: bool) -> None:
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        opened.execute("CREATE TABLE run.settlement (entitlement_dkk DECIMAL(18, 2))")
        opened.execute(
            "CREATE TABLE run.programme AS SELECT 2016 AS settled_year, 47500000::DECIMAL(18, 2) AS appropriation_dkk"
        )
        for amount in entitlements:
            opened.execute("INSERT INTO run.settlement VALUES (?)", [Decimal(amount)])
        execute(opened, "validation/portfolio")
        execute(opened, "validation/project_holds")
        suite = load_catalogue()["portfolio"]
        quarantine(opened, suite, judge_by_own_sql(opened, suite, suite.rules))
        assert opened.execute("SELECT * FROM run.project_holds").fetchall() == ([("", "B01", "hold")] if fails else [])


def test_a_message_groups_the_thousands_of_a_count_and_of_an_amount_and_not_those_of_a_year() -> None:
    with duckdb.connect() as opened:
        prepare(opened)
        facts = FACTS | {"unknown_populations": 1, "population": 1_002_202, "project_id": "JF-187"}
        columns = ", ".join(f"${name} AS {name}" for name in facts)
        opened.execute(f"CREATE TABLE run.project_facts AS SELECT {columns}", facts)
        opened.execute(
            "CREATE TABLE run.portfolio AS SELECT '' AS project_id, 2016 AS settled_year, "
            "47500000::DECIMAL(18, 2) AS appropriation_dkk, 47500000.01::DECIMAL(18, 2) AS entitlement_dkk"
        )
        opened.execute("CREATE TABLE run.project_holds (project_id VARCHAR, code VARCHAR, action VARCHAR)")
        opened.execute("INSERT INTO run.project_holds VALUES ('JF-187', 'P07', 'hold'), ('', 'B01', 'hold')")
        for empty in ("quarantine", "element_quarantine", "faults"):
            opened.execute(f"CREATE TABLE run.{empty} (code VARCHAR)")
        report(opened, ("project", "portfolio"))
        told = opened.execute("SELECT message_da, message_en FROM run.violations ORDER BY code DESC").fetchall()
    (danish, english), (portfolio_danish, portfolio_english) = told
    assert "mangler 1 af befolkningstallene" in danish
    assert "er 1.002.202; gruppernes" in danish
    assert "their sum is 1,002,202; P01" in english
    assert "til og med 2016 er 47.500.000,01 kr." in portfolio_danish
    assert "to 2016 are DKK 47,500,000.01," in portfolio_english


def test_a_register_that_lacks_no_population_is_not_said_to_lack_zero() -> None:
    """P07 also where every population is there, and their sum is 0."""
    with duckdb.connect() as opened:
        prepare(opened)
        facts = FACTS | {"unknown_populations": 0, "population": 0, "project_id": "JF-187"}
        columns = ", ".join(f"${name} AS {name}" for name in facts)
        opened.execute(f"CREATE TABLE run.project_facts AS SELECT {columns}", facts)
        opened.execute("CREATE TABLE run.project_holds (project_id VARCHAR, code VARCHAR, action VARCHAR)")
        opened.execute("INSERT INTO run.project_holds VALUES ('JF-187', 'P07', 'hold')")
        for empty in ("quarantine", "element_quarantine", "faults"):
            opened.execute(f"CREATE TABLE run.{empty} (code VARCHAR)")
        report(opened, ("project",))
        ((danish, english),) = opened.execute("SELECT message_da, message_en FROM run.violations").fetchall()
    assert "mangler ingen af befolkningstallene" in danish
    assert "summen af dem, der er der, er 0;" in danish
    assert "lacks none, and their sum is 0;" in english


@pytest.mark.parametrize("code", [rule.code for rule in load_catalogue()["delivery"].rules])
def test_a_delivery_fails_the_rules_whose_faults_it_has(code: str) -> None:
    suite = load_catalogue()["delivery"]
    rule = next(rule for rule in suite.rules if rule.code == code)
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        opened.execute("CREATE TABLE run.reported_receipts AS SELECT unnest([1, 2, 3]) AS receipt_no")
        opened.execute(
            "CREATE TABLE run.faults AS SELECT 1 AS receipt_no, unnest(['F00', $code]) AS code", {"code": code}
        )
        (verdict,) = judge_by_own_sql(opened, suite, [rule])
    assert (verdict.unexpected, verdict.rows, verdict.passed) == (1, 3, False)


def test_a_rule_that_can_not_be_run_is_named_and_its_values_are_not() -> None:
    suite = load_catalogue()["project"]
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        opened.execute("CREATE TABLE run.project_facts AS SELECT 'hemmelig' AS project_id")
        (verdict,) = judge_by_own_sql(opened, suite, [rule for rule in suite.rules if rule.code == "P02"])
    assert (verdict.code, verdict.unexpected, verdict.error_class) == ("P02", None, "BinderException")
    assert "hemmelig" not in str(verdict)
