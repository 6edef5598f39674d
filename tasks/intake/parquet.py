"""Parquet files as frames of text, by Polars: it reads from memory, and a damaged file gives an error, not a crash."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from tasks.intake.cells import cell_texts
from tasks.intake.faults import Unreadable
from tasks.intake.native import damage_reported
from tasks.intake.parquet_pages import judge_pages
from tasks.intake.words import fold

if TYPE_CHECKING:
    import polars as pl

# A text that `cell_text` leaves as it is, as nearly all are: asking Polars is cheaper than asking Python about each.
_PLAIN = "^([!-~]([ -~]*[!-~])?)?$"
_DAMAGED = (
    "filen kan ikke læses som Parquet: skriv den igen, eller aflevér tabellen som CSV",
    "the file can't be read as Parquet: write it anew, or hand the table in as CSV",
)


class NamedAlike(Exception):  # noqa: N818 - it becomes a fault of the delivery, not of the run
    """Two columns have the very same name, and Polars reads no such file; `names` are those of all its columns."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("two columns of one name")
        self.names = names


def read_parquet(data: bytes, wanted: frozenset[str]) -> pl.DataFrame:
    """Read a Parquet file with its columns as they are typed.

    `wanted`: the folded names of those that must be readable.

    Raises Unreadable (F01) when it is damaged or no Parquet file, Unsafe (F06) when it unpacks to too much, NamedAlike
    (F03) when two columns have the very same name.
    """
    import polars as pl

    if not data:
        raise Unreadable("filen er tom", "the file is empty")
    names = judge_pages(data)
    # A column without a name is none.
    named = [name for name in names if fold(name)]
    if len(set(named)) < len(named):
        raise NamedAlike(names)
    errors = (pl.exceptions.PolarsError, ValueError, OverflowError)
    try:
        with damage_reported(*_DAMAGED, *errors):
            return pl.read_parquet(io.BytesIO(data), use_statistics=False)
    except Unreadable:
        # An unknown column may be of a type that Polars does not know.
        with damage_reported(*_DAMAGED, *errors):
            columns = [name for name in pl.read_parquet_schema(io.BytesIO(data)) if fold(name) in wanted]
        read: list[str] = []
        for name in columns:
            try:
                with damage_reported(*_DAMAGED, *errors):
                    pl.read_parquet(io.BytesIO(data), use_statistics=False, columns=[name])
                read.append(name)
            except Unreadable:
                odd = name
        if read and len(read) < len(columns):
            raise _of_a_type(odd) from None
        with damage_reported(*_DAMAGED, *errors):
            return pl.read_parquet(io.BytesIO(data), use_statistics=False, columns=columns)


def _of_a_type(name: str) -> Unreadable:
    return Unreadable(
        f"kolonnen {name} kan ikke læses, som den er skrevet: gem den som tekst, tal eller dato",
        f"column {name} can't be read as it is written: save it as text, number or date",
    )


def filled(column: pl.Series) -> pl.Series:
    """Say of each cell of an unknown column whether it is filled, as a text that is blank where it is not."""
    import polars as pl

    is_filled = column.is_not_null()
    if column.dtype == pl.String:
        is_filled &= column.str.strip_chars() != ""
    return is_filled.replace_strict({True: "filled", False: ""}, default="", return_dtype=pl.String)


def is_no_cell(column: pl.Series) -> bool:
    """Return whether a column holds values that are no cells: lists, structures, bytes."""
    import polars as pl

    return column.dtype.is_nested() or column.dtype in (pl.Binary, pl.Object)


def as_text(column: pl.Series, *, is_amount: bool) -> pl.Series:
    """Write a column as text, '' where it is null (see `cell_text`).

    Raises Unreadable when the column holds values that are no cells: lists, structures, bytes, days past any calendar.
    """
    import polars as pl

    kind = column.dtype
    if column.is_empty() or kind == pl.Null:
        return pl.repeat("", column.len(), dtype=pl.String, eager=True)
    if is_no_cell(column):
        what_da, what_en = ("lister eller felter", "lists or fields") if kind.is_nested() else ("rå bytes", "raw bytes")
        raise Unreadable(
            f"kolonnen {column.name} holder {what_da} og er hverken tekst, tal eller dato: gem den som en af dem",
            f"column {column.name} holds {what_en} and is neither text, number nor date: save it as one of them",
        )
    with damage_reported(*_DAMAGED, pl.exceptions.PolarsError, ValueError, OverflowError):
        if kind == pl.Date or kind.is_integer():
            return column.cast(pl.String).fill_null("")
        if kind == pl.String:
            strange = column.filter(~column.str.contains(_PLAIN)).unique()
            texts = cell_texts(strange.to_list(), is_amount=is_amount)
            return column.replace(strange, texts).fill_null("")
        distinct = column.unique()
        texts = cell_texts(distinct.to_list(), is_amount=is_amount)
        return column.replace_strict(distinct, texts, return_dtype=pl.String)
