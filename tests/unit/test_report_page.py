"""The report as an officer opens it: what it says, what it must never say, and that it stands alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pytest
from jinja2 import UndefinedError
from lxml import html

from benchmarks.forecast_band import KINDS, portfolio
from tasks.forecast.forecast import forecast_of
from tasks.forecast.report import section
from tasks.report.page import report_page
from tasks.report.rows import headline
from tasks.validation.catalogue import load_catalogue
from tests.support.report_world import FINGERPRINT, HOSTILE_NAME, World, facts

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def world() -> World:
    return World(14)


@pytest.fixture(scope="module")
def page(world: World) -> str:
    return report_page(world.connection, facts())


@pytest.fixture(scope="module")
def tree(page: str) -> html.HtmlElement:
    return _tree(page)


def _tree(page: str) -> html.HtmlElement:
    tree = html.document_fromstring(page)
    assert isinstance(tree, html.HtmlElement)
    return tree


def _column(tree: html.HtmlElement, table: str, column: int, part: str = "tbody") -> list[Decimal]:
    rows = tree.get_element_by_id(table).find(part).findall("tr")
    return [Decimal(row.findall("td")[column].get("data-value")) for row in rows]


def _text(tree: html.HtmlElement, element_id: str) -> str:
    return " ".join(tree.get_element_by_id(element_id).text_content().split())


def _scalar(world: World, sql: str) -> Any:
    row = world.connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def test_the_same_year_gives_the_same_bytes(page: str, world: World) -> None:
    assert report_page(world.connection, facts()) == page
    assert report_page(World(14).connection, facts()) == page


def test_another_year_gives_another_page(page: str) -> None:
    assert report_page(World(14, seed=188).connection, facts()) != page


@pytest.mark.parametrize(("column", "name"), [(-3, "entitlement_dkk"), (-1, "payable_dkk"), (-5, "activity_dkk")])
def test_the_projects_add_up_to_the_total_below_them(tree: html.HtmlElement, column: int, name: str) -> None:
    assert sum(_column(tree, "projekttabel", column)) == _column(tree, "projekttabel", column, "tfoot")[0]


def test_the_headline_is_the_settlement(tree: html.HtmlElement, world: World) -> None:
    entitlement = _scalar(world, "SELECT sum(entitlement_dkk) FROM run.settlement WHERE year = 2017")
    used = _scalar(world, "SELECT sum(entitlement_dkk) FROM run.settlement")
    cards = {card.find("dt").text_content(): card.find("dd/b").text_content() for card in tree.find_class("card")}
    written = lambda amount: f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))  # noqa: E731 - a local shorthand
    assert cards["Beregnet tilskud for 2017"] == written(entitlement)
    assert cards["Til udbetaling for 2017"] == written(entitlement)
    assert cards["Bogført for 2017"] == "0,00"
    assert cards["Tilbage af rammen"] == written(Decimal(47_500_000) - used)
    parts = [Decimal(cards[name].replace(".", "").replace(",", ".")) for name in ("Heraf klar", "Heraf venter")]
    assert sum(parts) == entitlement


def test_the_headline_asks_nothing_back_of_who_has_not_delivered_and_counts_every_hold() -> None:
    told = headline(
        [
            {"status": "missing", "payable_dkk": Decimal(-5), "holds": "P04"},
            {"status": "hold", "payable_dkk": Decimal(0), "holds": "P02"},
        ]
    )
    assert (told.repayments, told.unknown, told.held) == (0, 1, 2)


def test_what_is_posted_is_no_longer_payable() -> None:
    world = World(3, holds=False)
    world.execute(
        "INSERT INTO run.posted SELECT project_id, 2017, 'activity', entitlement_dkk + 1000 FROM run.settlement "
        "WHERE year = 2017 AND project_id = 'JF-001'"
    )
    tree = _tree(report_page(world.connection, facts()))
    assert _column(tree, "projekttabel", -1)[0] == Decimal(-1000)
    assert "Skal betales tilbage" in _text(tree, "hovedtal")
    assert "1.000,00 kr. 1 projekt" in _text(tree, "hovedtal").replace("kr.1", "kr. 1")


def test_a_column_of_numbers_or_days_sorts_by_its_values_and_any_other_by_its_words() -> None:
    """A script sorts a column by `data-value` where every cell has one: a number, not a word."""
    world = World(7)
    world.execute("UPDATE run.project_facts SET is_not_started = true, as_of_date = NULL WHERE project_id = 'JF-001'")
    world.execute(
        "INSERT INTO run.without_effect VALUES ('JF-002', '2016-12-31', '2018-01-02', true, '2017-12-31', true)"
    )
    tree = _tree(report_page(world.connection, facts()))
    for table in tree.xpath("//table[contains(@class, 'sortable')]"):
        for cells in zip(*([*row] for row in table.findall("tbody/tr")), strict=True):
            values = [cell.get("data-value") for cell in cells]
            texts = [cell.text_content() for cell in cells]
            if any(values) or re.match(r"[\d.,]+$|\d\d[.-]\d\d[.-]\d{4}", texts[0]):
                assert None not in values, (table.get("id"), texts)
                assert [float(value) for value in values]


@pytest.mark.parametrize(("years", "said"), [("2016 2017", "2016 og 2017"), ("2015 2016 2017", "2015, 2016 og 2017")])
def test_years_that_are_released_together_are_listed_as_in_a_sentence(years: str, said: str) -> None:
    world = World(2, holds=False)
    world.execute("UPDATE run.project_facts SET years_together = ?", years)
    world.execute("INSERT INTO run.project_holds VALUES ('JF-001', 'P12', 'hold')")
    told = _text(_tree(report_page(world.connection, facts())), "bero-tabel")
    assert f"efterregulerer og frigiver {said} sammen" in told


def test_a_project_that_starts_after_the_year_has_no_day_of_a_delivery() -> None:
    world = World(3, holds=False)
    world.execute("UPDATE run.project_facts SET is_not_started = true, as_of_date = NULL WHERE project_id = 'JF-001'")
    days = _tree(report_page(world.connection, facts())).xpath("//table[@id='projekttabel']//td[@class='day']/text()")
    assert [day == "–" for day in days] == [True, False, False], "as in settlement.csv"


def test_the_months_add_up_to_the_events_of_all_years(tree: html.HtmlElement, world: World) -> None:
    started = _scalar(world, "SELECT count(start_date) FROM run.citizen_events")
    completed = _scalar(world, "SELECT count(completion_date) FROM run.citizen_events")
    assert sum(_column(tree, "maaneder", 0)) == _column(tree, "maaneder", 2)[-1] == started
    assert sum(_column(tree, "maaneder", 1)) == _column(tree, "maaneder", 3)[-1] == completed
    assert len(_column(tree, "maaneder", 0)) == 24


@pytest.mark.parametrize(
    ("started", "completed", "said"),
    [
        ([], [], "Ingen påbegyndte, ingen gennemførte"),
        (["2016-03-01"], [], "Flest påbegyndte i marts 2016, ingen gennemførte"),
        (
            ["2016-03-01", "2016-05-02"],
            ["2016-08-01"],
            "Flest påbegyndte i marts 2016 og maj 2016, flest gennemførte i aug. 2016",
        ),
        (
            ["2016-03-01", "2016-05-02", "2016-09-01", "2016-10-03"],
            ["2016-08-01"],
            "Flest påbegyndte i 4 måneder (1 i hver), flest gennemførte i aug. 2016",
        ),
    ],
)
def test_all_months_that_have_the_most_are_told(started: list[str], completed: list[str], said: str) -> None:
    world = World(3, holds=False)
    world.execute("UPDATE run.citizen_events SET start_date = NULL, completion_date = NULL")
    for column, days in (("start_date", started), ("completion_date", completed)):
        for place, day in enumerate(days):
            world.execute(f"UPDATE run.citizen_events SET {column} = ? WHERE rowid = ?", day, place)  # noqa: S608 - columns named above
    world.settle()
    tree = _tree(report_page(world.connection, facts()))
    assert [caption.text.strip() for caption in tree.get_element_by_id("tid").iter("figcaption")] == [said]


def test_the_point_of_an_abbreviation_ends_its_sentence(tree: html.HtmlElement) -> None:
    spoken = tree.xpath("//@aria-label")
    assert any(text.endswith(" mio. kr.") for text in spoken)
    assert [text for text in spoken if ".." in text or " ." in text] == []


def test_where_nothing_is_granted_no_year_rose_and_no_municipality_has_the_most() -> None:
    world = World(3, holds=False)
    for table in ("citizen_events", "wages"):
        world.execute(f"TRUNCATE run.{table}")
    world.settle()
    tree = _tree(report_page(world.connection, facts()))
    assert "Tilskuddet er det samme i 2017 som i 2016: 0,0 mio. kr." in _text(tree, "hovedtal")
    assert "Ingen kommuner har tilskud endnu" in _text(tree, "kort")
    assert "Mest pr. plads" not in _text(tree, "kort")


def test_rejected_rows_are_counted_once_by_project_and_by_each_rule(tree: html.HtmlElement, world: World) -> None:
    rows = _scalar(
        world,
        "SELECT count(DISTINCT (table_name, delivery_no, row_no)) FROM run.quarantine "
        "JOIN run.projects USING (delivery_no)",
    )
    breaches = _scalar(world, "SELECT count(*) FROM run.quarantine JOIN run.projects USING (delivery_no)")
    by_project = sum(sum(_column(tree, "afviste-projekt", column)) for column in (1, 4, 7))
    assert by_project == rows
    assert sum(_column(tree, "regler", 2)) == breaches > rows


def test_the_kroner_of_rejected_rows_are_those_of_their_table() -> None:
    """A row of one table may have the number of a row of another."""
    world = World(3)
    world.execute("DELETE FROM run.rejected_value WHERE table_name = 'udgifter'")
    world.execute("DELETE FROM run.quarantine WHERE table_name = 'udgifter'")
    world.execute("INSERT INTO run.rejected_value SELECT 'udgifter', delivery_no, row_no, 50 FROM run.rejected_value")
    world.execute("INSERT INTO run.quarantine SELECT * REPLACE ('udgifter' AS table_name) FROM run.quarantine")
    tree = _tree(report_page(world.connection, facts()))
    of_rules = "run.quarantine JOIN run.rejected_value USING (table_name, delivery_no, row_no)"
    for table, source, kroner in (("regler", of_rules, 4), ("tabt-projekt", "run.rejected_value", 1)):
        of_projects = f"FROM {source} JOIN run.projects USING (delivery_no)"
        assert sum(_column(tree, table, kroner)) == _scalar(world, f"SELECT sum(lost_dkk) {of_projects}")
        unreckoned = _scalar(world, f"SELECT count(*) FILTER (WHERE lost_dkk IS NULL) {of_projects}")
        assert sum(_column(tree, table, kroner + 1)) == unreckoned > 0


def test_a_row_with_a_remark_counts_and_is_not_told_as_rejected() -> None:
    world = World(3, holds=False)
    before = _tree(report_page(world.connection, facts()))
    world.execute("INSERT INTO run.quarantine SELECT 'forloeb', delivery_no, row_no, 'S11', 'remark' FROM core_spells")
    tree = _tree(report_page(world.connection, facts()))
    for table in ("kontrol-projekt", "afviste-projekt"):
        assert _text(tree, table) == _text(before, table) != ""


def test_spells_of_controls_are_counted_without_those_rejected(tree: html.HtmlElement, world: World) -> None:
    accepted = _scalar(
        world,
        "SELECT count(*) FROM core_spells AS s JOIN run.accepted_citizens AS c USING (delivery_no, borger_id) "
        "WHERE c.arm = 'control' AND NOT EXISTS (FROM run.quarantine AS q WHERE q.table_name = 'forloeb' "
        "AND q.action = 'reject' AND q.delivery_no = s.delivery_no AND q.row_no = s.row_no)",
    )
    every = _scalar(
        world,
        "SELECT count(*) FROM core_spells JOIN run.accepted_citizens AS c USING (delivery_no, borger_id) "
        "WHERE c.arm = 'control'",
    )
    assert sum(_column(tree, "kontrol-projekt", 1)) == accepted < every


def test_the_cap_table_shows_what_is_used_and_left(tree: html.HtmlElement) -> None:
    rows = list(zip(*(_column(tree, "loft-tabel", column) for column in (1, 3, 5)), strict=True))
    unknown = [row.text_content().count("ukendt") for row in tree.get_element_by_id("loft-tabel").find("tbody")]
    assert set(unknown) == {0, 6}, "nobody knows what a project without a delivery has used"
    known = [row for row, count in zip(rows, unknown, strict=True) if not count]
    for cap, used, left in known:
        assert cap == used + left
    assert _column(tree, "loft-tabel", 5, "tfoot") == [sum(left for _, _, left in known)]


def test_earlier_years_that_differ_name_their_backfill(tree: html.HtmlElement) -> None:
    said = _text(tree, "tidligere")
    assert "jobfirst backfill 2016 2016" in said
    assert _column(tree, "tidligere-tabel", -1)[:2] == [Decimal(-6000), Decimal(-6000)]


def test_earlier_years_that_a_project_waits_for_are_drafted_together_with_the_settled_one() -> None:
    """The differences of 2016 alone would leave the project on hold (P12): one backfill, as `settle` names it."""
    world = World(3)
    world.execute("INSERT INTO run.project_holds VALUES ('JF-002', 'P12', 'hold')")
    world.execute("UPDATE run.project_facts SET first_together_year = 2016, last_together_year = 2017")
    said = _text(_tree(report_page(world.connection, facts())), "tidligere")
    assert re.findall(r"jobfirst backfill \d+ \d+", said) == ["jobfirst backfill 2016 2017"]


def test_earlier_years_that_agree_name_none() -> None:
    tree = _tree(report_page(World(3, holds=False).connection, facts()))
    assert "stemmer med det bogførte" in _text(tree, "tidligere")
    assert "backfill" not in _text(tree, "tidligere")


def test_each_hold_tells_what_who_and_how(tree: html.HtmlElement, world: World) -> None:
    rows = tree.get_element_by_id("bero-tabel").find("tbody").findall("tr")
    assert len(rows) == _scalar(world, "SELECT count(*) FROM run.project_holds WHERE action = 'hold'")
    for row in rows:
        for cell in row.findall("td")[1:4]:
            assert len(cell.text_content().strip()) > 3


def test_a_hold_tells_no_more_than_its_rule_knows(tree: html.HtmlElement) -> None:
    """P05 holds by a delivery whose day can't be read, too, and P02 where nobody is rejected."""
    told = _text(tree, "bero")
    assert "1 indberetning, der kan være nyere end den gældende, er afvist. Beregningen bygger på den gældende" in told
    assert "Kommunen kontrollerer, at alle visiterede borgere er med, og at ingen af dem er afvist, og sender" in told


