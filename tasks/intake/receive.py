"""Receiving: what lies in the inbox enters the warehouse, or is refused with its reasons.

A delivery enters whole or not at all: its rows and its receipt are written in one transaction, with those of its batch.

Source: the intake, 'Inbox'. A delivery that was received before is known by its contents and is not read again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.base.cpr import mask
from tasks.base.system import told_by_system
from tasks.intake.contents import DeliveredFile, Delivery, FileRecord
from tasks.intake.control import ControlRow, control_faults, control_rows
from tasks.intake.delivery import read_delivery
from tasks.intake.faults import Fault
from tasks.intake.inbox import Place, as_of_text, places_of
from tasks.intake.keep import BATCH_CHARACTERS, Batch, keep, prepare_look_ups
from tasks.intake.key import PseudonymKey
from tasks.intake.read_ahead import read_ahead
from tasks.warehouse.connection import without_spilling
from tasks.warehouse.frames import registered
from tasks.warehouse.statements import execute
from tasks.warehouse.transaction import transaction

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from tasks.base.moment import Moment
    from tasks.base.progress import Progress


@dataclass(frozen=True)
class Received:
    """The result of looking at the inbox.

    `deliveries`: in the inbox; `read`: those read now; `accepted`, `refused`: receipts written now; `strays`: what lies
    there and is no delivery; `unknown_folders`: its folders that belong to no project of the register;
    `unreadable_folders`: its folders that can't be read, each with the system's reason.
    """

    deliveries: int
    read: int
    accepted: int
    refused: int
    strays: tuple[str, ...] = ()
    unknown_folders: tuple[str, ...] = ()
    unreadable_folders: tuple[str, ...] = ()


@dataclass
class _Judged:
    """A delivery of the inbox, and every fault found."""

    place: Place
    delivery_no: int
    faults: list[Fault]

    @property
    def is_accepted(self) -> bool:
        return not any(fault.refuses for fault in self.faults)


@dataclass
class _Waiting:
    """Deliveries of the inbox that are judged and wait to enter the warehouse, with the texts of those newly read."""

    judged: list[_Judged] = field(default_factory=list)
    newly_read: list[_Judged] = field(default_factory=list)
    control: list[ControlRow] = field(default_factory=list)
    batch: Batch = field(default_factory=Batch)

    def add(self, delivery: _Judged, contents: Delivery, *, keeps_refused: bool) -> None:
        """Add a delivery that was newly read, with its faults and the texts of its tables that are to be kept."""
        self.newly_read.append(delivery)
        delivery.faults.extend(contents.faults)
        for text in contents.tables.values():
            if text.is_whole or not keeps_refused:
                self.batch.add(delivery.delivery_no, text)
        if contents.control is not None:
            rows, faults = control_rows(delivery.delivery_no, contents.control)
            self.control.extend(rows)
            delivery.faults.extend(faults)


class _Warehouse:
    """What the warehouse knows of deliveries, and what is added to it.

    remarks: on each delivery whose rows are kept, by its number.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        known = execute(connection, "intake/known_deliveries").fetchall()
        self.numbers: dict[tuple[str, str, str], int] = {
            (project, as_of, content_sha256): number for project, as_of, content_sha256, number, *_ in known
        }
        self.remarks = {number: _faults(remarks) for *_, number, is_accepted, remarks in known if is_accepted}
        newest = execute(connection, "intake/newest_receipts").fetchall()
        self.newest = {(project, as_of): (number, _faults(faults)) for project, as_of, number, _, faults in newest}
        self.last_receipt_no: int = max((receipt_no for *_, receipt_no, _ in newest), default=0)
        self.new: list[tuple[int, Place, str, list[FileRecord]]] = []

    def number_of(self, place: Place, files: list[DeliveredFile]) -> int:
        """Give the delivery's number; one whose contents are new gets the next, and is noted as new."""
        content_sha256 = _content_sha256(files)
        key = (mask(place.project_folder), mask(place.as_of_folder), content_sha256)
        if key not in self.numbers:
            self.numbers[key] = max(self.numbers.values(), default=0) + 1
            self.new.append((self.numbers[key], place, content_sha256, [file.record() for file in files]))
        return self.numbers[key]


