"""Holds stay behind, unless each of a project's holds is waived with its own reason, which is kept on record."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.commands.status import status_of
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.moment import Moment
from tasks.explain.read import read_explanation
from tasks.release.approval import WaivedHold, approve
from tasks.rules.model import RULES_FILE
from tasks.warehouse.connection import open_warehouse
from tests.support.files import read_rows
from tests.support.portfolio import cpr
from tests.support.releasing import JF, OTHER, Office, begun, deliver

WINTER, SPRING, SUMMER = "2017-02-15T08:00", "2017-03-15T08:00", "2017-06-15T08:00"


def two_projects(office: Office) -> None:
    """Deliver JF-187 to the year's end, and JF-253 a month short of it, from a municipality without populations."""
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=2, as_of="2016-11-30")
    office.portfolio.write_register()
    populations = office.portfolio.register / "maalgrupper.csv"
    lines = [line for line in populations.read_text(encoding="utf-8").splitlines() if not line.startswith("253")]
    populations.write_text("\n".join([*lines, ""]), encoding="utf-8")
    office.settle(2016, now=WINTER)


def test_a_project_on_hold_is_left_out(office: Office) -> None:
    begun(office, two_projects)
    (year,) = office.release(2016, now=SPRING).years
    assert [one.project_id for one in year.decided] == [JF]
    assert year.held == {OTHER: ["P04", "P07"]}
    assert {entry.project_id for entry in office.entries()} == {JF}


def test_one_waiver_of_two_holds_is_not_enough(office: Office) -> None:
    begun(office, two_projects)
    with pytest.raises(BusinessRefusal, match="JF-253 has other holds than P04: waive JF-253:P07 too, or none of them"):
        office.release(2016, now=SPRING, waivers=[(OTHER, "P04", "December følger.")])
    assert office.posted() == []


def test_every_hold_waived_releases_the_project_and_its_letter_tells_why(office: Office) -> None:
    begun(office, two_projects)
    office.release(2016, now=SPRING)
    waivers = [(OTHER, "P07", "Tallene er set på papir."), (OTHER, "P04", "December var uden forløb.")]
    (year,) = office.release(2016, now=SUMMER, waivers=waivers).years
    assert [one.project_id for one in year.decided] == [OTHER]
    assert year.waived == 2
    last = office.entries()[-1]
    assert [(one.code, one.reason) for one in last.waivers] == [
        ("P04", "December var uden forløb."),
        ("P07", "Tallene er set på papir."),
    ]
    assert year.out is not None
    text = (year.out / "letters" / f"{OTHER}.html").read_text(encoding="utf-8")
    assert "Vores vurdering: December var uden forløb." in text
    assert "Vores vurdering: Tallene er set på papir." in text

    (again,) = office.release(2016, now="2017-07-15T08:00", waivers=waivers).years
    assert again.run is None, "the same command again is no error, and changes nothing"
    with pytest.raises(InputError, match=f"--waive {OTHER}:P02: there is no such hold in 2016"):
        office.release(2016, now="2017-08-15T08:00", waivers=[(OTHER, "P02", "Set og godkendt.")])


def letter(out: Path, project_id: str) -> str:
    """Give a letter's page with the spaces that break no line as others."""
    return (out / "letters" / f"{project_id}.html").read_text(encoding="utf-8").replace("\xa0", " ")


def test_a_refused_delivery_is_told_in_both_letters_with_its_reasons_and_no_number(office: Office) -> None:
    """JF-187 has delivered nothing else, and JF-253 one before it that is still in force."""
    office.portfolio.project(JF)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=1, as_of="2016-12-31")
    for project, as_of in ((JF, "2016-12-31"), (OTHER, "2017-01-15")):
        folder = office.inbox / project / as_of
        folder.mkdir(parents=True)
        (folder / "borgere.csv").write_bytes(b"")
        (folder / "forloeb.csv").write_text(f"type;{cpr(1)};{cpr(1)}\n", encoding="utf-8")
    office.settle(2016, now=WINTER)
    drafts = {one: letter(office.out(2016), one) for one in (JF, OTHER)}
    assert "at vi har afvist jeres indberetning. Derfor mangler vi en indberetning for hele 2016." in drafts[JF]
    assert "Ret først det, der står under ”Afviste indberetninger”." in drafts[JF]
    assert "Ret hver afvist indberetning (også datoen i dens navn, hvis den er forkert)" in drafts[OTHER]
    waivers = [(JF, "P04", "Projektet er opgivet."), (OTHER, "P05", "Den forrige gælder.")]
    (year,) = office.release(2016, now=SPRING, waivers=waivers).years
    assert year.out is not None
    decided = {one: letter(year.out, one) for one in (JF, OTHER)}
    for project, as_of in ((JF, "2016-12-31"), (OTHER, "2017-01-15")):
        for text in (drafts[project], decided[project]):
            assert "Vi har modtaget 1 indberetning, som vi har afvist. Intet i den tæller." in text
            assert re.search(
                rf"Indberetningen ”{as_of}”: borgere.csv: [^<]+ \(F01\). Sådan retter I det: Gem filen", text
            )
            assert re.search(rf"Indberetningen ”{as_of}”: [^<]+ \(F02\). Sådan retter I det: ", text)
            assert re.search(rf"Indberetningen ”{as_of}”: forloeb.csv: [^<]+ \(F03\). Sådan retter I det: ", text)
            assert "(F09)" not in text, "a remark refuses nothing"
            assert cpr(1) not in text