def test_the_grounds_of_a_hold_are_the_projects_and_a_day_has_its_article(tree: html.HtmlElement) -> None:
    """In Danish "sine grunde" would be the approver's."""
    told = _text(tree, "bero")
    assert "en godkender fraviger hver af reglerne" in told
    assert re.search(r"Visitationen sluttede den \d+\. \w+ \d{4}\.", told)


HOLD_CODES = sorted(
    rule.code
    for suite in load_catalogue().values()
    for rule in suite.rules
    if suite.name in {"project", "portfolio"} and rule.action == "hold"
)


@pytest.mark.parametrize("code", HOLD_CODES)
def test_every_hold_of_the_catalogue_has_its_words(code: str) -> None:
    world = World(2, holds=False)
    project = "" if code.startswith("B") else "JF-001"
    world.execute("INSERT INTO run.project_holds VALUES (?, ?, 'hold')", project, code)
    tree = _tree(report_page(world.connection, facts()))
    offered = f"--waive {project or 'PORTFOLIO'}:{code}" in _text(tree, "bero")
    assert offered == (code != "P12"), "nothing waives P12"


def test_the_example_of_a_waiver_names_every_hold_of_a_project_that_a_waiver_lifts() -> None:
    world = World(3, holds=False)
    for project_id, code in (("JF-001", "P12"), ("JF-001", "P02"), ("JF-002", "P02"), ("JF-002", "P05")):
        world.execute("INSERT INTO run.project_holds VALUES (?, ?, 'hold')", project_id, code)
    told = _text(_tree(report_page(world.connection, facts())), "bero")
    assert '--approved-by NAVN --waive JF-002:P02 --reason "…" --waive JF-002:P05 --reason "…".' in told


