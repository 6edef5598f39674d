"""`postings.csv` and `ledger.csv`: what a release posted, for bookkeeping and for the archive."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from tasks.base.cells import plain_cell
from tasks.base.durable import replace_durably
from tasks.handover.recipient import Recipients
from tasks.ledger.entry import Entry

POSTINGS_HEADER = (
    "project_id",
    "case_number",
    "year",
    "component",
    "payee_cvr",
    "payee_name",
    "amount",
    "text",
    "ledger_entry",
)
LEDGER_HEADER = (
    "number",
    "run",
    "project_id",
    "year",
    "component",
    "kind",
    "amount",
    "text",
    "waivers",
    "draft_fingerprint",
    "prepared_by",
    "approved_by",
    "posted_at",
    "previous_sha256",
    "sha256",
)


def write_postings(path: Path, entries: Sequence[Entry], recipients: Recipients) -> None:
    """Write the posting basis: one line per entry, but none for entries of 0 kr., which post nothing.

    Raises KeyError when a project has no recipient, OSError when the disk does not take it.
    """

    def order(entry: Entry) -> tuple[str, str, int, str]:
        return entry.project_id, recipients[entry.project_id, entry.year].case_number, entry.year, entry.component.value

    rows = []
    for entry in sorted(entries, key=order):
        recipient = recipients[entry.project_id, entry.year]
        row = (
            plain_cell(entry.project_id),
            plain_cell(recipient.case_number),
            entry.year,
            entry.component.value,
            recipient.payee.cvr,
            plain_cell(recipient.payee.full_name),
            f"{entry.amount_dkk:.2f}",
            plain_cell(entry.text),
            entry.number,
        )
        if entry.amount_dkk:
            rows.append(row)
    _write(path, POSTINGS_HEADER, rows)


def write_ledger(path: Path, entries: Sequence[Entry]) -> None:
    """Write a run's ledger entries, every field of them, in order; `waivers` as JSON, times in UTC."""
    rows = [
        (
            entry.number,
            plain_cell(entry.run),
            plain_cell(entry.project_id),
            entry.year,
            entry.component.value,
            entry.kind.value,
            f"{entry.amount_dkk:.2f}",
            plain_cell(entry.text),
            json.dumps([vars(waiver) for waiver in entry.waivers], ensure_ascii=False),
            entry.draft_fingerprint,
            plain_cell(entry.prepared_by),
            plain_cell(entry.approved_by),
            f"{entry.posted_at:%Y-%m-%dT%H:%M:%S.%fZ}",
            entry.previous_sha256,
            entry.sha256,
        )
        for entry in sorted(entries, key=lambda entry: entry.number)
    ]
    _write(path, LEDGER_HEADER, rows)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    replace_durably(path, text.getvalue().encode())
