"""The inbox summed up: what a run received, and what waits to be delivered again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.validation.catalogue import remarks_on_deliveries, rule_of
from tasks.warehouse.rows import rows_of

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

    from tasks.base.moment import Moment
    from tasks.intake.receive import Received


@dataclass(frozen=True)
class RefusedDelivery:
    """A delivery that was refused, and one of the rules (F) that it breaks.

    `delivery`: its folder. `received_at`: in UTC. `is_new`: refused by this run. The texts quote no personal number.
    """

    project_id: str
    delivery: str
    code: str
    reason_da: str
    reason_en: str
    mend_da: str
    mend_en: str
    received_at: datetime
    is_new: bool


@dataclass(frozen=True)
class InboxSummary:
    """The result of a run's intake.

    `deliveries`: in the inbox; `read`: those read by this run; `accepted`, `refused`: by this run. `strays`: what lies
    in the inbox and is no delivery. `waiting`: every refused delivery that nothing has replaced yet, also of earlier
    runs.
    """

    deliveries: int
    read: int
    accepted: int
    refused: int
    strays: list[str]
    waiting: list[RefusedDelivery]


def summarise_inbox(connection: duckdb.DuckDBPyConnection, received: Received, now: Moment) -> InboxSummary:
    """Sum up what a run received at `now`."""
    rows = rows_of(connection, "intake/standing_refused", known_at=now.timestamp, remarks=remarks_on_deliveries())
    waiting = []
    for row in rows:
        rule = rule_of(row["code"])
        waiting.append(
            RefusedDelivery(
                project_id=row["project_id"],
                delivery=row["as_of_folder"],
                code=rule.code,
                reason_da=row["places_da"],
                reason_en=row["places_en"],
                mend_da=rule.mend_da,
                mend_en=rule.mend_en,
                received_at=row["received_at"],
                is_new=row["received_at"] == now.utc,
            )
        )
    return InboxSummary(
        received.deliveries, received.read, received.accepted, received.refused, list(received.strays), waiting
    )
