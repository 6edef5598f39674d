"""Rules that are broken as a terminal shows them: a code, and beside it what it requires."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tasks.base.language import is_danish
from tasks.base.worded import worded
from tasks.validation.catalogue import rule_of


def title(code: str) -> str:
    """Give a rule in words, in the language of the reader: what must hold."""
    rule = rule_of(code)
    return rule.title_da if is_danish() else rule.title_en


def requirement(code: str) -> str:
    """Give what a broken rule requires, as a requirement: alone it would say the opposite of what is wrong."""
    return worded("required: {title}", title=title(code))


def with_words(codes: Iterable[str]) -> str:
    """Write codes with their words: P02 (required: There are enough citizens in both arms), P04 (...)."""
    return ", ".join(f"{code} ({requirement(code)})" for code in codes)


def listed(holds: Mapping[str, Sequence[str]]) -> list[str]:
    """Write a line for each hold of each name (a project, or the portfolio), with its words."""
    return [
        f"  {'' if nth else name:<12} {code}  {requirement(code)}"
        for name, codes in holds.items()
        for nth, code in enumerate(codes)
    ]
