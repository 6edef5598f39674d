"""What a release of drafts would ask to be accepted, from what the warehouse remembers of them.

So that the command which `settle`, `backfill` and `status` print is the one that the plan would ask for. Source: the
settlement, 'Before a release'.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tasks.base.person import account
from tasks.hearing.state import Intended, hearing_of
from tasks.letters.facts import Kind, outcome
from tasks.register.municipalities import municipalities
from tasks.release.findings import hearings_awaited, legal_texts, one_account
from tasks.release.netting import claimed
from tasks.validation.catalogue import TOGETHER
from tasks.warehouse.rows import rows_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    from decimal import Decimal

    import duckdb

    from tasks.base.moment import Moment
    from tasks.hearing.record import Hearings
    from tasks.hearing.state import Hearing
    from tasks.rules.model import Rules


def asked(
    connection: duckdb.DuckDBPyConnection,
    rules: Rules,
    drafts: Mapping[int, str],
    hearings: Hearings,
    known_at: Moment,
) -> dict[str, str]:
    """Give the findings, by code, that a release of drafts (fingerprints by year) by this account would have.

    Nothing where it would post nothing. What is on hold is left out of it, as it is of a release without waivers.
    """
    kinds: dict[tuple[str, int], Kind] = {}
    amounts_dkk: dict[tuple[str, int], Decimal] = {}
    payees: dict[tuple[str, int], str] = {}
    heard: dict[tuple[str, int], Hearing] = {}
    for year, fingerprint in sorted(drafts.items()):
        for row in rows_of(
            connection,
            "release/awaits",
            fingerprint=fingerprint,
            known_at=known_at.timestamp,
            together=TOGETHER,
            is_joint=len(drafts) > 1,
        ):
            key = (row["project_id"], year)
            amounts_dkk[key], payees[key] = row["payable_dkk"], row["lead_municipality"]
            kinds[key] = outcome(row["payable_dkk"], is_settled_before=row["is_settled_before"])
            lead = municipalities()[row["lead_municipality"]]
            one = Intended(lead.cvr, tuple(row["burdens"] or ()), row["gives_sha256"] or "")
            heard[key] = hearing_of(hearings, row["project_id"], year, one, known_at.today)
    if not kinds:
        return {}
    prepared_as = [
        name
        for fingerprint in drafts.values()
        for (name,) in execute(connection, "release/prepared_as", fingerprint=fingerprint).fetchall()
    ]
    found = [
        *hearings_awaited(heard),
        *legal_texts(rules.letters, kinds, claimed(amounts_dkk, payees)),
        *one_account(prepared_as, account()),
    ]
    return {one.code: one.text for one in found}
