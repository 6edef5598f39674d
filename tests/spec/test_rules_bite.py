"""A test of the rules' tests: each rule's query is broken in every small way, and some case must notice each time."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb
import pytest

from tasks.validation.catalogue import Rule, load_catalogue
from tests.spec.test_rules_borgere import CASES as BORGERE
from tests.spec.test_rules_forloeb import CASES as FORLOEB
from tests.spec.test_rules_udgifter import CASES as UDGIFTER
from tests.support.rule_world import Judged, judged_world

CASES = [*BORGERE, *FORLOEB, *UDGIFTER]
ROW_SUITES = ("rows", "borgere", "forloeb", "udgifter")
RULES = [rule for name in ROW_SUITES for rule in load_catalogue()[name].rules]
# What a slip of the pen makes of each word of a query.
SLIPS = {
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "=": "<>",
    "<>": "=",
    "AND": "OR",
    "OR": "AND",
    "IS NULL": "IS NOT NULL",
    "IS NOT NULL": "IS NULL",
    "NOT IN": "IN",
    "IN": "NOT IN",
    "ANTI JOIN": "SEMI JOIN",
    "SEMI JOIN": "ANTI JOIN",
    "NOT": "",
}
_WORD = re.compile(r"<>|<=|>=|<|>|=|\b(?:IS NOT NULL|IS NULL|NOT IN|ANTI JOIN|SEMI JOIN|AND|OR|NOT|IN)\b")


def slips(query: str) -> Iterator[str]:
    """Give the query with one word changed, each in turn."""
    for word in _WORD.finditer(query):
        yield f"{query[: word.start()]}{SLIPS[word[0]]}{query[word.end() :]}"


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    with judged_world(CASES, tmp_path_factory.mktemp("all")) as world:
        yield world


def keys(judged: Judged, rule: Rule, query: str) -> list[tuple[object, ...]]:
    suite = load_catalogue()[rule.suite]
    text = query.replace("{batch}", suite.batch)
    selected = f"SELECT {', '.join(suite.key)} FROM ({text})"  # noqa: S608 - the catalogue's own text
    return sorted(judged.connection.execute(selected).fetchall())


def test_the_world_of_all_cases_is_as_every_case_says(judged: Judged) -> None:
    wrong = [str(case) for case in CASES if judged.codes(case) != case.codes]
    assert wrong == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_case_notices_each_slip_in_the_rule(judged: Judged, rule: Rule) -> None:
    right = keys(judged, rule, rule.query)
    unnoticed = []
    for slip in slips(rule.query):
        try:
            if keys(judged, rule, slip) == right:
                unnoticed.append(slip)
        except duckdb.Error:
            continue
    assert unnoticed == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_case_notices_a_rule_that_never_or_always_fails(judged: Judged, rule: Rule) -> None:
    suite = load_catalogue()[rule.suite]
    every_row = f"SELECT {', '.join(suite.key)} FROM {{batch}}"  # noqa: S608 - the catalogue's own text
    right = keys(judged, rule, rule.query)
    assert right != []
    assert rule.code == "R01" or right != keys(judged, rule, every_row)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_has_ten_cases(rule: Rule) -> None:
    assert sum(case.rule == rule.code for case in CASES) >= 10
