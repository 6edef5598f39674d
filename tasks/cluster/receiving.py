"""Receiving on workers: each reads, types and judges the deliveries of some projects in a DuckDB of its own.

Its results are numbered as if it had been alone; shards are neighbours in the order of the inbox, so adding the counts
of the shards before it gives the numbers that one machine would have given.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tasks.base.cpr import mask
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.cluster.exchange import add, file_of, fresh, give
from tasks.cluster.shards import SHARDS_PER_WORKER, shards_of_places
from tasks.cluster.workers import own_folder, threads
from tasks.intake.inbox import Place, places_of
from tasks.intake.key import PseudonymKey
from tasks.intake.receive import Received, receive_places, unknown_folders_of
from tasks.warehouse.connection import open_warehouse
from tasks.warehouse.statements import execute, statement
from tasks.warehouse.transaction import transaction

if TYPE_CHECKING:
    import duckdb

    from tasks.base.progress import Progress
    from tasks.cluster.workers import Workers

_KNOWN = ("core_deliveries", "core_receipts", "core_faults")
_ROWS = (
    "core_files",
    "core_citizens",
    "core_spells",
    "core_expenses",
    "core_elements",
    "core_ragged",
    "core_row_counts",
)


@dataclass(frozen=True)
class Intake:
    """The deliveries that one worker is to receive. `known`: the folder of what the warehouse knows of deliveries."""

    places: Sequence[Place]
    project_ids: frozenset[str]
    words: Sequence[str]
    now: Moment
    key: PseudonymKey
    exchange: Path
    known: Path


@dataclass(frozen=True)
class ReceivedShard:
    """What one worker received. `folder`: its tables; `new_deliveries`: how many came for the first time.

    `new_receipts`: how many receipts it wrote.
    """

    folder: Path
    received: Received
    new_deliveries: int
    new_receipts: int


class _LastNumbers(NamedTuple):
    """The last numbers that were given."""

    delivery_no: int
    receipt_no: int


def receive_on_workers(
    connection: duckdb.DuckDBPyConnection,
    workers: Workers,
    inbox: Path,
    *,
    project_ids: frozenset[str],
    words: Sequence[str],
    now: Moment,
    key: PseudonymKey,
    progress: Progress,
) -> Received:
    """Receive what lies in the inbox, as `tasks.intake.receive.receive` does, but all in one transaction.

    Raises InputError when the inbox can't be read.
    """
    places, strays, unreadable = places_of(inbox.resolve())
    shards = shards_of_places(places, workers.count * SHARDS_PER_WORKER)
    known = fresh(workers.folder, "known")
    give(connection, known, _KNOWN)
    works = [Intake(shard, project_ids, words, now, key, workers.folder, known) for shard in shards]
    progress(0, len(places))
    parts: list[ReceivedShard] = []
    with transaction(connection):
        last = _last_numbers(connection)
        for part in workers.each("receive", receive_shard, works):
            _append(connection, part, parts, last)
            parts.append(part)
            progress(sum(one.received.deliveries for one in parts), len(places))
    return Received(
        deliveries=len(places),
        read=sum(part.received.read for part in parts),
        accepted=sum(part.received.accepted for part in parts),
        refused=sum(part.received.refused for part in parts),
        strays=tuple(map(mask, strays)),
        unknown_folders=unknown_folders_of(places, project_ids),
        unreadable_folders=tuple(map(mask, unreadable)),
    )


def receive_shard(work: Intake) -> ReceivedShard:
    """Receive some deliveries, on a worker."""
    folder = fresh(work.exchange, "received")
    with (
        tempfile.TemporaryDirectory(dir=own_folder()) as own,
        open_warehouse(Path(own), threads=threads()) as connection,
    ):
        for table in _KNOWN:
            add(connection, table, [file_of(work.known, table)])
        last = _last_numbers(connection)
        received = receive_places(
            connection,
            list(work.places),
            project_ids=work.project_ids,
            words=work.words,
            now=work.now,
            key=work.key,
            progress=Silence().step("deliveries"),
        )
        give(connection, folder, _ROWS)
        _give_new(connection, folder, "deliveries", last_delivery_no=last.delivery_no)
        _give_new(connection, folder, "receipts", last_receipt_no=last.receipt_no)
        _give_new(connection, folder, "faults", last_receipt_no=last.receipt_no)
        now_last = _last_numbers(connection)
    return ReceivedShard(
        folder, received, now_last.delivery_no - last.delivery_no, now_last.receipt_no - last.receipt_no
    )


def _last_numbers(connection: duckdb.DuckDBPyConnection) -> _LastNumbers:
    row = execute(connection, "cluster/last_numbers").fetchone()
    assert row is not None  # noqa: S101 - the statement gives one row
    return _LastNumbers(*row)


def _give_new(connection: duckdb.DuckDBPyConnection, folder: Path, name: str, **last: int) -> None:
    execute(connection, f"cluster/give_new_{name}", path=str(file_of(folder, f"core_{name}")), **last)


def _append(
    connection: duckdb.DuckDBPyConnection, part: ReceivedShard, before: Sequence[ReceivedShard], last: _LastNumbers
) -> None:
    deliveries = {
        "last_delivery_no": last.delivery_no,
        "new_before": sum(one.new_deliveries for one in before),
    }
    receipts = {"receipts_before": sum(one.new_receipts for one in before)}
    by_delivery = statement("cluster/append_by_delivery")
    for table in ("core_deliveries", *_ROWS):
        path = str(file_of(part.folder, table))
        connection.execute(by_delivery.replace("{table}", table), {"path": path, **deliveries})
    path = str(file_of(part.folder, "core_receipts"))
    execute(connection, "cluster/append_receipts", path=path, **deliveries, **receipts)
    execute(connection, "cluster/append_faults", path=str(file_of(part.folder, "core_faults")), **receipts)
