"""Why a cell is as it is, where the file shows it and the warehouse does not keep it: a merged cell, a split number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.check.findings import Said, Spot
from tasks.validation.catalogue import without_page

if TYPE_CHECKING:
    from tasks.intake.delivery import TableText

_KRONER = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})*|-?[0-9]+")
_OERE = re.compile(r"[0-9]{1,2}(?: ?kr\.?)?", re.IGNORECASE)


class Causes:
    """What the tables' files show beside the rows that break a rule."""

    def __init__(self, texts: Mapping[str, TableText]) -> None:
        self._tables = {name: _Shown(text) for name, text in texts.items()}

    def added_to(self, spot: Spot, table: str, columns: Sequence[str]) -> Spot:
        """Give a spot with its cell, the first of `columns`, and with the cause behind its message."""
        shown = self._tables[table]
        named = replace(spot, cell=mask(shown.text.cell(columns[0] if columns else "", spot.row_no)))
        cause = shown.merged(columns[0], spot.row_no) if columns else shown.split_number(spot.row_no)
        if cause is None:
            return named
        da, en = (_before_page(said, why) for said, why in ((spot.message.da, cause.da), (spot.message.en, cause.en)))
        return replace(named, message=Said(da, en))


def _before_page(message: str, cause: str) -> str:
    said = without_page(message)
    return f"{said} {cause}{message.removeprefix(said)}"


class _Shown:
    def __init__(self, text: TableText) -> None:
        self.text = text

    @cached_property
    def _records(self) -> list[str]:
        found = self.text.delimited
        return [] if found is None else found.content.split(found.record_separator)

    def merged(self, column: str, row_no: int) -> Said | None:
        """Tell that a cell is blank because it is merged with another, which has the value."""
        first = self.text.merged_into(column, row_no)
        if first is None:
            return None
        return Said(
            f"Cellen er flettet med {first}, som alene har værdien: ophæv fletningen, og skriv den i hver celle.",
            f"The cell is merged with {first}, which alone has the value: unmerge them and write it in each cell.",
        )

    def split_number(self, row_no: int) -> Said | None:
        """Tell that a row has more fields than columns because a number was split at its decimal comma."""
        found = self.text.delimited
        if found is None or found.delimiter != ",":
            return None
        cells = self._records[row_no - 1].split(found.field_separator)
        while len(cells) > len(found.header) and not cells[-1]:
            cells.pop()
        surplus = len(cells) - len(found.header)
        split = [
            at
            for at, (kroner, oere) in enumerate(pairwise(cells), start=1)
            if _KRONER.fullmatch(kroner) and _OERE.fullmatch(oere)
        ]
        if not 0 < surplus <= len(split):
            return None
        where = self.text.place(split[0], row_no)
        return Said(
            f"Filen er adskilt af komma, og et tal ser ud til at være delt ved sit decimalkomma i {where}: sæt "
            "anførselstegn om tallet, eller gem filen med semikolon.",
            f"The file is separated by commas, and a number seems to be split at its decimal comma in {where}: put "
            "quotation marks around the number, or save the file with semicolons.",
        )
