"""Personal numbers: masking them in every text, and the key under which they become pseudonyms.

Source: the intake, "Never stored, printed or logged".
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from tasks.errors import InputError

MASK = "******-****"
KEY_VARIABLE = "JOBFIRST_KEY"
KEY_FILE = "pseudonym.key"
_KEY_BYTES = 32
_BLOCK_BYTES = 64

_SEPARATORS = "[-_ \t\u00a0\u2010-\u2015\u202f\u2212]{0,3}"
"""What people and their programs write after the sixth digit: hyphens and dashes, spaces that break and that do not,
and the underscore that folding makes of them."""

_31_DAYS = f"(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])(?:0[13578]|1[02])[0-9]{{2}}{_SEPARATORS}[0-9]"
_30_DAYS = f"(?:0[1-9]|[12][0-9]|30|6[1-9]|[78][0-9]|90)(?:0[469]|11)[0-9]{{2}}{_SEPARATORS}[0-9]"
_28_DAYS = f"(?:0[1-9]|1[0-9]|2[0-8]|6[1-9]|7[0-9]|8[0-8])02[0-9]{{2}}{_SEPARATORS}[0-9]"
_LEAP_DAY = f"(?:29|89)02(?:(?:0[48]|[2468][048]|[13579][26]){_SEPARATORS}[0-9]|00{_SEPARATORS}[4-9])"
CPR_PATTERN = f"(?:{_31_DAYS}|{_30_DAYS}|{_28_DAYS}|{_LEAP_DAY})[0-9]{{3}}"
"""A number whose date exists. The year 1900, which the leap day of '00' with a seventh digit of 0-3 would be in, was
no leap year. The same text stands in `sql/macros/cpr_pattern.sql`; a test holds them together."""

_IN_TEXT = re.compile(f"(?<![0-9]){CPR_PATTERN}(?![0-9])")


def mask(text: str) -> str:
    """Replace everything in `text` that reads as a valid personal number."""
    return _IN_TEXT.sub(MASK, text)


@dataclass(frozen=True)
class PseudonymKey:
    """The operator's secret, as the two padded blocks that HMAC-SHA256 (RFC 2104) begins its two hashes with."""

    inner: bytes
    outer: bytes

    def __repr__(self) -> str:
        """Tell nothing: a key must not reach a log."""
        return "PseudonymKey(...)"

    @classmethod
    def of(cls, secret: bytes) -> PseudonymKey:
        """Prepare a secret."""
        if len(secret) > _BLOCK_BYTES:
            secret = hashlib.sha256(secret).digest()
        block = secret.ljust(_BLOCK_BYTES, b"\0")
        return cls(bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block))


def pseudonym_key(home: Path) -> PseudonymKey:
    """Give the operator's key, or the development key of `home`, made on first use and readable by its owner only.

    Raises InputError when the key is too short to be a secret.
    """
    given = os.environ.get(KEY_VARIABLE)
    if given is not None:
        if len(given.encode()) < _KEY_BYTES:
            raise InputError(f"{KEY_VARIABLE} holds fewer than {_KEY_BYTES} bytes: set a longer secret.")
        return PseudonymKey.of(given.encode())
    path = home / KEY_FILE
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(_KEY_BYTES).encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    return PseudonymKey.of(path.read_bytes())
