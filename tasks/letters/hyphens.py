"""Soft hyphens in the long words of narrow cells: a compound breaks between its parts, or not at all."""

from __future__ import annotations

import re

SOFT = "\N{SOFT HYPHEN}"
# Where the compounds that the letters, the rules' titles and the causes of changes use may break.
_PLACES = (
    "aktivitets|afhængig", "aktivitets|tilskud", "beskæftigelses|", "efter|regulering", "forsørgelses|",
    "gennem|før", "ind|beretning", "integrations|", "kontanthjælps|", "kontrol|gruppe", "mål|gruppe",
    "opgørelses|dato", "projekt|ledelse", "på|begynd", "ressource|forløb", "sammen|hængende", "tilbage|betal",
    "tilskuds|", "ud|betaling", "udgifts|", "visitations|dato", "vejlednings|", "virksomheds|praktik",
)  # fmt: skip
_SHORTEST_DIVIDED = 12
_WORD = re.compile(rf"[A-Za-zÆØÅæøå]{{{_SHORTEST_DIVIDED},}}")
_CELL = re.compile(r"(<t[hd]\b[^>]*>)(.*?)(</t[hd]>)", re.DOTALL)
# The last part of a place may be empty: the compound goes on with any word, and must go on.
_DIVIDERS = [
    re.compile("".join(f"({part or '(?=[a-zæøå]{3})'})" for part in place.split("|")), re.IGNORECASE)
    for place in _PLACES
]


def hyphenated(text: str) -> str:
    """Put a soft hyphen where a long word that is known may break; all else stays as it is."""
    return _WORD.sub(lambda word: _divided(word[0]), text)


def _divided(word: str) -> str:
    for divider in _DIVIDERS:
        word = divider.sub(lambda parts: SOFT.join(parts.groups()), word)
    return word


def with_soft_hyphens(html: str) -> str:
    """Hyphenate the cells of a letter's tables, where columns are narrow; running text has room."""
    return _CELL.sub(lambda cell: cell[1] + hyphenated(cell[2]) + cell[3], html)
