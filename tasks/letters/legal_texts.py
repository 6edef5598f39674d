"""Which legal texts a letter needs, and which ones the rules file leaves empty: no legal text is invented.

Source: the settlement, 'Before a release' (H02). A text that a letter lacks is left out of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from tasks.letters.kind import Kind

if TYPE_CHECKING:
    from tasks.rules.model import LetterTexts

LEGAL_TEXTS = ("legal_basis", "repayment_guidance", "complaint_guidance")
"""Their names in the rules file's `letters`."""


def empty_texts(texts: LetterTexts) -> tuple[str, ...]:
    """Give the names of the legal texts that the rules file leaves empty."""
    return tuple(name for name in LEGAL_TEXTS if not getattr(texts, name).strip())


def needed(kind: Kind, *, is_claimed: bool) -> frozenset[str]:
    """Give the names of the legal texts that a letter needs; `is_claimed`: its municipality is asked for money.

    A decision has a basis in law (forvaltningsloven § 24); one that takes money back says how to complain (§ 25), and
    one that leads to a claim says how and by when it is paid.
    """
    if kind is Kind.PARTSHOERING:
        return frozenset()
    names = {
        "legal_basis": True,
        "repayment_guidance": is_claimed,
        "complaint_guidance": kind is Kind.TILBAGEBETALING,
    }
    return frozenset(name for name, is_needed in names.items() if is_needed)


def lacking(texts: LetterTexts, kinds: Mapping[str, Kind], claimed: Collection[str]) -> dict[str, list[str]]:
    """Give, by the name of each empty text that a letter of a run needs, the letters that lack it, sorted.

    `kinds`: the kind of each letter. `claimed`: those of municipalities that the run asks for money.
    """
    needing = {
        name: sorted(one for one, kind in kinds.items() if name in needed(kind, is_claimed=one in claimed))
        for name in empty_texts(texts)
    }
    return {name: letters for name, letters in needing.items() if letters}
