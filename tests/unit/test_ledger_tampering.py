"""Whatever is done to one of the ledger's places, `verify` finds it, and names the first entry that is wrong."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tasks.chain.head import Head, Reach, read_head, write_head
from tasks.chain.line import own_hash_part
from tasks.ledger.entry import chained, hashed_part, line
from tasks.ledger.read import read_entries
from tasks.ledger.record import verify
from tests.support.ledger_examples import append_release, ledger_in, posting

RUNS = 3
ENTRIES = RUNS * 6
EDITS = int(os.environ.get("JOBFIRST_TAMPERING_EDITS", "2000"))
"""How many random edits are tried; `JOBFIRST_TAMPERING_EDITS=200000` is a night's work."""
SEED = 2018


@dataclass
class Ledger:
    """A ledger with copies of every state that it was in."""

    connection: duckdb.DuckDBPyConnection
    home: Path
    files: list[dict[str, bytes]]

    def keep(self, run: int) -> None:
        """Copy all three places as they are after a run."""
        self.connection.execute(f"CREATE TABLE copy_{run} AS FROM core_ledger")
        names = ("ledger.jsonl", "ledger.head")
        self.files.append({name: (self.home / name).read_bytes() for name in names if (self.home / name).exists()})

    def restore_rows(self, run: int = RUNS) -> None:
        """Put the warehouse's record back as it was after a run."""
        self.connection.execute("DELETE FROM core_ledger")
        self.connection.execute(f"INSERT INTO core_ledger FROM copy_{run}")

    def restore_file(self, name: str, run: int = RUNS) -> None:
        """Put a file back as it was after a run."""
        if name in self.files[run]:
            (self.home / name).write_bytes(self.files[run][name])
        else:
            (self.home / name).unlink(missing_ok=True)

    def lines(self) -> list[bytes]:
        """Give the lines of the file."""
        return (self.home / "ledger.jsonl").read_bytes().splitlines(keepends=True)

    def write_lines(self, lines: list[bytes]) -> None:
        """Write the file again."""
        (self.home / "ledger.jsonl").write_bytes(b"".join(lines))

    def finding(self) -> str | None:
        """Give what `verify` finds."""
        return verify(self.connection, self.home).finding


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    home = tmp_path_factory.mktemp("home")
    with ledger_in(home, in_memory=True) as connection:
        ledger = Ledger(connection, home, [])
        ledger.keep(0)
        for run in range(1, RUNS + 1):
            append_release(connection, home, run)
            ledger.keep(run)
        yield ledger


CHANGES = {
    "number": "number + 1000",
    "year": "year + 1",
    "amount_dkk": "amount_dkk + 0.01",
    "posted_at": "posted_at + INTERVAL 1 MICROSECOND",
    "waivers": "list_append(waivers, {code: 'P02', reason: 'fordi'})",
}
COLUMNS = (
    "number",
    "run",
    "project_id",
    "year",
    "component",
    "kind",
    "amount_dkk",
    "text",
    "waivers",
    "draft_fingerprint",
    "prepared_by",
    "approved_by",
    "posted_at",
    "previous_sha256",
    "sha256",
)


def change_cell(ledger: Ledger, dice: random.Random) -> int:
    number, column = dice.randint(1, ENTRIES), dice.choice(COLUMNS)
    place = dice.randint(1, 4)
    other = f"left({column}, {place - 1}) || chr(xor(ascii({column}[{place}]), 1)) || substr({column}, {place + 1})"
    value = CHANGES.get(column, other)
    ledger.connection.execute(f"UPDATE core_ledger SET {column} = {value} WHERE number = {number}")  # noqa: S608 - own text
    return number


def delete_row(ledger: Ledger, dice: random.Random) -> int:
    number = dice.randint(1, ENTRIES)
    ledger.connection.execute("DELETE FROM core_ledger WHERE number = ?", [number])
    return number


def delete_row_and_close_the_gap(ledger: Ledger, dice: random.Random) -> int:
    number = dice.randint(1, ENTRIES)
    ledger.connection.execute("DELETE FROM core_ledger WHERE number = ?", [number])
    for later in range(number + 1, ENTRIES + 1):
        ledger.connection.execute("UPDATE core_ledger SET number = ? WHERE number = ?", [later - 1, later])
    return number


def swap_rows(ledger: Ledger, dice: random.Random) -> int:
    one, other = sorted(dice.sample(range(1, ENTRIES + 1), 2))
    for old, new in ((one, -1), (other, one), (-1, other)):
        ledger.connection.execute("UPDATE core_ledger SET number = ? WHERE number = ?", [new, old])
    return one


