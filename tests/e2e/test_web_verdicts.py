"""The page and the command are one judge: every file that the project's tests have, posted and compared."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from tasks.base.errors import InputError
from tasks.base.paths import PROJECT
from tasks.web.examples import EXAMPLES, example
from tests.reference.generate import generate
from tests.support.effort import seeded, times
from tests.support.portfolio import Portfolio, cpr
from tests.support.web_posted import Files, difference, posted
from tests.torture import deliveries, hostile, planted
from tests.torture.receiving import write_delivery
from tests.torture.test_damaged_deliveries import FORMS, cut, flipped
from tests.torture.test_formulas_and_markup import _spoiled
from tests.torture.test_malformed_csv import WAYS
from tests.torture.test_writers import WRITERS

AS_OF = "2016-12-31"
Named = dict[str, Files]


def malformed(_: Path) -> Named:
    whole = deliveries.csv_files()
    return {
        f"{way}, {table}": {**whole, f"{table}.csv": malform(whole[f"{table}.csv"].decode())}
        for way, (malform, _) in WAYS.items()
        for table in deliveries.COLUMNS
    }


def damaged(_: Path) -> Named:
    found: Named = {}
    for form, whole in FORMS.items():
        found |= {f"{form}, cut {at}": files for at, files in enumerate(cut(whole(), times(700, 40)))}
        found |= {f"{form}, flipped {at}": files for at, files in enumerate(flipped(whole(), times(8, 400), form))}
    return found


def written(folder: Path) -> Named:
    return {one.name: one.files() for write in WRITERS.values() for one in write(folder)}


def spoiled(folder: Path) -> Named:
    delivery = Portfolio(folder).project("JF-1").delivery(AS_OF)
    delivery.spell(delivery.citizen("=A"), "2016-03-01", "2016-09-30")
    delivery.wages("2016-05-01", "1000")
    return {"formulas and markup": _spoiled(delivery.borgere, delivery.forloeb, delivery.udgifter)}


def of_inbox(inbox: Path) -> Named:
    return {
        f"{project.name}/{path.name}": files_of(path)
        for project in sorted(inbox.iterdir())
        if project.is_dir()
        for path in sorted(project.iterdir())
    }


def files_of(path: Path) -> Files:
    if not path.is_dir():
        return {"" if path.suffix.lower() == ".zip" else path.name: path.read_bytes()}
    return {one.relative_to(path).as_posix(): one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()}


def full_of_numbers(folder: Path) -> Named:
    portfolio = Portfolio(folder)
    planted.plant(portfolio)
    return of_inbox(portfolio.inbox)


def of_reference(folder: Path) -> Named:
    found: Named = {}
    for seed in range(times(6, 60)):
        inbox = generate(folder / str(seed), seed).inbox
        found |= {f"seed {seed}, {name}": files for name, files in of_inbox(inbox).items()}
    return found


def with_activities(_: Path) -> Named:
    header = "borger_id;element;opfyldt;dato;kilde\r\n"
    rows = {
        "right": "Ø-1;2;ja;01-05-2016;\r\n",
        "wrong": f"x;99;måske;i går;{cpr(3)}\r\nØ-1;2;ja;01-05-2016;\r\nØ-1;2;nej;01-05-2016;\r\n",
        "no rows": "",
    }
    whole = deliveries.csv_files()
    return {name: {**whole, "grundelementer.csv": (header + text).encode()} for name, text in rows.items()}


SOURCES: dict[str, Callable[[Path], Named]] = {
    "malformed": malformed,
    "damaged": damaged,
    "written": written,
    "spoiled": spoiled,
    "hostile": lambda _: {name: one.files for name, one in hostile.hostile_deliveries().items()},
    "planted": full_of_numbers,
    "reference": of_reference,
    "activities": with_activities,
    "examples": lambda _: {name: {"indberetning.xlsx": example(name)} for name in EXAMPLES},
}


def differences(folder: Path, named: Named) -> dict[str, str]:
    """Post each delivery, check it at a path, and report where they differ."""
    found = {}
    for at, (name, files) in enumerate(named.items()):
        path = write_delivery(folder / str(at) / AS_OF, files)
        sent = {own or path.name: data for own, data in files.items()}
        only = next(iter(sent)) if len(sent) == 1 else ""
        if path.is_dir() and only.endswith((".xlsx", ".xlsm")):
            path = path / only
        if said := difference(sent, path, as_of=AS_OF):
            found[name] = said
    return found


def some(source: str, folder: Path, count: int) -> Named:
    """Give some of a source's deliveries, by seed."""
    (folder / "made").mkdir()
    named = SOURCES[source](folder / "made")
    return {name: named[name] for name in seeded(source).sample(sorted(named), min(count, len(named)))}


