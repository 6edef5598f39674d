"""A letter whose figures don't add up, or whose kind does not fit its amount, never leaves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tasks.letters.facts import LetterFacts, Netted, OtherDecision, RateLine
from tasks.letters.kind import Kind, outcome
from tasks.letters.sums import InconsistentFactsError, require_sums
from tests.support.letter_examples import EXAMPLES, PARTSHOERING, TILBAGEBETALING, UDBETALING, dkk


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_add_up(name: str) -> None:
    require_sums(EXAMPLES[name])


def _activity(facts: LetterFacts, **changes: object) -> LetterFacts:
    return replace(facts, activity=replace(facts.activity, **changes))  # type: ignore[arg-type]


def _fixed(facts: LetterFacts, **changes: object) -> LetterFacts:
    return replace(facts, fixed=replace(facts.fixed, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        (_activity(PARTSHOERING, starts=(RateLine(79, dkk("6000")),)), "starts and completions"),
        (replace(PARTSHOERING, target_participants=99), "cap"),
        (_activity(UDBETALING, granted_earlier_dkk=dkk("879999")), "earlier activity grant"),
        (_activity(UDBETALING, granted_dkk=dkk("560000.01")), "activity grant"),
        (_fixed(UDBETALING, granted_earlier_dkk=dkk("399999")), "earlier fixed grant"),
        (_fixed(UDBETALING, granted_dkk=dkk("500000")), "fixed grant"),
        (replace(UDBETALING, entitlement_dkk=dkk("1")), "entitlement"),
        (replace(UDBETALING, posted_dkk=dkk("1")), "payable"),
        (replace(TILBAGEBETALING, causes=TILBAGEBETALING.causes * 2), "causes"),
        (
            replace(TILBAGEBETALING, netted=Netted((OtherDecision("JF-187", 2017, dkk("9000")),), dkk("3000.01"))),
            "the decisions' sum",
        ),
        (replace(UDBETALING, kind=Kind.NUL), "a letter of kind nul"),
    ],
)
def test_what_does_not_add_up_is_refused(facts: LetterFacts, what: str) -> None:
    with pytest.raises(InconsistentFactsError, match=f"^{what}"):
        require_sums(facts)


@pytest.mark.parametrize(
    ("payable", "is_settled_before", "kind"),
    [
        ("1", False, Kind.UDBETALING),
        ("1", True, Kind.EFTERREGULERING),
        ("-0.01", True, Kind.TILBAGEBETALING),
        ("-0.01", False, Kind.TILBAGEBETALING),
        ("0.00", True, Kind.NUL),
        ("0", False, Kind.NUL),
    ],
)
def test_the_amount_decides_the_kind(payable: str, is_settled_before: bool, kind: Kind) -> None:
    assert outcome(Decimal(payable), is_settled_before=is_settled_before) is kind
