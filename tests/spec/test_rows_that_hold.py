"""A rule on rows may hold a project back: its rows count, and every paper says what the project waits for."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tasks.base.moment import Moment
from tasks.check.check import check
from tasks.check.text import as_text
from tasks.validation.catalogue import SEVERITIES, Suite, load_catalogue
from tests.support.releasing import JF, Office

NOW, LATER = "2017-02-15T08:00", "2017-03-15T08:00"
WHY = (
    "Reglen »ordinaere_timer_pr_uge er tom eller et muligt timetal« er ikke opfyldt i 7 rækker i forloeb (række 2, 3, "
    "4, 5, 6 og 2 mere). Rækkerne tæller med, og projektet venter."
)


def act(monkeypatch: pytest.MonkeyPatch, **actions: str) -> None:
    """Have the whole program use a catalogue in which some rules have another action."""
    catalogue = {name: changed(suite, actions) for name, suite in load_catalogue().items()}
    for name, module in list(sys.modules.items()):
        if name.startswith(("tasks.", "flows.")) and hasattr(module, "load_catalogue"):
            monkeypatch.setattr(module, "load_catalogue", lambda: catalogue)


def changed(suite: Suite, actions: Mapping[str, str]) -> Suite:
    rules = (
        replace(rule, action=actions[rule.code], severity=SEVERITIES[actions[rule.code]])
        if rule.code in actions
        else rule
        for rule in suite.rules
    )
    return replace(suite, rules=tuple(rules))


def seven_with_impossible_hours(office: Office) -> Path:
    """Deliver nine spells, seven of them of 500 hours a week."""
    delivery = office.portfolio.project(JF).delivery("2016-12-31")
    delivery.started(9, "2016-12-01")
    for row in delivery.forloeb[:7]:
        row["ordinaere_timer_pr_uge"] = "500"
    return delivery.write(office.inbox)


def test_rows_that_hold_count_and_are_waived_as_any_hold(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    act(monkeypatch, S12="hold")
    folder = seven_with_impossible_hours(office)
    summary = office.settle(2016, NOW)
    assert "S12" in summary.holds[JF]
    assert summary.rejected == {}
    html = (office.out(2016) / "letters" / f"{JF}.html").read_text(encoding="utf-8").replace("\xa0", " ")
    assert html.count("(S12") == 2, "why it waits, and what mends it"
    assert WHY in html
    report = (office.out(2016) / "report.html").read_text(encoding="utf-8")
    assert "7 rækker i forløb opfylder ikke reglen" in report

    found = check(folder, project_id=None, as_of=None, register=office.portfolio.register, now=Moment.parse(NOW))
    text = " ".join(as_text(found, 200).split())
    assert WHY in text
    assert "Bemærkninger til rækker, der tæller med" in text

    (year,) = office.release(2016, now=LATER).years
    assert "S12" in year.held[JF]
    waivers = [(JF, code, "Set og godkendt.") for code in year.held[JF]]
    (year,) = office.release(2016, now=LATER, waivers=waivers).years
    assert [one.project_id for one in year.decided] == [JF]
    assert sum(entry.amount_dkk for entry in office.entries()) == 9 * 6000
