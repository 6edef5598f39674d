"""Reporting what failed: run.violations, one row each, with messages that DuckDB fills in."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

from tasks.validation.catalogue import SUITES, load_catalogue, placeholders, without_page
from tasks.warehouse.statements import execute, statement

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import duckdb

    from tasks.validation.catalogue import Rule, Suite

_ROWS_REPORTED_BY = "validation/report_rows"
# The rows of activities are kept apart: their own rules', and those that have too many or too few fields.
_REPORTED_APART = "validation/report_elements"
_RAGGED_APART = ("run.ragged_elements", "''")
# Which rows of a table break a rule: each rule's statement looks at those few, not at all.
_BROKEN_ROWS = {_ROWS_REPORTED_BY: "validation/broken_rows", _REPORTED_APART: "validation/broken_elements"}
# Which statement reports the violations of a suite, by the suite's key.
_REPORTED_BY = {
    ("table_name", "delivery_no", "row_no"): "validation/report_rows_of_any_table",
    ("delivery_no", "row_no"): _ROWS_REPORTED_BY,
    ("project_id",): "validation/report_projects",
    ("receipt_no", "code"): "validation/report_deliveries",
}
# Of what is shown as words of our own, nothing is said besides.
_SHOWN_AS_WORDS = frozenset({"cpr_state", "split_place"})
_YES_NO = frozenset({"integrationsprogram", "lovpligtig", "opfyldt"})
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
        name: _text_of(name, types)
        for name, kind in types.items()
        if name in shown - _SHOWN_AS_WORDS and (kind == "VARCHAR" or f"{name}_text" in types)
    }
    if not texts:
        return set()
    asked = statement("validation/hinted_columns")
    for place, cells in {
        "names": (f"'{name}'" for name in texts),
        "texts": texts.values(),
        "unreadable": (str(types[name] != "VARCHAR").lower() for name in texts),
        "codes": (_codes(name) for name in texts),
        "yes_no": (str(name in _YES_NO).lower() for name in texts),
    }.items():
        asked = asked.replace(f"{{{place}}}", ", ".join(cells))
    return {name for (name,) in connection.execute(asked).fetchall()}


def _codes(column: str) -> str:
    """Give the SQL of the codes that a column may hold; of none, where it holds no codes or two short ones."""
    known = _CODES.get(column)
    return "[]::VARCHAR[]" if known is None else f"(SELECT list(DISTINCT {column}) FROM {known})"  # noqa: S608


def _kind_of(column: str, types: Mapping[str, str]) -> str:
    """Give the kind of hint that a delivered column takes."""
    if column in _YES_NO:
        return "yes_no"
    if types[column] in ("DATE", "VARCHAR"):
        return {"DATE": "date", "VARCHAR": "text"}[types[column]]
    return "cvr" if column == "virksomhed_cvr" else "number"


def _text_of(column: str, types: Mapping[str, str], row: str = "broken_rows") -> str:
    """Give the SQL of the text that a hint is of: the text itself, or what could not be read."""
    return f"visible_id({row}.{column})" if types[column] == "VARCHAR" else f"{row}.{column}_text"


def _make_hints(connection: duckdb.DuckDBPyConnection, hinted: Collection[str], types: Mapping[str, str]) -> None:
    """Make the hints on the broken rows' values, a table for each kind that some column needs."""
    texts: dict[str, list[str]] = defaultdict(list)
    for column in sorted(hinted):
        texts[_kind_of(column, types)].append(_text_of(column, types))
    for kind, of_kind in texts.items():
        connection.execute(statement("validation/hints").replace("{kind}", kind).replace("{texts}", ", ".join(of_kind)))


def _hint(column: str, types: Mapping[str, str], language: str) -> str:
    """Give the SQL of what is said beside a value; '' where nothing is."""
    hints, text = f"{_kind_of(column, types)}_hints", _text_of(column, types, "b")
    is_asked = "h.is_danish" if language == "da" else "NOT h.is_danish"
    hint = f"(SELECT h.hint FROM {hints} AS h WHERE h.text = {text} AND {is_asked})"  # noqa: S608 - names of ours
    if column in _CODES:
        is_danish = str(language == "da").lower()
        return f"coalesce(nullif({hint}, ''), nearest_code({text}, {_codes(column)}, {is_danish}))"
    return f"coalesce({hint}, '')"


def _shown(column: str, types: Mapping[str, str], suite: Suite, language: str, hinted: Collection[str]) -> str:
    """Give the SQL that shows a column's value in a language, with a hint where it is one of the `hinted`."""
    value = _value(column, types, suite, language)
    return f"{value} || {_hint(column, types, language)}" if column in hinted else value


