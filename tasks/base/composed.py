"""Unicode's normal forms of a text that somebody else wrote."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import Literal

_LONG_RUN = re.compile("[\u0300-\U0010ffff]{100}")
"""Every sign that stands upon another, as an accent does, is in the class; a written letter has a few of them."""


def composed(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Give a text in a normal form, in a time that grows with its length, whatever it holds.

    The library puts the marks upon a letter in their order by moving each past the ones before it: a hundred thousand
    of them take it hours, so long runs are put in order first.
    """
    return unicodedata.normalize(form, _in_order(form, text) if _LONG_RUN.search(text) else text)


def _in_order(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Take each sign apart, and put the marks of each letter in their order: of one class, they stay as they stood."""
    apart: Literal["NFD", "NFKD"] = "NFD" if form == "NFC" else "NFKD"
    signs = (part for sign in text for part in unicodedata.normalize(apart, sign))
    runs = groupby(signs, key=lambda sign: unicodedata.combining(sign) > 0)
    return "".join("".join(sorted(run, key=unicodedata.combining) if is_marks else run) for is_marks, run in runs)