def test_a_hold_without_words_is_an_error() -> None:
    world = World(2, holds=False)
    world.execute("INSERT INTO run.project_holds VALUES ('JF-001', 'P99', 'hold')")
    with pytest.raises(UndefinedError):
        report_page(world.connection, facts())


def test_without_holds_it_says_so() -> None:
    tree = _tree(report_page(World(2, holds=False).connection, facts()))
    assert "Ingen projekter er i bero." in _text(tree, "bero")


def test_money_posted_to_a_project_that_left_the_register_is_told() -> None:
    world = World(3, holds=False)
    assert "ikke er i registret" not in _text(_tree(report_page(world.connection, facts())), "bero")
    world.execute("INSERT INTO run.posted VALUES ('JF-999', 2016, 'activity', 12000), ('JF-998', 2016, 'fixed', 0)")
    tree = _tree(report_page(world.connection, facts()))
    (row,) = tree.get_element_by_id("ikke-i-registret").find("tbody").findall("tr")
    assert [cell.text_content().strip() for cell in row] == ["JF-999", "12.000,00"]


def test_money_posted_to_a_project_that_left_the_register_is_in_no_sum_of_those_that_are_settled() -> None:
    """Else what is not posted would be less than what is to be paid by as much."""
    world = World(3, holds=False)
    told = {name: _text(_tree(report_page(world.connection, facts())), name) for name in ("hovedtal", "projekttabel")}
    world.execute("INSERT INTO run.posted VALUES ('JF-999', 2016, 'activity', 12000), ('JF-999', 2017, 'fixed', 500)")
    tree = _tree(report_page(world.connection, facts()))
    assert {name: _text(tree, name) for name in told} == told
    assert _column(tree, "aar", -1)[-1] == sum(_column(tree, "projekttabel", -1))


