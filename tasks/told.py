"""Figures and moments as the commands tell them on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from tasks.moment import Moment


def kroner(amount_dkk: Decimal) -> str:
    """Write an amount as Danes do: 1.234.567,00."""
    return f"{amount_dkk:,.2f}".translate(str.maketrans(",.", ".,"))


def projects(count: int) -> str:
    """Write how many projects: 1 project, 2 projects."""
    return f"{count} project" if count == 1 else f"{count} projects"


def when(moment: datetime) -> str:
    """Write a moment (aware) in Copenhagen time, to the second."""
    return Moment(moment).told()


def listed(codes: Mapping[str, Sequence[str]]) -> list[str]:
    """Write a line for each name with its codes."""
    return [f"  {name:<12} {' '.join(of_name)}" for name, of_name in codes.items()]
