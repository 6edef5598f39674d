"""Reporting what failed: run.violations, one row each, with messages that DuckDB fills in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tasks.validation.catalogue import SUITES, load_catalogue, placeholders, without_page
from tasks.warehouse.statements import execute, statement

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import duckdb

    from tasks.validation.catalogue import Rule, Suite

_ROWS_REPORTED_BY = "validation/report_rows"
# The rows of activities are kept apart: those of their own rules, and those with too many or too few fields.
_REPORTED_APART = "validation/report_elements"
_RAGGED_APART = ("run.ragged_elements", "''")
# The rows of a table that break a rule: each rule's statement looks at those few, not at all.
_BROKEN_ROWS = {_ROWS_REPORTED_BY: "validation/broken_rows", _REPORTED_APART: "validation/broken_elements"}
# The statement that reports the violations of a suite, by the suite's key.
_REPORTED_BY = {
    ("table_name", "delivery_no", "row_no"): "validation/report_rows_of_any_table",
    ("delivery_no", "row_no"): _ROWS_REPORTED_BY,
    ("project_id",): "validation/report_projects",
    ("receipt_no", "code"): "validation/report_deliveries",
}
# Values that are shown in words of our own get no hint.
_SHOWN_AS_WORDS = frozenset({"cpr_state", "split_place"})
# A count that may be 1 and has a noun: that of one and of more, by language.
_NOUNS = {"field_count": {"da": ("felt", "felter"), "en": ("field", "fields")}}
# A count that may be 0, in the place of a noun: what is said then, by language.
_NONE = {"unknown_populations": {"da": "ingen", "en": "none"}}
_YES_NO = frozenset({"integrationsprogram", "lovpligtig", "opfyldt"})
# The rules whose borger_id is on no row of borgere that counts: an id there that is like it is reported beside it.
_OF_LOST_CITIZENS = frozenset({"S03", "G01"})
_WHOLE = ("INTEGER", "BIGINT", "HUGEINT")
# The table with the known codes of a column.
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


def _codes(column: str) -> str:
    """Give the SQL of the codes that a column may hold; of none where it holds no codes, or just two short ones."""
    known = _CODES.get(column)
    return "[]::VARCHAR[]" if known is None else f"(SELECT list(DISTINCT {column}) FROM {known})"  # noqa: S608


def _kind_of(column: str, types: Mapping[str, str]) -> str:
    """Give the kind of hint that fits a delivered column."""
    if column in _YES_NO:
        return "yes_no"
    if column in _CODES:
        return "code"
    if types[column] in ("DATE", "VARCHAR"):
        return {"DATE": "date", "VARCHAR": "text"}[types[column]]
    return {"virksomhed_cvr": "cvr", "ordinaere_timer_pr_uge": "hours"}.get(column, "number")


def _text_of(column: str, types: Mapping[str, str], row: str) -> str:
    """Give the SQL of the text that a hint is about: the text itself, or the part that could not be read."""
    return f"visible_id({row}.{column})" if types[column] == "VARCHAR" else f"{row}.{column}_text"


def _said(rule: Rule, language: str) -> str:
    return rule.message_da if language == "da" else rule.message_en


def _page(rule: Rule) -> str:
    """Give the end of each of the rule's messages."""
    return rule.message_da.removeprefix(without_page(rule.message_da))


def _titled(rule: Rule) -> dict[str, str]:
    return {"code": rule.code, "title_da": rule.title_da, "title_en": rule.title_en, "page": _page(rule)}


def _columns_shown(rules: Collection[Rule], *languages: str) -> list[str]:
    """Give the columns that the rules' messages show in the languages, each once."""
    messages = (_said(rule, language) for rule in rules for language in languages)
    return list(dict.fromkeys(column for message in messages for column in placeholders(message)))


