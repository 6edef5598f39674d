"""The rules of udgifter, case by case: what a municipality writes, and the codes that the row gets.

A case changes some cells of a row without errors (rule_world.UDGIFT), in a project that starts 1 February 2016 and
delivers as of 31 December 2016 unless the case says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.rule_world import EXTRA_FIELDS, MISSING_FIELDS, Case, Judged, judged_world, several, single

row = single("udgifter")
rows = several("udgifter")

AFTER_2017 = {"as_of": "2018-01-31"}

CASES = [
    # rule  what it is about                              what is written                          codes
    row("R01", "lige så mange felter", {}),
    row("R01", "ét felt for meget", {EXTRA_FIELDS: "x"}, "R01"),
    row("R01", "ét felt for lidt", {MISSING_FIELDS: "1"}, "R01"),
    row("R01", "andre fejl på rækken prøves ikke", {EXTRA_FIELDS: "x", "beloeb": ""}, "R01"),
    # E01: bilagsnr er udfyldt
    row("E01", "udfyldt", {"bilagsnr": "2016-1042"}),
    row("E01", "tom", {"bilagsnr": ""}, "E01"),
    row("E01", "kun mellemrum er tomt", {"bilagsnr": "   "}, "E01"),
    row("E01", "tabulator er tomt", {"bilagsnr": "\t"}, "E01"),
    row("E01", "nul er ikke tomt", {"bilagsnr": "0"}),
    row("E01", "et bogstav", {"bilagsnr": "A"}),
    row("E01", "en bindestreg", {"bilagsnr": "-"}),
    row("E01", "bogstaver og skråstreg", {"bilagsnr": "Ø/17"}),
    row("E01", "tom, og en anden fejl", {"bilagsnr": "", "kategori": "mad"}, "E01 E05"),
    rows("E01", "to tomme er ikke det samme bilag", [({"bilagsnr": ""}, "E01"), ({"bilagsnr": ""}, "E01")]),
    # E02: bilagsnr kun én gang
    rows("E02", "to forskellige", [({}, ""), ({"bilagsnr": "1043"}, "")]),
    rows("E02", "to ens: begge", [({}, "E02"), ({}, "E02")]),
    rows("E02", "tre ens: alle", [({}, "E02"), ({}, "E02"), ({}, "E02")]),
    rows("E02", "store og små bogstaver er forskellige", [({"bilagsnr": "a"}, ""), ({"bilagsnr": "A"}, "")]),
    rows("E02", "mellemrum omkring tæller ikke", [({"bilagsnr": " 1042"}, "E02"), ({}, "E02")]),
    rows("E02", "nuller foran er en forskel", [({"bilagsnr": "42"}, ""), ({"bilagsnr": "042"}, "")]),
    rows("E02", "ens med forskelligt beløb", [({"beloeb": "1"}, "E02"), ({"beloeb": "2"}, "E02")]),
    rows("E02", "den ene har en anden fejl", [({"kategori": "x"}, "E02 E05"), ({}, "E02")]),
    rows("E02", "den ene er en forkert række", [({}, ""), ({EXTRA_FIELDS: "x"}, "R01")]),
    row("E02", "det samme bilag i en anden indberetning", {}),
    # E03: dato er en dato, der ikke ligger efter opgørelsen
    row("E03", "dagen før opgørelsen", {"dato": "30-12-2016"}),
    row("E03", "på opgørelsesdagen", {"dato": "31-12-2016"}),
    row("E03", "dagen efter opgørelsen", {"dato": "01-01-2017"}, "E03"),
    row("E03", "tom", {"dato": ""}, "E03"),
    row("E03", "ikke en dato", {"dato": "april"}, "E03"),
    row("E03", "29. februar uden for skudår", {"dato": "29-02-2017"}, "E03", **AFTER_2017),
    row("E03", "to cifre for året", {"dato": "01-04-16"}, "E03"),
    row("E03", "et tal fra regnearket", {"dato": "42461"}, "E03"),
    row("E03", "år først", {"dato": "2016-4-1"}),
    row("E03", "skråstreger", {"dato": "1/4/2016"}),
    row("E03", "tom, og en anden fejl", {"dato": "", "beloeb": "0"}, "E03 E06"),
    # E04: i projektets periode
    row("E04", "dagen før start", {"dato": "31-01-2016"}, "E04"),
    row("E04", "på startdagen", {"dato": "01-02-2016"}),
    row("E04", "dagen efter start", {"dato": "02-02-2016"}),
    row("E04", "programmets sidste dag", {"dato": "31-12-2017"}, **AFTER_2017),
    row("E04", "dagen efter programmets sidste dag", {"dato": "01-01-2018"}, "E04", **AFTER_2017),
    row("E04", "dagen før programmets sidste dag", {"dato": "30-12-2017"}, **AFTER_2017),
    row("E04", "tom: kun E03", {"dato": ""}, "E03"),
    row("E04", "ulæselig: kun E03", {"dato": "2015"}, "E03"),
    row("E04", "efter programmet og efter opgørelsen", {"dato": "01-02-2018"}, "E03 E04", **AFTER_2017),
    row("E04", "projektet starter senere", {"dato": "01-04-2016"}, "E04", start="2016-04-02"),
    row("E04", "før start, og en anden fejl", {"dato": "31-01-2016", "kategori": ""}, "E04 E05"),
    # E05: kategori er kendt
    row("E05", "projektledelse", {"kategori": "projektledelse"}),
    row("E05", "øvrige", {"kategori": "Øvrige"}),
    row("E05", "oevrige", {"kategori": "oevrige"}),
    row("E05", "store bogstaver", {"kategori": "TRANSPORT"}),
    row("E05", "revision", {"kategori": "revision"}),
    row("E05", "tom", {"kategori": ""}, "E05"),
    row("E05", "ukendt", {"kategori": "repræsentation"}, "E05"),
    row("E05", "stavefejl", {"kategori": "projektledelsen"}, "E05"),
    row("E05", "to kategorier", {"kategori": "husleje, materiale"}, "E05"),
    row("E05", "ukendt, og en anden fejl", {"kategori": "mad", "dato": ""}, "E03 E05"),
    # E06: beloeb er et beløb, der ikke er nul
    row("E06", "kroner og øre", {"beloeb": "1.234,56"}),
    row("E06", "uden punktum", {"beloeb": "1234,56"}),
    row("E06", "med kr.", {"beloeb": "1.234 kr."}),
    row("E06", "en rettelse", {"beloeb": "-500"}),
    row("E06", "den mindste rettelse", {"beloeb": "-0,01"}),
    row("E06", "én øre", {"beloeb": "0,01"}),
    row("E06", "nul", {"beloeb": "0"}, "E06"),
    row("E06", "0,00", {"beloeb": "0,00"}, "E06"),
    row("E06", "minus nul", {"beloeb": "-0"}, "E06"),
    row("E06", "tom", {"beloeb": ""}, "E06"),
    row("E06", "engelsk skrevet", {"beloeb": "1,234.56"}, "E06"),
    row("E06", "forkert grupperet", {"beloeb": "1.23,4"}, "E06"),
    row("E06", "mellemrum i tallet", {"beloeb": "1 000"}, "E06"),
    row("E06", "kr. foran", {"beloeb": "kr. 5"}, "E06"),
    row("E06", "plus foran", {"beloeb": "+5"}, "E06"),
    row("E06", "nul, og en anden fejl", {"beloeb": "0", "kategori": ""}, "E05 E06"),
    # E07: ikke en lovpligtig opgave
    row("E07", "nej", {"lovpligtig": "nej"}),
    row("E07", "Nej med stort", {"lovpligtig": "Nej"}),
    row("E07", "tom er nej", {"lovpligtig": ""}),
    row("E07", "ja", {"lovpligtig": "ja"}, "E07"),
    row("E07", "JA med stort", {"lovpligtig": "JA"}, "E07"),
    row("E07", "hverken ja eller nej", {"lovpligtig": "delvist"}, "E07"),
    row("E07", "et nul", {"lovpligtig": "0"}, "E07"),
    row("E07", "false", {"lovpligtig": "false"}, "E07"),
    row("E07", "j", {"lovpligtig": "j"}, "E07"),
    row("E07", "ja, og en anden fejl", {"lovpligtig": "ja", "beloeb": "x"}, "E06 E07"),
]  # fmt: skip


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    with judged_world(CASES, tmp_path_factory.mktemp("udgifter")) as world:
        yield world


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_row_gets_these_codes_and_no_other(judged: Judged, case: Case) -> None:
    assert judged.codes(case) == case.codes
