"""How texts of a delivery are compared: 'As real files are' of the intake."""

from __future__ import annotations

import unicodedata

_FOLDS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "_", "-": "_"})


def fold(text: str) -> str:
    """Fold a header, a code, a file name or a sheet name, so that spellings of the same word are equal."""
    return unicodedata.normalize("NFC", text).strip().lower().translate(_FOLDS)
