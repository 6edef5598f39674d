"""The page in a browser: seen wide, narrow, enlarged, dark and printed; by keyboard alone; without its script.

With JOBFIRST_PICTURES=1 its pictures are written into `docs/`.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from tasks.base.paths import PROJECT
from tasks.web.examples import example, workbook
from tests.support.portfolio import Portfolio
from tests.support.web_site import HANG_SECONDS, Site, running, stopped
from tests.torture.deliveries import csv_files

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# What is left of a window of 1 280 by 1 024 pixels when its page is enlarged to 400 %.
ENLARGED = {"width": 320, "height": 256}
WRITES_PICTURES = os.environ.get("JOBFIRST_PICTURES", "") not in ("", "0")
PICTURE_COLOURS = 64


def uploaded(files: dict[str, bytes]) -> list[FilePayload]:
    return [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files.items()]


def heads(files: dict[str, bytes]) -> dict[str, bytes]:
    """Give the tables of a delivery without their rows."""
    return {name: data.split(b"\n")[0] + b"\n" for name, data in files.items() if name != "kontroltal.csv"}


KINDS = {
    "clean": ({"indberetning.xlsx": example("uden-fejl")}, "kan afleveres. Ingen af de"),
    "losses": ({"indberetning.xlsx": example("med-fejl")}, "tæller ikke"),
    "refused": ({n: data for n, data in csv_files().items() if n != "udgifter.csv"}, "kan ikke afleveres. 1 fejl"),
    "not readable": ({"indberetning.xlsx": b"not a workbook"}, "kan ikke afleveres. 1 fejl"),
    "empty": (heads(csv_files()), "men den er tom"),
    "enormous": ({"indberetning.xlsx": workbook("med-fejl", 6_000)}, "tæller ikke"),
}
PAGES = ("/", "/vejledning", "/regler", "/regler/S06", "/ingen")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    portfolio = Portfolio(tmp_path_factory.mktemp("portfolio"))
    portfolio.project("JF-187", municipalities=("187", "183"))
    portfolio.write_register()
    with running(tmp_path_factory.mktemp("site"), portfolio.register) as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    # axe is put into the page, which its policy forbids; nothing else is let in by it.
    opened = browser.new_page(bypass_csp=True, viewport=WIDE, locale="da-DK")  # type: ignore[arg-type]
    opened.set_default_timeout(HANG_SECONDS * 1000)
    yield opened
    opened.close()


def fill(page: Page, site: Site, files: dict[str, bytes]) -> None:
    page.goto(site.address)
    page.select_option("#projekt", "-")
    page.fill("#opgjort_pr", "2016-12-31")
    page.set_input_files("#indberetning", uploaded(files))


def verdict(page: Page) -> str:
    page.wait_for_url("**/svar")
    return page.locator("h1").inner_text()


def send(page: Page, site: Site, kind: str) -> None:
    files, says = KINDS[kind]
    fill(page, site, files)
    page.click("form.task button[type=submit]")
    assert says in verdict(page)


def assert_seen(page: Page, where: str) -> None:
    """Assert that axe finds nothing, and that no part of the page lies beside its window, in every form of it."""
    for scheme, size in (("light", WIDE), ("light", NARROW), ("light", ENLARGED), ("dark", WIDE)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size(size)  # type: ignore[arg-type]
        result: Any = Axe().run(page).response
        found = [(one["id"], [node["html"] for node in one["nodes"]]) for one in result["violations"]]
        assert not found, (where, scheme, size)
        over = page.evaluate(
            """() => [document.documentElement, ...document.querySelectorAll(".scroll")]
                .filter(one => one.scrollWidth > one.clientWidth).map(one => one.outerHTML.slice(0, 100))"""
        )
        assert not over, (where, size)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_a_page_in_any_form(path: str, page: Page, site: Site) -> None:
    page.goto(site.address + path)
    assert_seen(page, path)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_an_answer_in_any_form(kind: str, page: Page, site: Site) -> None:
    send(page, site, kind)
    assert_seen(page, kind)


def test_what_is_wrong_in_the_form_is_told_at_its_field(page: Page, site: Site) -> None:
    fill(page, site, {"brev.pdf": b"%PDF"})
    page.click("form.task button[type=submit]")
    page.wait_for_url("**/svar")
    alert = page.get_by_role("alert")
    assert "Filen er ikke en indberetning" in alert.inner_text()
    alert.get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "indberetning"
    assert page.locator("[aria-invalid=true]").evaluate_all("all => all.map(one => one.id)") == ["indberetning"]
    assert_seen(page, "wrong form")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus, which must be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_the_whole_task_by_keyboard(page: Page, site: Site) -> None:
    page.goto(site.address)
    tab_to(page, "#projekt")
    # One letter: letters that come slowly are no word to a list.
    page.keyboard.type("I")
    assert page.input_value("#projekt") == "-"
    tab_to(page, "#opgjort_pr")
    page.fill("#opgjort_pr", "2016-12-31")
    tab_to(page, "#indberetning")
    # The window in which a file is chosen is the browser's own.
    page.set_input_files("#indberetning:focus", uploaded(KINDS["losses"][0]))
    tab_to(page, "form.task button")
    page.keyboard.press("Enter")
    assert KINDS["losses"][1] in verdict(page)
    tab_to(page, "table.sortable th button")
    page.keyboard.press("Enter")
    page.locator("table.sortable th[aria-sort]").wait_for()
    tab_to(page, "table.sortable a")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector(':target')?.className.startsWith('rule')")
    tab_to(page, "a[href$='kvittering.txt']")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("Kvittering")


def test_the_whole_task_without_the_script(browser: Browser, site: Site) -> None:
    page = browser.new_page(java_script_enabled=False, viewport=WIDE)  # type: ignore[arg-type]
    page.set_default_timeout(HANG_SECONDS * 1000)
    send(page, site, "losses")
    first = page.locator("table.sortable tbody a").first
    code = first.inner_text()[:3]
    first.click()
    page.locator(f"h3 a[href='/regler/{code}']").first.click()
    page.wait_for_url(f"**/regler/{code}")
    assert page.locator("h1").inner_text().startswith(f"{code}: ")
    page.close()


def test_a_line_tells_of_the_check_while_it_runs(page: Page, site: Site) -> None:
    fill(page, site, KINDS["clean"][0])
    # A page that waits for its answer answers no question: it notes itself what it showed.
    page.evaluate(
        """() => {
            const line = document.querySelector("[data-progress][role=status]");
            const button = document.querySelector("form.task button");
            const note = () => sessionStorage.setItem("shown", `${line.textContent} ${button.disabled}`);
            new MutationObserver(note).observe(line, {childList: true});
        }"""
    )
    page.click("form.task button[type=submit]")
    assert KINDS["clean"][1] in verdict(page)
    shown = page.evaluate("sessionStorage.getItem('shown')")
    assert shown.startswith("Sender og kontrollerer ")
    assert shown.endswith(" true")


def test_whoever_stops_the_sending_may_send_again(page: Page, site: Site) -> None:
    fill(page, site, KINDS["clean"][0])
    # A page that waits for its answer does nothing that is asked of it from here.
    page.evaluate("() => navigation.addEventListener('navigate', () => setTimeout(() => stop(), 0), {once: true})")
    with stopped(site.process.pid):
        page.click("form.task button[type=submit]", no_wait_after=True)
        page.wait_for_function(
            """() => !document.querySelector("form.task button").disabled
                && !document.querySelector("[data-progress]").textContent"""
        )
    page.click("form.task button[type=submit]")
    assert KINDS["clean"][1] in verdict(page)


def drop(page: Page, *paths: Path) -> None:
    """Let paths of this machine fall on the field, as a person's mouse does."""
    box = page.locator("[data-drop]").first.bounding_box()
    assert box
    where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    devices = page.context.new_cdp_session(page)
    for event in ("dragEnter", "dragOver", "drop"):
        devices.send("Input.dispatchDragEvent", {"type": event, **where, "data": data})


