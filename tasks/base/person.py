"""Names of persons: who is at the machine, and whether two names are one person's."""

from __future__ import annotations

import getpass
import re
import unicodedata

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What can't stand in a line of the ledger: line breaks and control characters."""


def system_user() -> str | None:
    """Give the name of the operating system's user; None where it has none, as in a container."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return None


def compared(name: str) -> str:
    """Give a name as it is compared: capitals, spaces, invisible characters and Unicode's forms make no other person.

    It is empty for a name in which nothing can be seen.
    """
    visible = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", visible).casefold()).split())


def is_same_person(one: str, other: str) -> bool:
    """Tell whether two names are one person's."""
    return compared(one) == compared(other)
