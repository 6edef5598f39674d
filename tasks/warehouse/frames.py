"""Handing Polars frames to DuckDB through Arrow, without a copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import polars as pl


class _Stream:
    """What DuckDB reads a frame through: the Arrow stream alone, so that pyarrow need not be imported."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


@contextmanager
def registered(connection: duckdb.DuckDBPyConnection, **frames: pl.DataFrame) -> Iterator[None]:
    """Make each frame readable under its name for as long as the context lasts.

    After an error the names stay: the transaction is aborted then, and taking them back would hide its cause.
    """
    for name, frame in frames.items():
        connection.register(name, _Stream(frame))
    yield
    for name in frames:
        connection.unregister(name)
