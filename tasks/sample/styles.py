"""The forms in which municipalities hand in their registrations, and the mixes that a portfolio is written in."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tasks.base.errors import InputError
from tasks.base.worded import phrase

# Day and amount notations, as strftime-like names of their look.
ISO_DAY = "yyyy-mm-dd"

_DAY_FIRST, _DAY_LAST = date(1955, 1, 1), date(2079, 12, 31)
_DANISH_LETTERS = (
    ("maalgruppe", "målgruppe"),
    ("forloeb", "forløb"),
    ("forsoergelse", "forsørgelse"),
    ("hjaelp", "hjælp"),
    ("loen", "løn"),
    ("ordinaer", "ordinær"),
    ("ansaettelse", "ansættelse"),
    ("beloeb", "beløb"),
    ("oevrige", "øvrige"),
)


@dataclass(frozen=True)
class Style:
    """How one project writes its deliveries.

    `kind`: csv, xlsx or parquet. `is_archive`: handed in as one zip. `archive_folder`: the archive's top folder.
    `days`: the notation of dates. `amounts`: `1.234,56`, `1234,56`, `1234.56` or `1.234,56 kr.`. `cpr_separator`: what
    stands after the sixth digit. `is_danish`: names and codes are written with capitals and æøå. `is_reversed`:
    the columns come in the opposite order. `remarks_column`: a column that nobody asked for.
    """

    kind: str = "csv"
    encoding: str = "utf-8"
    byte_order_mark: bytes = b""
    delimiter: str = ";"
    line_end: str = "\n"
    quotes_all: bool = False
    days: str = ISO_DAY
    amounts: str = "1234.56"
    cpr_separator: str = ""
    municipality_digits: int = 3
    is_danish: bool = False
    is_reversed: bool = False
    is_archive: bool = False
    archive_folder: str = ""
    remarks_column: str = ""
    blank_rows_at_end: int = 0
    has_control_totals: bool = True

    def name(self, code: str) -> str:
        """Write a column, code or table name."""
        return danish(code) if self.is_danish else code

    def day(self, ordinal: int) -> str:
        """Write a day."""
        return day_texts(self.days)[ordinal]

    def amount(self, oere: int) -> str:
        """Write an amount of øre in kroner."""
        kroner, rest = divmod(abs(oere), 100)
        sign = "-" if oere < 0 else ""
        if self.amounts == "1234.56":
            return f"{sign}{kroner}.{rest:02d}"
        if self.amounts == "1234,56":
            return f"{sign}{kroner},{rest:02d}"
        grouped = f"{kroner:,}".replace(",", ".")
        suffix = " kr." if self.amounts.endswith("kr.") else ""
        return f"{sign}{grouped},{rest:02d}{suffix}"

    def hours(self, tenths: int) -> str:
        """Write weekly hours."""
        whole, rest = divmod(tenths, 10)
        if not rest:
            return str(whole)
        return f"{whole}{'.' if self.amounts == '1234.56' else ','}{rest}"


def danish(code: str) -> str:
    """Write a code as a person would: `ordinaer_ansaettelse` is `Ordinær ansættelse`."""
    text = code.replace("_", " ")
    for plain, spelled in _DANISH_LETTERS:
        text = text.replace(plain, spelled)
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=8)
def day_texts(notation: str) -> dict[int, str]:
    """Every day's text in a notation, by ordinal: made once, since days are written by the million."""
    texts = {}
    for ordinal in range(_DAY_FIRST.toordinal(), _DAY_LAST.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if notation == "d/m/yyyy":
            texts[ordinal] = f"{day.day}/{day.month}/{day.year}"
        elif notation == ISO_DAY:
            texts[ordinal] = day.isoformat()
        else:
            texts[ordinal] = f"{day.day:02d}{notation[2]}{day.month:02d}{notation[2]}{day.year}"
    return texts


_EXCEL_CSV = Style(
    encoding="utf-8",
    byte_order_mark=codecs.BOM_UTF8,
    line_end="\r\n",
    days="dd-mm-yyyy",
    amounts="1.234,56",
    cpr_separator="-",
    is_danish=True,
)
_WINDOWS_CSV = Style(
    encoding="cp1252",
    line_end="\r\n",
    days="dd-mm-yyyy",
    amounts="1234,56",
    municipality_digits=4,
    is_danish=True,
    blank_rows_at_end=3,
)
_UNICODE_TEXT = Style(
    encoding="utf-16-le",
    byte_order_mark=codecs.BOM_UTF16_LE,
    delimiter="\t",
    line_end="\r\n",
    days="dd.mm.yyyy",
    amounts="1.234,56 kr.",
    cpr_separator=" ",
)

_MIXES: dict[str, tuple[Style, ...]] = {
    "csv": (Style(), Style(line_end="\r\n")),
    "parquet": (Style(kind="parquet"),),
    "mixed": (
        _EXCEL_CSV,
        Style(kind="xlsx", is_danish=True, municipality_digits=4),
        _WINDOWS_CSV,
        Style(is_reversed=True),
        Style(kind="parquet"),
        Style(delimiter=",", quotes_all=True, is_archive=True),
        _UNICODE_TEXT,
        Style(kind="xlsx", cpr_separator="-", remarks_column="Bemærkninger", has_control_totals=False),
        Style(delimiter="\t", days="d/m/yyyy", amounts="1234,56"),
        Style(encoding="cp1252", days="dd/mm/yyyy", amounts="1.234,56", is_archive=True, archive_folder="Levering"),
        Style(delimiter=",", amounts="1234,56", days="dd.mm.yyyy", has_control_totals=False),
        Style(kind="xlsx", is_archive=True),
        Style(kind="parquet", is_archive=True, archive_folder="jobfirst"),
        Style(quotes_all=True, cpr_separator="-", is_danish=True, remarks_column="Sagsbehandler"),
    ),
}
FORMS = tuple(_MIXES)


def mix(form: str) -> tuple[Style, ...]:
    """Give the styles that a portfolio's projects take in turn.

    Raises InputError when there is no such form.
    """
    if form not in _MIXES:
        raise InputError(
            phrase("The form {form!r} is unknown: choose one of {forms}.", form=form, forms=", ".join(FORMS))
        )
    return _MIXES[form]
