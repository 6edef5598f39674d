"""No personal number leaves with a release, wherever someone wrote one."""

from __future__ import annotations

import zipfile
from base64 import b64decode
from pathlib import Path

from lxml import etree
from pypdf import PdfReader

from tests.support.portfolio import cpr
from tests.support.releasing import JF, Office

PLANTED = {name: cpr(number, 1961) for number, name in enumerate(("id", "reason", "approver", "preparer"))}
NUMBERS = [written for number in PLANTED.values() for written in (number, f"{number[:6]}-{number[6:]}")]


def test_no_personal_number_leaves(office: Office) -> None:
    delivery = office.portfolio.project(JF).delivery("2016-11-30")
    delivery.spell(delivery.citizen(PLANTED["id"], cpr=PLANTED["id"]), "2016-03-01", "2016-09-30")
    delivery.spell(delivery.citizen("rejected", cpr=PLANTED["id"]), "2016-03-01", "2016-09-30")
    delivery.write(office.inbox)
    office.settle(2016, now="2017-02-15T08:00", by=f"Anna {PLANTED['preparer']}")
    waiver = (JF, "P04", f"Borger {PLANTED['reason'][:6]}-{PLANTED['reason'][6:]} er set.")
    more = [(JF, code, "Set og godkendt.") for code in ("P06",)]
    (year,) = office.release(
        2016, now="2017-03-15T08:00", by=f"Bo {PLANTED['approver']}", waivers=[waiver, *more]
    ).years
    assert year.out is not None
    assert len(year.decided) == 1
    told = "\n".join(text for path in year.out.rglob("*") if path.is_file() for text in texts(path))
    assert "Borger ******-**** er set." in told
    assert [number for number in NUMBERS if number in told or number in str(year)] == []
    assert [number for number in NUMBERS if number.encode() in (office.home / "ledger.jsonl").read_bytes()] == []


def texts(path: Path) -> list[str]:
    """Give the texts of a file, out of whatever it wraps them in."""
    if path.suffix == ".pdf":
        return [page.extract_text() for page in PdfReader(path).pages]
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return [book.read(name).decode(errors="replace") for name in book.namelist()]
    if path.parent.name == "digitalpost":
        root = etree.parse(path).getroot()
        carried = [b64decode(found.text or "") for found in root.iter("{*}content")]
        assert [one[:4] for one in carried] == [b"%PDF", b"PK\x03\x04"]
        for found in root.iter("{*}content"):
            found.text = ""
        return [etree.tostring(root, encoding="unicode")]
    return [path.read_text(encoding="utf-8")]