def _faults(kept: list[dict[str, str]] | None) -> list[Fault]:
    return [Fault(**fault) for fault in kept or []]


def receive(
    connection: duckdb.DuckDBPyConnection,
    inbox: Path,
    *,
    project_ids: frozenset[str],
    words: Sequence[str],
    now: Moment,
    key: PseudonymKey,
    progress: Progress,
) -> Received:
    """Receive what lies in the inbox. `words`: the codes that a delivery may write.

    A delivery that can't be read is refused, and every other one stands. Raises InputError when the inbox itself can't
    be read.
    """
    places, strays, unreadable = places_of(inbox)
    received = receive_places(
        connection, places, project_ids=project_ids, words=words, now=now, key=key, progress=progress
    )
    return replace(
        received,
        strays=tuple(map(mask, strays)),
        unknown_folders=unknown_folders_of(places, project_ids),
        unreadable_folders=tuple(map(mask, unreadable)),
    )


def unknown_folders_of(places: Sequence[Place], project_ids: frozenset[str]) -> tuple[str, ...]:
    """Give the project folders, masked, that belong to no project of the register."""
    return tuple(sorted({mask(place.project_folder) for place in places if place.project_folder not in project_ids}))


def receive_places(
    connection: duckdb.DuckDBPyConnection,
    places: list[Place],
    *,
    project_ids: frozenset[str],
    words: Sequence[str],
    now: Moment,
    key: PseudonymKey,
    progress: Progress,
    beside: frozenset[str] = frozenset(),
    show: Callable[[Delivery], None] | None = None,
    keeps_refused: bool = False,
) -> Received:
    """Receive the deliveries at `places`, all of one inbox.

    `beside`: names that lie beside the one delivery at `places` and are not received themselves. `show` is
    called with each delivery that is read. `keeps_refused`: keep the rows of a refused delivery's whole tables.
    """
    prepare_look_ups(connection, words)
    of_one_day = Counter(
        (place.project_folder, as_of_text(name)) for place in places for name in (place.as_of_folder, *beside)
    )
    warehouse = _Warehouse(connection)
    waiting = _Waiting()
    received = Received(len(places), read=0, accepted=0, refused=0)
    for done, (place, read) in enumerate(read_ahead(places)):
        progress(done, len(places))
        delivery = _Judged(place, 0, _situation(place, of_one_day, project_ids, now.today))
        waiting.judged.append(delivery)
        try:
            files = read.result()
        except OSError as error:
            delivery.faults.append(_unreadable(place, error))
            files = []
        delivery.delivery_no = warehouse.number_of(place, files)
        remarks = warehouse.remarks.get(delivery.delivery_no)
        if remarks is not None:
            delivery.faults.extend(remarks)
            continue
        contents = read_delivery(files, is_archive=place.is_archive or place.is_link)
        if show is not None:
            show(contents)
        waiting.add(delivery, contents, keeps_refused=keeps_refused)
        if waiting.batch.characters > BATCH_CHARACTERS:
            received = _enter(warehouse, waiting, received, now, key, keeps_refused=keeps_refused)
            waiting = _Waiting()
    received = _enter(warehouse, waiting, received, now, key, keeps_refused=keeps_refused)
    progress(len(places), len(places))
    return received


def _enter(
    warehouse: _Warehouse,
    waiting: _Waiting,
    received: Received,
    now: Moment,
    key: PseudonymKey,
    *,
    keeps_refused: bool,
) -> Received:
    """Let the waiting deliveries enter the warehouse, and count them."""
    connection = warehouse.connection
    with without_spilling(connection), transaction(connection):
        betrayals = keep(connection, waiting.batch, key)
        mismatches = control_faults(connection, waiting.control)
        for delivery in waiting.newly_read:
            delivery.faults.extend(mismatches.get(delivery.delivery_no, []))
            delivery.faults.extend(betrayals.get(delivery.delivery_no, []))
        if not keeps_refused:
            _forget_refused(connection, waiting.newly_read)
        accepted, refused = _write(warehouse, waiting.judged, now)
    return replace(
        received,
        read=received.read + len(waiting.newly_read),
        accepted=received.accepted + accepted,
        refused=received.refused + refused,
    )


