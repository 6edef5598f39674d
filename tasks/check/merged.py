"""Merged cells: why a key is blank, where the file shows it and the warehouse keeps nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.base.worded import Both
from tasks.check.findings import Spot
from tasks.validation.catalogue import without_page

if TYPE_CHECKING:
    from tasks.intake.contents import TableText


def with_cell(spot: Spot, text: TableText, columns: Sequence[str]) -> Spot:
    """Give a spot with its cell, the first of `columns`, and with the cause behind its message."""
    column = columns[0] if columns else ""
    named = replace(spot, cell=mask(text.cell(column, spot.row_no)))
    first = text.merged_into(column, spot.row_no) if column == text.table.columns[0] else None
    if first is None:
        return named
    return replace(
        named,
        message=Both(
            _before_page(
                spot.message.da,
                f"Cellen er flettet med {first}, som alene har værdien: ophæv fletningen, og skriv den i hver celle.",
            ),
            _before_page(
                spot.message.en,
                f"The cell is merged with {first}, which alone has the value: unmerge them and write it in each cell.",
            ),
        ),
    )


def _before_page(message: str, cause: str) -> str:
    said = without_page(message)
    return f"{said} {cause}{message.removeprefix(said)}"
