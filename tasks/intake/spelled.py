"""What an unknown name of a column, a file or a sheet was meant as, and what is wrong with it."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Collection, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple
from urllib.parse import unquote

from tasks.intake import characters
from tasks.intake.words import clean, fold

_NEAR = 0.75
"""How alike two names must be for one to count as a slip of the other (difflib: 0 to 1)."""
_LEAST = 4
"""Shorter names stand within others by chance."""
_MOST_COMPARED = 50_000
"""Characters of names that are compared: far more than a header or a delivery's list of files has."""
_A_NAME = 20
"""What a name costs beside its characters, in characters."""
_AROUND = "'`´\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\"[](){}<>*#=:.,"
_LOST = re.compile("\u00ef\u00bf\u00bd|[?\ufffd\u25a1]+")
_NEIGHBOURS = str.maketrans({"ö": "ø", "Ö": "Ø", "ä": "æ", "Ä": "Æ", "\u0338": ""})
_READ_AS = (
    ("cp1252", "cp850", "CP850 (DOS)"),
    ("cp1252", "mac_roman", "Mac Roman"),
    ("cp1252", "utf-8", "UTF-8"),
    ("latin-1", "utf-8", "UTF-8"),
    ("cp1250", "utf-8", "UTF-8"),
    ("ascii", "utf-7", "UTF-7"),
    ("cp1252", "cp1257", "Windows-1257"),
    ("ascii", "unicode_escape", "Unicode-koder"),
)
"""What a text was read as, what it was written in, and what that is called."""


class Resembled(NamedTuple):
    """The name that was meant, and what is wrong with what was written: a clause, and how to mend it."""

    name: str
    da: str
    en: str


def compared(names: Sequence[str]) -> Sequence[str]:
    """Give the names, from the first on, that are few enough for each to be asked what it was meant as."""
    sizes = accumulate(len(name) + _A_NAME for name in names)
    return names[: sum(1 for _ in takewhile(lambda size: size <= _MOST_COMPARED, sizes))]


def resembled(written: str, names: Collection[str]) -> Resembled | None:
    """Give the name, folded, that somebody meant by writing another; None where it resembles none."""
    text = clean(written).strip()
    if not text or not names:
        return None
    foreign = characters.first_foreign(text)
    if (name := characters.seen_as(text)) in names and foreign is not None:
        told = characters.described(foreign)
        return Resembled(name, f"navnet har {told.da}: skriv det om", f"the name has {told.en}: write it anew")
    if (name := fold(text.strip(_AROUND + " "))) in names:
        return Resembled(
            name, "navnet har andre tegn om sig: skriv det alene", "the name has other signs around it: write it alone"
        )
    return _misread(text, names) or _lettered(text, names) or _near(fold(html.unescape(text)), names)


def _misread(text: str, names: Collection[str]) -> Resembled | None:
    """Give the name that a text is, if it was written in another encoding than it was read in."""
    for read_as, written_in, told in _READ_AS:
        try:
            name = fold(text.encode(read_as).decode(written_in))
        except UnicodeError:
            continue
        if name in names and name != fold(text):
            return Resembled(
                name,
                f"navnet er skrevet i tegnsættet {told} og læst i et andet: gem filen som CSV UTF-8",
                f"the name is written in {told} and was read in another encoding: save the file as CSV UTF-8",
            )
    for name in (fold(html.unescape(text)), fold(unquote(text))):
        if name in names and name != fold(text):
            return Resembled(
                name, "navnet er skrevet med koder fra en webside: skriv bogstaverne selv",
                "the name is written in the codes of a web page: write the letters themselves",
            )  # fmt: skip
    return None


def _lettered(text: str, names: Collection[str]) -> Resembled | None:
    """Give the name that a text was before it lost the letters æ, ø, å, or got a neighbour's in their place."""
    name = fold(text.translate(_NEIGHBOURS))
    if name in names and name != fold(text):
        return Resembled(
            name, "navnet har et andet sprogs bogstaver: skriv æ, ø og å", "the name has another language's letters: "
            "write æ, ø and å")  # fmt: skip
    if _LOST.search(text):
        lost = re.compile("(?:ae|oe|aa|.)".join(re.escape(fold(part)) for part in _LOST.split(text)))
        name = next(filter(lost.fullmatch, names), "")
        if name:
            return Resembled(
                name, "navnet har mistet et æ, ø eller å: gem filen igen som CSV UTF-8",
                "the name has lost an æ, ø or å: save the file anew as CSV UTF-8")  # fmt: skip
    return None


def _near(folded: str, names: Collection[str]) -> Resembled | None:
    close = difflib.get_close_matches(folded, list(names), n=1, cutoff=_NEAR)
    close += sorted((name for name in names if len(name) >= _LEAST and name in folded), key=len, reverse=True)
    close += sorted(set(names) & set(re.split(r"[^a-z0-9]+|_", folded)))
    if not close:
        return None
    return Resembled(
        close[0],
        "de to navne ligner hinanden: ret det, hvis det er den, der menes",
        "the two names are alike: correct it, if that is meant",
    )
