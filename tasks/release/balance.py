"""What must be equal before a release may post: settlement, letter, posting basis, entries, ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.reconcile.reconcile import Equation
from tasks.release.hand_over import POSTINGS, paid_by_payee, posted_by_project
from tasks.release.letters import read_letter
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.handover.recipient import Recipients
    from tasks.ledger.entry import Entry


def balance(connection: duckdb.DuckDBPyConnection, entries: Sequence[Entry], folder: Path) -> list[Equation]:
    """Give the equations of a year of a release run, whose files stand in `folder` as they will leave."""
    year, first = entries[0].year, entries[0].number
    rows = execute(connection, "release/entitlements", year=year, first_number=first).fetchall()
    settled: Mapping[str, tuple[Decimal, Decimal, Decimal]] = {row[0]: row[1:] for row in rows}
    posted = posted_by_project(folder / POSTINGS, entries)
    equations = []
    for project_id in sorted(posted):
        entitlement_dkk, before_dkk, ledger_dkk = settled[project_id]
        own_dkk = sum((entry.amount_dkk for entry in entries if entry.project_id == project_id), Decimal(0))
        payable_dkk = entitlement_dkk - before_dkk
        subject = f"{project_id} {year}"
        letter_dkk = read_letter(folder / "letters" / f"{project_id}.html").amount_dkk
        equations += [
            Equation("settlement = entries", subject, payable_dkk, own_dkk),
            Equation("settlement = letter", subject, abs(payable_dkk), letter_dkk),
            Equation("settlement = posting basis", subject, payable_dkk, posted[project_id]),
            Equation("entitlement = ledger with the entries", subject, entitlement_dkk, ledger_dkk + own_dkk),
        ]
    return equations


def balance_payments(of_run: Sequence[Entry], of_projects: Recipients, folder: Path) -> list[Equation]:
    """Give the equations of all years of a release run, whose payments and repayments stand in `folder`."""
    posted: dict[str, Decimal] = defaultdict(Decimal)
    for entry in of_run:
        posted[of_projects[entry.project_id, entry.year].payee.cvr] += entry.amount_dkk
    paid = paid_by_payee(folder)
    return [
        Equation("entries = payments less repayments", f"CVR {cvr}, {of_run[0].run}", posted[cvr], paid[cvr])
        for cvr in sorted(posted.keys() | paid.keys())
    ]