def test_a_folder_that_is_dropped_is_sent_as_its_files_and_its_day(page: Page, site: Site, tmp_path: Path) -> None:
    """A browser can't send a folder: it shows an error of its own, and the form is gone."""
    folder = tmp_path / "2016-12-31"
    folder.mkdir()
    for name, data in csv_files().items():
        (folder / name).write_bytes(data)
    page.goto(site.address)
    page.select_option("#projekt", "-")
    drop(page, tmp_path)
    page.get_by_text(f"»{tmp_path.name}« har ingen filer").wait_for()
    drop(page, folder)
    page.wait_for_function("document.getElementById('indberetning').files.length > 0")
    names = page.evaluate("[...document.getElementById('indberetning').files].map(one => one.name)")
    assert sorted(names) == sorted(csv_files())
    assert page.input_value("#opgjort_pr") == "2016-12-31"
    assert not page.locator("#fil-fejl").is_visible()
    page.click("form.task button[type=submit]")
    assert "kan afleveres" in verdict(page)


def test_the_folder_that_was_dropped_last_is_the_one_that_is_meant(page: Page, site: Site, tmp_path: Path) -> None:
    """Its day is another one's, and a file has none; a folder without files leaves none; no name shows a number."""
    first, second, unnamed, nothing = (tmp_path / name for name in ("2016-12-31", "2017-06-30", "ny", "610170-0003"))
    for folder in (first, second, unnamed, nothing):
        folder.mkdir()
    for folder in (first, second, unnamed):
        (folder / "borgere.csv").write_bytes(b"")
    page.goto(site.address)
    for folder, day in ((first, "2016-12-31"), (second, "2017-06-30"), (unnamed, ""), (second, "2017-06-30")):
        drop(page, folder)
        page.wait_for_function("day => document.getElementById('opgjort_pr').value === day", arg=day)
        assert page.evaluate("document.getElementById('indberetning').files.length") == 1
    drop(page, unnamed / "borgere.csv")
    page.wait_for_function("document.getElementById('opgjort_pr').value === ''")
    drop(page, nothing)
    page.get_by_text("»******-****« har ingen filer").wait_for()
    assert page.evaluate("document.getElementById('indberetning').files.length") == 0
    assert page.input_value("#opgjort_pr") == ""
    page.fill("#opgjort_pr", "2016-06-30")
    drop(page, second)
    page.wait_for_function("document.getElementById('indberetning').files.length === 1")
    assert page.input_value("#opgjort_pr") == "2016-06-30"


