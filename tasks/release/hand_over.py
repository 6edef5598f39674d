"""The files that a release hands over, made from its entries and from nothing else (docs/payments.md)."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.cells import plain_cell
from tasks.base.errors import InternalFailure
from tasks.handover.payment_file import Payments, write_payments
from tasks.handover.recipient import Recipient
from tasks.handover.tables import write_ledger, write_postings
from tasks.register.municipalities import municipalities
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.ledger.entry import Entry

POSTINGS, PAYMENTS, LEDGER, REPAYMENTS = "postings.csv", "payments.xml", "ledger.csv", "repayments.csv"
_REPAYMENTS_HEADER = ("payee_cvr", "payee_name", "amount", "projects")


def recipients(connection: duckdb.DuckDBPyConnection) -> dict[str, Recipient]:
    """Give who receives each project's grant."""
    rows = execute(connection, "release/recipients").fetchall()
    return {project_id: Recipient(case_number, municipalities()[lead]) for project_id, case_number, lead in rows}


def write_hand_over(
    entries: Sequence[Entry], of_projects: Mapping[str, Recipient], payer_name: str, folder: Path
) -> Payments:
    """Write `postings.csv`, `payments.xml`, `ledger.csv` and `repayments.csv` of a release run into `folder`.

    Raises InternalFailure when the payment file would not pay what the entries say.
    """
    write_postings(folder / POSTINGS, entries, of_projects)
    write_ledger(folder / LEDGER, entries)
    try:
        payments = write_payments(folder / PAYMENTS, entries, of_projects, payer_name)
    except ValueError as error:
        raise InternalFailure(f"The books do not balance, and nothing was posted: {error}.") from error
    _write_repayments(folder / REPAYMENTS, payments, entries, of_projects)
    return payments


def posted_by_project(path: Path, entries: Sequence[Entry]) -> dict[str, Decimal]:
    """Read the posting basis as its receiver will: what it posts, in DKK, by project."""
    project_of = {str(entry.number): entry.project_id for entry in entries}
    sums = dict.fromkeys(project_of.values(), Decimal(0))
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sums[project_of[row["ledger_entry"]]] += Decimal(row["amount"])
    return sums


def _write_repayments(
    path: Path, payments: Payments, entries: Sequence[Entry], of_projects: Mapping[str, Recipient]
) -> None:
    """Write the payees that `payments.xml` leaves out, because their net is below zero: what is to be claimed back."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_REPAYMENTS_HEADER)
        for net in payments.repayments:
            projects = sorted(
                {entry.project_id for entry in entries if of_projects[entry.project_id].payee.cvr == net.payee.cvr}
            )
            row = (net.payee.cvr, net.payee.full_name, f"{net.amount_dkk:.2f}", plain_cell(" ".join(projects)))
            writer.writerow(row)
