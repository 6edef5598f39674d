"""What a column betrays: another order of dates, or another decimal sign, than the Danish one (P15).

Source: the intake, "As real files are".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.intake.faults import Fault

if TYPE_CHECKING:
    from tasks.intake.contents import TableText


def betrayed(
    text: TableText,
    how: str,
    column: str,
    row_no: int,
    shown: str,
    second_column: str | None,
    second_row_no: int | None,
    second_shown: str | None,
) -> Fault:
    """Report a column and a cell of each kind; the arguments are a row of `intake/betrayals.sql`."""
    first_da = f'{column} i {text.cell(column, row_no)} er "{shown}"'
    first_en = f'{column} in {text.cell(column, row_no)} is "{shown}"'
    second_da = second_en = ""
    if second_column is not None and second_row_no is not None:
        cell = text.cell(second_column, second_row_no)
        second_da = f'{second_column} i {cell} ("{second_shown}") er læst som'
        second_en = f'{second_column} in {cell} ("{second_shown}") was read'
    if how == "month_first":
        da = f"{first_da}, som kun kan være måned først, og ingen dato i kolonnen kan kun være dag først"
        en = f"{first_en}, which can only be month first, and no date of the column can only be day first"
        if second_da:
            da += f"; {second_da} dag først"
            en += f"; {second_en} as day first"
    elif how == "point":
        da = f"{first_da}, med punktum som decimaltegn; {second_da} tusinder"
        en = f"{first_en}, with a point as the decimal sign; {second_en} as thousands"
    else:
        da = (
            f'{first_da}, og cellen efter er "{second_shown}"; filen er adskilt af komma, så beløbet ser ud til at '
            "være delt ved sit decimalkomma"
        )
        en = (
            f'{first_en}, and the cell behind it is "{second_shown}"; the file is separated by commas, so the amount '
            "seems to be split at its decimal comma"
        )
    place = mask(text.file_name)
    return Fault("P15", f"{place}: {mask(da)}", f"{place}: {mask(en)}")
