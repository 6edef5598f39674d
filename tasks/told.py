"""Figures as the commands tell them on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal


def kroner(amount_dkk: Decimal) -> str:
    """Write an amount as Danes do: 1.234.567,00."""
    return f"{amount_dkk:,.2f}".translate(str.maketrans(",.", ".,"))


def listed(codes: Mapping[str, Sequence[str]]) -> list[str]:
    """Write a line for each name with its codes."""
    return [f"  {name:<12} {' '.join(of_name)}" for name, of_name in codes.items()]