def test_a_remark_on_a_refused_delivery_is_no_reason_for_its_refusal() -> None:
    world = World(3)
    world.execute("INSERT INTO run.faults VALUES ('JF-001', 901, '2018-01-31', false, 'F09', 'bemærket', 'remarked')")
    assert "bemærket" not in _text(_tree(report_page(world.connection, facts())), "bero")


def test_an_exceeded_appropriation_is_told_first() -> None:
    world = World(14)
    world.execute("UPDATE run.programme SET appropriation_dkk = 1000000")
    world.execute("INSERT INTO run.project_holds VALUES ('', 'B01', 'hold')")
    tree = _tree(report_page(world.connection, facts()))
    assert "Rammen er overskredet." in _text(tree, "hovedtal")
    assert "Herafklar0,00kr." in _text(tree, "hovedtal").replace(" ", "")


def test_proportions_show_error_and_p_value(tree: html.HtmlElement) -> None:
    rows = tree.get_element_by_id("grupper-1").find("tbody").findall("tr")
    shown = {cell.text_content() for row in rows for cell in row.findall("td")}
    assert "over" in shown
    assert "inden for" in shown
    errors, p_values = _column(tree, "grupper-1", -3), _column(tree, "grupper-1", -2)
    assert all(error > 0 for error in errors)
    assert all(0 <= p <= 1 for p in p_values)


