"""Who is paid: the lead municipality, by its CVR number from the reference table, never from input."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from tasks.paths import RULES

MUNICIPALITIES_FILE = RULES / "municipalities.csv"


@dataclass(frozen=True)
class Payee:
    """A municipality as a payee. `cvr`: eight digits. `name`: 'Københavns Kommune'."""

    cvr: str
    name: str


@dataclass(frozen=True)
class Recipient:
    """Who receives a project's grant, under which case number."""

    case_number: str
    payee: Payee


def load_payees(path: Path = MUNICIPALITIES_FILE) -> dict[str, Payee]:
    """Give the 98 municipalities as payees, by code of three digits."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"][-3:]: Payee(cvr=row["cvr"], name=row["full_name"]) for row in csv.DictReader(file)}
