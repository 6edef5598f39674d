"""How a cause is worded: of several registrations in a letter, and of each by itself in the annex."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tasks.causes.rule_changes import rule_changes
from tasks.causes.wording import Bilingual, Line, line_text
from tasks.rules.model import RULES_FILE, parse_rules

RULE = Bilingual("Sats: 6.000 → 5.000 fra 01-01-2016", "Rate: 6,000 → 5,000 from 2016-01-01")


@pytest.mark.parametrize(
    ("line", "of_one"),
    [
        (
            Line(2016, "start", "went", "gone", None, Decimal(6000), None, 3),
            "Tæller ikke længere, fordi borgeren ikke står i indberetningen",
        ),
        (
            Line(2016, "completion", "moved_out", "changed", 2017, Decimal(10000), None, 2),
            "Er flyttet fra 2016 til 2017, fordi borgerens forløb er ændret",
        ),
        (
            Line(2016, "wages", "amount", "changed", None, None, None, 7),
            "Giver et andet beløb, fordi beløbet er ændret",
        ),
        (
            Line(2016, "start", "amount", "changed", None, Decimal(6000), Decimal(5000), 2, (RULE,)),
            "Giver et andet beløb, fordi reglerne er ændret (Sats: 6.000 → 5.000 fra 01-01-2016)",
        ),
    ],
)
def test_a_registration_of_an_annex_has_its_own_cause_and_no_sum_of_others(line: Line, of_one: str) -> None:
    assert line_text(line).of_one_da == of_one


@pytest.mark.parametrize(
    ("line", "in_english"),
    [
        (
            Line(2016, "start", "went", "rejected", None, Decimal(6000), None, 1),
            "1 citizen's start no longer counts (row now rejected)",
        ),
        (
            Line(2016, "start", "went", "rejected", None, Decimal(6000), None, 3),
            "3 citizens' starts no longer count (row now rejected)",
        ),
        (
            Line(2016, "completion", "moved_out", "changed", 2017, Decimal(10000), None, 2),
            "2 citizens' completions moved from 2016 to 2017 (changed spells)",
        ),
        (
            Line(2016, "wages", "came", "rejected", None, None, None, 1),
            "1 voucher of the fixed grant now counts (rejected before)",
        ),
        (
            Line(2016, "wages", "amount", "changed", None, None, None, 7),
            "7 vouchers of the fixed grant give another amount (changed amount)",
        ),
    ],
)
def test_one_and_more_are_spoken_of_as_such_in_english(line: Line, in_english: str) -> None:
    assert line_text(line).en == in_english


def test_a_rate_with_oere_has_its_thousands_grouped_as_any_amount() -> None:
    rules = parse_rules(RULES_FILE.read_text(encoding="utf-8"), "jobfirst.yaml")
    later = parse_rules(
        RULES_FILE.read_text(encoding="utf-8").replace('{2016-01-01: "6000"}', '{2016-01-01: "6000.50"}', 1),
        "jobfirst.yaml",
    )
    assert rule_changes(rules, later)["start_rate_dkk"].da.endswith(": 6.000 → 6.000,50 fra 01-01-2016")
