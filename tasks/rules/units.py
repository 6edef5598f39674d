"""The units of the rules' parameters, in the reader's language."""

from __future__ import annotations

from tasks.base.worded import Phrase, phrase

UNITS: dict[str, Phrase] = {
    "DKK": phrase("DKK"),
    "DKK per citizen": phrase("DKK per citizen"),
    "DKK per project": phrase("DKK per project"),
    "calendar days": phrase("calendar days"),
    "working days": phrase("working days"),
    "citizens per arm": phrase("citizens per arm"),
    "date": phrase("date"),
    "expense categories": phrase("expense categories"),
    "share": phrase("share"),
    "spell types": phrase("spell types"),
    "target groups": phrase("target groups"),
    "years": phrase("years"),
}
"""By the unit as the rules file has it."""


def unit_of(text: str) -> str:
    """Name a unit of the rules file; one that is not known stays as it is written."""
    return UNITS.get(text, text)
