"""Whether the figures of a letter add up: the settlement's sums, caps and clamps once more, by its own lines."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from tasks.letters.facts import ZERO, Cause, LetterFacts, OtherDecision, OtherYear, PostedTo, RateLine

_OERE = Decimal("0.01")


class InconsistentFactsError(Exception):
    """The figures of a letter don't add up: the letter must not leave."""


def require_sums(facts: LetterFacts) -> None:
    """Check that every sum of the letter adds up and that its kind fits its amount.

    Raises InconsistentFactsError with the first that doesn't.
    """
    activity, fixed = facts.activity, facts.fixed
    cap_dkk = activity.citizen_max_dkk * activity.cap_share * facts.target_participants
    years: tuple[LetterFacts | OtherYear, ...] = (facts, *facts.other_years)
    gross_earlier = activity.gross_cumulative_dkk - activity.gross_dkk
    equal = [
        ("starts and completions", _sum(activity.starts) + _sum(activity.completions), activity.gross_dkk),
        ("cap", cap_dkk.quantize(_OERE, ROUND_HALF_UP), activity.cap_dkk),
        ("earlier activity grant", min(gross_earlier, activity.cap_dkk), activity.granted_earlier_dkk),
        (
            "activity grant",
            min(activity.gross_cumulative_dkk, activity.cap_dkk) - activity.granted_earlier_dkk,
            activity.granted_dkk,
        ),
        (
            "earlier fixed grant",
            _clamp(fixed.wages_cumulative_dkk - fixed.wages_dkk, fixed.max_dkk),
            fixed.granted_earlier_dkk,
        ),
        (
            "fixed grant",
            _clamp(fixed.wages_cumulative_dkk, fixed.max_dkk) - fixed.granted_earlier_dkk,
            fixed.granted_dkk,
        ),
        ("entitlement", activity.granted_dkk + fixed.granted_dkk, facts.entitlement_dkk),
        ("payable", facts.entitlement_dkk - facts.posted_dkk, facts.payable_dkk),
    ]
    if facts.causes:
        equal.append(("causes", _sum(facts.causes), facts.payable_dkk))
    if facts.netted:
        equal.append(("the decisions' sum", facts.payable_dkk + _sum(facts.netted.others), facts.netted.net_dkk))
    equal += [(f"posted of {one.year}", _sum(one.posted_to), one.posted_dkk) for one in years if one.posted_to]
    for what, computed, settled in equal:
        if computed != settled:
            raise InconsistentFactsError(f"{what}: {computed} by the letter's lines, {settled} by the settlement")
    if not facts.is_draft and facts.kind is not facts.outcome:
        raise InconsistentFactsError(f"a letter of kind {facts.kind} about {facts.payable_dkk} kr.")


def _sum(lines: Iterable[Cause | OtherDecision | PostedTo | RateLine]) -> Decimal:
    return sum((line.amount_dkk for line in lines), ZERO)


def _clamp(amount_dkk: Decimal, most_dkk: Decimal) -> Decimal:
    return max(ZERO, min(amount_dkk, most_dkk))
