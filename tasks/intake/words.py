"""The characters of a delivery's texts, and how texts are compared: 'As real files are' of the intake."""

from __future__ import annotations

import re
import unicodedata

from tasks.base.composed import composed

DASHES = (
    "-\u058a\u05be\u1400\u1806\u2010-\u2015\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0"
    "\ufe31\ufe32\ufe58\ufe63\uff0d\U00010ead"
)
"""A class of characters: Unicode's dashes (Pd) and the minus sign."""
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""A class of characters: Unicode's spaces (Zs) except the plain one."""
WITHOUT_WIDTH = "\u00ad\u200b-\u200d\u2060\ufeff"
"""A class of characters: those without width that programs leave in a text. Others are reported with the cell."""

_DROPPED = re.compile(f"[{WITHOUT_WIDTH}]")
_ODD = re.compile(f"[{WITHOUT_WIDTH}{SPACES}]")
# A text whose characters all come before these is in NFC.
_MAY_COMPOSE = re.compile("[\u0300-\U0010ffff]")
_USUAL = bytes(range(0x20, 0x7F)) + b"\r\n"
_A_SPACE = re.compile(f"[{SPACES}]")
_UNDERSCORE = re.compile(f"[{DASHES} ]")
_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def clean(text: str, odd: str | None = None) -> str:
    """Give a text in NFC, without characters that have no width, every Unicode space a plain one.

    `odd`: its unusual characters (`unusual`), where the caller has them already.
    """
    if text.isascii():
        return text
    if odd is None:
        odd = unusual(text)
    if _ODD.search(odd):
        text = _A_SPACE.sub(" ", _DROPPED.sub("", text))
    if not _MAY_COMPOSE.search(odd) or unicodedata.is_normalized("NFC", text):
        return text
    return composed("NFC", text)


def unusual(text: str) -> str:
    """Give a text without its printable ASCII and line ends: the rest of a long text is searched in no time."""
    return text.encode("utf-8", "surrogatepass").translate(None, _USUAL).decode("utf-8", "surrogatepass")


def fold(text: str) -> str:
    """Fold a header, a code, a file name or a sheet name, so that spellings of the same word are equal."""
    return _UNDERSCORE.sub("_", _LINE_BREAK.sub(" ", clean(text)).strip().lower()).translate(_LETTERS)
