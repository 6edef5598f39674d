"""What the columns of the files hold: by the warehouse's text on the column that each comes from, or by one here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

# The table that a file's columns come from, under the same names.
_OF_TABLE = {
    "drafts": ("core_drafts",),
    "settlements": ("draft_settlement", "draft_projects", "core_deliveries"),
    "events": ("draft_citizen_events",),
    "ledger": ("core_ledger",),
    "violations": ("draft_rejected", "draft_projects"),
}
_OWN = {
    "drafts.is_newest": "Whether it is the newest draft of its year, which is the one that can be released.",
    "settlements.holds": "Codes of what holds the project back in the draft's own year.",
    "events.citizen": "Pseudonym of the citizen: the same in every export of a home, and in nothing else.",
    "events.event": "start or completion.",
    "events.day": "Its day.",
    "events.amount_dkk": "What it gave, in DKK.",
    "ledger.waived": "Codes of the holds that were waived for it.",
    "ledger.accepted": "Codes of the release's findings that were accepted.",
    "violations.draft_no": "The draft (core_drafts): the first that had its fingerprint; null: a refused delivery.",
    "violations.project_id": "The project, as its folder in the inbox is named.",
    "violations.delivery_no": "The delivery; null: the project has none.",
    "violations.table_name": "The delivered table of a rejected row; else null.",
    "violations.row_no": "The rejected row, as a spreadsheet numbers it: the header is 1; else null.",
    "violations.code": "The rule that is broken (docs/rules.md).",
    "violations.action": "What follows: reject (a row), hold (a project) or refuse (a delivery).",
}


def described(connection: duckdb.DuckDBPyConnection, file: str, columns: list[str]) -> dict[str, str]:
    """Give what each column of a file holds. Raises KeyError for one that nobody describes."""
    kept = dict(execute(connection, "export/described").fetchall())
    return {column: _described(kept, file, column) for column in columns}


def _described(kept: dict[str, str], file: str, column: str) -> str:
    if own := _OWN.get(f"{file}.{column}"):
        return own
    for table in _OF_TABLE[file]:
        if said := kept.get(f"{table}.{column}"):
            return said
    raise KeyError(f"{file}.{column}")
