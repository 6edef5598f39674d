"""The beacon of a draw, the public value that STAR does not choose: its name, and its value as it is recorded.

Source: docs/draw-format.md, 'Commands'.
"""

from __future__ import annotations

import re

from tasks.base.cpr import mask
from tasks.base.errors import InputError
from tasks.base.worded import phrase
from tasks.draw.form import DRAND_NAME, MUNICIPALITY, NO_BEACON
from tasks.draw.sequence import is_signed

_HEX = re.compile(r"(?:[0-9a-f]{2})+")


def require_name(beacon: str) -> None:
    """Raise InputError for a name of no beacon."""
    if beacon not in (MUNICIPALITY, NO_BEACON) and not DRAND_NAME.fullmatch(beacon):
        raise InputError(
            phrase(
                '"{beacon}" is no beacon: name {municipality}, drand:CHAIN:ROUND or {none} after --beacon.',
                beacon=mask(beacon),
                municipality=MUNICIPALITY,
                none=NO_BEACON,
            )
        )


def value_of(beacon: str, value: str, signature: str | None, *, least: int) -> tuple[str, str]:
    """Give a beacon's value and signature as they are recorded. `least`: characters of a municipality's text.

    Raises InputError when they are not of the kind that was named.
    """
    if beacon != MUNICIPALITY:
        return _of_a_round(value, signature)
    if len(value) < least or not value.isprintable() or mask(value) != value:
        raise InputError(
            phrase(
                "The municipality's text must be one line of at least {least} characters, and hold no "
                "personal number: ask the municipality for another.",
                least=least,
            )
        )
    return value, ""


def _of_a_round(value: str, signature: str | None) -> tuple[str, str]:
    """Give a round's randomness and signature in lower case, as arms follow from it."""
    value, signature = value.lower(), (signature or "").lower()
    if not re.fullmatch("[0-9a-f]{64}", value) or not _HEX.fullmatch(signature):
        raise InputError(phrase("A round's randomness is 64 hexadecimal digits, with its signature after --signature."))
    if not is_signed(value, signature):
        raise InputError(phrase("The randomness is not the SHA-256 of the signature: copy both from the same round."))
    return value, signature
