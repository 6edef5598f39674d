"""The files of a settlement as the interface names them, violations without their messages."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.reference.intake import read_inbox
from tests.reference.register import read_register
from tests.reference.rules import PARAMETERS, REMARKS
from tests.reference.settlement import PROJECT_REMARKS, ProjectResult, Settlement, settle
from tests.reference.values import mask

SETTLEMENT_COLUMNS = (
    "year", "project_id", "lead_municipality", "status", "holds", "delivery_as_of", "target_participants",
    "participants", "controls", "starts", "completions", "gross_activity", "cap", "activity_cumulative",
    "activity", "wages_documented", "fixed_cumulative", "fixed", "entitlement", "posted", "payable",
)  # fmt: skip
CITIZENS_COLUMNS = ("project_id", "citizen_id", "arm", "target_group", "start_date", "completion_date")
VIOLATIONS_COLUMNS = ("project_id", "table", "row", "key", "code", "severity")


def settle_directories(
    register_dir: Path,
    inbox: Path,
    year: int,
    today: dt.date,
    ledger: Sequence[tuple[str, int, str, Decimal]] = (),
    parameters: Mapping[str, Any] = PARAMETERS,
) -> Settlement:
    """Settle a year from a register and an inbox as they stand."""
    register = read_register(register_dir)
    return settle(register, read_inbox(inbox, register, today), year, ledger, parameters)


def settlement_csv(settlement: Settlement) -> str:
    rows = [_settlement_row(settlement, result) for result in settlement.projects]
    return _csv(SETTLEMENT_COLUMNS, sorted(rows, key=lambda row: row[1]))


def _settlement_row(settlement: Settlement, result: ProjectResult) -> list[str]:
    money = result.money[settlement.year]
    holds = set(result.codes - PROJECT_REMARKS)
    is_started = result.project.start.year <= settlement.year
    if settlement.exceeds_appropriation and result.delivery is not None and is_started:
        holds.add("B01")
    status = "missing" if result.delivery is None else "hold" if holds else "ready"
    status = status if is_started else "not_started"
    as_of = result.delivery.as_of if result.delivery and is_started else None
    counts = (
        result.participants if is_started else 0,
        result.controls if is_started else 0,
        money.starts,
        money.completions,
    )
    amounts = (
        money.gross_activity, money.cap, money.activity_cumulative, money.activity, money.wages_documented,
        money.fixed_cumulative, money.fixed, money.entitlement, result.posted,
        money.entitlement - result.posted,
    )  # fmt: skip
    return [
        str(settlement.year), result.project.project_id, result.project.lead_municipality, status,
        " ".join(sorted(holds)), as_of.isoformat() if as_of else "", str(result.project.target_participants),
        *(str(count) for count in counts), *(f"{amount:.2f}" for amount in amounts),
    ]  # fmt: skip


def citizens_csv(settlement: Settlement) -> str:
    rows = [
        [
            event.citizen.project_id, mask(event.citizen.citizen_id), event.citizen.arm,
            event.citizen.target_group,
            event.started_on.isoformat() if event.started_on else "",
            event.completed_on.isoformat() if event.completed_on else "",
        ]
        for event in settlement.events
    ]  # fmt: skip
    # Two masked ids may read alike; they stand as delivered.
    return _csv(CITIZENS_COLUMNS, sorted(rows, key=lambda row: row[:2]))


def violations_csv(settlement: Settlement) -> str:
    """Return violations.csv without its two message columns."""
    rows: list[tuple[str, str, int, str, str, str]] = []
    for (project_id, table), judged_rows in settlement.judged.rows.items():
        for judged in judged_rows:
            for code in judged.codes:
                severity = "remark" if code in REMARKS else "reject"
                rows.append((project_id, table, judged.row.number, mask(judged.key), code, severity))
    for delivery in settlement.told_deliveries:
        for code in delivery.codes:
            severity = "remark" if code in ("F07", "F09") else "refuse"
            rows.append((mask(delivery.project_id), "delivery", 0, mask(delivery.name), code, severity))
    for result in settlement.projects:
        for code in result.codes:
            severity = "remark" if code in PROJECT_REMARKS else "hold"
            rows.append((result.project.project_id, "project", 0, "", code, severity))
    if settlement.exceeds_appropriation:
        rows.append(("", "portfolio", 0, "", "B01", "hold"))
    return _csv(VIOLATIONS_COLUMNS, [[*row[:2], str(row[2] or ""), *row[3:]] for row in sorted(rows)])


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return file.getvalue()
