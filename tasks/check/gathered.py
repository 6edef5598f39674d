"""What a check found, gathered from the tables that judging and computing left in its database."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.base.worded import Both
from tasks.check.findings import (
    BrokenRule,
    BrokenWhole,
    Difference,
    Money,
    Spot,
    TableRows,
    YearMoney,
    columns_of,
)
from tasks.check.merged import with_cell
from tasks.intake.tables import ALL_TABLES
from tasks.validation.catalogue import load_catalogue, rule_of
from tasks.warehouse.statements import execute, fetched

if TYPE_CHECKING:
    import duckdb

    from tasks.intake.contents import TableText


def broken_rules(connection: duckdb.DuckDBPyConnection, texts: Mapping[str, TableText]) -> tuple[BrokenRule, ...]:
    """Give the rules that rows break, in the order of the tables and of the catalogue, each with its rows."""
    spots: dict[tuple[str, str], tuple[Spot, ...]] = {}
    for (table, code), rows in groupby(fetched(execute(connection, "check/rows")), itemgetter(0, 1)):
        columns = columns_of(rule_of(code), table)
        spots[table, code] = tuple(
            with_cell(Spot(row_no, key, Both(da, en), lost_dkk, is_odd=is_odd), texts[table], columns)
            for _, _, row_no, key, da, en, lost_dkk, is_odd in rows
        )
    rules = [rule for suite in load_catalogue().values() for rule in suite.rules]
    return tuple(
        BrokenRule(
            rule,
            table.name,
            texts[table.name].file_name,
            columns_of(rule, table.name),
            spots[table.name, rule.code],
        )
        for table in ALL_TABLES
        for rule in rules
        if (table.name, rule.code) in spots
    )


def holds(connection: duckdb.DuckDBPyConnection) -> tuple[BrokenWhole, ...]:
    """Give the rules that hold the project."""
    found = execute(connection, "check/holds").fetchall()
    return tuple(BrokenWhole(rule_of(code), (Both(da, en),)) for code, da, en in found)


def tables(connection: duckdb.DuckDBPyConnection, texts: Mapping[str, TableText]) -> tuple[TableRows, ...]:
    """Give how many rows of each table were received and rejected, and what the rejected would give."""
    return tuple(
        TableRows(table, texts[table].file_name, received, rejected, costly, lost_dkk, unreckoned)
        for table, received, rejected, costly, lost_dkk, unreckoned in execute(connection, "check/tables").fetchall()
    )


def differences(connection: duckdb.DuckDBPyConnection, before_no: int, now_no: int) -> tuple[Difference, ...]:
    """Give how a delivery differs from the one before, by table."""
    rows = execute(connection, "check/compare", before_no=before_no, now_no=now_no).fetchall()
    return tuple(
        Difference(table, how, count, before_dkk, now_dkk, tuple(map(mask, keys)))
        for table, how, count, before_dkk, now_dkk, keys in rows
    )


def money(connection: duckdb.DuckDBPyConnection, *, is_cap_known: bool) -> Money:
    """Give the money of each year; no cap where the project's target is not known."""
    rows = execute(connection, "check/years").fetchall()
    *_, cap_dkk, fixed_max_dkk = rows[-1]
    return Money(tuple(YearMoney(*row[:-2]) for row in rows), cap_dkk if is_cap_known else None, fixed_max_dkk)
