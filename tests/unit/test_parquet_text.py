"""A column of a Parquet file as text: each cell as it would be, were it looked at by itself."""

from __future__ import annotations

import io
from decimal import Decimal

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tasks.intake.cells import cell_text
from tasks.intake.contents import DeliveredFile
from tasks.intake.delivery import read_delivery
from tasks.intake.faults import Unreadable
from tasks.intake.parquet import as_text, read_parquet
from tests.support.portfolio import UDGIFTER

# Spaces and controls at the ends, letters of two parts, and what no ASCII has: what a text may lose or change.
CHARACTERS = st.sampled_from("aZ09-~! \t\n\x00\x1e\x1f\x7f\xa0æe\u0301\u2009\u3000😀")


@given(st.lists(st.none() | st.text(CHARACTERS, max_size=4)))
@example([" a"])
@example(["a "])
@example(["a\n"])
@example(["\x1f"])
@example(["a b", "e\u0301", None, ""])
def test_texts(values: list[str | None]) -> None:
    column = pl.Series("borger_id", values, dtype=pl.String)
    assert as_text(column, is_amount=False).to_list() == [cell_text(value, is_amount=False) for value in values]


def test_a_column_of_a_type_that_cannot_be_read_is_named() -> None:
    file = io.BytesIO()
    digits = pa.array([Decimal("1.5")], pa.decimal256(50, 4))
    pq.write_table(pa.table({"bilagsnr": ["U1"], "beloeb": digits, "noter": digits}), file)
    with pytest.raises(Unreadable, match="column beloeb can't be read as it is written") as told:
        read_parquet(file.getvalue(), frozenset({"bilagsnr", "beloeb"}))
    assert told.value.da == "kolonnen beloeb kan ikke læses, som den er skrevet: gem den som tekst, tal eller dato"
    assert read_parquet(file.getvalue(), frozenset({"bilagsnr"})).to_dict(as_series=False) == {"bilagsnr": ["U1"]}


def test_the_widest_decimal_is_rounded() -> None:
    """It has more digits than Python computes with unasked."""
    column = pl.Series(
        "beloeb", [Decimal("12345678901234567890123456789012345.125"), Decimal("0.125")], pl.Decimal(38, 3)
    )
    assert as_text(column, is_amount=True).to_list() == ["12345678901234567890123456789012345.13", "0.13"]


def parquet(names: list[str], columns: list[pa.Array]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, names), file)
    return file.getvalue()


def test_two_columns_of_the_very_same_name_are_named_with_their_places() -> None:
    amounts, fields = pa.array([1]), pa.array([{"beloeb": 1, "tekst": {"beloeb": 2}}])
    data = parquet([*UDGIFTER.split()[:4], "noter", "beloeb"], [*[amounts] * 4, fields, amounts])
    delivery = read_delivery([DeliveredFile("udgifter.parquet", data)], is_archive=False)
    assert [fault.da for fault in delivery.faults if fault.code == "F03"] == [
        "udgifter.parquet: kolonnen beloeb findes flere gange (udgifter!D1 og udgifter!F1)"
    ]
    assert not [fault for fault in delivery.faults if fault.code == "F01"]
    assert not delivery.tables


@pytest.mark.parametrize("names", [["", ""], [" ", " "], ["\u200b", "\u200b"]])
def test_two_columns_without_a_name_are_not_passed_over(names: list[str]) -> None:
    amounts = pa.array([1])
    data = parquet([*UDGIFTER.split()[:4], *names], [amounts] * 6)
    delivery = read_delivery([DeliveredFile("udgifter.parquet", data)], is_archive=False)
    assert [fault.code for fault in delivery.faults if fault.refuses and fault.code != "F02"] == ["F01"]


def test_a_value_under_no_name_makes_no_row() -> None:
    texts, index = pa.array(["U1", None, ""]), pa.array([0, 1, 2])
    for names, row_nos in (([*UDGIFTER.split()[:4], " "], [2]), ([*UDGIFTER.split()[:4], "nr"], [2, 3, 4])):
        data = parquet(names, [*[texts] * 4, index])
        cells = read_delivery([DeliveredFile("udgifter.parquet", data)], is_archive=False).tables["udgifter"].cells
        assert cells is not None
        assert cells["row_no"].to_list() == row_nos
