"""`docs/cases.md`, the readable cases of the tests as documentation: `python -m docs.cases`.

What is given and what must come out is read from the tests themselves, so a case that is shown here is one that holds.
"""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from tasks.validation.catalogue import load_catalogue

PAGE = Path(__file__).with_name("cases.md")
_INTRODUCTION = """\
# Cases

Written by `python -m docs.cases` from the tests under `tests/spec/`: what is given, and what must come out. Every
case on this page is run by `make test`; change it there, not here. The rules' cases are in Danish, as the registrations
are. [The rules](rules.md) explain each rule, [the settlement](settlement.md) the sums.
"""
_TABLES = ("borgere", "forloeb", "udgifter")
_ROWS = """\
A case is one row, or a few, of a delivery. *Written* is what differs from a row without errors, which has:

{cells}

A cpr of `født` is the number of somebody born in 1970. `{more}` stands behind the last cell; of `{fewer}` so many are
missing. The project starts on 1 February 2016; the delivery is as of 31 December 2016. *Comes out* names every rule
that the row breaks; where it breaks none, the row counts.
"""
_FACTS = """\
A case is a project of which some facts differ from those of a project without holds. *Comes out* names the rules that
hold it.
"""
_SUMS = """\
Each is a test as it stands: what is delivered, and the amounts as the sum that a person would write.
"""


def cases_page() -> str:
    """Give the page."""
    return "\n".join([_INTRODUCTION, *_rows(), *_projects(), *_sums()])


def _rows() -> Iterator[str]:
    world = import_module("tests.support.rule_world")
    titles = {rule.code: rule.title_en for suite in load_catalogue().values() for rule in suite.rules}
    for table in _TABLES:
        yield f"## Rows of {table}\n"
        yield _ROWS.format(cells=_written(world.BASE[table]), more=world.EXTRA_FIELDS, fewer=world.MISSING_FIELDS)
        cases = import_module(f"tests.spec.test_rules_{table}").CASES
        for code, of_rule in groupby(cases, key=lambda case: str(case.rule)):
            yield f"### {code} in {table}: {titles[code]}\n"
            yield _grid(("case", "written", "comes out"), (line for case in of_rule for line in _case(case)))


def _case(case: Any) -> Iterator[tuple[str, str, str]]:
    around = [f"project starts {case.start}"] if case.start != "2016-02-01" else []
    around += [f"delivered as of {case.as_of}"] if case.as_of != "2016-12-31" else []
    if case.table != "borgere" and case.borgere != ({},):
        around.append(
            "citizens: " + ("; ".join(_written(one) or "without errors" for one in case.borgere) or "none"),
        )
    for number, (row, codes) in enumerate(zip(case.rows, case.codes, strict=True)):
        says = " — ".join([_text(case.says), *around]) if number == 0 else "&nbsp;"
        yield says, _written(row) or "as it is", codes or "counts"


def _projects() -> Iterator[str]:
    yield "## Projects\n"
    yield _FACTS
    cases = import_module("tests.spec.test_rules_project").CASES
    yield _grid(
        ("case", "facts", "comes out"),
        ((_text(says), _written(facts), codes or "no hold") for says, facts, codes in cases),
    )


def _sums() -> Iterator[str]:
    yield "## Worked examples of the settlement\n"
    yield _SUMS
    module = import_module("tests.spec.test_worked_examples")
    for name, function in vars(module).items():
        if inspect.isfunction(function) and function.__module__ == module.__name__:
            yield f"### {_heading(name)}\n"
            yield f"```python\n{inspect.getsource(function).rstrip()}\n```\n"


def _heading(name: str) -> str:
    words = name.removeprefix("test_").replace("jf_187", "JF-187").replace("_", " ")
    return words[0].upper() + words[1:]


def _grid(heads: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    head = [heads, tuple("---" for _ in heads)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [*head, *lines])


def _written(cells: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}: {_cell(value)}" for name, value in cells.items())


def _cell(value: Any) -> str:
    """Show a value so that its spaces and signs without ink are seen."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == "":
        return "blank"
    ticks = "``" if "`" in str(value) else "`"
    shown = "".join(f"<U+{ord(sign):04X}>" if _is_unseen(sign) else sign for sign in str(value))
    return f"{ticks}{shown}{ticks}".replace("|", "\\|")


def _is_unseen(sign: str) -> bool:
    return sign != " " and unicodedata.category(sign) in {"Cc", "Cf", "Co", "Mn", "Zl", "Zp", "Zs"}


def _text(says: str) -> str:
    """Give what a case says, so that a table takes it."""
    return says.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(cases_page(), encoding="utf-8")
