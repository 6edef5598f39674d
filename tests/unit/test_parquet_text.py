"""A column of a Parquet file as text: each cell as it would be, were it looked at by itself."""

from __future__ import annotations

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from tasks.intake.cells import cell_text
from tasks.intake.parquet import as_text

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
