"""Names of persons: who uses the machine, and whether two names belong to one person."""

from __future__ import annotations

import getpass
import os
import re
import unicodedata

from tasks.base.composed import composed

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What can't stand in a line of the ledger: line breaks and control characters."""


def system_user() -> str | None:
    """Give the name of the operating system's user; None where it has none, as in a container."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return None


def account() -> str:
    """Give the account of the operating system that this process runs as; '' where it has none.

    Not the environment's word for it, which anybody can set.
    """
    try:
        import pwd

        return pwd.getpwuid(os.geteuid()).pw_name
    except (ImportError, KeyError):
        return system_user() or ""


def compared(name: str) -> str:
    """Give a name as names are compared: without case, spaces, invisible characters and Unicode forms.

    The form is empty for a name without visible characters.
    """
    visible = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    return " ".join(composed("NFKC", composed("NFKC", visible).casefold()).split())


def is_same_person(one: str, other: str) -> bool:
    """Return whether two names belong to one person."""
    return compared(one) == compared(other)