def test_a_file_that_is_saved_anew_after_it_was_chosen_is_told(page: Page, site: Site, tmp_path: Path) -> None:
    """The browser would send nothing and show an error of its own; choosing the file again sends it."""
    file = tmp_path / "indberetning.xlsx"
    file.write_bytes(example("med-fejl"))
    fill(page, site, {})
    page.set_input_files("#indberetning", file)
    file.write_bytes(example("uden-fejl"))
    os.utime(file, (0, 0))
    page.click("form.task button[type=submit]")
    page.get_by_text("»indberetning.xlsx« er ændret eller flyttet, siden den blev valgt").wait_for()
    assert page.evaluate("document.activeElement.id") == "indberetning"
    page.set_input_files("#indberetning", file)
    page.click("form.task button[type=submit]")
    assert "Ingen af de" in verdict(page)


def test_on_paper_stands_the_answer_and_no_way_around(page: Page, site: Site) -> None:
    send(page, site, "losses")
    page.emulate_media(media="print")
    assert page.locator(".verdict").is_visible()
    assert page.locator(".places").first.is_visible()
    for left_out in ("nav", "footer", "[aria-labelledby=hent]", ".skip"):
        assert not page.locator(left_out).first.is_visible()
    whole = page.locator("h2, h3, .rule > p").evaluate_all("all => all.map(one => getComputedStyle(one).breakInside)")
    assert set(whole) == {"avoid"}


def test_names_make_sense_when_they_are_read_aloud(page: Page, site: Site) -> None:
    page.goto(site.address)
    assert page.get_by_role("button", name="Kontrollér", exact=True).count() == 1
    for name in ("Projekt", "Opgjort pr.", "Indberetning", "Til projekt"):
        assert page.get_by_label(name, exact=True).count() == 1, name
    send(page, site, "losses")
    regions = page.get_by_role("region").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    told = [name for name in regions if name]
    assert len(told) == len(set(told))
    assert all(page.get_by_role("link", name=name).count() for name in ("svar.json", "kvittering.txt"))


def picture(page: Page, name: str, height: int) -> None:
    """Take a picture of the upper part of a page, and write it into the documentation if that is asked for."""
    width = (page.viewport_size or {"width": 0})["width"]
    data = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    image = Image.open(io.BytesIO(data)).convert("RGB").quantize(PICTURE_COLOURS)
    assert image.size == (width, height)
    if WRITES_PICTURES:
        image.save(PROJECT / "docs" / name, optimize=True)


def test_the_pictures_of_the_documentation(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 1100, "height": 900})
    page.goto(site.address)
    picture(page, "web-front.png", 860)
    for kind, height in (("losses", 1000), ("clean", 520), ("refused", 560), ("empty", 560), ("enormous", 1000)):
        send(page, site, kind)
        picture(page, f"web-{kind}.png", height)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    send(page, site, "losses")
    picture(page, "web-narrow.png", 1200)
    linked = (PROJECT / "docs" / "web.md").read_text(encoding="utf-8")
    for name in ("front", "losses", "clean", "refused", "empty", "enormous", "narrow"):
        assert f"(web-{name}.png)" in linked
        assert (PROJECT / "docs" / f"web-{name}.png").exists()
