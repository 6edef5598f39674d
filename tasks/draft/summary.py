"""What a settlement comes to, for a person and for a machine."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.validation.catalogue import rule_of
from tasks.warehouse.statements import run as run_statement

if TYPE_CHECKING:
    import duckdb

PORTFOLIO = "PORTFOLIO"


@dataclass(frozen=True)
class Summary:
    """A settlement in figures; amounts in DKK.

    held_dkk: what of the payable is on hold. holds: codes by project (or PORTFOLIO). rejected: rows by rule; titles:
    the rules' names in English. out: the folder of its files.
    """

    year: int
    fingerprint: str
    projects: int
    missing: int
    participants: int
    controls: int
    starts: int
    completions: int
    entitlement_dkk: Decimal
    payable_dkk: Decimal
    held_dkk: Decimal
    holds: dict[str, list[str]]
    rejected: dict[str, int]
    titles: dict[str, str]
    out: Path


def summarise(connection: duckdb.DuckDBPyConnection, year: int, fingerprint: str, out: Path) -> Summary:
    """Sum a settlement up from the run's tables."""
    figures = run_statement(connection, "draft/summary", year=year).fetchall()[0]
    holds: dict[str, list[str]] = {}
    for project_id, code in run_statement(connection, "draft/holds").fetchall():
        holds.setdefault(project_id or PORTFOLIO, []).append(code)
    rejected = dict(run_statement(connection, "draft/rejected_by_rule").fetchall())
    titles = {code: rule_of(code).title_en for code in rejected}
    return Summary(year, fingerprint, *figures, holds=holds, rejected=rejected, titles=titles, out=out)
