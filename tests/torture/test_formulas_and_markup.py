"""Text that a spreadsheet would run or a page would obey, in every column: it leaves as it was written, and as text.

The letters' own tests try their templates; here is everything else that a settlement and its release leave.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from pypdf import PdfReader

from tasks.annex.calculation import CALCULATION
from tests.support.files import read_rows
from tests.support.portfolio import Portfolio, write_csv
from tests.support.releasing import Office
from tests.support.settling import call_tasks_plainly
from tests.torture.deliveries import COLUMNS, as_csv
from tests.torture.receiving import write_delivery

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "B1;=1+1;",
    'B1;"=1+1;',
    "B1\t-1\t",
    "B1\n+1;",
    "=cmd|'/C calc'!A0 ",
    "＝",
    "@SUM(1;2) ",
)
MARKUP = (
    '<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 191 }}{% raw %}${7*191}#eval("1337")&lt;b&gt;]]>\'"'
)
COMPUTED = "1337"
LIVE = ("=", "+", "-", "@", "\t", "\r")
JF = "JF-1"


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Settle and release a portfolio full of them; give the folder of what left."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        call_tasks_plainly(monkeypatch)
        office = Office(Portfolio(tmp_path_factory.mktemp("hostile texts")), monkeypatch)
        project = office.portfolio.project(JF)
        delivery = project.delivery("2016-12-31")
        for number, start in enumerate(STARTS):
            delivery.spell(delivery.citizen(f"{start}{number}{MARKUP}"), "2016-03-01", "2016-09-30")
            delivery.wages("2016-05-01", "1000", bilagsnr=f"{start}U{number}{MARKUP}", tekst=f"{start}{MARKUP}")
        write_delivery(
            office.inbox / JF / "2016-12-31", _spoiled(delivery.borgere, delivery.forloeb, delivery.udgifter)
        )
        write_delivery(office.inbox / f"={MARKUP.replace('/', '')}" / "=2016", {"=1+1.csv": b"x"})
        office.portfolio.write_register()
        _spoil_register(office.portfolio.register)
        summary = office.settle(2016, now="2017-02-15T08:00", by="=Anna")
        waivers = [(project_id, code, f"={MARKUP}") for project_id, codes in summary.holds.items() for code in codes]
        office.release(2016, now="2017-03-15T08:00", by="+Bo", waivers=waivers)
        yield office.home


def _spoiled(
    borgere: list[dict[str, str]], forloeb: list[dict[str, str]], udgifter: list[dict[str, str]]
) -> dict[str, bytes]:
    """Add, for each column, a row in which it holds each of the texts."""
    own = {"borgere": "borger_id", "forloeb": "forloeb_id", "udgifter": "bilagsnr"}
    files = {}
    for name, rows in (("borgere", borgere), ("forloeb", forloeb), ("udgifter", udgifter)):
        more = [
            rows[0] | {own[name]: f"{name}{column}{start}"} | {column: f"{start}{MARKUP}"}
            for column in COLUMNS[name]
            for start in STARTS
        ]
        files[f"{name}.csv"] = as_csv([*COLUMNS[name], f"={MARKUP}"], [*rows, *more], restval="")
    files[f"+{MARKUP.replace('/', '')}.txt"] = b"x"
    return files


def _spoil_register(register: Path) -> None:
    path = register / "projekter.csv"
    records = read_rows(path, ";")
    for column, start in zip(("projektnavn", "sagsnummer", "kontaktperson", "email"), STARTS, strict=False):
        records[0][column] = f"{start}{MARKUP}"
    write_csv(path, records[0], records)


def _is_number(cell: str) -> bool:
    try:
        return Decimal(cell).is_finite()
    except InvalidOperation:
        return False


def live_cells(path: Path) -> list[str]:
    """Give the cells of a CSV file that a spreadsheet would run: it may part them at commas, semicolons or tabs."""
    cells = []
    for delimiter in ",;\t":
        with path.open(encoding="utf-8", newline="") as file:
            cells += [cell for row in csv.reader(file, delimiter=delimiter) for cell in row]
    return [cell for cell in cells if cell.startswith(LIVE) and not _is_number(cell)]


def live_formulas(path: Path) -> list[str]:
    """Give the cells of a workbook that are formulas and not the annex's own, or would be if someone edited them."""
    cells = [(sheet.title, cell) for sheet in openpyxl.load_workbook(path).worksheets for row in sheet for cell in row]
    return [
        str(cell.value)
        for title, cell in cells
        if (cell.data_type == "f" and (title != CALCULATION or MARKUP in str(cell.value)))
        or (cell.data_type == "s" and str(cell.value).startswith(LIVE))
    ]


def test_no_cell_of_a_csv_file_is_a_formula_and_numbers_stay_numbers(left: Path) -> None:
    files = {path.name: path for path in (left / "out").rglob("*.csv")}
    assert {"settlement.csv", "citizens.csv", "violations.csv", "postings.csv", "ledger.csv"} <= files.keys()
    assert {name: live for name, path in files.items() if (live := live_cells(path))} == {}
    assert f"'+1{MARKUP}" in {row[1] for row in csv.reader(files["citizens.csv"].read_text("utf-8").splitlines())}
    assert [_is_number(row["payable"]) for row in read_rows(files["settlement.csv"])] == [True]


def test_no_cell_of_a_workbook_is_a_formula_but_our_own(left: Path) -> None:
    paths = list((left / "out").rglob("*.xlsx"))
    assert len(paths) >= 2
    assert {path.name: live for path in paths if (live := live_formulas(path))} == {}


def test_what_is_live_would_be_noticed(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,-5.00,-5 kr.,=1+1,'=1\n", encoding="utf-8")
    assert live_cells(tmp_path / "x.csv") == ["-5 kr.", "=1+1"]
    (tmp_path / "x.csv").write_text('a,B1;=1+1;x,"b\n+A1;x"\n', encoding="utf-8")
    assert live_cells(tmp_path / "x.csv") == ["=1+1", "+A1", '+A1;x"']
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["a", -5, "=1+1", "'=1", "@x"])
    workbook.save(tmp_path / "x.xlsx")
    assert live_formulas(tmp_path / "x.xlsx") == ["=1+1", "@x"]


class _Seen(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_no_page_obeys_what_was_delivered(left: Path) -> None:
    pages = {path.relative_to(left).as_posix(): path for path in (left / "out").rglob("*.html")}
    assert {"out/2016/report.html", "out/2016/validation/index.html", f"out/2016/letters/{JF}.html"} <= pages.keys()
    told = 0
    for name, path in pages.items():
        source = path.read_text(encoding="utf-8")
        seen = _Seen()
        seen.feed(source)
        assert not [tag for tag, at in seen.tags if tag == "img" or "onerror" in at], name
        assert "alert(" not in "".join(re.findall(r"<script.*?</script>", source, re.DOTALL)), name
        assert COMPUTED not in seen.text.replace('#eval("1337")', ""), f"{name}: a template was run"
        told += "<script>alert(1)</script>" in seen.text
    assert told >= 2


def test_letters_and_messages_show_what_was_written(left: Path) -> None:
    letters, messages = (list((left / "out").rglob(pattern)) for pattern in ("*.pdf", "*.xml"))
    assert letters
    assert messages
    for path in letters:
        text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(path).pages))
        assert COMPUTED not in text.replace('#eval("1337")', "").replace("#eval(”1337”)", ""), path.name
        assert "<script>alert(1)</script>" in text, path.name
    for path in messages:
        etree.parse(path)
