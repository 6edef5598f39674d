"""What a release run pays, or claims back: its decisions of all years, added up by municipality (docs/payments.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from tasks.ledger.entry import Entry

Decision = tuple[str, int]
"""A project and year that a run decides."""
Payee = TypeVar("Payee", bound=Hashable)
ZERO = Decimal("0.00")


def decided(entries: Iterable[Entry]) -> dict[Decision, Decimal]:
    """Give what entries decide, in DKK: a project's components together."""
    sums: dict[Decision, Decimal] = defaultdict(lambda: ZERO)
    for entry in entries:
        sums[entry.project_id, entry.year] += entry.amount_dkk
    return dict(sums)


def net_by_payee(amounts_dkk: Mapping[Decision, Decimal], payees: Mapping[Decision, Payee]) -> dict[Payee, Decimal]:
    """Add up what a run decides for each payee; below zero the payee owes it.

    Raises KeyError when a decision has no payee.
    """
    sums: dict[Payee, Decimal] = defaultdict(lambda: ZERO)
    for decision, amount_dkk in amounts_dkk.items():
        sums[payees[decision]] += amount_dkk
    return dict(sums)


def to_pay(nets: Iterable[Decimal]) -> Decimal:
    """Give what payees are paid."""
    return sum((net_dkk for net_dkk in nets if net_dkk > 0), ZERO)


def to_repay(nets: Iterable[Decimal]) -> Decimal:
    """Give what payees owe, as a positive amount."""
    return -sum((net_dkk for net_dkk in nets if net_dkk < 0), ZERO)
