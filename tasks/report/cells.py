"""Cells of numbers in the report's tables: as Danes write them, and beside that as the sorting reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from tasks.base import danish
from tasks.report.rows import total

Row = Mapping[str, Any]

# No value sorts below every value.
NO_VALUE = Markup('<td class="n" data-value="-1">–</td>')
NOT_RECKONED = Markup('<td class="n" data-value="-1">{}</td>')
LEAST = Markup('<td class="n" data-value="{:.15g}">mindst {}</td>')
UNKNOWN = Markup('<td class="n" data-value="0">ukendt</td>')
# How a column is written, by the end of its name; any other is a count.
FORMATS: dict[str, Callable[[Any], str]] = {
    "_dkk": danish.amount,
    "share": danish.percent,
    "deviation": danish.signed_percent,
    "standard_error": danish.percent,
    "_p": danish.p_value,
    "_hours": danish.decimal,
}


def cell(column: str, value: Any) -> Markup:
    """Give the cell of one value, written as its column's name says."""
    if value is None:
        return NO_VALUE
    written = next((write for end, write in FORMATS.items() if column.endswith(end)), danish.number)(value)
    return Markup(f'<td class="n" data-value="{float(value):.15g}">{escape(written)}</td>')  # noqa: S704 - a number, and escaped


def unknown(count: int) -> Markup:
    """Give cells of unknown values, for a project without a delivery: 0 would be a claim."""
    return UNKNOWN * count


def _joined(made: Iterable[Markup]) -> Markup:
    return Markup("".join(made))  # noqa: S704 - each is a cell


def cells(row: Row, *columns: str) -> Markup:
    """Give a row's cells of these columns."""
    return _joined(cell(column, row[column]) for column in columns)


def totals(rows: Sequence[Row], *columns: str) -> Markup:
    """Give the cells of these columns' sums."""
    return _joined(cell(column, total(rows, column)) for column in columns)


def changes(row: Row, before: Row, *columns: str) -> Markup:
    """Give the cells of these columns' changes since `before`."""
    return _joined(cell(column, row[column] - before[column]) for column in columns)


def lost_cell(row: Row) -> Markup:
    """Give the cell of the kroner that rejected rows would have given; what can't be computed sorts below 0."""
    lost, unreckoned = row["lost_dkk"], row["unreckoned_count"]
    if not unreckoned:
        return cell("lost_dkk", lost)
    if lost:
        return LEAST.format(float(lost), danish.amount(lost))
    return NOT_RECKONED.format(danish.unreckoned(unreckoned, row["row_count"]))
