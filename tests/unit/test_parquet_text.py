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
from tasks.intake.faults import Unreadable
from tasks.intake.parquet import as_text, read_parquet

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