def repeat_row_at_the_end(ledger: Ledger, dice: random.Random) -> int:
    ledger.connection.execute(
        "INSERT INTO core_ledger SELECT * REPLACE ($new::BIGINT AS number) FROM core_ledger WHERE number = $old",
        {"new": ENTRIES + 1, "old": dice.randint(1, ENTRIES)},
    )
    return ENTRIES + 1


def put_rows_back(ledger: Ledger, dice: random.Random) -> int:
    run = dice.randrange(RUNS)
    ledger.restore_rows(run)
    return run * 6 + 1


def rewrite_rows_from_one_on(ledger: Ledger, dice: random.Random) -> int:
    """Forge with the format known: one amount, and every hash from there on made again."""
    first = dice.randint(1, ENTRIES)
    entries = read_entries(ledger.connection)
    for index in range(first - 1, ENTRIES):
        entry = entries[index]
        if index == first - 1:
            entry = replace(entry, amount_dkk=entry.amount_dkk + 1)
        if index:
            entry = replace(entry, previous_sha256=entries[index - 1].sha256)
        entries[index] = replace(entry, sha256=_digest(hashed_part(entry)))
        ledger.connection.execute(
            "UPDATE core_ledger SET amount_dkk = ?, previous_sha256 = ?, sha256 = ? WHERE number = ?",
            [entry.amount_dkk, entries[index].previous_sha256, entries[index].sha256, index + 1],
        )
    return first


def flip_bit(ledger: Ledger, dice: random.Random) -> int:
    path = ledger.home / "ledger.jsonl"
    contents = bytearray(path.read_bytes())
    place = dice.randrange(len(contents))
    contents[place] ^= 1 << dice.randrange(8)
    path.write_bytes(contents)
    return _entry_at(ledger, place)


def insert_byte(ledger: Ledger, dice: random.Random) -> int:
    path = ledger.home / "ledger.jsonl"
    contents = path.read_bytes()
    place = dice.randrange(len(contents) + 1)
    path.write_bytes(contents[:place] + dice.choice([b" ", b"\n", b"\r", b"0", b"\0"]) + contents[place:])
    return _entry_at(ledger, place)


def cut_end(ledger: Ledger, dice: random.Random) -> int:
    path = ledger.home / "ledger.jsonl"
    contents = path.read_bytes()
    place = dice.randrange(len(contents))
    path.write_bytes(contents[:place])
    return _entry_at(ledger, place)


def delete_line(ledger: Ledger, dice: random.Random) -> int:
    lines = ledger.lines()
    index = dice.randrange(ENTRIES)
    ledger.write_lines(lines[:index] + lines[index + 1 :])
    return index + 1


def swap_lines(ledger: Ledger, dice: random.Random) -> int:
    lines = ledger.lines()
    one, other = sorted(dice.sample(range(ENTRIES), 2))
    lines[one], lines[other] = lines[other], lines[one]
    ledger.write_lines(lines)
    return one + 1


def repeat_line(ledger: Ledger, dice: random.Random) -> int:
    lines = ledger.lines()
    at = dice.randrange(ENTRIES + 1)
    lines.insert(at, dice.choice(lines))
    ledger.write_lines(lines)
    if lines[at + 1 : at + 2] == [lines[at]]:
        return at + 2
    return at + 1


def forge_next_line(ledger: Ledger, dice: random.Random) -> int:
    """Put an entry at the end that fits the chain."""
    last = read_entries(ledger.connection)[-1]
    forged = chained(
        posting(amount_dkk=str(dice.randint(1, 10**6))),
        number=ENTRIES + 1,
        run="forged",
        posted_at=last.posted_at + timedelta(days=1),
        previous_sha256=last.sha256,
    )
    ledger.write_lines([*ledger.lines(), line(forged)])
    return ENTRIES + 1


def forge_line(ledger: Ledger, dice: random.Random) -> int:
    """Change an amount and make the entry's own hash again."""
    lines = ledger.lines()
    index = dice.randrange(ENTRIES)
    entry = read_entries(ledger.connection)[index]
    body = hashed_part(replace(entry, amount_dkk=entry.amount_dkk + dice.randint(1, 10**6)))
    lines[index] = body + own_hash_part(_digest(body))
    ledger.write_lines(lines)
    return index + 1


def put_file_back(ledger: Ledger, dice: random.Random) -> int:
    run = dice.randrange(RUNS)
    ledger.restore_file("ledger.jsonl", run)
    return run * 6 + 1