@pytest.mark.parametrize("source", ["malformed", "activities"])
def test_the_page_judges_as_the_command_does(source: str, tmp_path: Path) -> None:
    assert differences(tmp_path / "posted", some(source, tmp_path, 1)) == {}


@pytest.mark.long
@pytest.mark.filterwarnings("ignore:The 'fastparquet' engine is deprecated")
@pytest.mark.parametrize("source", SOURCES)
def test_the_page_judges_many_a_delivery_as_the_command_does(source: str, tmp_path: Path) -> None:
    """`make torture` posts them all."""
    assert differences(tmp_path / "posted", some(source, tmp_path, times(8, 100_000))) == {}


@pytest.mark.torture
def test_the_page_judges_what_the_specifications_deliver_as_the_command_does() -> None:
    """Every delivery that the tests of the specification write, whatever they ask of it, is posted besides."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.support.web_shadow", "-p", "no:cacheprovider"]
    asked = ["tests/spec", "tests/property/test_check_agrees.py", "-m", "not browser and not torture"]
    ended = subprocess.run([*command, *asked], cwd=PROJECT, capture_output=True, text=True, check=False, timeout=3000)
    assert ended.returncode == 0, ended.stdout[-5000:]
    assert "deliveries were posted to the page" in ended.stdout


def test_a_difference_is_noticed(tmp_path: Path) -> None:
    whole = deliveries.csv_files()
    wrong = {**whole, "forloeb.csv": whole["forloeb.csv"].replace(b"virksomhedspraktik", b"ferie", 1)}
    assert difference(wrong, write_delivery(tmp_path / AS_OF, whole), as_of=AS_OF)


@pytest.mark.parametrize("too_large", [MemoryError(), InputError("flere rækker, end et regneark kan rumme")])
def test_where_the_marked_workbook_would_be_too_large_the_verdict_is_given_without_it(
    monkeypatch: pytest.MonkeyPatch, too_large: Exception
) -> None:
    def marked_copy(*_: object, **__: object) -> bytes:
        raise too_large

    files = {"indberetning.xlsx": example("med-fejl")}
    whole = posted(files, as_of=AS_OF)
    monkeypatch.setattr("tasks.check.marked.marked_copy", marked_copy)
    without = posted(files, as_of=AS_OF)
    assert without.told == whole.told
    assert "fejl-markeret.xlsx" in whole.page
    assert "fejl-markeret.xlsx" not in without.page
    assert "flere rækker, end regnearket med fejlene markeret kan rumme her; alle fejl står i svar.json" in without.page


def test_a_refused_delivery_is_told_no_cost_of_its_rows() -> None:
    """Nothing is computed before a delivery can be received: a dash would say that the rows cost nothing."""
    whole = deliveries.csv_files()
    wrong = {**whole, "forloeb.csv": whole["forloeb.csv"].replace(b"virksomhedspraktik", b"ferie", 1)}
    accepted = posted(wrong, as_of=AS_OF).page
    refused = posted({name: rows for name, rows in wrong.items() if name != "udgifter.csv"}, as_of=AS_OF).page
    assert "S05" in accepted
    assert "S05" in refused
    for told in ("Koster op til", "Den dyreste regel står først.", "dyreste først"):
        assert told in accepted
        assert told not in refused


def test_every_table_of_an_answer_is_named() -> None:
    tables = html.fromstring(posted({"indberetning.xlsx": example("med-fejl")}, as_of=AS_OF).page).findall(".//table")
    assert len(tables) > 2
    assert [table for table in tables if table.find("caption") is None] == []
