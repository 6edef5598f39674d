"""The validation page: every expectation with its counts, in a browser; no personal value, no outside resource."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tasks.settlement.compute import compute_events, compute_money
from tasks.validation.catalogue import load_catalogue
from tasks.validation.guards import LAYERS, guards_of
from tasks.validation.own_sql import judge_by_own_sql
from tasks.validation.page import validation_page
from tasks.validation.stages import judge_projects
from tasks.validation.violations import report
from tasks.warehouse.statements import execute
from tests.support.rule_world import EXTRA_FIELDS, Judged, judged_world, several, single

if TYPE_CHECKING:
    from playwright.sync_api import Page

# No project here has a draw or a table of activities, so nothing is judged by one.
RULES = [
    rule
    for suite in load_catalogue().values()
    for rule in suite.rules
    if suite.name not in ("draw", "draw_record", "grundelementer")
]
CASES = [
    several("borgere")("C07", "to af tre",
                       [({}, ""), ({"borger_id": "B-2", "gruppe": "x"}, "C07"), ({EXTRA_FIELDS: "x"}, "R01")]),
    single("udgifter")("E06", "hemmeligt beløb", {"beloeb": "hemmelig"}, "E06"),
    single("forloeb")("S11", "en bemærkning", {"type": "snusepraktik", "slutdato": "01-07-2016"}, "S11"),
]  # fmt: skip


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    with judged_world(CASES, tmp_path_factory.mktemp("page")) as world:
        world.connection.execute("UPDATE run.projects SET project_name = '<b>\"&</script>' WHERE project_id = 'P-0002'")
        compute_events(world.connection)
        compute_money(world.connection)
        judge_projects(world.connection, judge_by_own_sql)
        report(world.connection)
        yield world


@pytest.fixture(scope="module")
def html(judged: Judged) -> str:
    return validation_page(judged.connection, 2017)


def line(html: str, project: str, code: str) -> list[str]:
    """Give the texts of a rule's line for a project: title, action, verdict, failing, of."""
    group = re.search(rf'<tbody data-project="{project}">.*?</tbody>', html, re.S)
    assert group
    row = re.search(rf'<th scope="row">{code}</th>(.*?)</tr>', group[0])
    assert row
    return re.findall(r"<td[^>]*>(.*?)</td>", row[1])


@pytest.mark.parametrize(
    ("project", "code", "expected"),
    [
        ("", "C07", ["Rækken afvises", "Ikke opfyldt", "1", "4"]),
        ("P-0000", "C07", ["Rækken afvises", "Ikke opfyldt", "1", "2"]),
        ("P-0001", "C07", ["Rækken afvises", "Opfyldt", "0", "1"]),
        ("", "R01", ["Rækken afvises", "Ikke opfyldt", "1", "11"]),
        ("P-0000", "R01", ["Rækken afvises", "Ikke opfyldt", "1", "5"]),
        ("", "E06", ["Rækken afvises", "Ikke opfyldt", "1", "3"]),
        ("P-0001", "E06", ["Rækken afvises", "Ikke opfyldt", "1", "1"]),
        ("P-0002", "S11", ["Bemærkning", "Bemærket", "1", "1"]),
        ("", "P04", ["Projektet i bero", "Ikke opfyldt", "3", "3"]),
        ("P-0001", "P06", ["Projektet i bero", "Ikke opfyldt", "1", "1"]),
        ("P-0002", "P06", ["Projektet i bero", "Opfyldt", "0", "1"]),
        ("", "F09", ["Bemærkning", "Bemærket", "3", "3"]),
        ("", "B01", ["Projektet i bero", "Opfyldt", "0", "1"]),
    ],
)
def test_a_line_tells_verdict_and_counts(html: str, project: str, code: str, expected: list[str]) -> None:
    assert line(html, project, code)[1:] == expected


def test_every_guard_stands_there(html: str) -> None:
    section = html[html.index("<details>") :]
    guards = [guard for layer in LAYERS for guard in guards_of(layer)]
    assert section.count('<th scope="row">') == len(guards)
    assert f"{len(guards)} af {len(guards)} opfyldt" in section
    assert "<td>udgør en entydig nøgle</td><td>delivery_no, row_no</td>" in section


def test_every_expectation_stands_there_for_all_and_for_each_project(html: str) -> None:
    assert len(re.findall("<tr data-severity", html)) == len(RULES) + len(CASES) * (len(RULES) - 1)


