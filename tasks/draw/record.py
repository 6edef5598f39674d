"""The record of a draw: its entries, and where they are kept. Source: docs/draw-format.md, 'Record'.

`HOME/draw/<project_id>.jsonl`, its head, and a copy in the warehouse. A rehearsal has a folder of its own and no copy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.base.durable import FOLDER_MODE
from tasks.base.moment import Moment
from tasks.chain import record as chain
from tasks.chain.head import read_head
from tasks.chain.line import GENESIS_SHA256, entry_line, own_hash, written_at
from tasks.draw.sequence import Member
from tasks.warehouse.frames import registered
from tasks.warehouse.statements import execute
from tasks.warehouse.transaction import transaction

if TYPE_CHECKING:
    import duckdb

FOLDER, REHEARSAL = "draw", "rehearsal"
OPEN, BEACON, BATCH, WITHDRAW, REVEAL, IMPORT = "open", "beacon", "batch", "withdraw", "reveal", "import"
Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Drawn:
    """A citizen in the record. `day`: drawn (Copenhagen); `number`: of the entry."""

    ref: str
    stratum: str
    arm: str
    day: date
    number: int


@dataclass(frozen=True)
class DrawRecord:
    """What a record says, entry by entry."""

    entries: tuple[Entry, ...] = ()

    def of_kind(self, kind: str) -> list[Entry]:
        """Give the entries of a kind, in order."""
        return [entry for entry in self.entries if entry["kind"] == kind]

    @property
    def is_open(self) -> bool:
        """Whether the project was committed to."""
        return bool(self.entries)

    @property
    def is_elsewhere(self) -> bool:
        """Whether arms that were drawn elsewhere are taken in, or about to be: there was no commitment."""
        return self.is_open and not self.entries[0]["commitment"]

    @property
    def beacon_value(self) -> str | None:
        """The public value; blank without a beacon, None while it is missing."""
        if self.entries and self.entries[0]["beacon"] == "":
            return ""
        return next((str(entry["value"]) for entry in self.of_kind(BEACON)), None)

    @property
    def is_closed(self) -> bool:
        """Whether the last batch was drawn, or the arms were drawn elsewhere."""
        return bool(self.of_kind(IMPORT)) or any(entry["last"] for entry in self.of_kind(BATCH))

    @property
    def seed(self) -> str | None:
        """The seed, once it is revealed."""
        return next((str(entry["seed"]) for entry in self.of_kind(REVEAL)), None)

    @property
    def members(self) -> tuple[Member, ...]:
        """The citizens drawn here, batch by batch."""
        return tuple(
            Member(one["ref"], one["stratum"], one["arm"], one["block"])
            for entry in self.of_kind(BATCH)
            for one in entry["members"]
        )

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        """Everybody who was drawn, here or elsewhere."""
        return tuple(
            Drawn(one["ref"], one["stratum"], one["arm"], _day_of(entry, one), entry["number"])
            for entry in self.entries
            if entry["kind"] in (BATCH, IMPORT)
            for one in entry["members"]
        )

    @property
    def withdrawn(self) -> frozenset[str]:
        """The refs of those who withdrew."""
        return frozenset(str(entry["ref"]) for entry in self.of_kind(WITHDRAW))

    def until(self, known_at: Moment) -> DrawRecord:
        """Give the record as it was at a moment."""
        return DrawRecord(tuple(entry for entry in self.entries if written_at(entry) <= known_at.utc))


def _day_of(entry: Entry, member: Mapping[str, Any]) -> date:
    return date.fromisoformat(member["date"]) if "date" in member else Moment(written_at(entry)).today


def folder_of(home: Path, *, is_rehearsal: bool) -> Path:
    """Give the folder of the records."""
    return home / FOLDER / REHEARSAL if is_rehearsal else home / FOLDER


def record_of(
    connection: duckdb.DuckDBPyConnection, home: Path, project_id: str, *, is_rehearsal: bool = False
) -> chain.Record:
    """Give a project's record."""
    folder = folder_of(home, is_rehearsal=is_rehearsal)
    file, head = folder / f"{project_id}.jsonl", folder / f"{project_id}.head"
    if is_rehearsal:
        return chain.Record(file, head)

    def newest() -> tuple[int, str]:
        held = lines()
        return len(held), own_hash(held[-1]) if held else GENESIS_SHA256

    def lines() -> list[bytes]:
        rows = execute(connection, "draw/lines", project_id=project_id).fetchall()
        return [line.encode() + b"\n" for (line,) in rows]

    def insert(fresh: Sequence[bytes]) -> None:
        texts = [line.decode().removesuffix("\n") for line in fresh]
        execute(connection, "draw/insert_lines", project_id=project_id, lines=texts)

    return chain.Record(file, head, chain.Copy(newest, lines, insert))


def read_record(lines: Iterable[bytes]) -> DrawRecord:
    """Read lines that were verified."""
    return DrawRecord(tuple(json.loads(line) for line in lines))


def write(
    connection: duckdb.DuckDBPyConnection,
    record: chain.Record,
    project_id: str,
    fields: Mapping[str, Any],
    *,
    now: Moment,
    by: str,
    persons: Mapping[str, str] | None = None,
) -> bytes:
    """Write an entry, whole or not at all, and give its line.

    `fields`: kind first, then the kind's own. `persons`: the pseudonym of each ref that the entry draws; they are kept
    before the entry is, and count only once it is there. The caller holds the lock of the home, and has healed.

    Raises OSError or duckdb.Error when a disk fails.
    """
    record.file.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    posted = read_head(record.head).posted
    line = entry_line(posted.entries + 1, fields, at=now.utc, by=by, previous_sha256=posted.sha256)
    if persons is not None:
        _keep_members(connection, project_id, read_record([line]).drawn, persons, posted.entries)
    chain.append(record, [line])
    return line


def _keep_members(
    connection: duckdb.DuckDBPyConnection,
    project_id: str,
    drawn: Sequence[Drawn],
    persons: Mapping[str, str],
    entries: int,
) -> None:
    import polars as pl

    rows = [(project_id, one.number, one.ref, persons[one.ref], one.stratum, one.arm, one.day) for one in drawn]
    schema = ("project_id", "number", "ref", "person", "stratum", "gruppe", "day")
    frame = pl.DataFrame(rows, schema=list(schema), orient="row")
    with transaction(connection):
        # Left by an entry that was withdrawn when its writing was interrupted.
        execute(connection, "draw/forget_members", project_id=project_id, entries=entries)
        with registered(connection, members=frame):
            execute(connection, "draw/add_members")
