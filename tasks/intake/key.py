"""The key under which personal numbers become pseudonyms: one and the same for as long as a warehouse lives.

Source: the intake, "Never stored, printed or logged".
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.errors import InputError
from tasks.base.worded import phrase
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

KEY_VARIABLE = "JOBFIRST_KEY"
KEY_FILE = "pseudonym.key"
_KEY_BYTES = 32
_BLOCK_BYTES = 64


@dataclass(frozen=True)
class PseudonymKey:
    """The operator's secret, as the two padded blocks that HMAC-SHA256 (RFC 2104) begins its two hashes with."""

    inner: bytes
    outer: bytes

    def __repr__(self) -> str:
        """Show nothing: a key must not reach a log."""
        return "PseudonymKey(...)"

    @classmethod
    def of(cls, secret: bytes) -> PseudonymKey:
        """Prepare a secret."""
        if len(secret) > _BLOCK_BYTES:
            secret = hashlib.sha256(secret).digest()
        block = secret.ljust(_BLOCK_BYTES, b"\0")
        return cls(bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block))


def operator_secret(home: Path) -> bytes:
    """Give the operator's secret, or the development one of `home`, made on first use and readable by its owner only.

    Raises InputError when it is too short to be a secret.
    """
    given = os.environ.get(KEY_VARIABLE)
    if given is not None:
        # An environment may hold bytes that are no text.
        secret = os.fsencode(given)
        if len(secret) < _KEY_BYTES:
            raise InputError(
                phrase(
                    "{variable} holds fewer than {least} bytes: set a longer secret.",
                    variable=KEY_VARIABLE,
                    least=_KEY_BYTES,
                )
            )
        return secret
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
    return path.read_bytes()


def pseudonym_key(home: Path) -> PseudonymKey:
    """Give the key of pseudonyms. Raises InputError when the secret is too short."""
    return PseudonymKey.of(operator_secret(home))


def key_of(connection: duckdb.DuckDBPyConnection, home: Path, *, is_kept: bool = True) -> PseudonymKey:
    """Give the key of `home`, whose warehouse is at `connection`; `is_kept`: a new warehouse notes which key it is.

    Raises InputError when it is too short, or not the one that the warehouse's rows were received with: the same person
    would count as another, and be paid for again. A key file that this call has made is then deleted: whoever found it
    would take it for the home's.
    """
    was_there = (home / KEY_FILE).exists()
    key = pseudonym_key(home)
    if is_kept:
        execute(connection, "intake/keep_key", inner_block=key.inner, outer_block=key.outer)
    known = execute(connection, "intake/is_own_key", inner_block=key.inner, outer_block=key.outer).fetchall()
    if known and not known[0][0]:
        if not was_there:
            (home / KEY_FILE).unlink(missing_ok=True)
        raise InputError(
            phrase(
                "The key ({variable}, or {home} where that is not set) is not the one that this home's persons are "
                "known by: give the key that it had before, or settle in another --home.",
                variable=KEY_VARIABLE,
                home=home / KEY_FILE,
            )
        )
    return key
