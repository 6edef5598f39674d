"""Who is paid: the lead municipality, by its CVR number from the reference table, never from input."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.register.municipalities import Municipality


@dataclass(frozen=True)
class Recipient:
    """Who receives a project's grant, under which case number."""

    case_number: str
    payee: Municipality
