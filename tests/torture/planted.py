"""A portfolio full of CPR numbers: in every column, in every written form, in names of files and folders, in errors.

The numbers are nobody's: administrative ones (day + 60), and, where nine digits have lost a leading zero, numbers of
people who would have been born before 1860.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import polars as pl

from tests.support.portfolio import Portfolio, cpr
from tests.torture.deliveries import COLUMNS, Table, as_csv, control, tables
from tests.torture.hostile import zipped
from tests.torture.receiving import write_delivery

LINE_BREAKS = ("\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
HIDDEN_FORMS = (
    "{0}\u200e{1}",
    "Se {0}\u2066-\u2069{1}",
    "{0}\u034f {1}",
    "{2}{3}",
    "{2}-{3}",
    "\u202d{2}\u00ad{1}\u202c",
)
"""With signs that a reader does not see; 2 and 3: with digits as wide as Chinese letters."""
FORMS = (
    "{0}{1}",
    "{0}-{1}",
    "{0} {1}",
    "Se {0}-{1}, og ring",
    "æ{0}{1}å",
    "{0}-{1} {0}{1}",
    "({0} {1})",
    "{0}-{1}.",
    "{0}_{1}",
    "{0}\u00a0{1}",
    "{0} \u2013 {1}",
    *(f"Se {{0}}{line_break}{{1}}" for line_break in LINE_BREAKS),
    *HIDDEN_FORMS,
)
_WIDE = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
_COLUMNS = {**COLUMNS, "grundelementer": ["borger_id", "element", "opfyldt", "dato", "kilde"]}
MUNICIPALITIES = ("187", "101", "147", "151", "153", "155")
_TEN_DIGITS = re.compile(rb"(?=([0-9]{6})[^0-9]{0,9}([0-9]{4}))")
"""With whatever separates them: three characters take up to nine bytes."""
_WRITTEN_SIGN = re.compile(
    rb"&#(?:1[0-3]|133|823[23]);|&#x(?:[a-d]|85|202[89]);|_x00(?:0[a-d]|85)_"
    rb"|\\u(?:00(?:0[a-d]|85|ad)|202[89cd]|200e|206[69]|034f)"
    rb"|\\x(?:0[a-d]|85)",
    re.IGNORECASE,
)
"""As HTML, the parts of a workbook and JSON write it, with digits of its own."""
_WIDE_DIGIT = re.compile(rb"\xef\xbc([\x90-\x99])|\\uff1([0-9])", re.IGNORECASE)
_NINE_DIGITS = re.compile(rb"(?=([0-9]{9}))")


@dataclass
class Planter:
    """Gives numbers, each once, and remembers them."""

    planted: set[str] = field(default_factory=set)
    _numbers: Iterator[str] = field(default_factory=lambda: (cpr(n % 300, 1950 + n // 300) for n in range(10_000)))
    _old_numbers: Iterator[str] = field(default_factory=lambda: (f"0{1 + n % 9}0158{5000 + n}" for n in range(4000)))

    def text(self, form: str) -> str:
        """Give a new number in a form."""
        number = next(self._numbers)
        self.planted.add(number)
        parts = (number[:6], number[6:])
        return form.format(*parts, *(part.translate(_WIDE) for part in parts))

    def nine_digits(self) -> str:
        """Give a new number without its leading zero."""
        number = next(self._old_numbers)
        self.planted |= {number, number[1:]}
        return number[1:]

    def found_in(self, data: bytes) -> set[str]:
        """Give the planted numbers that stand in a file, in any form, also in UTF-16."""
        found = set()
        data = _WIDE_DIGIT.sub(_plain_digit, _WRITTEN_SIGN.sub(b"\n", data))
        for form in (data, data.replace(b"\0", b"")):
            found |= {(match[1] + match[2]).decode() for match in _TEN_DIGITS.finditer(form)}
            found |= {match[1].decode() for match in _NINE_DIGITS.finditer(form)}
        return found & self.planted


def _plain_digit(wide: re.Match[bytes]) -> bytes:
    return wide[2] or bytes([wide[1][0] - 0x90 + ord("0")])


def plant(portfolio: Portfolio) -> Planter:
    """Write the register and the inbox."""
    planter = Planter()
    for number, code in enumerate(MUNICIPALITIES):
        portfolio.project(f"JF-{number}", municipalities=(code,))
    portfolio.write_register()
    _plant_register(planter, portfolio.register)
    accepted = [_planted_tables(planter, code) for code in MUNICIPALITIES[:4]]
    forms = (_csv, _workbook, _parquet, _archive)
    for number, (of, write) in enumerate(zip(accepted, forms, strict=True)):
        write_delivery(portfolio.inbox / f"JF-{number}" / "2017-12-31", write(planter, of))
    for number, files in enumerate(_refused(planter)):
        write_delivery(portfolio.inbox / "JF-4" / f"2017-{1 + number:02}-01", files)
    strange = (planter.text("{0}-{1}"), planter.text("{0}{1}"), planter.text("stray {0} {1}.txt"))
    write_delivery(portfolio.inbox / strange[0] / strange[1], _csv(planter, tables()))
    write_delivery(portfolio.inbox / "JF-5" / planter.text("2017-12-31 {0}-{1}"), _csv(planter, tables()))
    (portfolio.inbox / strange[2]).write_text(planter.text("{0}{1}"))
    return planter


def _planted_tables(planter: Planter, code: str) -> dict[str, Table]:
    """Give tables with a number in each column of a row of its own, in each form; every cpr is a planted one."""
    of = tables()
    citizen = of["borgere"][0]["borger_id"]
    of["grundelementer"] = [
        {"borger_id": citizen, "element": "2", "opfyldt": "ja", "dato": "2016-05-01", "kilde": planter.text("{0}{1}")}
    ]
    for name, rows in of.items():
        for column in _columns(name):
            rows.extend(rows[0] | _own_key(name, f"{column} {form}") | {column: planter.text(form)} for form in FORMS)
    for at, row in enumerate(of["borgere"]):
        if row["kommunekode"] == "187":
            row["kommunekode"] = code
        if not any(character not in "0123456789" for character in row["cpr"]):
            row["cpr"] = (
                planter.nine_digits() if at % 5 == 0 else planter.text(("{0}{1}", "{0}-{1}", "{0} {1}")[at % 3])
            )
    of["borgere"] += [of["borgere"][at] for at in range(3)]
    return of


def _own_key(table: str, key: str) -> dict[str, str]:
    own = {"borgere": "borger_id", "forloeb": "forloeb_id", "udgifter": "bilagsnr"}
    return {own[table]: key} if table in own else {}


def _columns(name: str) -> list[str]:
    return [*_COLUMNS[name], "Bemærkning"]


def _csv(planter: Planter, of: Mapping[str, Table]) -> dict[str, bytes]:
    files = {f"{name}.csv": as_csv(_headed(planter, name), _filled(name, rows)) for name, rows in of.items()}
    ragged = f"{planter.text('{0}-{1}')};{planter.text('{0}{1}')}\r\n".encode()
    files["udgifter.csv"] += ragged
    for form in (
        "bilag {0}-{1}.pdf",
        "{0}_{1}.pdf",
        "{0}\u2013{1}.pdf",
        "{0}\n{1}.pdf",
        "{0}\u2028{1}.pdf",
        *HIDDEN_FORMS,
    ):
        files[planter.text(form)] = planter.text("{0}{1}").encode()
    files[f"{planter.text('{0}{1}')}/{planter.text('{0} {1}')}.csv"] = planter.text("{0}{1}").encode()
    return files


def _headed(planter: Planter, name: str) -> list[str]:
    return [*_columns(name), *map(planter.text, ("kolonne {0}-{1}", *FORMS))]


def _filled(name: str, rows: Table) -> Table:
    return [{column: row.get(column, "") for column in _columns(name)} for row in rows]


def _workbook(planter: Planter, of: Mapping[str, Table]) -> dict[str, bytes]:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].title = planter.text("ark {0}-{1}")
    for form in ("ark {0}\n{1}", "ark {0}\u200e{1}", "ark {2}-{3}"):
        workbook.create_sheet(planter.text(form))
    for name, rows in of.items():
        sheet = workbook.create_sheet(name)
        sheet.append([*map(_as_of_a_workbook, _headed(planter, name))])
        for row in _filled(name, rows):
            sheet.append([*map(_as_of_a_workbook, row.values())])
    file = io.BytesIO()
    workbook.save(file)
    return {"indberetning.xlsx": file.getvalue()}


def _as_of_a_workbook(cell: str) -> str | int:
    """Give a cell as a workbook has it: a number, or a text whose control characters are written as Excel does."""
    if re.fullmatch("[1-9][0-9]{8,9}", cell):
        return int(cell)
    return re.sub("[\x0b\x0c]", lambda control: f"_x{ord(control[0]):04X}_", cell)


def _parquet(planter: Planter, of: Mapping[str, Table]) -> dict[str, bytes]:
    files = {}
    for name, rows in of.items():
        file = io.BytesIO()
        frame = pl.DataFrame(_filled(name, rows)).rename({"Bemærkning": planter.text("{0}-{1}")})
        frame = frame.with_columns(pl.lit("").alias(planter.text(form)) for form in FORMS)
        frame.write_parquet(file, compression="uncompressed")
        files[f"{name}.parquet"] = file.getvalue()
    return files


def _archive(planter: Planter, of: Mapping[str, Table]) -> dict[str, bytes]:
    return {"": zipped(_csv(planter, of))}


def _refused(planter: Planter) -> list[dict[str, bytes]]:
    """Give deliveries that are refused for every reason whose message may quote what was delivered."""
    good = {name: data for name, data in _csv(planter, tables()).items() if "/" not in name}

    number = planter.text

    def totals(tabel: str, antal: str, sum_beloeb: str) -> dict[str, bytes]:
        row = {"tabel": tabel, "antal": antal, "sum_beloeb": sum_beloeb}
        header = [*row, *map(number, FORMS)]
        return {**good, "kontroltal.csv": as_csv(header, [*control(tables()), row])}

    twice = number("{0}-{1}")
    return [
        totals(number("{0}-{1}"), "1", ""),
        totals("borgere", number("{0}{1}"), ""),
        totals("udgifter", "8", number("{0}{1}")),
        totals("udgifter", "8", number("{0}{1},00 kr.")),
        {**good, "borgere.csv": f'borger_id;cpr\r\n"{number("{0}-{1}")};1\r\n'.encode()},
        {**good, "borgere.csv": f"{twice};{twice};{number('{0}{1}')}\r\n1;2;3\r\n".encode()},
        {**good, "udgifter.parquet": b"PAR1" + number("{0}{1}").encode() * 50 + b"PAR1"},
        {"indberetning.xlsx": number("{0}{1}").encode()},
        {"": zipped({f"../{number('{0}-{1}')}": b"x"})},
    ]


def _plant_register(planter: Planter, register: Path) -> None:
    """Plant a number in each column of the register that holds free text, and in one that is not read."""
    path = register / "projekter.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    columns = ("projektnavn", "sagsnummer", "kontaktperson", "email", "note")
    for at, row in enumerate(rows):
        for column, form in zip(columns, HIDDEN_FORMS if at % 2 else FORMS, strict=False):
            row[column] = f"{row.get(column, '')} {planter.text(form)}"
    path.write_bytes(as_csv(rows[0], rows))