def _situation(
    place: Place, of_one_day: Counter[tuple[str, str]], project_ids: frozenset[str], today: date
) -> list[Fault]:
    """Judge what does not depend on the contents: the project, the as-of date, a folder beside an archive.

    `of_one_day`: how many folders and archives there are for a project's as-of date.
    """
    faults: list[Fault] = []
    project, folder = mask(place.project_folder), mask(place.as_of_folder)
    if of_one_day[place.project_folder, place.as_of_text] > 1:
        faults.append(
            Fault(
                "F02",
                f"flere mapper eller arkiver er afleveret for {mask(place.as_of_text)}",
                f"more than one folder or archive is delivered for {mask(place.as_of_text)}",
            )
        )
    if place.project_folder not in project_ids:
        faults.append(
            Fault("F04", f"projektet {project} findes ikke i registret", f"project {project} is not in the register")
        )
    if place.as_of_date is None:
        faults.append(
            Fault(
                "F05",
                f"{folder} er ikke en dato, skrevet åååå-mm-dd; sådan skal mappen eller arkivet hedde",
                f"{folder} is no date written yyyy-mm-dd; name the folder or archive so",
            )
        )
    elif place.as_of_date > today:
        faults.append(Fault("F05", f"{folder} ligger i fremtiden", f"{folder} lies in the future"))
    return faults


def _unreadable(place: Place, error: OSError) -> Fault:
    folder, why = mask(place.as_of_folder), told_by_system(error)
    return Fault("F01", f"{folder} kan ikke læses ({why.da})", f"{folder} can't be read ({why.en})")


def _content_sha256(files: list[DeliveredFile]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0{file.sha256}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _forget_refused(connection: duckdb.DuckDBPyConnection, newly_read: list[_Judged]) -> None:
    refused = [delivery.delivery_no for delivery in newly_read if not delivery.is_accepted]
    if not refused:
        return
    for name in ("citizens", "spells", "expenses", "elements", "ragged", "row_counts"):
        execute(connection, f"intake/forget_{name}", delivery_nos=refused)


def _write(warehouse: _Warehouse, judged: list[_Judged], now: Moment) -> tuple[int, int]:
    """Write the new deliveries, and a receipt for each whose contents or verdict are not those of its newest one."""
    import polars as pl

    schemas: dict[str, list[Any]] = {
        "deliveries": [pl.Int32, pl.String, pl.String, pl.Date, pl.String],
        "files": [pl.Int32, pl.String, pl.String, pl.Int64],
        "receipts": [pl.Int32, pl.Int32, pl.Datetime("us"), pl.Boolean],
        "faults": [pl.Int32, pl.Int32, pl.String, pl.String, pl.String],
    }
    deliveries = [
        (number, mask(place.project_folder), mask(place.as_of_folder), place.as_of_date, content)
        for number, place, content, _ in warehouse.new
    ]
    files = [
        (number, mask(file.name), file.sha256, file.size_bytes)
        for number, _, _, of_delivery in warehouse.new
        for file in of_delivery
    ]
    changed = [
        delivery
        for delivery in judged
        if warehouse.newest.get((mask(delivery.place.project_folder), mask(delivery.place.as_of_folder)))
        != (delivery.delivery_no, delivery.faults)
    ]
    numbered = list(enumerate(changed, start=warehouse.last_receipt_no + 1))
    receipts = [(number, one.delivery_no, now.timestamp, one.is_accepted) for number, one in numbered]
    faults = [
        (number, place_no, fault.code, fault.da, fault.en)
        for number, one in numbered
        for place_no, fault in enumerate(one.faults)
    ]
    for table, rows in (("deliveries", deliveries), ("files", files), ("receipts", receipts), ("faults", faults)):
        if rows:
            frame = pl.DataFrame(rows, schema=[(str(at), kind) for at, kind in enumerate(schemas[table])], orient="row")
            with registered(warehouse.connection, rows=frame):
                execute(warehouse.connection, f"intake/add_{table}")
    warehouse.last_receipt_no += len(changed)
    warehouse.new.clear()
    accepted = sum(1 for one in changed if one.is_accepted)
    return accepted, len(changed) - accepted