def _add_shown_texts(
    connection: duckdb.DuckDBPyConnection, broken: str, rules: Collection[Rule], types: Mapping[str, str]
) -> None:
    """Add the texts of broken rows that the rules' messages show and that may get a hint."""
    shown = set(_columns_shown(rules, *_WRITTEN))
    columns = [
        name
        for name, kind in types.items()
        if name in shown - _SHOWN_AS_WORDS and (kind == "VARCHAR" or f"{name}_text" in types)
    ]
    if not columns:
        return
    added = statement("validation/add_shown_texts").replace("{broken}", broken)
    for place, cells in {
        "names": (f"'{name}'" for name in columns),
        "kinds": (f"'{_kind_of(name, types)}'" for name in columns),
        "texts": (_text_of(name, types, broken) for name in columns),
    }.items():
        added = added.replace(f"{{{place}}}", ", ".join(cells))
    connection.execute(added)


def _make_hints(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Make the hints on all texts shown; give the columns that have some."""
    codes = ", ".join(f"('{column}', {_codes(column)})" for column in _CODES)
    connection.execute(statement("validation/hints").replace("{codes}", f"(VALUES {codes})"))
    return {column for (column,) in execute(connection, "validation/hinted_columns").fetchall()}


def _hint(column: str, types: Mapping[str, str], language: str) -> str:
    """Give the SQL of the hint beside a value; '' where there is none."""
    text, is_asked = _text_of(column, types, "b"), "h.is_danish" if language == "da" else "NOT h.is_danish"
    hint = f"SELECT h.hint FROM hints AS h WHERE h.column_name = '{column}' AND h.text = {text} AND {is_asked}"  # noqa: S608 - names of ours
    return f"coalesce(({hint}), '')"


def _like(language: str) -> str:
    """Give the SQL that adds the id of borgere that a lost one is like; '' where there is none."""
    of_row = "r.delivery_no = b.delivery_no AND r.borger_id = b.borger_id"
    return f" || coalesce((SELECT r.like_{language} FROM resembling_ids AS r WHERE {of_row}), '')"  # noqa: S608 - names of ours


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
    if column in _NOUNS:
        one, more = _NOUNS[column][language]
        return f"shown_counted({value}, '{grouping_marks}', '{one}', '{more}')"
    if kind == "DATE":
        return f"shown_date({value}, {unreadable}, '{date_pattern}', '{blank}', '{quote}')"
    if kind == "VARCHAR":
        # A known code has been folded, and is shown as it was written.
        written = f"coalesce({unreadable}, visible_id({value}))" if is_delivered else f"visible_id({value})"
        return f"shown_text({written}, '{blank}', '{quote}')"
    is_count = kind in _WHOLE and not is_delivered and not column.endswith("_year")
    if column.endswith("_dkk") or is_count:
        grouped, none = f"shown_grouped({value}, '{grouping_marks}')", _NONE.get(column)
        return f"CASE WHEN {value} = 0 THEN '{none[language]}' ELSE {grouped} END" if none else grouped
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


def _message(rules: Sequence[Rule], language: str) -> tuple[str, dict[str, str]]:
    """Give the SQL of a code's message, from the values shown, and the patterns to be bound to it."""
    cases, patterns = [], {}
    for rule in rules:
        message, pattern = _said(rule, language), f"{language}_{rule.code}"
        patterns[pattern] = re.sub(r"\{[^{}]*\}", "{}", message)
        shown = [f"b.{column}_{language}" for column in placeholders(message)]
        cases.append(f"WHEN '{rule.code}' THEN format({', '.join([f'${pattern}', *shown])})")
    return f"CASE code {' '.join(cases)} END", patterns


@dataclass(frozen=True, slots=True)
class _Broken:
    """A suite with broken rules: those rules, and where its violations are reported from."""

    suite: Suite
    rules: Sequence[Rule]
    types: Mapping[str, str]
    reported_by: str
    batch: str

    @property
    def holding(self) -> list[Rule]:
        """Give the rules by which a row holds its project."""
        return [rule for rule in self.rules if rule.action == "hold" and "row_no" in self.suite.key]

    @property
    def has_lost_citizens(self) -> bool:
        """Whether rows may name a citizen that is not in borgere."""
        return any(rule.code in _OF_LOST_CITIZENS for rule in self.rules)

    @property
    def ways(self) -> list[tuple[str, str, str]]:
        """Give the statements that report it, each with the batch and the key that it shows."""
        own = (self.reported_by, self.batch, f"b.{self.suite.visible_key}" if self.suite.visible_key else "''")
        return [own, (_REPORTED_APART, *_RAGGED_APART)] if self.suite.name == "rows" else [own]


def report(connection: duckdb.DuckDBPyConnection, suites: Collection[str] = SUITES) -> None:
    """Make run.violations from run.quarantine, run.project_holds and run.faults, suite by suite."""
    for name in ("validation/violations", "validation/no_odd_rows", "validation/no_shown_texts"):
        execute(connection, name)
    codes = {code for (code,) in execute(connection, "validation/broken_codes").fetchall()}
    broken = [
        _find_broken(connection, suite, rules)
        for suite in (load_catalogue()[name] for name in suites)
        if (rules := [rule for rule in suite.rules if rule.code in codes])
    ]
    hinted = _make_hints(connection) if any(one.reported_by in _BROKEN_ROWS for one in broken) else set()
    for of_suite in broken:
        if of_suite.has_lost_citizens:
            connection.execute(statement("validation/resembling_ids").replace("{broken}", of_suite.batch))
        for way in of_suite.ways:
            _report_suite(connection, of_suite, way, hinted)
        if of_suite.reported_by in _BROKEN_ROWS:
            connection.execute(f"DROP TABLE {of_suite.batch}")
        if of_suite.holding:
            execute(connection, "validation/report_held_projects", rules=list(map(_titled, of_suite.holding)))


def _find_broken(connection: duckdb.DuckDBPyConnection, suite: Suite, rules: Sequence[Rule]) -> _Broken:
    """Set apart the rows that break the rules, where they are a table's rows: each rule's message looks at those."""
    reported_by = _REPORTED_APART if suite.name == "grundelementer" else _REPORTED_BY[suite.key]
    types = _types(connection, suite)
    if reported_by not in _BROKEN_ROWS:
        return _Broken(suite, rules, types, reported_by, suite.batch)
    broken = f"broken_{suite.name}"
    few = statement(_BROKEN_ROWS[reported_by]).replace("{broken}", broken).replace("{batch}", suite.batch)
    few = few.replace("{columns}", ", ".join(f"b.{name}" for name in _columns_needed(suite, rules, types)))
    connection.execute(few, {"table_name": suite.table} if "$table_name" in few else None)
    if reported_by == _ROWS_REPORTED_BY:
        odd = statement("validation/odd_rows").replace("{broken}", broken).replace("{cells}", _cells(suite, types))
        connection.execute(odd, {"table_name": suite.table})
    _add_shown_texts(connection, broken, rules, types)
    return _Broken(suite, rules, types, reported_by, broken)


def _columns_needed(suite: Suite, rules: Collection[Rule], types: Mapping[str, str]) -> list[str]:
    """Give the columns of broken rows that messages show or cells are made of."""
    needed = {"project_id", "delivery_no", "row_no", "borger_id", "cpr_state", suite.visible_key}
    needed.update(_columns_shown(rules, *_WRITTEN))
    return [name for name in types if name in needed or name.endswith("_text") or f"{name}_text" in types]


def _report_suite(
    connection: duckdb.DuckDBPyConnection, broken: _Broken, way: tuple[str, str, str], hinted: Collection[str]
) -> None:
    """Report what breaks a suite's rules, in one statement: planning how to show a value costs more than showing it."""
    reported_by, reported_from, visible_key = way
    values: dict[str, Any] = {
        "table_name": broken.suite.table,
        "rules": [{"code": rule.code, "action": rule.action, "page": _page(rule)} for rule in broken.rules],
    }
    filled = statement(reported_by).replace("{batch}", reported_from)
    shown = [f"{visible_key} AS key"]
    for language in _WRITTEN:
        message, patterns = _message(broken.rules, language)
        filled = filled.replace(f"{{message_{language}}}", message)
        values |= patterns
        shown += [
            f"{_shown(column, broken.types, broken.suite, language, hinted)}"
            f"{_like(language) if column == 'borger_id' and broken.has_lost_citizens else ''} AS {column}_{language}"
            for column in _columns_shown(broken.rules, language)
        ]
    filled = filled.replace("{shown}", ", ".join(shown))
    connection.execute(filled, {name: value for name, value in values.items() if f"${name}" in filled})
