"""Where the rules are published, messages, letters, annexes and downloads lead there; without it, bytes stay."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tasks.annex.workbook import Listed, RejectedRegistration, write_workbook
from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.check.as_object import as_object
from tasks.check.check import check
from tasks.check.marked import marked_copy
from tasks.check.text import as_text
from tasks.letters.render import render_letter
from tasks.rules.model import RULES_FILE, load_rules, parse_rules
from tasks.validation import catalogue
from tasks.validation.catalogue import lead_to, load_catalogue, page_of, rule_of, without_page
from tests.support.letter_examples import EXAMPLES
from tests.torture.deliveries import csv_files

URL = "https://kontrol.example.dk/regler"
TEXT = RULES_FILE.read_text(encoding="utf-8")


@pytest.fixture
def published() -> Iterator[None]:
    lead_to(URL)
    yield
    catalogue._instead.clear()
    catalogue._rules_url.cache_clear()
    load_catalogue.cache_clear()


def links(data: bytes) -> set[str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        c.hyperlink.target for s in book for row in s.iter_rows() for c in row if c.hyperlink and c.hyperlink.target
    }


def delivered(folder: Path) -> Path:
    folder.mkdir()
    files = csv_files()
    for name, data in {
        **files,
        "forloeb.csv": files["forloeb.csv"].replace(b"virksomhedspraktik", b"ferie", 1),
    }.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("", "docs/rules.md#s06"),
        (URL, f"{URL}/S06"),
        (f"{URL}/", f"{URL}/S06"),
        ("https://docs.example.dk/rules/#", "https://docs.example.dk/rules/#s06"),
    ],
)
def test_a_code_is_led_to_its_page(url: str, page: str) -> None:
    assert page_of("S06", url) == page
    assert without_page(f"Cvr er tom (»x«). ({page})") == "Cvr er tom (»x«)."


@pytest.mark.parametrize(
    "url", ["regler", "ftp://x", "https://x/{code}", "https://x/ y", "https://x/(1)", "javascript:x"]
)
def test_what_is_no_address_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(InputError, match=r"rules_url.*is not the address of a page") as error:
        parse_rules(f"{TEXT}\nrules_url: {json.dumps(url)}\n", "jobfirst.yaml")
    assert "\n" not in str(error.value)


def test_the_rules_file_names_it(monkeypatch: pytest.MonkeyPatch, published: None) -> None:
    rules = parse_rules(f"{TEXT}\nrules_url: {URL}\n", "jobfirst.yaml")
    catalogue._instead.clear()
    catalogue._rules_url.cache_clear()
    load_catalogue.cache_clear()
    monkeypatch.setattr(catalogue, "load_rules", lambda: rules)
    assert rule_of("S06").message_da.endswith(f" ({URL}/S06)")
    assert load_rules().rules_url == ""


def test_a_check_leads_there(tmp_path: Path, published: None) -> None:
    now = Moment.now()
    found = check(delivered(tmp_path / "2016-12-31"), project_id=None, as_of=None, register=None, now=now)
    told = json.dumps(as_object(found), default=str) + as_text(found, 200)
    assert "docs/rules.md" not in told
    broken = {one.rule.code for one in found.broken}
    assert broken
    assert all(f"Om reglen: {URL}/{code}" in told for code in broken)
    assert {f"{URL}/{code}" for code in broken} <= links(marked_copy(found))
    assert all(URL not in without_page(spot.message.da) for one in found.broken for spot in one.spots)


@pytest.mark.parametrize("rules_url", ["", URL])
def test_an_annex_and_a_letter_lead_there(tmp_path: Path, rules_url: str) -> None:
    facts = next(one for one in EXAMPLES.values() if one.rejected_count and one.holds)
    page = rules_url and f"{rules_url}/S06"
    row = RejectedRegistration("forloeb", 12, "F-12", "S06", "Cvr er tom.", "Skriv det.", None, page=page)
    path = tmp_path / "annex.xlsx"
    write_workbook(facts, Listed(rejected=[row]), path)
    assert links(path.read_bytes()) == ({page} if page else set())
    holds = tuple(replace(hold, page=rules_url and f"{rules_url}/{hold.code}") for hold in facts.holds)
    letter = render_letter(replace(facts, holds=holds, rules_url=rules_url)).html
    assert (f"Reglerne er forklaret på {rules_url}" in letter) == bool(rules_url)
    assert (f"({holds[0].code}: {rules_url}/{holds[0].code})" in letter) == bool(rules_url)
    assert len(re.findall("kontrol.example.dk", letter)) == (1 + len(holds) if rules_url else 0)
