"""How a spreadsheet names the rows and columns of a sheet."""

from __future__ import annotations

from functools import reduce

_LONGEST = 12
"""Longer than any name of a row or column that a sheet can have."""


def row_number(digits: bytes) -> int:
    """Read a row's number; of one too long for any row, only its beginning, which is too large as well."""
    return int(digits.lstrip(b"0")[:_LONGEST] or b"0")


def column_number(letters: bytes) -> int:
    """Read a column's letters, as `row_number` reads digits: A is 1."""
    return reduce(lambda number, letter: number * 26 + letter - ord("A") + 1, letters[:_LONGEST].upper(), 0)


def column_letters(number: int) -> str:
    """Name a column, counted from 1, as a spreadsheet does: A, Z, AA."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
