"""Posts deliveries to the page's own code in this process, and holds what it says against the command's check."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import html

from flows.commands.common import plain
from tasks.base.danish import kroner, number
from tasks.base.errors import InputError
from tasks.base.lines import visible
from tasks.base.moment import Moment
from tasks.check.as_object import as_object
from tasks.check.check import check
from tasks.check.findings import BrokenRule, Checked
from tasks.validation.catalogue import ACTIONS, Rule, without_page
from tasks.web import worker
from tasks.web.answer import PLACES_SHOWN, verdict_sentence
from tasks.web.form import FormReader
from tasks.web.job import NotAsked, asking_of
from tests.support.web_site import delivery, form

Files = Mapping[str, bytes]
NOW = Moment.parse("2018-02-15T12:00")
_PIECE = 5_003
_OWN = frozenset({"name", "project_id"})
"""What only the path says: the names of the folder and of the one above it."""


@dataclass(frozen=True)
class Posted:
    """What the page answered. `refusal`: why it did not check; the others are then empty."""

    refusal: str = ""
    page: str = ""
    told: Mapping[str, Any] | None = None
    receipt: str = ""


def posted(files: Files, *, register: Path | None = None, project_id: str = "-", as_of: str | None = None) -> Posted:
    """Read the form that a browser sends, in pieces, and check what it holds, as a worker does."""
    body, kind = form(delivery(files), {"projekt": project_id, "opgjort_pr": as_of or ""})
    reader = FormReader(kind)
    for at in range(0, len(body), _PIECE):
        reader.feed(body[at : at + _PIECE])
    try:
        asking, blobs = asking_of(
            reader.close(),
            frozenset({project_id}) - {"-"},
            register=str(register) if register else None,
            now=NOW.utc.isoformat(),
            token="token",  # noqa: S106 - of no server
            kept_until="12.00",
        )
        downloads, page = worker._checked(asking, blobs)
    except (NotAsked, InputError) as error:
        return Posted(refusal=str(error))
    told = json.loads(downloads["svar.json"])
    return Posted("", page.decode(), told, downloads["kvittering.txt"].decode())


def difference(files: Files, path: Path, *, register: Path | None = None, project_id: str | None = None,
               as_of: str | None = None) -> str:  # fmt: skip
    """Say in what the page differs from the check of the same delivery at a path; '' where it does not."""
    answer = posted(files, register=register, project_id=project_id or "-", as_of=as_of)
    try:
        found = check(path, project_id=project_id, as_of=as_of, register=register, now=NOW)
    except InputError as error:
        return "" if answer.refusal else f"the command refuses it ({error}), the page does not"
    if answer.refusal:
        return "" if _is_no_delivery(files) else f"the page refuses it ({answer.refusal}), the command does not"
    expected = json.loads(json.dumps(as_object(found), default=plain))
    assert answer.told is not None
    for name, value in expected.items():
        if name not in _OWN and answer.told[name] != value:
            return f"{name}: {answer.told[name]!r} instead of {value!r}"[:2000]
    return _shown_otherwise(answer, found)


def _is_no_delivery(files: Files) -> bool:
    """Whether no file is of a kind that a delivery may have: the page says so at once, the command as F02."""
    return not any(re.search(r"\.(csv|parquet|xls[xmb]?|ods|zip)$", name, re.IGNORECASE) for name in files)


def _shown_otherwise(answer: Posted, found: Checked) -> str:
    """Say what the page does not show as it was found: verdict, codes, places, kroner."""
    tree = html.fromstring(answer.page)
    if (shown := _text(tree.find(".//h1"))) != _plainly(verdict_sentence(found)):
        return f"the verdict is {shown!r}"
    if verdict_sentence(found) not in answer.receipt:
        return "the receipt has another verdict"
    if found.money and _plainly(kroner(found.money.entitlement_dkk)) not in _text(tree.find(".//*[@class='big']")):
        return "the money is another"
    text = _text(tree)
    for whole in (*found.faults, *found.holds):
        for place in whole.places[:PLACES_SHOWN]:
            if _heading(whole.rule) not in text or _plainly(without_page(place.da)) not in text:
                return f"{whole.rule.code} is not shown: {place.da}"
    for broken in found.broken:
        is_priced = found.is_accepted and broken.rule.action == "reject"
        if said := _rule_shown_otherwise(tree, broken, is_priced=is_priced):
            return said
    return ""


def _rule_shown_otherwise(tree: Any, broken: BrokenRule, *, is_priced: bool) -> str:
    code = broken.rule.code
    (section,) = tree.xpath(f"//*[@id='{code.lower()}-{broken.table}']") or [None]
    if section is None:
        return f"{code} in {broken.table} is not shown"
    rows = section.xpath(".//table//tbody/tr")
    cells = [_text(row.find(".//code")) for row in rows]
    wrong = [_text(row[-1]) for row in rows]
    spots = broken.spots[:PLACES_SHOWN]
    if cells != [_plainly(spot.cell) for spot in spots]:
        return f"{code}: the cells are {cells}"
    if wrong != [_plainly(without_page(spot.message.da)) for spot in spots]:
        return f"{code}: what is wrong is {wrong}"
    text = _text(section)
    if (
        not text.partition(f"{_heading(broken.rule)} {ACTIONS[broken.rule.action]}")[2]
        .strip()
        .startswith(number(len(broken.spots)))
    ):
        return f"{code}: the count is not {len(broken.spots)}"
    cost = _plainly(_cost(broken, is_priced=is_priced))
    (cell,) = tree.xpath(f"//a[@href='#{code.lower()}-{broken.table}']/ancestor::tr/td[last()]") or [None]
    told = (text, _text(cell)) if cell is not None else (text,)
    return "" if all(cost in one for one in told) else f"{code}: the cost is not {cost}"


def _cost(broken: BrokenRule, *, is_priced: bool) -> str:
    """Give what must stand beside a rule: the kroner, and how many of its rows can't be computed."""
    rest = "kan ikke gøres op" if broken.unreckoned and is_priced else ""
    if rest and broken.unreckoned < len(broken.spots):
        rest = f"{broken.unreckoned} af dem {rest}"
    if broken.lost_dkk > Decimal(0):
        return kroner(broken.lost_dkk) + (f", og {rest}" if rest else "")
    return rest


def _heading(rule: Rule) -> str:
    return f"{rule.code}. {'Normalt' if rule.action == 'remark' else 'Krav'}: {rule.title_da}"


def _text(element: Any) -> str:
    return _compared(element.text_content()) if element is not None else ""


def _plainly(text: str) -> str:
    return _compared(visible(text))


def _compared(text: str) -> str:
    """Give a text as it is compared: the page has another sign for minus than a message of the rules."""
    return " ".join(text.split()).replace("\N{MINUS SIGN}", "-")
