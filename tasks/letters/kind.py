"""The kinds of letter, and which kind of decision an amount leads to."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of letter; the value is the name of its template."""

    PARTSHOERING = "partshoering"
    UDBETALING = "udbetaling"
    EFTERREGULERING = "efterregulering"
    TILBAGEBETALING = "tilbagebetaling"
    NUL = "nul"


def outcome(payable_dkk: Decimal, *, is_settled_before: bool) -> Kind:
    """Give the kind of decision that an amount leads to.

    `is_settled_before`: the ledger already holds an entry of the project and year.
    """
    if payable_dkk < 0:
        return Kind.TILBAGEBETALING
    if payable_dkk == 0:
        return Kind.NUL
    return Kind.EFTERREGULERING if is_settled_before else Kind.UDBETALING
