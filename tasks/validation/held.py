"""Holds as a terminal shows them: a code, and beside it the rule that does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tasks.base.language import is_danish
from tasks.validation.catalogue import rule_of


def title(code: str) -> str:
    """Give a rule in words, in the language of the reader: what must hold."""
    rule = rule_of(code)
    return rule.title_da if is_danish() else rule.title_en


def with_words(codes: Iterable[str]) -> str:
    """Write codes with their words: P02 (There are enough citizens in both arms), P04 (...)."""
    return ", ".join(f"{code} ({title(code)})" for code in codes)


def listed(holds: Mapping[str, Sequence[str]]) -> list[str]:
    """Write a line for each hold of each name (a project, or the portfolio), with its words."""
    return [
        f"  {'' if nth else name:<12} {code}  {title(code)}"
        for name, codes in holds.items()
        for nth, code in enumerate(codes)
    ]
