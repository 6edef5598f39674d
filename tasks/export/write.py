"""Writing the export: `drafts`, `settlements`, `events`, `ledger`, `violations`, each as Parquet, and `columns.csv`."""

from __future__ import annotations

import csv
import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.base.cpr import mask
from tasks.base.durable import FOLDER_MODE
from tasks.base.errors import InputError
from tasks.base.worded import phrase
from tasks.export.columns import described
from tasks.intake.key import PseudonymKey, key_of, operator_secret
from tasks.validation.catalogue import remarks_on_deliveries
from tasks.warehouse.aside import made_aside
from tasks.warehouse.statements import statement

if TYPE_CHECKING:
    import duckdb

FILES = ("drafts", "settlements", "events", "ledger", "violations")
COLUMNS = "columns.csv"
_PURPOSE = b"jobfirst export"


@dataclass(frozen=True)
class Exported:
    """The result of an export: how many rows by file."""

    folder: Path
    rows: dict[str, int]


def export(connection: duckdb.DuckDBPyConnection, home: Path, folder: Path) -> Exported:
    """Write a home's drafts, events, ledger and violations into a new folder, whole or not at all.

    Citizens have pseudonyms that only this home's exports share; names of persons, reasons and messages are left out.

    Raises InputError where the folder is there and not empty, or the key is not the home's; HomeHeld where another
    process exports into it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(phrase("{folder} is there and not empty: name a new folder.", folder=mask(str(folder))))
    key = _key(connection, home)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with made_aside(folder, "exporting") as aside:
        fresh = aside / "export"
        fresh.mkdir(mode=FOLDER_MODE)
        rows = _write(connection, key, fresh)
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)
    return Exported(folder, rows)


def _write(connection: duckdb.DuckDBPyConnection, key: PseudonymKey, folder: Path) -> dict[str, int]:
    values: dict[str, dict[str, Any]] = {
        "events": {"inner_block": key.inner, "outer_block": key.outer},
        "violations": {"remarks": remarks_on_deliveries()},
    }
    rows: dict[str, int] = {}
    with (folder / COLUMNS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("file", "column", "type", "holds"))
        for name in FILES:
            found = connection.sql(statement(f"export/{name}"), params=values.get(name))
            found.write_parquet(str(folder / f"{name}.parquet"), compression="zstd")
            rows[name] = len(found)
            says = described(connection, name, found.columns)
            kinds = map(str, found.types)
            writer.writerows(
                (f"{name}.parquet", column, kind, says[column])
                for column, kind in zip(found.columns, kinds, strict=True)
            )
    return rows


def _key(connection: duckdb.DuckDBPyConnection, home: Path) -> PseudonymKey:
    """Give a key of the export's own: what it makes can't be joined with the warehouse's pseudonyms."""
    key_of(connection, home)
    return PseudonymKey.of(hmac.new(operator_secret(home), _PURPOSE, hashlib.sha256).digest())
