"""The 98 municipalities, from `rules/municipalities.csv`: codes, names, and the CVR numbers that payees come from."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache

from tasks.base.paths import RULES

_CODE = re.compile(r"0?([0-9]{3})")


@dataclass(frozen=True)
class Municipality:
    """A municipality; `code` has three digits."""

    code: str
    name: str
    full_name: str
    region: str
    cvr: str


@cache
def municipalities() -> dict[str, Municipality]:
    """Give the municipalities by their three-digit code."""
    with (RULES / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["code"][1:]: Municipality(row["code"][1:], row["name"], row["full_name"], row["region"], row["cvr"])
        for row in rows
    }


def known_code(text: str) -> str | None:
    """Give the known code, if any, that `text` writes with three digits, or with four and a leading zero."""
    match = _CODE.fullmatch(text)
    return match[1] if match and match[1] in municipalities() else None
