"""Who is paid: the lead municipality, by its CVR number from the reference table, never from input."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.register.municipalities import municipalities


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


def load_payees() -> dict[str, Payee]:
    """Give the 98 municipalities as payees, by code of three digits."""
    return {code: Payee(cvr=one.cvr, name=one.full_name) for code, one in municipalities().items()}
