"""An earlier release is made again to the byte, letters included, whatever was delivered and decided since."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.settle import draft
from tasks.base.errors import BusinessRefusal
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.rules.model import RULES_FILE
from tasks.warehouse.connection import open_warehouse
from tests.support.files import hashes
from tests.support.releasing import JF, OTHER, Office, deliver

BESIDE = ("released", "as-known-at")


def test_every_release_is_made_again_to_the_byte(office: Office) -> None:
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=3, wages="1.000")
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=2, as_of="2016-11-30")
    office.settle(2016, now="2017-02-01T08:00")
    first = office.release(2016, now="2017-02-02T08:00").years[0].out
    waivers = [(OTHER, "P04", "December var uden forløb.")]
    second = office.release(2016, now="2017-02-03T08:00", waivers=waivers).years[0].out
    deliver(office.inbox, project, starts=1)
    office.settle(2016, now="2017-03-01T08:00")
    fewer = [*waivers, (JF, "P14", "To borgere er trukket tilbage.")]
    third = office.release(2016, now="2017-03-02T08:00", waivers=fewer).years[0].out
    assert third is not None
    assert "Afgørelse om tilbagebetaling" in (third / "letters" / f"{JF}.html").read_text(encoding="utf-8")

    deliver(office.inbox, project, starts=7)
    office.portfolio.projects[0].target = 200
    office.portfolio.write_register()
    changed = office.portfolio.folder / RULES_FILE.name
    changed.write_text(
        RULES_FILE.read_text(encoding="utf-8").replace("Tilskudsadministrationen", "Direktøren"), encoding="utf-8"
    )
    office.monkeypatch.setattr("tasks.register.inputs.RULES_FILE", changed)
    office.settle(2016, now="2017-04-01T08:00")
    ledger = office.posted()
    released = hashes(office.out(2016) / "released")
    draft = hashes(office.out(2016) / "letters")

    for original, known_at in ((first, "2017-02-02T12:00"), (second, "2017-02-10T12:00"), (third, "2017-05-01T12:00")):
        (again,) = office.replay(2016, now="2017-06-01T08:00", known_at=known_at).years
        assert original is not None
        assert again.out == office.out(2016) / "as-known-at" / "released" / original.name
        assert hashes(again.out) == hashes(original)
    assert office.posted() == ledger, "a replay posts nothing"
    assert hashes(office.out(2016) / "released") == released
    assert hashes(office.out(2016) / "letters") == draft


def test_every_file_of_an_earlier_draft_is_made_again_to_the_byte(office: Office) -> None:
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=3, wages="1.000")
    office.settle(2016, now="2017-02-01T08:00")
    first = hashes(office.out(2016))
    assert {"manifest.json", "report.html", "validation/index.html", f"letters/{JF}.pdf"} <= set(first)
    office.release(2016, now="2017-02-02T08:00")
    deliver(office.inbox, project, starts=1)
    office.settle(2016, now="2017-03-01T08:00")
    for known_at, is_first in (("2017-02-01T12:00", True), ("2017-03-01T08:00", False)):
        run = replace(office.run(2016, "2017-04-01T08:00"), as_known_at=Moment.parse(known_at))
        with open_warehouse(office.home) as connection:
            draft(connection, run, Silence())
        newest = {name: sha256 for name, sha256 in hashes(office.out(2016)).items() if name.split("/")[0] not in BESIDE}
        assert hashes(office.out(2016) / "as-known-at") == (first if is_first else newest)


def test_before_the_first_release_there_is_nothing_to_make_again(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=3)
    office.settle(2016, now="2017-02-01T08:00")
    office.release(2016, now="2017-02-02T08:00")
    with pytest.raises(BusinessRefusal, match="Nothing of 2016 was released by 2017-02-01 12:00:00 CET"):
        office.replay(2016, now="2017-06-01T08:00", known_at="2017-02-01T12:00")
