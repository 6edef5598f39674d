"""Who is paid: the lead municipality, by its CVR number from the reference table, never from input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tasks.register.municipalities import Municipality


@dataclass(frozen=True)
class Recipient:
    """Who receives a project's grant, under which case number."""

    case_number: str
    payee: Municipality


Recipients = Mapping[tuple[str, int], Recipient]
"""Who receives a project's grant of a year: each year of a release run has the register that it was drafted from."""


def payees_of(of_years: Iterable[Recipients]) -> dict[tuple[str, int], Municipality]:
    """Give who is paid for each project and year, of recipients by year."""
    return {decision: one.payee for of_year in of_years for decision, one in of_year.items()}
