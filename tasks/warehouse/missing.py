"""A home whose warehouse is gone, while what was made with it is there: it was settled, and can't be read."""

from __future__ import annotations

from pathlib import Path

from tasks.base.cpr import mask
from tasks.base.errors import BusinessRefusal
from tasks.base.worded import Phrase, phrase
from tasks.chain import record as chain

_RECORDS = {
    "ledger": phrase("the record of its ledger"),
    "hearing": phrase("the record of its hearings"),
    "draw/*": phrase("the record of its draws"),
}
"""The records of which the warehouse has a copy; without the ends of their two files, .jsonl and .head."""


def lost(home: Path) -> Phrase | None:
    """Say that a home without a warehouse has what no new warehouse would fit, and what to do; None: it has not."""
    there = [name for files, name in _RECORDS.items() if any(map(_holds_entries, home.glob(f"{files}.*")))]
    if any(home.glob("out/*/released/*")):
        there.append(phrase("what was released"))
    if not there:
        return None
    return phrase(
        "The warehouse of {home} is missing, and {there} is there: settle nothing, and bring a backup back with "
        "jobfirst restore.",
        home=mask(str(home)),
        there=there[0],
    )


def missing(home: Path) -> Phrase | None:
    """Say that a home without a warehouse has been settled, and what to do; None: it never was."""
    found = lost(home)
    years = sorted(path.name for path in home.glob("out/*") if path.name.isdecimal())
    if found is not None or not years:
        return found
    return phrase(
        "The warehouse of {home} is missing, and out/{year} is there: bring a backup back with jobfirst restore, or "
        "settle again where there is none.",
        home=mask(str(home)),
        year=years[-1],
    )


def refuse_lost(home: Path) -> None:
    """Refuse to make a warehouse that would not fit the records of a home. Raises BusinessRefusal."""
    _refuse(lost(home))


def refuse_missing(home: Path) -> None:
    """Refuse to go on in a home without a warehouse that has been settled. Raises BusinessRefusal."""
    _refuse(missing(home))


def _holds_entries(file: Path) -> bool:
    """Say whether the record that a file is a part of has entries, whole or not."""
    found = chain.verify(chain.Record(file.with_suffix(".jsonl"), file.with_suffix(".head")))
    return found.entries > 0 or not found.is_sound


def _refuse(found: Phrase | None) -> None:
    if found is not None:
        raise BusinessRefusal(found)
