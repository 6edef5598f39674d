"""Personal numbers (CPR), and masking them in every text.

Source: the intake, "Never stored, printed or logged".
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from tasks.base.composed import composed

MASK = "******-****"

SEPARATORS = (
    "(?:\r\n|[-_ \t-\r\u0085\u00a0\u058a\u05be\u1400\u1680\u1806\u2000-\u200a\u2010-\u2015\u2028\u2029\u202f\u205f"
    "\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u3000\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\U00010ead]){0,3}"
)
"""What people and their programs write after the sixth digit: Unicode's dashes and spaces, the minus sign, the tab, a
line break, and the underscore that folding makes of them."""

_31_DAYS = "(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])(?:0[13578]|1[02])[0-9]{2}"
_30_DAYS = "(?:0[1-9]|[12][0-9]|30|6[1-9]|[78][0-9]|90)(?:0[469]|11)[0-9]{2}"
_28_DAYS = "(?:0[1-9]|1[0-9]|2[0-8]|6[1-9]|7[0-9]|8[0-8])02[0-9]{2}"
_LEAP_DAY = "(?:29|89)02(?:0[48]|[2468][048]|[13579][26])"
_DATE = f"(?:{_31_DAYS}|{_30_DAYS}|{_28_DAYS}|{_LEAP_DAY})"
CPR_PATTERN = f"(?:{_DATE}{SEPARATORS}[0-9]|(?:29|89)0200{SEPARATORS}[4-9])[0-9]{{3}}"
"""A number whose date exists. The year 1900, which the leap day of '00' with a seventh digit of 0-3 would be in, was
no leap year."""

_IN_TEXT = re.compile(f"(?<![0-9]){CPR_PATTERN}(?![0-9])")


HIDING = (
    "\u00ad\u0300-\u1fff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u2c00-\u2dff\u3000-\U0001efff"
    "\U0001fb00-\U0010ffff"
)
"""A class of characters: whole ranges with all that may hide a number from who looks for digits (signs without width,
marks upon other signs, digits of other scripts), and without what Danish texts are full of."""
_HIDING = re.compile(f"[{HIDING}]")
_IGNORED = re.compile("[\u115f\u1160\u2065\u3164\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]")
"""Unicode's Default_Ignorable_Code_Point, as far as the categories of `_is_unseen` do not have it."""


def mask(text: str) -> str:
    """Replace everything in `text` that reads as a valid personal number.

    Where signs without width or marks stand in a number, all of them are left out of the text: it is read without them.
    Digits of other scripts are digits. A line break may stand in a number, too, so a text is one cell, name or message,
    and not a file of rows.
    """
    masked = _IN_TEXT.sub(MASK, text)
    if text.isascii() or not _HIDING.search(text):
        return masked
    for read in (_without_unseen, _in_plain_digits):
        if _IN_TEXT.search(read(text)):
            masked = _IN_TEXT.sub(MASK, read(masked))
    return masked


def _without_unseen(text: str) -> str:
    """Give a text without signs that have no width; a letter and its accent become one letter where there is such."""
    return "".join(sign for sign in composed("NFC", text) if not _is_unseen(sign))


def _in_plain_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in _without_unseen(text))


@cache
def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cf", "Mn", "Me"} or _IGNORED.match(sign) is not None
