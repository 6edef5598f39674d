"""The wording of a letter: Jinja2 over the facts, strict both ways.

A value that the wording asks for and the facts lack is an error, and so is a value that the facts hold and the
wording never reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from tasks.base import danish
from tasks.base.jinja import strict_environment
from tasks.base.paths import TEMPLATES
from tasks.letters.facts import LetterFacts
from tasks.letters.sums import require_sums

LETTERS = TEMPLATES / "letters"
_FIGURE_PARTS = 1000


class UnusedValueError(Exception):
    """The facts hold values that the wording of their kind never says."""


class _Recorder:
    """A value object that notes which of its fields are read; what it holds is recorded in turn."""

    def __init__(self, value: object, path: str, read: set[str]) -> None:
        self._value, self._path, self._read = value, path, read

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        path = f"{self._path}{name}"
        self._read.add(path)
        return _recorded(getattr(self._value, name), path, self._read)


def _recorded(value: object, path: str, read: set[str]) -> object:
    if is_dataclass(value):
        return _Recorder(value, f"{path}.", read)
    if isinstance(value, tuple):
        return tuple(_recorded(item, path, read) for item in value)
    return value


def _held(value: object, path: str) -> Iterator[str]:
    """Give the paths of the fields that hold something to say; nothing, none and 0 need no words."""
    for item in value if isinstance(value, tuple) else (value,):
        if not is_dataclass(item):
            continue
        for field in fields(item):
            inner = getattr(item, field.name)
            if inner and field.metadata.get("is_written", True):
                yield f"{path}{field.name}"
                yield from _held(inner, f"{path}{field.name}.")


def _parts_of(amount_dkk: Decimal, whole_dkk: Decimal) -> int:
    """Give an amount's share of the figure's width; a figure alone is rounded, never money."""
    if whole_dkk <= 0:
        return 0
    share = (amount_dkk * _FIGURE_PARTS / whole_dkk).quantize(Decimal(1), ROUND_HALF_UP)
    return max(0, min(_FIGURE_PARTS, int(share)))


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Give the environment of the letters: sandboxed, escaping, strict."""
    made = strict_environment(LETTERS, ImmutableSandboxedEnvironment)
    made.filters.update(
        kroner=danish.kroner,
        kroner_oere=danish.kroner_oere,
        forloebets_laengde=danish.forloebets_laengde,
        dato=danish.dato,
        frist=danish.frist,
        procent=danish.procent,
        antal=danish.antal,
        unreckoned=danish.unreckoned,
        liste=danish.liste,
        parts_of=_parts_of,
    )
    return made


def word(facts: LetterFacts) -> str:
    """Write the letter's HTML subset (see `tasks.letters.blocks`).

    Raises InconsistentFactsError, jinja2.UndefinedError or UnusedValueError: the letter must not leave.
    """
    require_sums(facts)
    read: set[str] = set()
    letter = _recorded(facts, "letter", read)
    html = environment().get_template(f"{facts.kind}.html.jinja").render(letter=letter)
    unused = sorted(set(_held(facts, "letter.")) - read)
    if unused:
        raise UnusedValueError(f"never told in the letter: {', '.join(unused)}")
    return html


def web_page(body: str, title: str, *, is_draft: bool) -> str:
    """Wrap a letter's HTML, already parsed strictly, into a page that stands alone; a draft's says so on each sheet."""
    safe = Markup(body)  # noqa: S704 - the wording's own, escaped
    return environment().get_template("page.html.jinja").render(body=safe, title=title, is_draft=is_draft)
