"""The rules file: one value on each day, nothing unknown, nothing inexact, and every parameter matters."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tasks.base.errors import InputError
from tasks.rules.model import RULES_FILE, load_rules, parse_rules

TEXT = RULES_FILE.read_text(encoding="utf-8")


def test_every_parameter_has_exactly_one_value_on_each_day() -> None:
    rules = load_rules()
    day = rules.first_day
    while day <= rules.last_day:
        for name, parameter in rules.parameters.items():
            values = [value for start, end, value in parameter.periods() if start <= day <= end]
            assert values == [parameter.on(day)], (name, day)
        day += timedelta(days=1)


def test_every_choice_is_named_one() -> None:
    """What the seeds are silent on, by the settlement's table of parameters."""
    chosen = {name for name, parameter in load_rules().parameters.items() if parameter.choice}
    assert {
        "proportion_tolerance_share",
        "chain_break_working_days",
        "hold_rejected_share",
        "programme_last_day",
    } <= chosen


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("unit: DKK per project", "unit: DKK per project\n    unknown: 1", "Extra inputs"),
        ('"850000"', "850000.5", "floating-point"),
        ('"850000"', '"850000.005"', "850000.005 has more than 2 decimals"),
        ('"850000"', '"1e30"', "1e30 has too many digits before the decimals: 15 at most"),
        ('"0.90"', '"90"', "90 has too many digits before the decimals: 1 at most"),
        ('hold_undelivered_share: "0.05"', 'hold_undelivered_share: "0.0500001"', "has more than 6 decimals"),
        ('most: "60"', 'most: "60.005"', "60.005 has more than 2 decimals"),
        ('"0.75", "0.50"', '"0.75", "0.5000001"', "has more than 6 decimals"),
        ('"850000"', '"six"', "'six' is not a number"),
        ('"850000"', '"NaN"', "'NaN' is not a number"),
        ('"0.90"', '"0.9000001"', "0.9000001 has more than 6 decimals"),
        ("{2016-01-01: 91}", "{2016-01-01: ninety}", "not a whole number"),
        ("{document: call, heading: Økonomisk ramme}", "{document: nobody, heading: x}", "not under sources"),
        ("parameters:", "parameters: [", "not readable as YAML"),
    ],
)
def test_a_wrong_rules_file_is_told_in_one_sentence(old: str, new: str, told: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError, match=told) as error:
        parse_rules(TEXT.replace(old, new, 1), "jobfirst.yaml")
    assert "\n" not in str(error.value)


def test_a_rate_is_looked_up_on_its_day() -> None:
    text = TEXT.replace('values: {2016-01-01: "6000"}', 'values: {2016-01-01: "6000", 2017-01-01: "7000"}')
    rate = parse_rules(text, "jobfirst.yaml").parameters["start_rate_dkk"]
    assert rate.on(date(2016, 12, 31)) == Decimal(6000)
    assert rate.on(date(2017, 1, 1)) == Decimal(7000)
    assert rate.periods() == [
        (date(2016, 1, 1), date(2016, 12, 31), Decimal(6000)),
        (date(2017, 1, 1), date.max, Decimal(7000)),
    ]


def test_a_rule_that_has_ended_has_no_value() -> None:
    text = TEXT.replace('values: {2016-01-01: "6000"}', 'values: {2016-01-01: "6000", 2017-01-01: null}')
    rate = parse_rules(text, "jobfirst.yaml").parameters["start_rate_dkk"]
    with pytest.raises(InputError, match="no value"):
        rate.on(date(2017, 1, 1))