def test_the_first_year_has_no_year_before_it() -> None:
    tree = _tree(report_page(World(3, year=2016, holds=False).connection, facts()))
    assert "programmets første år" in _text(tree, "hovedtal")
    assert "i forhold til 2015" not in _text(tree, "hovedtal")
    assert _text(tree, "tidligere") == "Tidligere år 2016 er programmets første år."


def test_a_year_without_any_delivery_can_be_shown() -> None:
    world = World(3, holds=False)
    world.execute("TRUNCATE run.accepted_citizens")
    world.execute("TRUNCATE run.citizen_events")
    world.execute("TRUNCATE run.wages")
    world.execute("TRUNCATE run.quarantine")
    world.execute("TRUNCATE core_spells")
    world.execute("UPDATE run.projects SET delivery_no = NULL, as_of_date = NULL")
    world.settle()
    tree = _tree(report_page(world.connection, facts()))
    assert "Ingen rækker er afvist." in _text(tree, "afviste")
    assert "Ingen projekter har godkendte borgere" in _text(tree, "grupper")


def test_every_table_can_be_sorted_and_is_named(tree: html.HtmlElement) -> None:
    tables = tree.findall(".//table")
    assert len(tables) > 10
    for table in tables:
        assert "sortable" in table.get("class")
        assert table.find("caption").text_content().strip()
        width = len(table.findall("thead/tr/th"))
        for row in table.findall("tbody/tr"):
            assert len(row.findall("th") + row.findall("td")) == width


def test_every_figure_has_its_numbers_and_its_words(tree: html.HtmlElement) -> None:
    figures = tree.findall(".//figure")
    assert len(figures) == 10
    for figure in figures:
        assert figure.find("details").find(".//table") is not None
        for drawing in figure.findall(".//svg"):
            assert drawing.get("role") == "img"
            assert len(drawing.get("aria-label")) > 40


