"""The files that a release hands over, made from its entries and from nothing else (docs/payments.md)."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.cells import plain_cell
from tasks.base.errors import InternalFailure
from tasks.handover.payment_file import Payments, read_payments, write_payments
from tasks.handover.recipient import Recipient, Recipients
from tasks.handover.tables import write_ledger, write_postings
from tasks.register.municipalities import municipalities
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.ledger.entry import Entry

POSTINGS, PAYMENTS, LEDGER, REPAYMENTS = "postings.csv", "payments.xml", "ledger.csv", "repayments.csv"
_REPAYMENTS_HEADER = ("payee_cvr", "payee_name", "amount", "projects")


def recipients(connection: duckdb.DuckDBPyConnection, year: int) -> dict[tuple[str, int], Recipient]:
    """Give who receives each project's grant of a year, by the register that the year was computed from."""
    rows = execute(connection, "release/recipients").fetchall()
    return {
        (project_id, year): Recipient(case_number, municipalities()[lead]) for project_id, case_number, lead in rows
    }


def write_year(entries: Sequence[Entry], of_projects: Recipients, folder: Path) -> None:
    """Write `postings.csv` and `ledger.csv` of a year of a release run into the year's folder."""
    write_postings(folder / POSTINGS, entries, of_projects)
    write_ledger(folder / LEDGER, entries)


def write_netted(entries: Sequence[Entry], of_projects: Recipients, payer_name: str, folder: Path) -> None:
    """Write `payments.xml` and `repayments.csv`, of all years of a release run, into the folder of its last year.

    Raises InternalFailure when the payment file would not pay what the entries say.
    """
    try:
        payments = write_payments(folder / PAYMENTS, entries, of_projects, payer_name)
    except ValueError as error:
        raise InternalFailure(f"The books do not balance, and nothing was posted: {error}.") from error
    _write_repayments(folder / REPAYMENTS, payments, entries, of_projects)


def posted_by_project(path: Path, entries: Sequence[Entry]) -> dict[str, Decimal]:
    """Read the posting basis as its receiver will: what it posts, in DKK, by project."""
    project_of = {str(entry.number): entry.project_id for entry in entries}
    sums = dict.fromkeys(project_of.values(), Decimal(0))
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sums[project_of[row["ledger_entry"]]] += Decimal(row["amount"])
    return sums


def paid_by_payee(folder: Path) -> dict[str, Decimal]:
    """Read payments and repayments as their receivers will: what is paid, less what is claimed, in DKK, by CVR no."""
    sums: dict[str, Decimal] = defaultdict(Decimal, read_payments(folder / PAYMENTS))
    with (folder / REPAYMENTS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sums[row["payee_cvr"]] += Decimal(row["amount"])
    return sums


def _write_repayments(path: Path, payments: Payments, entries: Sequence[Entry], of_projects: Recipients) -> None:
    """Write the payees that `payments.xml` leaves out, because their net is below zero: they owe this money."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_REPAYMENTS_HEADER)
        for net in payments.repayments:
            projects = sorted(
                {one.project_id for one in entries if of_projects[one.project_id, one.year].payee == net.payee}
            )
            row = (net.payee.cvr, net.payee.full_name, f"{net.amount_dkk:.2f}", plain_cell(" ".join(projects)))
            writer.writerow(row)
