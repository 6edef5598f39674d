"""Reporting what failed: run.violations, one row each, with messages that DuckDB fills in."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from tasks.validation.catalogue import SUITES, load_catalogue, placeholders
from tasks.warehouse.statements import execute, statement

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import duckdb

    from tasks.validation.catalogue import Rule, Suite

_ROWS_REPORTED_BY = "validation/report_rows"
# Which statement reports the violations of a suite, by the suite's key.
_REPORTED_BY = {
    ("table_name", "delivery_no", "row_no"): "validation/report_rows_of_any_table",
    ("delivery_no", "row_no"): _ROWS_REPORTED_BY,
    ("project_id",): "validation/report_projects",
    ("receipt_no", "code"): "validation/report_deliveries",
}
# The rows of activities are kept apart: their own rules', and those that have too many or too few fields.
_REPORTED_APART = "validation/report_elements"
_RAGGED_APART = ("run.ragged_elements", "''")
_WHOLE = ("INTEGER", "BIGINT", "HUGEINT")
# Where the known codes of a column are.
_CODES = {
    "maalgruppe": "run.target_groups",
    "ydelse": "run.benefits",
    "gruppe": "run.arms",
    "type": "run.spell_types",
    "kategori": "run.expense_categories",
    "element": "run.elements",
}
# How each language writes a date, a decimal mark, and the marks of a number with its thousands grouped.
_WRITTEN = {"da": ("%d-%m-%Y", ",", ".,"), "en": ("%Y-%m-%d", ".", ",.")}


def _types(connection: duckdb.DuckDBPyConnection, suite: Suite) -> dict[str, str]:
    """Give the types of the columns that the suite's messages may show."""
    shown_from = "run.faults" if suite.key == ("receipt_no", "code") else suite.batch
    rows = connection.execute(f"DESCRIBE {shown_from}").fetchall()
    return {name: kind for name, kind, *_ in rows}


def _hinted(connection: duckdb.DuckDBPyConnection, rules: Collection[Rule], types: Mapping[str, str]) -> set[str]:
    """Give the columns shown by the rules' messages of which something is to be said beside the value."""
    shown = {
        column for rule in rules for message in (rule.message_da, rule.message_en) for column in placeholders(message)
    }
    texts = {
        name: f"visible_id({name})" if kind == "VARCHAR" else f"{name}_text"
        for name, kind in types.items()
        if name in shown and (kind == "VARCHAR" or f"{name}_text" in types)
    }
    if not texts:
        return set()
    asked = statement("validation/hinted_columns")
    for place, cells in {
        "names": (f"'{name}'" for name in texts),
        "texts": texts.values(),
        "unreadable": (str(types[name] != "VARCHAR").lower() for name in texts),
        "codes": (_codes(name) for name in texts),
    }.items():
        asked = asked.replace(f"{{{place}}}", ", ".join(cells))
    return {name for (name,) in connection.execute(asked).fetchall()}


def _codes(column: str) -> str:
    """Give the SQL of the codes that a column may hold; of none, where it holds no codes or two short ones."""
    known = _CODES.get(column)
    return "[]::VARCHAR[]" if known is None else f"(SELECT list(DISTINCT {column}) FROM {known})"  # noqa: S608


def _shown(column: str, types: Mapping[str, str], suite: Suite, language: str, hinted: Collection[str]) -> str:
    """Give the SQL that shows a column's value in a language, with a hint where it is one of the `hinted`."""
    kind = types[column]
    date_pattern, decimal_mark, grouping_marks = _WRITTEN[language]
    blank = suite.shown.blank_da if language == "da" else suite.shown.blank_en
    quote = suite.shown.quote
    value = f"b.{column}"
    is_delivered = f"{column}_text" in types
    unreadable = f"b.{column}_text" if is_delivered else "NULL::VARCHAR"
    is_danish = str(language == "da").lower()
    if column == "cpr_state":
        return f"shown_cpr({value}, {is_danish})"
    if kind == "DATE":
        shown = f"shown_date({value}, {unreadable}, '{date_pattern}', '{blank}', '{quote}')"
        return f"{shown} || date_hint({unreadable}, {is_danish})" if is_delivered and column in hinted else shown
    if kind == "VARCHAR":
        # A known code has been folded, and is shown as it was written.
        written = f"coalesce({unreadable}, visible_id({value}))" if is_delivered else f"visible_id({value})"
        shown = f"shown_text({written}, '{blank}', '{quote}')"
        if not quote or column not in hinted:
            return shown
        flaw = f"text_hint(visible_id({value}), {is_danish})"
        if column in _CODES:
            flaw = f"coalesce(nullif({flaw}, ''), nearest_code(visible_id({value}), {_codes(column)}, {is_danish}))"
        return f"{shown} || {flaw}"
    is_count = kind in _WHOLE and not is_delivered and not column.endswith("_year")
    if column.endswith("_dkk") or is_count:
        return f"shown_grouped({value}, '{grouping_marks}')"
    if kind == "DOUBLE" or column.endswith("_share"):
        return f"shown_percent({value}, '{decimal_mark}')"
    shown = f"shown_number({value}, {unreadable}, '{decimal_mark}', '{blank}', '{quote}')"
    hint = "cvr_hint" if column == "virksomhed_cvr" else "number_hint"
    return f"{shown} || {hint}({unreadable}, {is_danish})" if is_delivered and column in hinted else shown


def _message(
    rule: Rule, types: Mapping[str, str], suite: Suite, language: str, hinted: Collection[str]
) -> tuple[str, str]:
    """Give the SQL that fills a message, and the pattern to be bound to it."""
    message = rule.message_da if language == "da" else rule.message_en
    values = [_shown(column, types, suite, language, hinted) for column in placeholders(message)]
    return f"format({', '.join([f'$message_{language}', *values])})", re.sub(r"\{[^{}]*\}", "{}", message)


def report(connection: duckdb.DuckDBPyConnection, suites: Collection[str] = SUITES) -> None:
    """Make run.violations from run.quarantine, run.project_holds and run.faults; one statement per broken rule."""
    execute(connection, "validation/violations")
    broken = {code for (code,) in execute(connection, "validation/broken_codes").fetchall()}
    for suite in (load_catalogue()[name] for name in suites):
        ways = [(_REPORTED_BY[suite.key], suite.batch, suite.visible_key or "")]
        if suite.name == "grundelementer":
            ways = [(_REPORTED_APART, suite.batch, f"b.{suite.visible_key}")]
        if suite.name == "rows":
            ways.append((_REPORTED_APART, *_RAGGED_APART))
        types = _types(connection, suite)
        rules = [rule for rule in suite.rules if rule.code in broken]
        hinted: Collection[str] = types
        if rules and ways[0][0] == _ROWS_REPORTED_BY:
            # Each rule's statement looks at the few rows that break one, not at all of the table.
            few = statement("validation/broken_rows").replace("{batch}", suite.batch)
            connection.execute(few, {"table_name": suite.table})
            ways = [(_ROWS_REPORTED_BY, "broken_rows", suite.visible_key or "")]
            hinted = _hinted(connection, rules, types)
        for rule, way in product(rules, ways):
            reported_by, batch, visible_key = way
            values = {"code": rule.code, "table_name": suite.table, "action": rule.action}
            filled = statement(reported_by).replace("{batch}", batch).replace("{visible_key}", visible_key)
            for language in ("da", "en"):
                shown, values[f"message_{language}"] = _message(rule, types, suite, language, hinted)
                filled = filled.replace(f"{{message_{language}}}", shown)
            connection.execute(filled, {name: value for name, value in values.items() if f"${name}" in filled})