def test_a_forecast_is_a_section_of_its_own(world: World, page: str) -> None:
    assert "prognose" not in page
    forecast = forecast_of(duckdb.connect(), portfolio(np.random.default_rng(187), KINDS[0]))
    tree = _tree(report_page(world.connection, facts(forecast=section(forecast))))
    assert tree.xpath("//nav//a[@href='#prognose']")
    assert "Så godt ramte den sidst" in _text(tree, "prognose")
    assert len(_column(tree, "prognose-tabel", 2)) == len(forecast.projects)


def test_each_project_has_the_links_to_what_lies_beside_the_page(world: World, tree: html.HtmlElement) -> None:
    assert not tree.find_class("files")
    linked = _tree(report_page(world.connection, facts(letters={"JF-003"})))
    (files,) = linked.find_class("files")
    assert [link.get("href") for link in files] == [
        "letters/JF-003.pdf",
        "annex/JF-003.xlsx",
        "validation/index.html#projekt=JF-003",
    ]


def test_the_appropriation_is_promised_decided_due_and_possible(tree: html.HtmlElement, world: World) -> None:
    rows = tree.get_element_by_id("bevilling").find("tbody").findall("tr")
    sums = {row.find("th").text_content(): Decimal(row.find("td").get("data-value")) for row in rows}
    promised = sums["Det højeste, som tilsagnene kan udløse i alt"]
    decided, due = sums["Bogført til og med 2017"], sums["Heraf beregnet og ikke bogført"]
    assert promised == decided + due + sums["Heraf endnu muligt"]
    assert decided + due == sums["Beregnet tilskud til og med 2017"]
    assert promised == _scalar(world, "SELECT sum(cap_dkk + fixed_max_dkk) FROM run.settlement WHERE year = 2017")


def test_what_is_posted_for_the_settled_year_counts_as_decided() -> None:
    world = World(2, holds=False)
    world.execute("DELETE FROM run.posted")
    world.execute("INSERT INTO run.posted SELECT project_id, 2017, 'activity', 1000 FROM run.projects")
    rows = _tree(report_page(world.connection, facts())).get_element_by_id("bevilling").find("tbody").findall("tr")
    sums = {row.find("th").text_content(): Decimal(row.find("td").get("data-value")) for row in rows}
    assert sums["Bogført til og med 2017"] == 2000


def test_each_municipality_of_a_project_has_its_grant_by_place(tree: html.HtmlElement, world: World) -> None:
    rows = tree.get_element_by_id("kommuner").find("tbody").findall("tr")
    assert len(rows) == 14
    amounts = dict(zip([row.find("th").text_content() for row in rows], _column(tree, "kommuner", 3), strict=True))
    granted = _scalar(
        world,
        "SELECT (activity_cumulative_dkk + fixed_cumulative_dkk) / target_participants FROM run.settlement "
        "JOIN run.projects USING (project_id) WHERE year = 2017 AND project_id = 'JF-001'",
    )
    assert float(amounts["København"]) == pytest.approx(float(granted), abs=0.005)
    (unknown,) = [row for row in rows if "Høje-Taastrup" in row.text_content()]
    assert unknown.text_content().count("ukendt") == 2


def test_a_year_is_held_against_the_year_before(tree: html.HtmlElement) -> None:
    columns = (_column(tree, "aar-projekt", column) for column in range(3))
    known = [row for row in zip(*columns, strict=True) if row[1]]
    assert all(year - before == change for before, year, change in known)
    more = sum(change > 0 for _, _, change in known)
    assert f"{more} projekter har større tilskud i 2017 end i 2016" in _text(tree, "aar-for-aar")


def test_projects_are_ranked_by_the_kroner_at_stake(tree: html.HtmlElement) -> None:
    amounts = _column(tree, "tabt-projekt", 1)
    assert amounts == sorted(amounts, reverse=True) != []
    assert "har mest på spil" in _text(tree, "afviste")


def test_the_page_needs_nothing_from_outside(page: str, tree: html.HtmlElement) -> None:
    assert not tree.xpath("//link | //img | //iframe | //object | //*[@src] | //base | //form")
    assert all(link.get("href").startswith("#") for link in tree.xpath("//*[@href]"))
    assert not re.search(r"url\(|@import|@font-face", page)
    assert "default-src 'none'" in page