def _value(column: str, types: Mapping[str, str], suite: Suite, language: str) -> str:
    kind = types[column]
    date_pattern, decimal_mark, grouping_marks = _WRITTEN[language]
    blank = suite.shown.blank_da if language == "da" else suite.shown.blank_en
    quote = suite.shown.quote
    value = f"b.{column}"
    is_delivered = f"{column}_text" in types
    unreadable = f"b.{column}_text" if is_delivered else "NULL::VARCHAR"
    if column == "split_place":
        return f"shown_split({value}, b.row_no, {str(language == 'da').lower()})"
    if column in _SHOWN_AS_WORDS:
        return f"shown_cpr({value}, {str(language == 'da').lower()})"
    if kind == "DATE":
        return f"shown_date({value}, {unreadable}, '{date_pattern}', '{blank}', '{quote}')"
    if kind == "VARCHAR":
        # A known code has been folded, and is shown as it was written.
        written = f"coalesce({unreadable}, visible_id({value}))" if is_delivered else f"visible_id({value})"
        return f"shown_text({written}, '{blank}', '{quote}')"
    is_count = kind in _WHOLE and not is_delivered and not column.endswith("_year")
    if column.endswith("_dkk") or is_count:
        return f"shown_grouped({value}, '{grouping_marks}')"
    if column.endswith(("_share", "_deviation")):
        return f"shown_percent({value}, '{decimal_mark}')"
    return f"shown_number({value}, {unreadable}, '{decimal_mark}', '{blank}', '{quote}')"


def _cells(suite: Suite, types: Mapping[str, str]) -> str:
    """Give the SQL of a broken row's cells (`validation/odd_rows`); a CPR number is shown by a sign."""
    cells = []
    for name, kind in types.items():
        is_read = "false"
        if name == "cpr_state":
            shown, text, is_read = "cpr", f"CASE WHEN {name} = 'blank' THEN '' ELSE '?' END", f"{name} LIKE 'valid%'"
        elif name in (suite.visible_key, "borger_id"):
            shown, text = name, f"visible_id({name})"
        elif f"{name}_text" not in types:
            continue
        elif kind == "VARCHAR":
            shown, text = name, f"coalesce({name}_text, {name})"
            is_read = f"list_contains({_codes(name)}, {name}) OR regexp_full_match({name}, 'ja|nej|[0-9]{{3}}')"
        else:
            shown, text, is_read = name, f"coalesce({name}_text, {name}::VARCHAR, '')", f"{name} IS NOT NULL"
        is_figure = str(kind != "VARCHAR").lower()
        cells.append(f"{{'name': '{shown}', 'text': {text}, 'is_read': {is_read}, 'is_figure': {is_figure}}}")
    return ", ".join(cells)


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
    execute(connection, "validation/no_odd_rows")
    broken = {code for (code,) in execute(connection, "validation/broken_codes").fetchall()}
    for suite in (load_catalogue()[name] for name in suites):
        rules = [rule for rule in suite.rules if rule.code in broken]
        if not rules:
            continue
        reported_by = _REPORTED_APART if suite.name == "grundelementer" else _REPORTED_BY[suite.key]
        types = _types(connection, suite)
        hinted: Collection[str] = ()
        batch = suite.batch
        if reported_by in _BROKEN_ROWS:
            few = statement(_BROKEN_ROWS[reported_by]).replace("{batch}", batch)
            connection.execute(few, {"table_name": suite.table} if "$table_name" in few else None)
            batch = "broken_rows"
            if reported_by == _ROWS_REPORTED_BY:
                odd = statement("validation/odd_rows").replace("{cells}", _cells(suite, types))
                connection.execute(odd, {"table_name": suite.table})
            hinted = _hinted(connection, rules, types)
            _make_hints(connection, hinted, types)
        ways = [(reported_by, batch, f"b.{suite.visible_key}")]
        if suite.name == "rows":
            ways.append((_REPORTED_APART, *_RAGGED_APART))
        for rule, (way, reported_from, visible_key) in product(rules, ways):
            page = rule.message_da.removeprefix(without_page(rule.message_da))
            values = {"code": rule.code, "table_name": suite.table, "action": rule.action, "page": page}
            filled = statement(way).replace("{batch}", reported_from).replace("{visible_key}", visible_key)
            for language in ("da", "en"):
                shown, values[f"message_{language}"] = _message(rule, types, suite, language, hinted)
                filled = filled.replace(f"{{message_{language}}}", shown)
            connection.execute(filled, {name: value for name, value in values.items() if f"${name}" in filled})