def put_both_records_back(ledger: Ledger, dice: random.Random) -> int:
    run = dice.randrange(RUNS)
    ledger.restore_rows(run)
    ledger.restore_file("ledger.jsonl", run)
    return run * 6 + 1


def put_file_and_head_back(ledger: Ledger, dice: random.Random) -> int:
    run = dice.randrange(RUNS)
    ledger.restore_file("ledger.jsonl", run)
    ledger.restore_file("ledger.head", run)
    return run * 6 + 1


def put_head_back(ledger: Ledger, dice: random.Random) -> int:
    run = dice.randrange(RUNS)
    ledger.restore_file("ledger.head", run)
    return run * 6 + 1


def flip_bit_of_head(ledger: Ledger, dice: random.Random) -> None:
    path = ledger.home / "ledger.head"
    contents = bytearray(path.read_bytes())
    contents[dice.randrange(len(contents))] ^= 1 << dice.randrange(8)
    path.write_bytes(contents)


def forge_head(ledger: Ledger, dice: random.Random) -> None:
    posted = read_head(ledger.home / "ledger.head").posted
    forged = dice.choice(
        [
            Head(Reach(posted.entries + dice.choice([-1, 1]), posted.sha256, posted.bytes)),
            Head(Reach(posted.entries, posted.sha256, posted.bytes + dice.choice([-1, 1]))),
            Head(Reach(posted.entries, "ef" * 32, posted.bytes)),
            Head(posted, posted),
        ]
    )
    write_head(ledger.home / "ledger.head", forged)


Edit = Callable[[Ledger, random.Random], int | None]
EDITS_OF_ROWS: tuple[Edit, ...] = (
    change_cell,
    delete_row,
    delete_row_and_close_the_gap,
    swap_rows,
    repeat_row_at_the_end,
    put_rows_back,
    put_both_records_back,
    rewrite_rows_from_one_on,
)
EDIT_KINDS: tuple[Edit, ...] = (
    *EDITS_OF_ROWS,
    flip_bit,
    insert_byte,
    cut_end,
    delete_line,
    swap_lines,
    repeat_line,
    forge_next_line,
    forge_line,
    put_file_back,
    put_file_and_head_back,
    put_head_back,
    flip_bit_of_head,
    forge_head,
)


@pytest.mark.parametrize("edits", [10 * len(EDIT_KINDS), pytest.param(EDITS, marks=pytest.mark.long)])
def test_every_random_edit_is_found_and_the_first_wrong_entry_named(ledger: Ledger, edits: int) -> None:
    dice = random.Random(SEED)
    assert ledger.finding() is None
    for number in range(edits):
        edit = EDIT_KINDS[number % len(EDIT_KINDS)]
        first = edit(ledger, dice)
        finding = ledger.finding()
        told = f"edit {number} of seed {SEED} ({edit.__name__}): {finding}"
        assert finding is not None, told
        assert first is None or finding.startswith(f"Entry {first}:"), f"{told}, expected entry {first}"
        if edit in EDITS_OF_ROWS:
            ledger.restore_rows()
        ledger.restore_file("ledger.jsonl")
        ledger.restore_file("ledger.head")
    assert ledger.finding() is None


def test_every_byte_of_the_head_counts(ledger: Ledger) -> None:
    path = ledger.home / "ledger.head"
    contents = path.read_bytes()
    for place in range(len(contents)):
        for changed in (
            contents[:place],
            contents[:place] + contents[place + 1 :],
            contents[:place] + b" " + contents[place:],
        ):
            path.write_bytes(changed)
            assert ledger.finding() is not None, f"byte {place}: {changed!r}"
    path.write_bytes(contents)


def test_all_of_home_put_back_is_a_whole_ledger_and_its_newest_hash_tells(ledger: Ledger) -> None:
    """The limit that the document names: only a hash kept outside shows it."""
    newest = verify(ledger.connection, ledger.home).newest_sha256
    ledger.restore_rows(2)
    ledger.restore_file("ledger.jsonl", 2)
    ledger.restore_file("ledger.head", 2)
    verification = verify(ledger.connection, ledger.home)
    assert verification.is_sound
    assert newest not in {entry.sha256 for entry in read_entries(ledger.connection)}
    ledger.restore_rows()
    ledger.restore_file("ledger.jsonl")
    ledger.restore_file("ledger.head")


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _entry_at(ledger: Ledger, place: int) -> int:
    """Give the entry whose line holds a byte of the sound file."""
    return min(ledger.files[RUNS]["ledger.jsonl"][:place].count(b"\n") + 1, ENTRIES + 1)
