"""`docs/kolonner.md`, the columns of a delivery for those who fill them in: `python -m docs.columns`.

They come from `tasks/intake/tables.py`, the rules that judge a column from the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tasks.check.findings import rules_by_column
from tasks.intake.tables import ALL_TABLES, KONTROLTAL, Table
from tasks.rules.model import load_rules
from tasks.template.guide import numbers

PAGE = Path(__file__).with_name("kolonner.md")
_INTRODUCTION = """\
# Kolonnerne i en indberetning

Skrevet af `python -m docs.columns` efter `tasks/intake/tables.py` og regelkataloget. Hvordan filerne skrives, står i
[Sådan skrives en indberetning](skriv-en-indberetning.md).

Navnene står i første række, i vilkårlig rækkefølge. Kolonner i parentes kan udelades. Tallene er dem, der gælder på
programmets første dag.
"""
_HEAD = ("kolonne", "celler", "udfyldes", "indhold", "eksempel", "regler")


def columns_page() -> str:
    """Give the page."""
    return "\n".join([_INTRODUCTION, *(line for table in (*ALL_TABLES, KONTROLTAL) for line in _table(table))])


def _table(table: Table) -> Iterator[str]:
    told = numbers(load_rules())
    rules = rules_by_column(table.name)
    yield f"## {table.name}\n"
    yield f"| {' | '.join(_HEAD)} |"
    yield "|---" * len(_HEAD) + "|"
    for column in table.described:
        name = f"(`{column.name}`)" if column.is_optional else f"`{column.name}`"
        codes = ", ".join(f"[{code}](rules.md#{code.lower()})" for code in rules.get(column.name, ()))
        meaning = column.meaning_da.format_map(told)
        yield f"| {name} | {column.kind} | {column.filled_da} | {meaning} | {column.example} | {codes} |"
    yield ""


def main() -> int:
    """Write the page."""
    PAGE.write_text(columns_page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
