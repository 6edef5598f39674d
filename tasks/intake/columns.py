"""Where a table's columns are, by its header's names, and which are missing, unknown or there twice: F03, F07, F08."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tasks.base.worded import Both
from tasks.intake.cell_names import column_letters
from tasks.intake.header import Odd
from tasks.intake.spelled import Resembled, compared, resembled
from tasks.intake.tables import KONTROLTAL, Table
from tasks.intake.words import fold

if TYPE_CHECKING:
    from tasks.intake.contents import Delivery

_LONGEST_NAME = 60
# Excel takes this line for the separator, not for the header.
_SEPARATOR_LINE = "sep="


class Header(NamedTuple):
    """A table's header: the sheet and the row that it stands in, its names as written, and what is odd about it."""

    sheet: str
    row_no: int
    names: tuple[str, ...]
    odd: Odd | None

    def shown(self, at: int) -> str:
        """Show a name, counted from 1, as it is written."""
        name = " ".join(self.names[at - 1].split())
        return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"

    def first_blank(self) -> int | None:
        """Give the place of the first blank cell between two names; None where there is none."""
        filled = [at for at, name in enumerate(self.names, start=1) if name.strip()]
        return next((at + 1 for at, following in pairwise(filled) if following > at + 1), None)

    def cell(self, at: int) -> str:
        """Name a name's cell as a spreadsheet does."""
        return f"{self.sheet}!{column_letters(at)}{self.row_no}"


def find_columns(delivery: Delivery, table: Table, place: str, header: Header) -> dict[str, int]:
    """Find each column's place; note which are missing or there twice (F03) and which are unknown (F07).

    None is found where the header is odd, or is Excel's `sep=;`: that alone is reported.
    """
    code = "F08" if table is KONTROLTAL else "F03"
    odd: Both | Odd | None = header.odd
    if header.names and fold(header.names[0]).startswith(_SEPARATOR_LINE):
        odd = Both(
            "filen begynder med en linje sep=, som kun Excel læser; slet den, så kolonnenavnene står øverst",
            "the file begins with a line sep=, which Excel alone reads; delete it, so that the column names come first",
        )
    if odd is not None:
        delivery.fault(code, f"{place}: {odd.da}", f"{place}: {odd.en}")
        if header.odd is not None and header.odd.is_of_unknown_names:
            da = f"{place}: kolonnerne i række {header.row_no} er ukendte"
            delivery.fault("F07", da, f"{place}: the columns in row {header.row_no} are unknown")
        return {}
    columns: dict[str, int] = {}
    twice: set[str] = set()
    folded = tuple(table.names.get(name, name) for name in map(fold, header.names))
    missing = [name for name in table.columns if name not in folded]
    meant: dict[str, tuple[int, Resembled]] = {}
    asked = set(compared([header.names[at] for at, name in enumerate(folded) if name and name not in table.columns]))
    for at, name in enumerate(folded, start=1):
        if not name:
            continue
        if name in columns:
            twice.add(name)
            delivery.fault(
                "F03",
                f"{place}: kolonnen {name} findes flere gange ({header.cell(columns[name])} og {header.cell(at)})",
                f"{place}: column {name} comes more than once ({header.cell(columns[name])} and {header.cell(at)})",
            )
        elif name not in table.columns:
            among = missing if header.names[at - 1] in asked else []
            _note_unknown(delivery, table, place, header, at, among, meant)
        columns.setdefault(name, at)
    for name in table.required:
        if name not in columns:
            da = en = ""
            if name in meant:
                at, like = meant[name]
                da = f'; i {header.cell(at)} står "{header.shown(at)}", og {like.da}'
                en = f'; {header.cell(at)} has "{header.shown(at)}", and {like.en}'
            elif (blank := header.first_blank()) is not None:
                da = f"; {header.cell(blank)} er tom, måske fordi celler er flettet: skriv navnet, hvis det er der"
                en = f"; {header.cell(blank)} is blank, perhaps by merged cells: write the name, if it belongs there"
            delivery.fault(code, f"{place}: kolonnen {name} mangler{da}", f"{place}: column {name} is missing{en}")
    # Nobody can say which of two columns with one name is meant.
    return {name: at for name, at in columns.items() if name not in twice}


def _note_unknown(
    delivery: Delivery,
    table: Table,
    place: str,
    header: Header,
    at: int,
    missing: list[str],
    meant: dict[str, tuple[int, Resembled]],
) -> None:
    """Note an unknown column (F07); which missing one it was meant as goes into `meant`.

    A required column is reported missing, and that alone.
    """
    like = resembled(header.names[at - 1], missing)
    shown = header.shown(at)
    da, en = f"{place}: kolonnen {shown} er ukendt", f"{place}: column {shown} is unknown"
    if like is not None:
        meant.setdefault(like.name, (at, like))
        if like.name not in table.required:
            where = header.cell(at)
            da = f'{place}: kolonnen "{shown}" i {where} er ukendt og ikke læst; den ligner {like.name}, og {like.da}'
            en = f'{place}: column "{shown}" in {where} is unknown and not read; it is like {like.name}, and {like.en}'
    delivery.fault("F07", da, en)
