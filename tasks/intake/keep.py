"""Keeping rows: the tables of some deliveries become rows of the warehouse, by DuckDB, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tasks.intake.betrayed import betrayed
from tasks.intake.tables import ALL_TABLES, AMOUNT, FREE_TEXT, GRUNDELEMENTER, UDGIFTER, Table
from tasks.warehouse.frames import in_parts, registered
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from tasks.intake.contents import TableText
    from tasks.intake.delimited import Delimited
    from tasks.intake.faults import Fault
    from tasks.intake.key import PseudonymKey

BATCH_CHARACTERS = 32_000_000
"""Enough that a batch has work for every core, and so few that it is small beside the memory."""
_CELL_CHARACTERS = 8


@dataclass
class Batch:
    """Tables waiting to be kept."""

    texts: dict[str, list[tuple[int, TableText]]] = field(default_factory=dict)
    characters: int = 0

    def add(self, delivery_no: int, text: TableText) -> None:
        """Add a delivery's table."""
        self.texts.setdefault(text.table.name, []).append((delivery_no, text))
        if text.delimited is not None:
            self.characters += len(text.delimited.content)
        if text.cells is not None:
            self.characters += text.cells.height * len(text.table.columns) * _CELL_CHARACTERS


def prepare_look_ups(connection: duckdb.DuckDBPyConnection, words: Sequence[str]) -> None:
    """Make the look-ups by which usual spellings are read; `words`: the codes that a delivery may write."""
    execute(connection, "intake/known_days")
    execute(connection, "intake/known_words", words=[*words, "ja", "nej"])
    execute(connection, "intake/known_numbers")


def keep(connection: duckdb.DuckDBPyConnection, batch: Batch, key: PseudonymKey) -> dict[int, list[Fault]]:
    """Keep a batch's rows in the core tables; give what their columns betray (P15), by delivery_no."""
    found: dict[int, list[Fault]] = {}
    for table in ALL_TABLES:
        waiting = batch.texts.get(table.name, [])
        split = [(number, text) for number, text in waiting if text.delimited is not None]
        typed = [(number, text) for number, text in waiting if text.cells is not None]
        if split:
            with registered(connection, texts=texts_of(table, split), delivered=_numbers_frame(split)):
                execute(connection, f"intake/split_{table.name}")
                _keep_cells(connection, table, key, dict(split), found)
        if typed:
            with registered(connection, frame=_cells(typed), delivered=_numbers_frame(typed)):
                execute(connection, "intake/take_cells")
                _keep_cells(connection, table, key, dict(typed), found)
    return found


def _keep_cells(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    key: PseudonymKey,
    texts: dict[int, TableText],
    found: dict[int, list[Fault]],
) -> None:
    execute(connection, f"intake/keep_{table.name}", inner_block=key.inner, outer_block=key.outer)
    execute(connection, "intake/keep_ragged", table_name=table.name)
    execute(connection, "intake/keep_row_counts", table_name=table.name)
    # Activities hold no money back, whichever order their dates are in.
    if table is not GRUNDELEMENTER:
        ((suspect_count,),) = execute(connection, f"intake/suspect_texts_{table.name}").fetchall()
        betrayals = execute(connection, "intake/betrayals").fetchall() if suspect_count else []
        for delivery_no, *betrayal in betrayals:
            found.setdefault(delivery_no, []).append(betrayed(texts[delivery_no], *betrayal))
    connection.execute("DROP TABLE cells")


def _numbers_frame(waiting: list[tuple[int, TableText]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame({"delivery_no": pl.Series([number for number, _ in waiting], dtype=pl.Int32)})


def texts_of(table: Table, waiting: list[tuple[int, TableText]]) -> pl.Series:
    """Give `texts`, a part for each CSV file, that `records_of` splits them from. One frame costs less than many."""
    import polars as pl

    rows = [_text_row(table, number, text, text.delimited) for number, text in waiting if text.delimited is not None]
    schema = {name: pl.String if isinstance(value, str) else pl.Int32 for name, value in rows[0].items()}
    frame = pl.DataFrame({name: [row[name] for row in rows] for name in schema}, schema=schema)
    return in_parts(frame.iter_slices(1))


def _text_row(table: Table, delivery_no: int, text: TableText, delimited: Delimited) -> dict[str, int | str | None]:
    return {
        "delivery_no": delivery_no,
        "header_row_no": delimited.header_row_no,
        "header_count": len(delimited.header),
        "place_after_amount": _place_after_amount(table, text, delimited),
        **{f"place_{name}": text.columns.get(name) for name in table.columns},
        "content": delimited.content,
        "field_separator": delimited.field_separator,
        "record_separator": delimited.record_separator,
        "delimiter": delimited.delimiter,
    }


def _place_after_amount(table: Table, text: TableText, delimited: Delimited) -> int | None:
    """Give the place of the cell that a comma may have split off an amount: behind it, in no column that is read."""
    place = text.columns.get(AMOUNT)
    if table.name != UDGIFTER.name or delimited.delimiter != "," or place is None or place >= len(delimited.header):
        return None
    behind = delimited.header[place]
    return place + 1 if behind == FREE_TEXT or behind not in table.columns else None


def _cells(waiting: list[tuple[int, TableText]]) -> pl.Series:
    import polars as pl

    return in_parts(
        text.cells.select(
            pl.lit(number, dtype=pl.Int32).alias("delivery_no"),
            pl.col("row_no"),
            pl.lit(len(text.columns), dtype=pl.Int32).alias("header_count"),
            pl.lit(len(text.columns), dtype=pl.Int32).alias("field_count"),
            pl.exclude("row_no"),
            pl.lit(None, dtype=pl.String).alias("after_amount"),
            pl.lit(None, dtype=pl.Int32).alias("split_place"),
        )
        for number, text in waiting
        if text.cells is not None
    )
