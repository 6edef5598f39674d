"""`HOME/ledger.head`: how far the ledger reaches, kept outside both of its records (docs/ledger-format.md)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from tasks.base.durable import replace_durably
from tasks.ledger.entry import GENESIS_SHA256

HEAD_NAME = "ledger.head"
FILE_NAME = "ledger.jsonl"


@dataclass(frozen=True)
class Reach:
    """How far a ledger reaches: entries, the newest one's hash, bytes of `ledger.jsonl`."""

    entries: int
    sha256: str
    bytes: int


NOTHING = Reach(0, GENESIS_SHA256, 0)


@dataclass(frozen=True)
class Head:
    """What is posted and acknowledged, and what is about to be posted while a run appends."""

    posted: Reach = NOTHING
    pending: Reach | None = None


class UnreadableHeadError(Exception):
    """`ledger.head` is not as this program writes it."""


def read_head(home: Path) -> Head:
    """Read the head; without a file, of an empty ledger.

    Raises UnreadableHeadError when a single byte is not as it was written.
    """
    try:
        contents = (home / HEAD_NAME).read_bytes()
    except FileNotFoundError:
        return Head()
    try:
        fields = json.loads(contents)
        pending = fields["pending"]
        head = Head(Reach(**fields["posted"]), None if pending is None else Reach(**pending))
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableHeadError from error
    if _contents(head) != contents:
        raise UnreadableHeadError
    return head


def write_head(home: Path, head: Head) -> None:
    """Write the head; it is on disk when the call returns."""
    replace_durably(home / HEAD_NAME, _contents(head))


def _contents(head: Head) -> bytes:
    return json.dumps(asdict(head), separators=(",", ":")).encode() + b"\n"
