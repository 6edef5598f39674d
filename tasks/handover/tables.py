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
from tasks.ledger.entry import Entry, approval_fields

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
    "approval",
    "program",
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
    """Write a run's ledger entries, every field that they have, in order; nested values as JSON, times in UTC."""
    in_order = sorted(entries, key=lambda entry: entry.number)
    lacking = {name for name in ("approval", "program") if all(getattr(entry, name) is None for entry in in_order)}
    header = [name for name in LEDGER_HEADER if name not in lacking]
    rows = [[cells[name] for name in header] for cells in map(_ledger_cells, in_order)]
    _write(path, header, rows)


def _ledger_cells(entry: Entry) -> dict[str, object]:
    return {
        "number": entry.number,
        "run": plain_cell(entry.run),
        "project_id": plain_cell(entry.project_id),
        "year": entry.year,
        "component": entry.component.value,
        "kind": entry.kind.value,
        "amount": f"{entry.amount_dkk:.2f}",
        "text": plain_cell(entry.text),
        "waivers": _json([vars(waiver) for waiver in entry.waivers]),
        "draft_fingerprint": entry.draft_fingerprint,
        "prepared_by": plain_cell(entry.prepared_by),
        "approved_by": plain_cell(entry.approved_by),
        "approval": entry.approval and _json(approval_fields(entry.approval)),
        "program": entry.program and plain_cell(entry.program),
        "posted_at": f"{entry.posted_at:%Y-%m-%dT%H:%M:%S.%fZ}",
        "previous_sha256": entry.previous_sha256,
        "sha256": entry.sha256,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    replace_durably(path, text.getvalue().encode())
