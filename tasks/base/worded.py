"""What the commands tell STAR's officers, each line in English and in Danish.

A line is written in English where it is made, with its values in braces; `tasks.base.worded_danish` holds the same
line in Danish. What a line tells, and when, is so decided in one place, and no rule is worded twice.
"""

from __future__ import annotations

from tasks.base.language import is_danish
from tasks.base.worded_danish import DANISH


class Phrase(str):
    """An English text that knows its Danish one: for what a program reads too, and for what stands inside a line."""

    __slots__ = ("english", "values")
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


def worded(english: str, /, **values: object) -> str:
    """Word a line in the language of its reader (`tasks.base.language`), with `values` where the braces are.

    A value that is a phrase is shown in that language too. A line without a Danish text stays English.
    """
    line = DANISH.get(english, english) if is_danish() else english
    return line.format(**{name: shown(value) for name, value in values.items()})


def shown(value: object) -> object:
    """Give a value as the reader sees it: a phrase in the reader's language, anything else as it is."""
    return value.shown() if isinstance(value, Phrase) else value
