"""The form of an entry of a draw's record: its fields, in their order, and what each can be.

Source: docs/draw-format.md, 'Record'.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

from tasks.base.worded import Phrase, phrase
from tasks.chain.line import hashed_part, sealed, written_at
from tasks.draw.record import BATCH, BEACON, IMPORT, OPEN, REVEAL, WITHDRAW, Entry
from tasks.draw.sequence import CLOSE, CONTROL, DRAND, PARTICIPANT, REASONS, REF_DIGITS
from tasks.rules.model import LARGEST_BLOCK

MUNICIPALITY, NO_BEACON = "kommune", "none"
DRAND_NAME = re.compile(DRAND + r"[^:\s|\"\\\x00-\x1f]+:[1-9][0-9]*")
"""The name of a round of drand."""
_FIELDS = {
    OPEN: ("project_id", "commitment", "beacon", "block_sizes"),
    BEACON: ("value", "signature"),
    BATCH: ("batch", "last", "list_sha256", "members"),
    WITHDRAW: ("ref", "reason"),
    REVEAL: ("seed",),
    IMPORT: ("list_sha256", "members"),
}
_OF_A_MEMBER = {BATCH: ("ref", "stratum", "arm", "block"), IMPORT: ("ref", "stratum", "arm", "date")}


def _is_count(value: object) -> bool:
    # To Python, true is 1.
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_size(value: object) -> bool:
    return isinstance(value, int) and _is_count(value) and value <= LARGEST_BLOCK


def _is_text(pattern: str) -> Callable[[object], bool]:
    form = re.compile(pattern, re.DOTALL)
    return lambda value: isinstance(value, str) and form.fullmatch(value) is not None


def _is_day(value: object) -> bool:
    with suppress(ValueError):
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    return False


def _is_list(one: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(map(one, value))


_is_hash = _is_text("[0-9a-f]{64}")
_FORMS: Mapping[str, Callable[[object], bool]] = {
    "number": _is_count,
    "kind": _is_text("[a-z]+"),
    "project_id": _is_text(".+"),
    "commitment": _is_text("([0-9a-f]{64})?"),
    "beacon": _is_text(f"({MUNICIPALITY}|{DRAND_NAME.pattern})?"),
    "block_sizes": lambda value: value != [] and _is_list(_is_size)(value),
    "value": _is_text(".+"),
    "signature": _is_text("([0-9a-f]{2})*"),
    "batch": _is_count,
    "last": lambda value: isinstance(value, bool),
    "list_sha256": _is_hash,
    "members": _is_list(lambda one: isinstance(one, dict)),
    "ref": _is_text(f"[0-9a-f]{{{REF_DIGITS}}}"),
    "stratum": _is_text(r"[0-9]{3}:[^\"|\\\x00-\x1f]+"),
    "arm": _is_text(f"{PARTICIPANT}|{CONTROL}"),
    "block": lambda value: value == CLOSE or _is_count(value),
    "date": _is_day,
    "reason": _is_text("|".join(REASONS)),
    "seed": _is_hash,
    "at": _is_text(r"[0-9-]{10}T[0-9:]{8}\.[0-9]{6}Z"),
    "by": _is_text(".+"),
    "previous_sha256": _is_hash,
    "sha256": _is_hash,
}


def form_finding(line: bytes) -> Phrase | None:
    """Say what of an entry's form no draw writes (None: nothing); `line`: of a sound chain.

    Raises ValueError where it is no JSON, or its moment no moment.
    """
    entry: Entry = json.loads(line)
    kind = entry["kind"]
    if kind not in _FIELDS:
        return phrase("its kind is none that a draw has")
    finding = _odd(entry, ("number", "kind", *_FIELDS[kind], "at", "by", "previous_sha256", "sha256"))
    members = entry.get("members", ()) if finding is None else ()
    finding = next(filter(None, (_odd(one, _OF_A_MEMBER[kind]) for one in members)), finding)
    if finding is not None:
        return finding
    written_at(entry)
    # A field that stands twice, or a letter that is written otherwise, is read as if it were not.
    hashed = hashed_part({name: value for name, value in entry.items() if name != "sha256"})
    return None if sealed(hashed) == line else phrase("it is not written as a draw writes it")


def _odd(fields: Mapping[str, object], names: tuple[str, ...]) -> Phrase | None:
    if tuple(fields) != names:
        return phrase("its fields are not those of its kind")
    odd = next((name for name, value in fields.items() if not _FORMS[name](value)), None)
    return None if odd is None else phrase("its {field} is not of the form that a draw writes", field=odd)
