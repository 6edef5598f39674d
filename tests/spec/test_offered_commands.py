"""`status` and `settle` offer no command that would be refused, and what they offer is not refused."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from flows.commands import settle
from flows.commands.status import status_of
from tasks.artifacts.texts import beside_text
from tasks.base.errors import BusinessRefusal
from tasks.base.moment import Moment
from tasks.release.findings import accepted_together
from tasks.rules import model
from tasks.status.due import Due, due_next
from tests.support.correcting import backfill
from tests.support.portfolio import Project
from tests.support.releasing import ANNA, JF, OTHER, Office, deliver

pytestmark = pytest.mark.usefixtures("no_papers")

FIRST, SECOND, THIRD, LATER = "2017-02-15T08:00", "2017-03-10T08:00", "2018-02-15T08:00", "2018-05-01T08:00"


def due(home: Path, at: str) -> list[Due]:
    return list(status_of(home, Moment.parse(at), Moment.parse(at)).due)


def commands(home: Path, at: str) -> list[str]:
    return [one.command.split(" --")[0] for one in due(home, at) if one.command]


def test_a_ledger_that_does_not_verify_comes_first_and_alone(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=2)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    path = office.home / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b"12000.00", b"12001.00"))
    assert commands(office.home, LATER) == ["jobfirst ledger verify"]
    assert due(office.home, LATER)[0].command == "jobfirst ledger verify"
    assert "settle 2017" in [one.text for one in due(office.home, LATER)], "it is still due"
    with pytest.raises(BusinessRefusal, match="ledger"):
        office.release(2016, now=LATER)


def test_a_draft_that_a_delivery_came_after_is_settled_again(office: Office) -> None:
    project, other = office.portfolio.project(JF), office.portfolio.project(OTHER, municipalities=("253",))
    deliver(office.inbox, project, starts=2)
    deliver(office.inbox, other, starts=2)
    office.settle(2016, now=FIRST)
    assert commands(office.home, FIRST)[0] == "jobfirst release 2016"
    deliver(office.inbox, other, starts=3)
    office.settle(2017, now=SECOND)
    first = due(office.home, SECOND)[0]
    assert first.text == f"settle 2016 again: since its draft a delivery came or changed from {OTHER}"
    assert first.command == "jobfirst settle 2016"
    with pytest.raises(BusinessRefusal, match=OTHER):
        office.release(2016, now=SECOND)
    office.settle(2016, now=SECOND)
    assert "jobfirst release 2016" in commands(office.home, SECOND)
    office.release(2016, now=SECOND)


def test_what_was_offered_at_a_moment_stays_what_it_was_then(office: Office) -> None:
    """Whatever is delivered, drafted and posted later."""
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=2)
    office.settle(2016, now=FIRST)
    before = [one.command for one in due(office.home, SECOND)]
    assert "--accept H03" in before[0]
    office.release(2016, now=THIRD)
    assert [one.command for one in due(office.home, SECOND)] == before
    deliver(office.inbox, project, starts=1, as_of="2017-12-31")
    office.settle(2016, now=LATER)
    office.release(2016, now=LATER)
    assert [one.command for one in due(office.home, SECOND)] == before


def test_a_delivery_without_effect_changes_no_draft(office: Office) -> None:
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=2, as_of="2017-01-31")
    office.settle(2016, now=FIRST)
    deliver(office.inbox, project, starts=3, as_of="2016-12-31")
    office.settle(2017, now=SECOND)
    assert "jobfirst release 2016" in commands(office.home, SECOND)
    office.release(2016, now=SECOND)


def test_rules_that_changed_since_the_draft(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=2)
    office.settle(2016, now=FIRST)
    loaded = model.load_rules()
    monkeypatch.setattr(model, "load_rules", lambda *_: loaded.model_copy(update={"sha256": "0" * 64}))
    assert due(office.home, SECOND)[0].text == "settle 2016 again: the rules have changed since its draft"


def release_and_correct(office: Office) -> None:
    """Release 2016 with two starts, and deliver one of them for 2017."""
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=2)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    deliver(office.inbox, project, starts=1, as_of="2017-12-31")


def test_years_that_go_together_are_offered_together(office: Office) -> None:
    release_and_correct(office)
    summary = office.settle(2017, now=THIRD)
    assert (summary.to_release, summary.apart, summary.together) == (0, 1, "jobfirst backfill 2016 2017")
    told = settle.as_text(summary, is_replay=False)
    assert "jobfirst release" not in told
    assert "Next: jobfirst backfill 2016 2017, since 1 project can't be released without the other years" in told
    assert told.count("jobfirst backfill") == 1, "no second range of years for the same differences"
    assert "`jobfirst backfill 2016 2017` would draft the differences." in beside_text(summary), "nor in the run"
    assert "jobfirst backfill 2016 2017" in commands(office.home, THIRD)
    assert not any(one.startswith("jobfirst release") for one in commands(office.home, THIRD))

    backfill(office, 2016, 2017, LATER)
    (offered,) = [one for one in due(office.home, LATER) if "2016" in one.text]
    assert offered.text == "release 2016 2017 together, 1 project on hold", "P02, which can be waived"
    drafts = [word for word in offered.command.split() if len(word) == 12]
    assert offered.command.startswith("jobfirst release 2016 2017 --draft ")
    office.release(2016, 2017, now=LATER, drafts=drafts, waivers=[(JF, "P02", "seen on paper")])
    assert commands(office.home, LATER) == []


def test_a_register_that_changed_since_the_draft(office: Office) -> None:
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=2, as_of="2017-12-31")
    for year in (2016, 2017):
        office.settle(year, now=THIRD)
    project.commitment = "1000"
    office.portfolio.write_register()
    office.settle(2016, now="2018-02-16T08:00")
    (again,) = [one for one in due(office.home, "2018-02-17T08:00") if "2017" in one.text]
    assert again.text == "settle 2017 again: the register has changed since its draft"
    assert again.command == "jobfirst settle 2017"
    with pytest.raises(BusinessRefusal, match="register"):
        office.release(2017, now="2018-02-17T08:00", waivers=[(JF, "P02", "seen on paper")])
    office.release(2016, now="2018-02-17T08:00")


def test_a_year_whose_other_year_was_corrected_alone_is_offered(office: Office) -> None:
    release_and_correct(office)
    assert office.settle(2017, now=THIRD).holds[JF] == ["P02", "P12"]
    backfill(office, 2016, 2016, "2018-02-16T08:00")
    office.release(2016, now="2018-02-17T08:00")

    at = "2018-02-18T08:00"
    (draft,) = [one for one in status_of(office.home, Moment.parse(at), Moment.parse(at)).drafts if one["year"] == 2017]
    assert (draft["apart"], draft["holds"]) == (0, [{"project_id": JF, "codes": ["P02"]}])
    (offered,) = due(office.home, at)
    assert offered.text == "release 2017: 1 of 1 project, 1 of them on hold"
    assert "--waive" in offered.command
    office.release(2017, now=at, waivers=[(JF, "P02", "seen on paper")])
    assert commands(office.home, "2018-02-19T08:00") == []


def test_a_draft_as_known_before_waits_for_the_year_that_was_posted_since(office: Office) -> None:
    project = office.portfolio.project(JF)
    for starts, as_of, moment in ((2, "2017-12-31", THIRD), (1, "2018-01-31", "2018-02-17T08:00")):
        delivery = project.delivery(as_of)
        for number in range(15):
            delivery.citizen(f"W{number}")
        delivery.started(starts, "2016-03-01")
        delivery.wages("2017-05-31", "900,00")
        delivery.write(office.inbox)
        office.settle(2016, now=moment)
    backfill(office, 2017, 2017, "2018-02-18T08:00", known_at="2018-02-16T08:00")
    office.release(2016, now="2018-02-19T08:00")
    (offered,) = due(office.home, "2018-02-20T08:00")
    assert offered.text == "settle 2016 2017 together: 1 project of 2017 can't be released without the other years"
    assert offered.command == "jobfirst backfill 2016 2017"
    waived = [(JF, "P02", "seen on paper")]
    assert office.release(2017, now="2018-02-20T08:00", waivers=waived).years[0].apart == {JF: (2016, 2017)}


def delivered(office: Office, project: Project, as_of: str, *, starts: int, wages_2017: str) -> None:
    """Deliver some starts of 2016, and wages of 2017."""
    delivery = project.delivery(as_of)
    for number in range(15):
        delivery.citizen(f"W{number}")
    delivery.started(starts, "2016-03-01")
    delivery.wages("2017-05-31", wages_2017)
    delivery.write(office.inbox)


def backfilled_and_released(office: Office) -> None:
    """Do what status offers for years that no run can release from their drafts; nothing is due then."""
    assert set(commands(office.home, LATER)) == {"jobfirst backfill 2016 2017"}
    backfill(office, 2016, 2017, LATER)
    (offered,) = due(office.home, LATER)
    years = [int(word) for word in offered.command.split(" --")[0].split()[2:]]
    waivers = [(JF, "P02", "seen on paper")] if 2017 in years else []
    released = office.release(*years, now=LATER, waivers=waivers)
    assert [year.held for year in released.years] == [{}] * len(years)
    assert due(office.home, LATER) == []


def test_a_draft_as_known_before_remembers_the_year_after_it(office: Office) -> None:
    """2017 is posted from a later state, and 2016 gives the same in both: alone, it would leave 2017 apart."""
    project = office.portfolio.project(JF)
    delivered(office, project, "2017-12-31", starts=2, wages_2017="900,00")
    office.settle(2016, now=THIRD)
    delivered(office, project, "2018-01-31", starts=2, wages_2017="700,00")
    office.settle(2017, now="2018-02-17T08:00")
    backfill(office, 2016, 2016, "2018-02-18T08:00", known_at="2018-02-16T08:00")
    waived = [(JF, "P02", "seen on paper")]
    office.release(2017, now="2018-02-19T08:00", waivers=waived)
    (offered,) = due(office.home, "2018-02-20T08:00")
    assert offered.text == "settle 2016 2017 together: 1 project of 2016 can't be released without the other years"
    assert office.release(2016, now="2018-02-20T08:00").years[0].apart == {JF: (2016, 2017)}
    backfilled_and_released(office)


def test_drafts_of_two_states_are_not_offered_together(office: Office) -> None:
    """Both years differ from the ledger, and each draft gives another amount for 2017: no run releases both."""
    project = office.portfolio.project(JF)
    waived = [(JF, "P02", "seen on paper")]
    delivered(office, project, "2017-12-31", starts=2, wages_2017="900,00")
    office.portfolio.write_register()
    backfill(office, 2016, 2017, THIRD)
    office.release(2016, 2017, now="2018-02-16T08:00", waivers=waived)
    delivered(office, project, "2018-01-31", starts=1, wages_2017="800,00")
    office.settle(2017, now="2018-02-17T08:00")
    delivered(office, project, "2018-02-18", starts=1, wages_2017="700,00")
    office.settle(2017, now="2018-02-19T08:00")
    backfill(office, 2016, 2016, "2018-02-20T08:00", known_at="2018-02-18T08:00")
    told = [one.text for one in due(office.home, LATER)]
    assert told == [
        f"settle 2016 2017 together: 1 project of {year} can't be released without the other years"
        for year in (2016, 2017)
    ]
    released = office.release(2016, 2017, now="2018-02-21T08:00", waivers=waived)
    assert [year.apart for year in released.years] == [{JF: (2016, 2017)}] * 2
    backfilled_and_released(office)


def test_a_project_that_is_on_hold_in_two_years_is_one() -> None:
    draft = {
        "decided": 3,
        "released": 0,
        "held": 3,
        "apart": 1,
        "left_out": [],
        "changed_since": [],
        "draws_changed": [],
        "rules_changed": False,
        "register_changed": False,
        "findings": {},
        "is_all_held": False,
        "contradicts": [],
        "takes_from": [],
    }
    drafts = [
        draft | {"year": 2016, "fingerprint": "a" * 64, "apart_years": [2017], "held_otherwise": [JF, OTHER]},
        draft | {"year": 2017, "fingerprint": "b" * 64, "apart_years": [2016], "held_otherwise": [JF]},
    ]
    calendar = [{"year": year, "reply_deadline": date(year + 1, 3, 8)} for year in (2016, 2017)]
    (offered,) = due_next(calendar, [], drafts, [], date(2017, 2, 16))
    assert offered.text == "release 2016 2017 together, 2 projects on hold"


def test_where_all_is_on_hold_the_command_waives_and_what_it_asks_then_is_told(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=1, as_of="2017-12-31")
    summary = office.settle(2017, now=THIRD)
    assert (summary.holds, summary.is_all_held, list(summary.findings)) == ({JF: ["P02"]}, True, ["H03"])
    told = settle.as_text(summary, is_replay=False)
    assert "All that is left to release is on hold: mend it and settle again" in told
    waiving = "--approved-by NAME --waive PROJECT:CODE --reason TEXT --accept H03 --reason TEXT"
    assert waiving in told
    assert any(waiving in one.command for one in due(office.home, THIRD))


def test_a_year_of_which_some_wait_for_another_is_released_for_the_rest(office: Office) -> None:
    release_and_correct(office)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=2, as_of="2017-12-31")
    office.portfolio.write_register()
    summary = office.settle(2017, now=THIRD)
    assert (summary.to_release, summary.apart) == (1, 1)
    told = settle.as_text(summary, is_replay=False)
    assert "Next: jobfirst release 2017 --draft" in told
    assert f"NAME must be someone other than {ANNA}, who prepared the draft" in told
    assert "Next: jobfirst backfill 2016 2017" in told
    offered = commands(office.home, THIRD)
    assert {"jobfirst release 2017", "jobfirst backfill 2016 2017"} <= set(offered)
    office.release(2017, now=THIRD, waivers=[(OTHER, "P02", "seen on paper")])
    assert {one.project_id for one in office.entries() if one.year == 2017} == {OTHER}


def deliver_years(office: Office, project: Project, as_of: str, starts: tuple[int, int], *, many: bool = True) -> None:
    """Deliver a project with so many starts in 2016 and in 2017; not `many`: P02 holds 2017."""
    delivery = project.delivery(as_of)
    for number in range(100 if many else 15):
        delivery.citizen(f"W{number}")
        delivery.citizen(f"K{number}", gruppe="kontrol")
    for year, count in enumerate(starts, 2016):
        delivery.started(count, f"{year}-03-01", f"{year} ")
    delivery.write(office.inbox)


def posted(office: Office, *, many: bool) -> None:
    """Release both years of two projects: three starts in 2016, one in 2017."""
    for one, has_many in (
        (office.portfolio.project(JF), many),
        (office.portfolio.project(OTHER, municipalities=("253",)), True),
    ):
        deliver_years(office, one, "2017-12-31", (3, 1), many=has_many)
    office.portfolio.write_register()
    backfill(office, 2016, 2017, THIRD)
    waivers = [] if many else [(JF, "P02", "seen on paper")]
    office.release(2016, 2017, now="2018-03-01T08:00", waivers=waivers)


@pytest.mark.parametrize(
    ("to_year", "many", "corrected", "other", "asked"),
    [
        pytest.param(2017, False, (2, 2), (3, 1), [], id="2016 waits for 2017, which P02 holds"),
        pytest.param(2017, False, (2, 2), (3, 2), ["H03"], id="so it does, and another project is paid"),
        pytest.param(2017, True, (2, 2), (3, 2), ["H01", "H02", "H03"], id="both years are corrected"),
        pytest.param(2016, True, (2, 2), (4, 1), ["H03"], id="2016 waits for 2017, which is not drafted"),
    ],
)
def test_a_release_is_offered_with_what_its_plan_asks_for(
    office: Office, to_year: int, *, many: bool, corrected: tuple[int, int], other: tuple[int, int], asked: list[str]
) -> None:
    posted(office, many=many)
    deliver_years(office, office.portfolio.projects[0], "2018-04-15", corrected, many=many)
    deliver_years(office, office.portfolio.projects[1], "2018-04-15", other)
    done = backfill(office, 2016, to_year, LATER)
    plan = office.plan(*(one.year for one in (*done.stood, *done.drafted)), now=LATER)
    assert (list(done.findings), [one.code for one in plan.findings]) == (asked, asked)
    offered = [one.command for one in due(office.home, LATER) if one.command.startswith("jobfirst release")]
    assert offered
    for command in offered:
        years = [int(word) for word in command.split() if re.fullmatch("20[0-9]{2}", word)]
        codes = accepted_together(one.code for one in office.plan(*years, now=LATER).findings)
        assert re.findall("--accept ([H0-9,]+)", command) == codes
