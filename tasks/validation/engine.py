"""Great Expectations on the DuckDB connection that we already hold.

The stock way (duckdb-engine) fails in most expectations and reports it as bad data: Great Expectations closes its
connection and only then fetches, and reflection asks for catalogues that DuckDB lacks. So: a small SQLAlchemy dialect
whose connection wraps ours and gives each statement a cursor of its own, and a fluent datasource on it. It leans on
one internal of Great Expectations, `dialect_module`; drop this module when Great Expectations has a DuckDB engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

import duckdb
import great_expectations as gx
import sqlalchemy as sa
from great_expectations.compatibility import pydantic
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource, TableAsset
from great_expectations.execution_engine import SqlAlchemyExecutionEngine
from sqlalchemy.dialects import postgresql, registry
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.pool import StaticPool

from tasks.base.failure import is_stop

_TYPES: dict[str, Any] = {
    "BOOLEAN": postgresql.BOOLEAN,
    "INTEGER": postgresql.INTEGER,
    "BIGINT": postgresql.BIGINT,
    "HUGEINT": postgresql.NUMERIC,
    "DOUBLE": postgresql.DOUBLE_PRECISION,
    "DATE": postgresql.DATE,
    "TIMESTAMP": postgresql.TIMESTAMP,
    "VARCHAR": postgresql.VARCHAR,
    "DECIMAL": postgresql.NUMERIC,
    "UUID": postgresql.UUID,
}


class _Cursor:
    """One statement's own cursor, whose rows stay readable after it is closed."""

    arraysize = 1

    def __init__(self, held: duckdb.DuckDBPyConnection) -> None:
        self._held = held
        self._rows: list[tuple[Any, ...]] = []
        self.description: list[tuple[Any, ...]] | None = None
        self.rowcount = -1

    def execute(self, text: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement and take all its rows: those of this module are counts and column names.

        Raises KeyboardInterrupt for a request to stop, which Great Expectations would take for a rule that crashed.
        """
        try:
            with self._held.cursor() as cursor:
                cursor.execute(text, list(parameters))
                self.description = cursor.description
                self._rows = cursor.fetchall() if cursor.description else []
        except (duckdb.Error, RuntimeError) as error:
            if is_stop(error):
                raise KeyboardInterrupt from None
            raise

    def fetchone(self) -> tuple[Any, ...] | None:
        """Give the next row, None at the end."""
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        """Give the next `size` rows."""
        taken, self._rows = self._rows[:size], self._rows[size:]
        return taken

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Give the rows that are left."""
        return self.fetchmany(len(self._rows))

    def close(self) -> None:
        """Keep the rows: Great Expectations fetches after it has closed."""


class _Connection:
    """A DBAPI connection around the one that we hold, which is neither committed, rolled back nor closed."""

    def __init__(self, held: duckdb.DuckDBPyConnection) -> None:
        self._held = held

    def cursor(self) -> _Cursor:
        return _Cursor(self._held)

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def close(self) -> None: ...


class HeldDuckDB(PGDialect):
    """The SQLAlchemy dialect: PostgreSQL's SQL, DuckDB's catalogue."""

    name = "duckdb"
    driver = "held"
    supports_statement_cache = True
    default_paramstyle = "qmark"

    @classmethod
    def import_dbapi(cls) -> Any:
        """Give the module whose errors and parameter style hold."""
        return duckdb

    def initialize(self, connection: sa.Connection) -> None:  # noqa: ARG002
        """Ask the server nothing: there is none."""
        self.default_schema_name = "main"

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Leave the held connection as it is."""

    def has_table(self, connection: Any, table_name: str, schema: str | None = None, **_: Any) -> bool:
        """Return whether a table or view of that name is there."""
        try:
            return bool(self.get_columns(connection, table_name, schema))
        except sa.exc.ProgrammingError as error:
            if isinstance(error.orig, duckdb.CatalogException):
                return False
            raise

    def get_schema_names(self, connection: Any, **_: Any) -> list[str]:
        """Give the schemas' names."""
        return [row[0] for row in connection.execute(sa.text("SELECT schema_name FROM information_schema.schemata"))]

    def get_columns(self, connection: Any, table_name: str, schema: str | None = None, **_: Any) -> list[Any]:
        """Give the columns of a table or view, with types as SQLAlchemy names them."""
        # information_schema.columns takes 12 ms: it lists the columns of every table and view before it chooses.
        quoted = ".".join(self.identifier_preparer.quote_identifier(name) for name in (schema, table_name) if name)
        found = connection.execute(sa.text(f"DESCRIBE {quoted}"))
        return [
            {"name": name, "type": _TYPES[kind.partition("(")[0]](), "nullable": nullable == "YES", "default": None}
            for name, kind, nullable, *_ in found
        ]

    def get_pk_constraint(self, connection: Any, table_name: str, schema: Any = None, **_: Any) -> Any:  # noqa: ARG002
        """Give no primary key: uniqueness is judged, not declared."""
        return {"constrained_columns": [], "name": None}


registry.register("duckdb", __name__, HeldDuckDB.__name__)


class HeldEngine(SqlAlchemyExecutionEngine):  # type: ignore[misc] # the library is untyped
    """Great Expectations' engine on the dialect above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Switches type checks on; the stock engine knows no module for DuckDB.
        self.dialect_module = postgresql


class HeldTable(TableAsset):  # type: ignore[misc] # the library is untyped
    """A table of the connection that a datasource holds."""

    def test_connection(self) -> None:
        """Test nothing: judging a table that is not there fails by itself."""


class HeldDatasource(SQLDatasource):  # type: ignore[misc] # the library is untyped
    """The fluent datasource: the tables of one schema (the datasource's name) of the connection that it holds."""

    type: Literal["duckdb"] = "duckdb"
    connection_string: str = "duckdb://"
    _held: Any = pydantic.PrivateAttr(None)
    _TableAsset: Any = pydantic.PrivateAttr(HeldTable)
    _execution_engine: HeldEngine | None = pydantic.PrivateAttr(None)

    def hold(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Take the connection to read through; an engine that read through another one is dropped, with its caches."""
        self._held = _Connection(connection)
        self._execution_engine = None

    @property
    def schema_(self) -> str:
        """The schema of the tables."""
        return str(self.name)

    def test_connection(self, test_assets: bool = True) -> None:
        """Test nothing: the connection is open."""

    def get_execution_engine(self) -> HeldEngine:
        """Give the engine on the held connection."""
        if self._execution_engine is None:
            engine = sa.create_engine(self.connection_string, creator=lambda: self._held, poolclass=StaticPool)
            self._execution_engine = HeldEngine(engine=engine, create_temp_table=False)
        return self._execution_engine

    def get_engine(self) -> sa.Engine:
        """Give the SQLAlchemy engine."""
        engine: sa.Engine = self.get_execution_engine().engine
        return engine


@cache
def _context() -> gx.data_context.EphemeralDataContext:
    """Make a context that keeps nothing, once a process."""
    context = gx.get_context(mode="ephemeral")
    # Nothing of it is kept, and writing it out as YAML after each table costs more than judging the table.
    context._save_project_config = lambda: None
    context.variables.progress_bars = {"globally": False}
    return context


@cache
def _datasource(schema: str) -> HeldDatasource:
    datasource: HeldDatasource = _context().data_sources.add_duckdb(name=schema)
    return datasource


@cache
def _whole_table(schema: str, table: str) -> BatchDefinition[Any]:
    asset = _datasource(schema).add_table_asset(f"{schema}.{table}", table_name=table)
    return asset.add_batch_definition_whole_table("all")


def batch_on(connection: duckdb.DuckDBPyConnection, name: str) -> Batch:
    """Give the table or view `name` (with its schema, or in main) as a batch that is read through `connection`."""
    schema, _, table = name.rpartition(".")
    _datasource(schema or "main").hold(connection)
    return _whole_table(schema or "main", table).get_batch()
