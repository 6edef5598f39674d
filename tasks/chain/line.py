"""The line that an entry is: canonical JSON, its own hash last (docs/ledger-format.md, 'Canonical form and hash')."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tasks.base.lines import count_of_entries
from tasks.base.worded import Phrase, phrase

GENESIS_SHA256 = "0" * 64
_AT = "%Y-%m-%dT%H:%M:%S.%fZ"


def hashed_part(fields: Mapping[str, Any]) -> bytes:
    """Give the bytes that an entry's hash covers: its line up to the hash itself.

    `fields`: all but the own hash, in their order, `number` first and `previous_sha256` last.
    """
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))[:-1].encode()


def sealed(hashed: bytes) -> bytes:
    """Give the whole line, its newline included."""
    return hashed + own_hash_part(hashlib.sha256(hashed).hexdigest())


def own_hash_part(sha256: str) -> bytes:
    """Give the end of a line: the entry's own hash."""
    return b',"sha256":"' + sha256.encode() + b'"}\n'


def entry_line(number: int, fields: Mapping[str, Any], *, at: datetime, by: str, previous_sha256: str) -> bytes:
    """Give the line of an entry that is no posting. `fields`: kind first, then the kind's own; `at`: in UTC."""
    written = {"at": at.strftime(_AT), "by": by, "previous_sha256": previous_sha256}
    return sealed(hashed_part({"number": number, **fields, **written}))


def written_at(entry: Mapping[str, Any]) -> datetime:
    """Give when such an entry was written (aware, UTC)."""
    return datetime.strptime(entry["at"], _AT).replace(tzinfo=UTC)


OWN_HASH_PART_BYTES = len(own_hash_part(GENESIS_SHA256))


def own_hash(line: bytes) -> str:
    """Give the own hash that stands at the end of a line."""
    return line[-len(GENESIS_SHA256) - 3 : -3].decode()


@dataclass
class Chain:
    """A walk along the entries: how far it has come, and whether a line may be the next one."""

    entries: int = 0
    newest_sha256: str = GENESIS_SHA256

    def fault(self, line: bytes | None) -> Phrase | None:
        """Say why a line can't be the next entry (None: it can)."""
        if line is None:
            return phrase("it is missing, with {entries} before it", entries=count_of_entries(self.entries))
        if not line.startswith(b'{"number":%d,' % (self.entries + 1)):
            return phrase("another entry stands in its place")
        hashed, own = line[:-OWN_HASH_PART_BYTES], line[-OWN_HASH_PART_BYTES:]
        if own != own_hash_part(hashlib.sha256(hashed).hexdigest()):
            return phrase("its contents do not give its hash: it was changed after it was posted")
        if not hashed.endswith(b',"previous_sha256":"' + self.newest_sha256.encode() + b'"'):
            return phrase("it does not follow on the entry before it")
        return None

    def extend(self, line: bytes) -> None:
        """Step on to a line without fault."""
        self.entries += 1
        self.newest_sha256 = own_hash(line)
