"""The head of a record: how far it reaches, kept outside its copies (docs/ledger-format.md, 'Three places')."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from tasks.base.durable import replace_durably
from tasks.chain.line import GENESIS_SHA256


@dataclass(frozen=True)
class Reach:
    """How far a record reaches: entries, the newest one's hash, bytes of its file."""

    entries: int
    sha256: str
    bytes: int


NOTHING = Reach(0, GENESIS_SHA256, 0)


@dataclass(frozen=True)
class Head:
    """What is written and acknowledged, and what a run that appends is about to write."""

    posted: Reach = NOTHING
    pending: Reach | None = None


class UnreadableHeadError(Exception):
    """The head is not as this program writes it."""


def read_head(path: Path) -> Head:
    """Read a head; without a file, of an empty record.

    Raises UnreadableHeadError when a single byte is not as it was written.
    """
    try:
        contents = path.read_bytes()
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


def write_head(path: Path, head: Head) -> None:
    """Write a head; it is on disk when the call returns."""
    replace_durably(path, _contents(head))


def _contents(head: Head) -> bytes:
    return json.dumps(asdict(head), separators=(",", ":")).encode() + b"\n"