def test_the_rows_of_every_suite_are_counted_for_each_project(judged: Judged) -> None:
    judged.connection.execute("BEGIN")
    judged.connection.execute("INSERT INTO run.draws BY NAME SELECT project_id FROM run.projects")
    counted = set(execute(judged.connection, "validation/row_counts").fetchall())
    # The batch of `rows` has the ragged rows alone, and the portfolio is of no project.
    for suite in load_catalogue().values():
        if suite.name not in ("rows", "portfolio"):
            rows = judged.connection.table(suite.batch).aggregate("project_id, count(*)").fetchall()
            assert {(project, suite.name, count) for project, count in rows} <= counted, suite.name
    judged.connection.execute("ROLLBACK")


def test_no_value_of_a_row_and_no_outside_resource(html: str) -> None:
    assert "hemmelig" not in html
    assert not re.search(r"(?<![0-9])[0-9]{6}-?[0-9]{4}(?![0-9])", html)
    assert not re.search(r"https?:|src=|href=|url\(|@import", html)


def test_a_name_is_text_and_never_markup(html: str) -> None:
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_the_same_state_gives_the_same_page(judged: Judged, html: str) -> None:
    assert validation_page(judged.connection, 2017) == html


def test_a_crashed_run_gets_no_page(judged: Judged) -> None:
    judged.connection.execute("BEGIN")
    judged.connection.execute("UPDATE run.expectation_results SET error_class = 'BinderException' WHERE code = 'C05'")
    with pytest.raises(ValueError, match="C05"):
        validation_page(judged.connection, 2017)
    judged.connection.execute("ROLLBACK")


@pytest.fixture
def page(html: str, tmp_path: Path) -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    file = tmp_path / "index.html"
    file.write_text(html, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        opened = browser.new_page()
        problems: list[str] = []
        opened.on("console", lambda message: problems.append(message.text))
        opened.on("pageerror", lambda error: problems.append(str(error)))
        opened.on("request", lambda request: problems.append(request.url) if request.url != file.as_uri() else None)
        opened.goto(file.as_uri())
        yield opened
        browser.close()
    assert problems == []


def shown(page: Page) -> int:
    return page.locator("tr[data-severity]:visible").count()


@pytest.mark.browser
def test_filtering_by_project_severity_and_verdict(page: Page) -> None:
    assert shown(page) == len(RULES)
    page.select_option("#severity", "remark")
    assert shown(page) == sum(rule.action == "remark" for rule in RULES)
    page.select_option("#project", "P-0002")
    page.select_option("#verdict", "remarked")
    assert page.locator("tr[data-severity]:visible th").all_inner_texts() == ["S11", "F09", "P03"]
    assert page.locator("output").inner_text() == "3 forventninger vist"
    page.select_option("#project", "*")
    page.select_option("#verdict", "")
    page.select_option("#severity", "")
    assert shown(page) == len(RULES) + len(CASES) * (len(RULES) - 1)


@pytest.mark.browser
def test_a_link_may_name_the_project(page: Page) -> None:
    page.goto(page.url + "#projekt=P-0002")
    page.reload()
    assert page.input_value("#project") == "P-0002"


@pytest.mark.browser
def test_the_guards_open_whatever_is_filtered(page: Page) -> None:
    page.select_option("#severity", "remark")
    guard = page.get_by_role("rowheader", name="run.guarded_citizens").first
    assert not guard.is_visible()
    page.get_by_text("Vagter mellem lagene:").click()
    assert guard.is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("width", [375, 800, 1280])
def test_a_long_name_of_a_project_leaves_the_page_as_wide_as_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.querySelector('#project').add(new Option('Jobrotation og jobparathed '.repeat(12)))")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_it_prints_what_is_shown_and_without_the_filters(page: Page) -> None:
    page.emulate_media(media="print")
    assert not page.locator("form").is_visible()
    assert shown(page) == len(RULES)
    assert page.pdf()[:5] == b"%PDF-"


@pytest.mark.browser
@pytest.mark.parametrize("everything", [False, True])
def test_it_is_accessible(page: Page, everything: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    if everything:
        page.select_option("#project", "*")
        page.get_by_text("Vagter mellem lagene:").click()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:80]) for one in found] == []
