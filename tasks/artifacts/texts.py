"""The texts of a run's page, in Markdown: its tables would cut them off, since their cells do not wrap."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from tasks.base.lines import EARLIER, UNREGISTERED, amount, late_letters, projects
from tasks.validation.catalogue import PORTFOLIO, rule_of, without_page
from tasks.warehouse.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from tasks.artifacts.inbox import RefusedDelivery
    from tasks.draft.summary import Summary


def holds_text(connection: duckdb.DuckDBPyConnection, year: int) -> str:
    """Describe each project's holds: how much money waits, what is wrong, and what it waits for."""
    parts = []
    for project_id, holds in groupby(
        rows_of(connection, "artifacts/holds", year=year), lambda row: str(row["project_id"])
    ):
        rows = list(holds)
        payable_dkk = rows[0]["payable_dkk"]
        waits = ": unknown" if rows[0]["is_missing"] else "" if payable_dkk is None else f": {amount(payable_dkk)} kr."
        parts.append(f"### {plain(project_id or PORTFOLIO)}{waits}")
        for row in rows:
            rule = rule_of(row["code"])
            because = without_page(row["message_en"])
            parts.append(f"- **{rule.code}** {plain(because)}\n\n  *Waits for:* {plain(rule.mend_en)}")
    return "\n\n".join(parts) or "No holds."


def beside_text(summary: Summary) -> str:
    """Describe what else needs a decision: earlier years, projects that left the register, late letters."""
    parts = []
    if summary.earlier:
        parts.append(f"### {EARLIER}")
        parts += [
            f"- {one.year}: {projects(one.projects)}, up {amount(one.up_dkk)} kr., down {amount(one.down_dkk)} kr."
            for one in summary.earlier
        ]
        parts.append(f"`{summary.together or summary.backfill}` would draft the differences.")
    if summary.unregistered:
        parts.append(f"### {UNREGISTERED}")
        parts += [f"- {plain(one.project_id)}: {amount(one.posted_dkk)} kr. posted" for one in summary.unregistered]
    if summary.passed_deadline is not None:
        parts.append(late_letters(summary.year, summary.first_letters, summary.passed_deadline))
    return "\n\n".join(parts) or "Nothing."


def refused_text(refused: Sequence[RefusedDelivery]) -> str:
    """Describe each refused delivery: why, how to mend it, and which text can go to the municipality."""
    parts = []
    for (project_id, delivery), reasons in groupby(refused, lambda one: (one.project_id, one.delivery)):
        rows = list(reasons)
        parts.append(f"### {plain(project_id)}, {plain(delivery)}")
        parts.append(f"Received {rows[0].received_at:%Y-%m-%d %H:%M} UTC.")
        parts += [f"- **{one.code}** {plain(one.reason_en)}\n\n  *How to mend:* {plain(one.mend_en)}" for one in rows]
        letter = " ".join(f"{one.code}: {one.reason_da}. {one.mend_da}" for one in rows)
        parts.append(f"> *Til kommunen:* Indberetningen {plain(delivery)} er ikke modtaget. {plain(letter)}")
    return "\n\n".join(parts) or "No refused delivery waits to be delivered again."


def plain(text: str) -> str:
    """Write a text so that Markdown reads nothing in it as markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))
