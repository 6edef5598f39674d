"""What the commands say to STAR's officers, each line in English and in Danish.

A line is written in English where it is made, with its values in braces; `tasks.base.worded_danish` holds the same line
in Danish. So one place decides what a line says, and when, and no rule is worded twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tasks.base.cpr import mask
from tasks.base.language import is_danish
from tasks.base.worded_danish import DANISH


class Phrase(str):
    """An English text that knows its Danish one: for texts that a program reads too, and for parts of a line."""

    english: str
    values: dict[str, object]

    def shown(self) -> str:
        """Give the text in the language of the reader."""
        return worded(self.english, **self.values)


def phrase(english: str, /, **values: object) -> Phrase:
    """Make a text of a line and its values; it is the English one until it is `shown`."""
    text = Phrase(english.format(**values))
    text.english, text.values = english, values
    return text


class _Joined(Phrase):
    """Several texts with the same mark between them."""

    mark: str
    texts: tuple[str, ...]

    def shown(self) -> str:
        """Give the texts in the language of the reader."""
        return str(shown(self.mark)).join(str(shown(one)) for one in self.texts)


class _Masked(Phrase):
    """A phrase without the personal numbers in it."""

    of: Phrase

    def shown(self) -> str:
        """Give the text in the language of the reader."""
        return mask(self.of.shown())


class Both(NamedTuple):
    """A text that is there in Danish and in English, as the faults of a file are."""

    da: str
    en: str

    def __str__(self) -> str:
        return self.en

    def shown(self) -> str:
        """Give the text in the language of the reader."""
        return self.da if is_danish() else self.en


def joined(mark: str, texts: Sequence[str]) -> Phrase:
    """Join texts by a mark, a phrase where it is a word; phrases among them stay phrases."""
    whole = _Joined(mark.join(texts))
    whole.mark, whole.texts = mark, tuple(texts)
    return whole


def worded(english: str, /, **values: object) -> str:
    """Word a line in the language of its reader (`tasks.base.language`), with `values` where the braces are.

    A value that is a phrase, or `Both`, is shown in that language too. A line without a Danish text stays English.
    """
    line = DANISH.get(english, english) if is_danish() else english
    return line.format(**{name: shown(value) for name, value in values.items()})


def masked(text: str) -> str:
    """Give a text without personal numbers, in both languages where it is a phrase."""
    if not isinstance(text, Phrase):
        return mask(text)
    if mask(text) == text:
        return text
    whole = _Masked(mask(text))
    whole.of = text
    return whole


def text_of(error: Exception) -> str:
    """Give the text of an error for users, as the phrase that it was made of, if it was one."""
    text = error.args[0] if error.args else ""
    return text if isinstance(text, Phrase) else str(error)


def shown(value: object) -> object:
    """Give a value as the reader sees it: a text of two languages in the reader's, a path without personal numbers.

    Anything else is given as it is.
    """
    if isinstance(value, Path):
        return mask(str(value))
    return value.shown() if isinstance(value, Phrase | Both) else value
