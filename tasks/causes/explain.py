"""The causes of the amount payable for a year that the ledger already has entries for.

Each project's year goes through stages: as posted (from the draft that posted last), today's registrations and register
by the rules of that draft (`earlier_rules.py`), and now. Each difference between two stages is a cause; the amounts add
up exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from tasks.causes.earlier_rules import take_stage
from tasks.causes.wording import UNEXPLAINED, Bilingual, Line, limit_by_sums_text, limit_text, line_text
from tasks.warehouse.frames import registered
from tasks.warehouse.rows import rows_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.causes.rule_changes import RuleChanges

_NOW = "now"
_LIMIT_PARAMETERS = {
    "cap": ("activity_cap_share", "activity_grant_per_citizen_max_dkk"),
    "fixed": ("fixed_grant_max_dkk",),
}

Key = tuple[str, int]


def explain_differences(connection: duckdb.DuckDBPyConnection, changes: RuleChanges) -> None:
    """Fill run.causes and run.cause_rows, once the settlement is computed."""
    payable = {
        (project_id, year): amount_dkk
        for project_id, year, amount_dkk in execute(connection, "causes/payable").fetchall()
    }
    if not payable:
        return
    take_stage(connection, _NOW)
    for name in ("transitions", "changes", "groups"):
        execute(connection, f"causes/{name}")
    texts: dict[Key, list[tuple[Bilingual, Decimal]]] = defaultdict(list)
    for key, line, amount_dkk in _lines(connection, changes):
        texts[key].append((line_text(line), amount_dkk))
    for key, text, amount_dkk in _limits(connection, changes):
        texts[key].append((text, amount_dkk))
    for key, amount_dkk in payable.items():
        rest_dkk = amount_dkk - sum((amount for _, amount in texts[key]), Decimal(0))
        if rest_dkk:
            texts[key].append((UNEXPLAINED, rest_dkk))
    _keep(connection, texts)


def _lines(connection: duckdb.DuckDBPyConnection, changes: RuleChanges) -> list[tuple[Key, Line, Decimal]]:
    lines = []
    for row in rows_of(connection, "causes/reported_groups"):
        by_rules = changes[row["before_stage"]] if row["transition"] == "rules" else {}
        rate = f"{row['subject']}_rate_dkk"
        names = [rate] if row["change"] == "amount" and rate in by_rules else list(by_rules)
        line = Line(
            row["year"],
            row["subject"],
            row["change"],
            row["why"],
            row["other_year"],
            row["earlier_rate_dkk"],
            row["rate_dkk"],
            row["changes"],
            tuple(by_rules[name] for name in names),
        )
        lines.append(((row["project_id"], row["year"]), line, row["amount_dkk"]))
    return lines


def _limits(connection: duckdb.DuckDBPyConnection, changes: RuleChanges) -> list[tuple[Key, Bilingual, Decimal]]:
    """Give the causes that lie in the limits: how a limit, and the sums under it, changed in a transition."""
    texts: list[tuple[Key, Bilingual, Decimal]] = []
    by_sums_dkk: dict[tuple[Key, str], Decimal] = defaultdict(Decimal)
    for row in rows_of(connection, "causes/limits"):
        key, kind = (row["project_id"], row["year"]), row["kind"]
        by_sums_dkk[key, kind] += row["by_sums_dkk"]
        if row["by_limit_dkk"]:
            by_rules = changes[row["before_stage"]] if row["transition"] == "rules" else {}
            rules = [by_rules[name] for name in _LIMIT_PARAMETERS[kind] if name in by_rules]
            text = limit_text(kind, row["earlier_limit_dkk"], row["limit_dkk"], rules)
            texts.append((key, text, row["by_limit_dkk"]))
    texts += [(key, limit_by_sums_text(kind, amount), amount) for (key, kind), amount in by_sums_dkk.items() if amount]
    return texts


def _keep(connection: duckdb.DuckDBPyConnection, texts: Mapping[Key, Sequence[tuple[Bilingual, Decimal]]]) -> None:
    import polars as pl

    rows = [
        (project_id, year, position, text.da, text.en, text.of_one_da, amount_dkk)
        for (project_id, year), causes in sorted(texts.items())
        for position, (text, amount_dkk) in enumerate(causes, start=1)
    ]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "project_id": pl.String,
        "year": pl.Int32,
        "position": pl.Int32,
        "text_da": pl.String,
        "text_en": pl.String,
        "of_one_da": pl.String,
        "amount_dkk": pl.Decimal(38, 2),
    }
    with registered(connection, reported_causes=pl.DataFrame(rows, schema=schema, orient="row")):
        execute(connection, "causes/add_causes")
    execute(connection, "causes/add_rows")
