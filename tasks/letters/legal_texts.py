"""Which legal texts a letter needs, and which of them the rules file leaves empty: no legal text is invented.

Source: the settlement, 'Before a release' (H02). A text that a letter lacks is left out of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tasks.letters.facts import Kind

if TYPE_CHECKING:
    from tasks.rules.model import LetterTexts

# By the text's name in the rules file's `letters`. A decision has a basis in law (forvaltningsloven § 24); one that
# takes money back tells how and by when it is paid, and how to complain (§ 25).
NEEDED_BY: Mapping[str, frozenset[Kind]] = {
    "legal_basis": frozenset(Kind) - {Kind.PARTSHOERING},
    "repayment_guidance": frozenset({Kind.TILBAGEBETALING}),
    "complaint_guidance": frozenset({Kind.TILBAGEBETALING}),
}


def empty_texts(texts: LetterTexts) -> tuple[str, ...]:
    """Give the names of the legal texts that the rules file leaves empty."""
    return tuple(name for name in NEEDED_BY if not getattr(texts, name).strip())


def lacking(texts: LetterTexts, kinds: Mapping[str, Kind]) -> dict[str, list[str]]:
    """Give, by the name of each empty text that a letter of a run needs, the projects whose letters lack it, sorted.

    `kinds`: the kind of each project's letter.
    """
    needing = {
        name: sorted(project for project, kind in kinds.items() if kind in NEEDED_BY[name])
        for name in empty_texts(texts)
    }
    return {name: projects for name, projects in needing.items() if projects}
