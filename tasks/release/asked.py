"""What a release of drafts would ask to be accepted, from what the warehouse remembers of them.

`settle`, `backfill` and `status` print the command that the plan would ask for. Source: the settlement, 'Before a
release'.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from tasks.base.person import account
from tasks.handover.net import ZERO
from tasks.hearing.state import Intended, hearing_of, not_decided
from tasks.ledger.entry import Component
from tasks.letters.kind import Kind, outcome
from tasks.register.municipalities import municipalities
from tasks.release.draft import preparing_accounts
from tasks.release.findings import hearings_awaited, legal_texts, one_account
from tasks.release.netting import claimed
from tasks.release.together import posted_by_year, years_apart
from tasks.validation.catalogue import TOGETHER
from tasks.warehouse.rows import rows_of

if TYPE_CHECKING:
    from decimal import Decimal

    import duckdb

    from tasks.base.moment import Moment
    from tasks.hearing.record import Hearings
    from tasks.hearing.state import Hearing
    from tasks.release.findings import Finding
    from tasks.release.together import ByYear
    from tasks.rules.model import Rules
    from tasks.warehouse.rows import Row


class Asked(NamedTuple):
    """What a release would ask: its findings by code, and whether nothing would be posted without a waiver."""

    findings: dict[str, str]
    is_all_held: bool


def asked(
    connection: duckdb.DuckDBPyConnection,
    rules: Rules,
    drafts: Mapping[int, str],
    hearings: Hearings,
    known_at: Moment,
) -> Asked:
    """Give what a release of drafts (fingerprints by year) by this account would ask.

    No findings where it would post nothing. Projects on hold are left out, as they are of a release without waivers;
    where all that it could post is on hold, the findings are those of a release that waives the holds.
    """
    values = {"known_at": known_at.timestamp, "together": TOGETHER}
    hearings = not_decided(connection, hearings, known_at)
    awaited = [
        (year, row)
        for year, fingerprint in sorted(drafts.items())
        for row in rows_of(connection, "release/awaits", fingerprint=fingerprint, **values)
        if row["is_decision"]
    ]
    for is_held in (False, True):
        rows = {(row["project_id"], year): row for year, row in awaited if bool(row["holds"]) == is_held}
        found = _found(connection, rules, drafts, rows, hearings, known_at)
        if found is not None:
            return Asked({one.code: one.text for one in found}, is_held)
    return Asked({}, is_all_held=False)


def _found(
    connection: duckdb.DuckDBPyConnection,
    rules: Rules,
    drafts: Mapping[int, str],
    rows: Mapping[tuple[str, int], Row],
    hearings: Hearings,
    known_at: Moment,
) -> list[Finding] | None:
    """Give the findings of a release that posts these projects' years; None where it can post none of them."""
    posts: ByYear = defaultdict(dict)
    for (project_id, year), row in rows.items():
        posts[project_id][year] = _amounts(row)
    apart = _apart(connection, drafts, posts, known_at)
    kinds: dict[tuple[str, int], Kind] = {}
    amounts_dkk: dict[tuple[str, int], Decimal] = {}
    payees: dict[tuple[str, int], str] = {}
    heard: dict[tuple[str, int], Hearing] = {}
    for (project_id, year), row in rows.items():
        if project_id in apart:
            continue
        key = (project_id, year)
        amounts_dkk[key], payees[key] = sum(posts[project_id][year].values(), ZERO), row["lead_municipality"]
        kinds[key] = outcome(amounts_dkk[key], is_settled_before=row["is_settled_before"])
        lead = municipalities()[row["lead_municipality"]]
        one = Intended(lead.cvr, tuple(row["burdens"] or ()), row["gives_sha256"] or "")
        heard[key] = hearing_of(hearings, project_id, year, one, known_at.today)
    if not kinds:
        return None
    return [
        *hearings_awaited(heard),
        *legal_texts(rules.letters, kinds, claimed(amounts_dkk, payees)),
        *one_account(preparing_accounts(connection, drafts.values()), account()),
    ]


def _apart(
    connection: duckdb.DuckDBPyConnection, drafts: Mapping[int, str], posts: ByYear, known_at: Moment
) -> set[str]:
    """Give the projects that the release leaves out, since the ledger would hold another of their years otherwise.

    Drafts of earlier versions remember no year after their own: such a year is taken from a later draft of the run, and
    where none has it and the ledger does, it goes by whether the rule held the project.
    """
    known: ByYear = defaultdict(dict)
    owed: dict[int, ByYear] = {}
    held: set[str] = set()
    for year, fingerprint in sorted(drafts.items(), reverse=True):
        remembered = rows_of(connection, "release/remembered", fingerprint=fingerprint, together=TOGETHER)
        held |= {row["project_id"] for row in remembered if row["is_apart"] and row["project_id"] not in known}
        for row in remembered:
            known[row["project_id"]][row["year"]] = _amounts(row)
        owed[year] = {project_id: dict(of_years) for project_id, of_years in known.items()}
    posted = posted_by_year(connection, known_at)
    of_known: ByYear = {
        project_id: {year: amounts for year, amounts in posted.get(project_id, {}).items() if year in of_years}
        for project_id, of_years in known.items()
    }
    apart = set(years_apart(posts, owed, of_known))
    return apart | {name for name in held if posted[name].keys() - of_known[name].keys()}


def _amounts(row: Row) -> dict[Component, Decimal]:
    return {Component.ACTIVITY: row["activity_dkk"], Component.FIXED: row["fixed_dkk"]}
