"""Handing Polars frames to DuckDB through Arrow, without a copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import polars as pl


class _Stream:
    """The Arrow stream alone, which DuckDB reads a frame through, so that pyarrow need not be imported."""

    def __init__(self, frame: pl.DataFrame | pl.Series) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def in_parts(frames: Iterable[pl.DataFrame]) -> pl.Series:
    """Put frames of the same columns behind one another, as one series of rows, for `registered`.

    DuckDB's threads share the parts. A frame streams as one part, however many chunks it has: one thread reads it.
    """
    import polars as pl

    return pl.concat((frame.to_struct() for frame in frames), rechunk=False)


@contextmanager
def registered(connection: duckdb.DuckDBPyConnection, **frames: pl.DataFrame | pl.Series) -> Iterator[None]:
    """Make each frame, or frames `in_parts`, readable under its name for as long as the context lasts.

    After an error the names stay: the transaction is then aborted, and taking them back would hide the cause.
    """
    for name, frame in frames.items():
        connection.register(name, _Stream(frame))
    yield
    for name in frames:
        connection.unregister(name)