def test_no_citizen_is_named(page: str) -> None:
    assert "B-2<" not in page
    assert not re.search(r"\bB-\d", page)
    assert not re.search(r"\b\d{6}-?\d{4}\b", page.replace(FINGERPRINT, ""))


def test_names_are_text_and_nothing_else() -> None:
    world = World(3)
    plain = _tree(report_page(world.connection, facts()))
    world.execute("UPDATE run.projects SET project_name = ?", HOSTILE_NAME)
    world.execute("UPDATE run.project_facts SET project_name = ?", HOSTILE_NAME)
    world.execute("INSERT INTO run.faults VALUES (?, 1, ?, false, 'F04', ?, ?)", *[HOSTILE_NAME] * 4)
    hostile = _tree(report_page(world.connection, facts()))
    assert len(hostile.findall(".//script")) == len(plain.findall(".//script")) == 1
    assert hostile.find(".//img") is None
    assert HOSTILE_NAME in hostile.get_element_by_id("projekttabel").text_content()
    assert HOSTILE_NAME in hostile.get_element_by_id("afviste-indberetninger").text_content()


def test_a_draft_is_marked_and_a_release_is_not(page: str, world: World) -> None:
    assert page.count("UDKAST") == 4
    assert FINGERPRINT in page
    assert "UDKAST" not in report_page(world.connection, facts(is_draft=False))


@pytest.mark.parametrize("fingerprint", ["", "abc", "</style><script>", FINGERPRINT.upper()])
def test_a_fingerprint_is_hexadecimal(fingerprint: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        facts(fingerprint=fingerprint)


@contextmanager
def _opened(path: Path, page: str) -> Iterator[Page]:
    """Open the page in Chromium; fail where it asks for anything else or complains."""
    from playwright.sync_api import sync_playwright

    path.write_text(page, encoding="utf-8")
    asked: list[str] = []
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.goto(path.as_uri())
        yield tab
        browser.close()
    assert asked == [path.as_uri()]
    assert said == []


@pytest.mark.browser
def test_it_is_accessible_with_every_fold_open(tmp_path: Path, world: World) -> None:
    from axe_playwright_python.sync_playwright import Axe

    forecast = section(forecast_of(duckdb.connect(), portfolio(np.random.default_rng(187), KINDS[0])))
    with _opened(tmp_path / "report.html", report_page(world.connection, facts(forecast=forecast))) as tab:
        tab.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
        found = Axe().run(tab)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.browser
def test_tables_sort_and_narrow_screens_are_wide_enough(tmp_path: Path) -> None:
    world = World(98, holds=False)
    world.execute("INSERT INTO run.project_holds VALUES ('JF-050', 'P02', 'hold')")
    with _opened(tmp_path / "report.html", report_page(world.connection, facts())) as tab:
        heading = tab.locator("#projekttabel thead th").last
        cells = tab.locator("#projekttabel tbody tr td:last-child")

        def amounts() -> list[float]:
            return [float(value) for value in cells.evaluate_all("all => all.map((cell) => cell.dataset.value)")]

        before = amounts()
        heading.get_by_role("button").click()
        assert heading.get_attribute("aria-sort") == "descending"
        assert amounts() == sorted(before, reverse=True) != before
        heading.get_by_role("button").click()
        assert amounts() == sorted(before)

        name = tab.locator("#projekttabel thead th").first
        name.get_by_role("button").click()
        assert name.get_attribute("aria-sort") == "ascending"
        assert heading.get_attribute("aria-sort") is None
        assert amounts() == before

        status = tab.locator("#projekttabel thead th").nth(1)
        status.get_by_role("button").click()
        assert status.get_attribute("aria-sort") == "ascending"
        words = tab.locator("#projekttabel tbody td.status").all_inner_texts()
        assert words[0].startswith("I bero")
        assert {word.split()[0] for word in words[1:]} == {"Klar"}

        tab.set_viewport_size({"width": 375, "height": 800})
        assert tab.evaluate("document.documentElement.scrollWidth") <= 375
        assert tab.locator(".drawings.wide:visible").count() == 0
        assert tab.locator(".drawings.narrow:visible").count() == 10
        assert tab.locator("#projekttabel thead:visible").count() == 0
        assert tab.locator("#projekttabel tbody td").nth(2).get_attribute("data-label") == "Påbegyndte"