def test_the_same_waiver_again_is_no_error_when_the_hold_has_gone_since(office: Office) -> None:
    begun(office, two_projects)
    waivers = [(OTHER, "P04", "December følger."), (OTHER, "P07", "Set og godkendt.")]
    office.release(2016, now=SPRING, waivers=waivers)
    deliver(office.inbox, office.portfolio.projects[1], starts=2, as_of="2016-12-31")
    (again,) = office.release(2016, now=SUMMER, waivers=waivers).years
    assert again.run is None


def test_a_hold_that_an_earlier_draft_had_is_none_of_the_next(office: Office) -> None:
    begun(office, two_projects)
    waivers = [(OTHER, "P04", "December følger."), (OTHER, "P07", "Set og godkendt.")]
    office.release(2016, now=SPRING, waivers=waivers)
    posted = office.posted()
    deliver(office.inbox, office.portfolio.projects[1], starts=2, as_of="2016-12-31")
    office.settle(2016, now=SUMMER)
    with pytest.raises(InputError, match=f"--waive {OTHER}:P04: there is no such hold in 2016"):
        office.release(2016, now=SUMMER, waivers=waivers[:1])
    assert office.posted() == posted


@pytest.mark.parametrize(
    "waiver",
    [
        (JF, "P04", "Set og godkendt."),
        (OTHER, "P02", "Set og godkendt."),
        ("PORTFOLIO", "B01", "Set og godkendt."),
        ("JF-999", "P04", "Set og godkendt."),
    ],
)
def test_waiving_a_hold_that_is_not_there_is_an_error(office: Office, waiver: tuple[str, str, str]) -> None:
    begun(office, two_projects)
    with pytest.raises(InputError, match=f"--waive {waiver[0]}:{waiver[1]}: there is no such hold in 2016"):
        office.release(2016, now=SPRING, waivers=[waiver])
    assert office.posted() == []


def appropriate(office: Office, amount_dkk: int) -> None:
    """Give the programme an appropriation of the test's own."""
    poor = office.portfolio.folder / RULES_FILE.name
    rules = RULES_FILE.read_text(encoding="utf-8")
    poor.write_text(rules.replace('"47500000"', f'"{amount_dkk}"'), encoding="utf-8")
    office.monkeypatch.setattr("tasks.register.inputs.RULES_FILE", poor)


def test_a_hold_of_the_portfolio_holds_every_project_until_it_is_waived(office: Office) -> None:
    appropriate(office, 17_000)
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=2)
    office.settle(2016, now=WINTER)
    (held,) = office.release(2016, now=SPRING).years
    assert held.held == {JF: ["B01"], OTHER: ["B01"]}
    assert held.run is None

    waiver = ("PORTFOLIO", "B01", "Rammen er hævet.")
    (year,) = office.release(2016, now=SUMMER, projects=[JF], waivers=[waiver]).years
    assert [one.project_id for one in year.decided] == [JF]
    assert {tuple((one.code, one.reason) for one in entry.waivers) for entry in office.entries()} == {(waiver[1:],)}
    assert year.out is not None
    assert "Vores vurdering: Rammen er hævet." in (year.out / "letters" / f"{JF}.html").read_text(encoding="utf-8")


def test_a_hold_of_the_portfolio_does_not_hold_a_project_without_a_delivery(office: Office) -> None:
    appropriate(office, 5_000)
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    office.portfolio.project(OTHER, municipalities=("253",))
    office.settle(2016, now=WINTER)
    told = {row["project_id"]: (row["status"], row["holds"]) for row in read_rows(office.out(2016) / "settlement.csv")}
    assert told == {JF: ("hold", "B01"), OTHER: ("missing", "P04")}
    at = Moment.parse(WINTER)
    (draft,) = status_of(office.home, at, at).drafts
    assert draft["holds"] == [{"project_id": JF, "codes": ["B01"]}, {"project_id": OTHER, "codes": ["P04"]}]
    with open_warehouse(office.home) as connection:
        project = read_explanation(connection, OTHER, 2016, at).project
    assert (project["status"], project["holds"]) == ("missing", ["P04"])

    (year,) = office.release(2016, now=SPRING, waivers=[(OTHER, "P04", "Projektet er ophørt.")]).years
    assert [one.project_id for one in year.decided] == [OTHER]
    assert year.held == {JF: ["B01"]}
    assert {waiver.code for entry in office.entries() for waiver in entry.waivers} == {"P04"}


@pytest.mark.parametrize(
    ("waivers", "projects", "said"),
    [
        ([WaivedHold(JF, "P04", "  ")], None, "--waive JF-187:P04: a reason has at least 10 characters"),
        ([WaivedHold(JF, "P04", "for kort.")], None, "--waive JF-187:P04: a reason has at least 10 characters"),
        (
            [
                WaivedHold(JF, "P04", "set af Bo."),
                WaivedHold(JF, "P04", "set igen.."),
            ],
            None,
            "--waive JF-187:P04 is given twice",
        ),
        ([WaivedHold(JF, "P04", "set af Bo.")], [OTHER], "the project is not among those to release"),
    ],
)
def test_waivers_that_can_not_be_meant(waivers: list[WaivedHold], projects: list[str] | None, said: str) -> None:
    with pytest.raises(InputError, match=said):
        approve("Bo Holm", projects, waivers)
