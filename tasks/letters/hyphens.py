"""Where the lines of a letter break: long words between their parts, and no line between a number and its word."""

from __future__ import annotations

import re

SOFT = "\N{SOFT HYPHEN}"
_HARD_SPACE = "\N{NO-BREAK SPACE}"
# Where the compounds that the letters, the rules' titles and the causes of changes use may break.
_PLACES = (
    "aktivitets|afhængig", "aktivitets|tilskud", "beskæftigelses|", "efter|regulering", "forsørgelses|",
    "gennem|før", "ind|beretning", "integrations|", "kontanthjælps|", "kontrol|gruppe", "mål|gruppe",
    "opgørelses|dato", "projekt|ledelse", "på|begynd", "ressource|forløb", "sammen|hængende", "tilbage|betal",
    "tilskuds|", "ud|betaling", "udgifts|", "visitations|dato", "vejlednings|", "virksomheds|praktik",
)  # fmt: skip
# Column names and codes that a delivery holds, of those compounds: a municipality copies them from the letter.
_NAMES = frozenset(
    {"integrationsprogram", "integrationsydelse", "projektledelse", "virksomhedspraktik", "visitationsdato"}
)
_WHOLE = re.compile(r"CVR-nr\.|dd-mm-åååå")
_SHORTEST_DIVIDED = 12
_WORD = re.compile(rf"[A-Za-zÆØÅæøå]{{{_SHORTEST_DIVIDED},}}")
_CELL = re.compile(r"(<t[hd]\b[^>]*>)(.*?)(</t[hd]>)", re.DOTALL)
# These patterns begin with the sign that they look for, so that few places are tried.
_TEXT = re.compile(r">(?<!<strong>)(?<!<h1>)[^<>]+<")
_BEFORE = re.compile(r" (?=\d)")
# A year has no unit: the line may break after it.
_AFTER = re.compile(rf" (?:(?<=\d )(?<!{_HARD_SPACE}\d{{4}} )(?=[a-zæøå×])|(?<=\d\. )(?=[a-zæøå]))")
# The last part of a place may be empty: the compound goes on with any word, and must go on.
_DIVIDERS = [
    re.compile("".join(f"({part or '(?=[a-zæøå]{3})'})" for part in place.split("|")), re.IGNORECASE)
    for place in _PLACES
]


def hyphenated(text: str) -> str:
    """Put a soft hyphen where a long word that is known may break; all else stays, and so do column names and codes."""
    return _WORD.sub(lambda word: _divided(word[0]), text)


def _divided(word: str) -> str:
    if word in _NAMES:
        return word
    for divider in _DIVIDERS:
        word = divider.sub(lambda parts: SOFT.join(parts.groups()), word)
    return word


def with_soft_hyphens(html: str) -> str:
    """Hyphenate the cells of a letter's tables, where columns are narrow; running text has room."""
    return _CELL.sub(lambda cell: cell[1] + hyphenated(cell[2]) + cell[3], html)


def with_numbers_kept(html: str) -> str:
    """Keep each number of a letter's text to the word before it and to its unit: none stands alone on a line.

    A program reads strong text and the subject too, so these stay as they are; the page keeps them together.
    """
    return _TEXT.sub(lambda text: _AFTER.sub(_HARD_SPACE, _BEFORE.sub(_HARD_SPACE, text[0])), html)


def with_words_kept(html: str) -> str:
    """Keep on one line, on a web page, the words whose hyphen is no place to break; the layout does so by itself."""
    return _WHOLE.sub(r'<span class="whole">\g<0></span>', html)
