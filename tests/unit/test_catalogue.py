"""The rule catalogue: whole, strict, quick to read, in step with the rules file and with its page."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tasks.base.paths import EXPECTATIONS, PROJECT
from tasks.rules.model import load_rules
from tasks.validation.catalogue import (
    RULE_PAGE,
    SUITES,
    CatalogueError,
    Rule,
    load_catalogue,
    parse_suite,
    placeholders,
)
from tasks.validation.rule_pages import rule_page, values_of

RULES = [rule for suite in load_catalogue().values() for rule in suite.rules]
COUNTS = {"C": 19, "S": 13, "E": 7, "F": 9, "P": 11, "G": 7, "B": 1}
ALL_CODES = ["R01", *(f"{letter}{n:02d}" for letter, count in COUNTS.items() for n in range(1, count + 1))]
ALL_CODES[-1:-1] = ["P12", "P14", "P15"]
REMARKS = {"C14", "C18", "C19", "S11", "S13", "F07", "F09", "P03", "P09", "P11", "G06", "G07"}
SUITE = (EXPECTATIONS / "portfolio.yaml").read_text(encoding="utf-8")


def test_every_code_is_there_once() -> None:
    assert sorted(rule.code for rule in RULES) == sorted(ALL_CODES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_action_is_that_of_the_kind_of_rule(rule: Rule) -> None:
    of_kind = {
        "R": "reject",
        "C": "reject",
        "S": "reject",
        "E": "reject",
        "F": "refuse",
        "P": "hold",
        "B": "hold",
        "G": "reject",
    }
    expected = "remark" if rule.code in REMARKS else of_kind[rule.code[0]]
    assert rule.action == expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_count_that_may_be_one_stands_apart_from_its_noun(rule: Rule) -> None:
    for message in (rule.message_da, rule.message_en):
        assert not re.search(
            r"\{(participants|controls|refused_later|field_count|unknown_populations)\} (?!af )\w", message
        )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_number_of_a_rule_stands_in_its_query(rule: Rule) -> None:
    query = re.sub(r"'[^']*'", "", rule.query)
    # A type's width, "more than one", "not zero", and "both days counted" are no numbers of the programme.
    for harmless in ("DECIMAL(28, 0)", "> 1\n", "> 1$", "= 0", "> 0", "+ 1 >"):
        query = re.sub(re.escape(harmless).replace(r"\$", "$"), "", query)
    assert not re.search(r"\d", query)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_sources_and_parameters_are_those_of_the_rules_file(rule: Rule) -> None:
    rules = load_rules()
    assert rule.source.document in rules.sources
    words = {f"vocabulary.{name}" for name in type(rules.vocabulary).model_fields}
    draw = {f"draw.{name}" for name in type(rules.draw).model_fields}
    fidelity = {f"fidelity.{name}" for name in type(rules.fidelity).model_fields}
    assert set(rule.parameters) <= set(rules.parameters) | words | draw | fidelity


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_both_languages_show_the_same_columns(rule: Rule) -> None:
    danish, english = (placeholders(text) for text in (rule.message_da, rule.message_en))
    assert sorted(name.removesuffix("_da") for name in danish) == sorted(name.removesuffix("_en") for name in english)


@pytest.mark.parametrize(
    ("language", "unit", "points"), [("da", r"pct\.", "procentpoint"), ("en", "%", "percentage points")]
)
def test_a_share_is_shown_with_its_unit(language: str, unit: str, points: str) -> None:
    """A share is shown as so many hundredths, which mean nothing alone; of points, the first of two may name them."""
    texts = [getattr(rule, f"message_{language}") for rule in RULES]
    shares = [(text, name) for text in texts for name in placeholders(text) if name.endswith(("_share", "_deviation"))]
    assert shares
    for text, name in shares:
        assert re.search(rf"{points}.*\{{{name}\}}|\{{{name}\}} (?:{unit}|{points})", text)


@pytest.mark.parametrize(
    ("change", "to", "says"),
    [
        ("rule: B01", "rule: B1", "not a rule's code"),
        ("      parameters:", "      paramters:", "parameters, paramters"),
        ("    severity: critical", "    severity: critical\n    mostly: 0.9", "mostly"),
        ("batch: run.portfolio", "batch: run.portfolio\nowner: me", "owner"),
        ("action: hold", "action: remark", "does not go with severity"),
        ("action: hold", "action: ignore", "does not go with severity"),
        ("FROM {batch}", "FROM run.portfolio", "must read {batch} once"),
        ("FROM {batch}", "FROM {batch} -- {batch}", "must read {batch} once"),
        ("heading: Økonomisk ramme", "headline: Økonomisk ramme", "headline"),
        ("mend_en: STAR decides", "mend_en: 12 # STAR decides", "not a text: mend_en"),
        ("unexpected_rows_query: |", "query: |", "unexpected_rows_query"),
    ],
)
def test_a_slip_in_the_catalogue_is_an_error(change: str, to: str, says: str) -> None:
    assert change in SUITE
    with pytest.raises(CatalogueError, match=re.escape(says)):
        parse_suite(SUITE.replace(change, to), "portfolio.yaml")


@pytest.mark.parametrize(
    ("terms", "says"),
    [("cutoff: DROP TABLE x", "not the name of a column"), ("deadline: programme_last_day", "does not use it")],
)
def test_a_term_is_a_column_that_the_query_uses(terms: str, says: str) -> None:
    with pytest.raises(CatalogueError, match=says):
        parse_suite(SUITE.replace("    kwargs:\n", f"    kwargs:\n      {terms}\n"), "portfolio.yaml")


def test_a_rule_twice_or_a_suite_missing_is_an_error(tmp_path: Path) -> None:
    for name in SUITES:
        (tmp_path / f"{name}.yaml").write_text((EXPECTATIONS / f"{name}.yaml").read_text(encoding="utf-8"))
    (tmp_path / "portfolio.yaml").write_text(SUITE.replace("rule: B01", "rule: C01"))
    with pytest.raises(CatalogueError, match="more than once in the catalogue: C01"):
        load_catalogue(tmp_path)
    (tmp_path / "portfolio.yaml").unlink()
    with pytest.raises(CatalogueError, match="the suites must be"):
        load_catalogue(tmp_path)


def test_reading_the_catalogue_imports_no_great_expectations() -> None:
    script = (
        "import sys; from tasks.validation import own_sql, stages, violations;"
        "from tasks.validation.catalogue import load_catalogue; load_catalogue();"
        "sys.exit(any(name.startswith(('great_expectations', 'pandas', 'sqlalchemy')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=PROJECT, check=False).returncode == 0


def test_the_rule_page_is_not_stale() -> None:
    assert (PROJECT / RULE_PAGE).read_text(encoding="utf-8") == rule_page()


def test_every_value_of_a_rule_is_told_in_danish_before_its_name() -> None:
    values = [value for rule in RULES for value in values_of(rule, load_rules())]
    assert values
    assert [value for value in values if not re.match(r"[A-ZÆØÅ][^`]+ \(`[a-z_.]+`\): ", value)] == []


def test_every_rule_has_its_place_on_the_page() -> None:
    anchors = re.findall(r'<a id="(.*?)"></a>', rule_page())
    assert anchors == [rule.page.partition("#")[2] for rule in RULES]


def test_the_suites_are_plain_yaml_in_the_vocabulary_of_great_expectations() -> None:
    for name in SUITES:
        loaded = yaml.safe_load((EXPECTATIONS / f"{name}.yaml").read_text(encoding="utf-8"))
        for entry in loaded["expectations"]:
            assert set(entry) == {"type", "severity", "kwargs", "meta"}
            assert entry["severity"] in {"critical", "warning", "info"}
