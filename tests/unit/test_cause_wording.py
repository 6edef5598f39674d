"""How a cause is worded: of several registrations in a letter, and of each by itself in the annex."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tasks.causes.wording import Bilingual, Line, line_text

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
