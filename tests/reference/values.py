"""One delivered cell: how it is normalised, and read as a date, an amount, a number or a code."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MASK = "******-****"

_DAY_FIRST = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_AMOUNT = re.compile(r"([-\u2212]?)([0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,([0-9]{1,2}))?")
_AMOUNT_WITH_POINT = re.compile(r"([-\u2212]?)([0-9]+)\.([0-9]{1,2})")
_ZERO_GROUP = re.compile(r"[-\u2212]?0+\.[0-9]{3}(?![0-9])")
_CPR_IN_TEXT = re.compile(r"(?<![0-9])([0-9]{6})([^0-9]?)([0-9]{4})(?![0-9])")
WITHOUT_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_CPR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


@dataclass(frozen=True)
class Value:
    """A normalised cell: its text (trimmed, NFC), and its number where the cell is numeric."""

    text: str
    number: Decimal | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is left after trimming."""
        return self.text == ""


BLANK = Value("")


def is_dash(character: str) -> bool:
    """Return whether a character is one of Unicode's dashes, or the minus sign."""
    return unicodedata.category(character) == "Pd" or character == "\u2212"


def from_text(text: str) -> Value:
    """Return a text in NFC, trimmed, without characters that have no width, every Unicode space a plain one."""
    kept = "".join(
        " " if unicodedata.category(character) == "Zs" else character
        for character in text
        if character not in WITHOUT_WIDTH
    )
    return Value(unicodedata.normalize("NFC", kept).strip())


def from_cell(cell: object) -> Value:
    """Return a typed cell of a workbook or a Parquet file as text: whole numbers as digits, dates as ISO."""
    if cell is None:
        return BLANK
    if isinstance(cell, str):
        return from_text(cell)
    if isinstance(cell, dt.datetime):
        if cell.time() == dt.time(0):
            return Value(cell.date().isoformat())
        return Value(cell.isoformat(sep=" "))
    if isinstance(cell, dt.date):
        return Value(cell.isoformat())
    if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
        number = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
        if number == number.to_integral_value():
            return Value(str(int(number)), number)
        return Value(format(number.normalize(), "f"), number)
    return from_text(str(cell))


def fold(text: str) -> str:
    """Return what headers, codes, file names and sheet names are compared by."""
    text = " ".join(from_text(text).text.replace("\r\n", "\n").split("\n")).lower()
    for letter, plain in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        text = text.replace(letter, plain)
    return "".join("_" if character == " " or is_dash(character) else character for character in text)


def read_date(value: Value) -> dt.date | None:
    """Return the date, or None where the cell is blank or is none of the accepted ways to write one."""
    if match := _DAY_FIRST.fullmatch(value.text):
        day, _, month, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(value.text):
        year, month, day = match.groups()
    else:
        return None
    return make_date(int(year), int(month), int(day))


def make_date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def add_years(day: dt.date, years: int) -> dt.date:
    """Return the same day and month in another year; 29 February becomes 28 February."""
    return make_date(day.year + years, day.month, day.day) or dt.date(day.year + years, 2, 28)


def read_number(value: Value) -> Decimal | None:
    """Return a number written as an amount without a currency, with two decimals, or None."""
    if value.number is not None:
        return value.number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if match := _AMOUNT.fullmatch(value.text) or _AMOUNT_WITH_POINT.fullmatch(value.text):
        if _ZERO_GROUP.match(value.text):
            return None
        sign, whole, decimals = match.groups()
        sign = sign.replace("\u2212", "-")
        return Decimal(f"{sign}{whole.replace('.', '')}.{decimals or '0'}").quantize(Decimal("0.01"))
    return None


def read_amount(value: Value) -> Decimal | None:
    """Return an amount in kroner, or None where the cell is blank or unreadable."""
    if value.number is None and value.text.endswith("kr."):
        return read_number(Value(value.text.removesuffix("kr.").rstrip()))
    return read_number(value)


def read_cpr(value: Value) -> str | None:
    """Return the ten digits of a valid CPR number, or None."""
    text = value.text
    if re.fullmatch(r"[0-9]{9}", text):
        text = "0" + text
    match = re.fullmatch(r"([0-9]{6})([^0-9]?)([0-9]{4})", text)
    if not match or not _may_divide(match[2]):
        return None
    digits = match[1] + match[3]
    return digits if birth_date(digits) else None


def _may_divide(character: str) -> bool:
    return character == "" or is_dash(character) or unicodedata.category(character) == "Zs"


def birth_date(digits: str) -> dt.date | None:
    """Return the birth date that ten digits give (day + 60 is an administrative number), or None."""
    day, month, year, seventh = int(digits[:2]), int(digits[2:4]), int(digits[4:6]), int(digits[6])
    if 61 <= day <= 91:
        day -= 60
    if seventh <= 3:
        century = 1900
    elif seventh in (4, 9):
        century = 2000 if year <= 36 else 1900
    else:
        century = 2000 if year <= 57 else 1800
    return make_date(century + year, month, day)


def passes_modulus_11(digits: str) -> bool:
    return sum(weight * int(digit) for weight, digit in zip(_CPR_WEIGHTS, digits, strict=True)) % 11 == 0


def read_cvr(value: Value) -> str | None:
    """Return the eight digits of a valid CVR number, or None."""
    text = value.text.removeprefix("DK").replace(" ", "")
    if not re.fullmatch(r"[1-9][0-9]{7}", text):
        return None
    total = sum(weight * int(digit) for weight, digit in zip(_CVR_WEIGHTS, text, strict=True))
    return text if total % 11 == 0 else None


def read_municipality(value: Value) -> str | None:
    """Return a municipality code with three digits, or None."""
    match = re.fullmatch(r"0?([0-9]{3})", value.text)
    return match[1] if match else None


def is_cpr_as_a_whole(text: str) -> bool:
    """Return whether a text is a valid CPR number: ten digits, or six, a hyphen and four."""
    match = re.fullmatch(r"([0-9]{6})-?([0-9]{4})", text)
    return bool(match and birth_date(match[1] + match[2]))


def mask(text: str) -> str:
    """Return the text with every valid CPR number in it masked."""

    def replace(match: re.Match[str]) -> str:
        return MASK if _may_divide(match[2]) and birth_date(match[1] + match[3]) else match[0]

    return _CPR_IN_TEXT.sub(replace, text)
