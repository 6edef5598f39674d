"""A krone's way: from the delivery through its rows and the draft to the entries of the ledger, project by project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tasks.artifacts.texts import plain
from tasks.base.lines import amount, short
from tasks.prefect_run.links import shown_under
from tasks.warehouse.rows import rows_of

if TYPE_CHECKING:
    import duckdb

_COLUMNS = ("Project", "Delivery", "Received (UTC)", "SHA-256", "Rows", "Rejected", "Draft", "Kroner", "Entries")


def lineage_key(year: int) -> str:
    """Give the key under which a year's lineage is shown, before and after its release."""
    return f"lineage-{year}"


def ways_of(connection: duckdb.DuckDBPyConnection, year: int, fingerprint: str) -> list[dict[str, Any]]:
    """Give, for each project of a draft, the rows that its kroner rest on and the entries that they became."""
    return list(rows_of(connection, "artifacts/lineage", year=year, fingerprint=fingerprint))


def lineage_text(rows: Sequence[Mapping[str, Any]], year: int, fingerprint: str, release: str) -> str:
    """Write the rows of `ways_of` as a table in Markdown, below links to what they come from and what they became.

    `release`: the key under which the release is shown.
    """
    ways = (
        f"Where they come from: {shown_under('refused-deliveries', 'deliveries')}, "
        f"{shown_under(f'rejected-rows-{year}', 'rejected rows by rule')}. What they became: "
        f"{shown_under(f'settlement-{year}', 'the draft')}, {shown_under(release, 'the release')}."
    )
    lines = [_row(_COLUMNS), _row(["---"] * len(_COLUMNS)), *(_line(row, fingerprint) for row in rows)]
    return ways + "\n\n" + "\n".join(lines)


def _line(row: Mapping[str, Any], fingerprint: str) -> str:
    delivery = ("missing", "", "", "", "")
    if row["as_of_folder"] is not None:
        delivery = (
            plain(row["as_of_folder"]),
            f"{row['received_at']:%Y-%m-%d %H:%M}",
            f"`{short(row['content_sha256'])}`",
            str(row["received"]),
            str(row["rejected"]),
        )
    kroner = "" if row["entitlement_dkk"] is None else amount(row["entitlement_dkk"])
    return _row((plain(row["project_id"]), *delivery, f"`{short(fingerprint)}`", kroner, _entries(row)))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _entries(row: Mapping[str, Any]) -> str:
    if row["run"] is None:
        return "none yet"
    first, last = row["first_number"], row["last_number"]
    numbers = f"{first}" if first == last else f"{first}-{last}"
    return f"{numbers} ({plain(row['run'])}): {amount(row['posted_dkk'])}"
