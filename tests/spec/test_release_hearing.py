"""Whoever is burdened is heard before the decision: the plan, the finding H01, and what the letter then says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from flows.commands.settle import as_text
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.moment import Moment
from tasks.draft.summary import Summary
from tasks.hearing.answer import NOTHING_TO_REMARK, AnswerText
from tasks.hearing.desk import Desk
from tasks.hearing.record import Answer, Hearings, SentLetter, verify
from tasks.hearing.state import Intended, State, hearing_of
from tasks.register.municipalities import municipalities
from tasks.release.folder import released_folder
from tasks.release.text import plan_as_text, plan_table
from tasks.rules.model import load_rules
from tasks.status.due import Due
from tasks.status.read import read_status
from tasks.warehouse.connection import open_warehouse
from tests.support.correcting import backfill, draft_repayment
from tests.support.files import hashes
from tests.support.portfolio import Project
from tests.support.releasing import JF, OTHER, Office, begun, deliver

pytestmark = pytest.mark.usefixtures("letters_alone")

FIRST, SECOND, LATER = "2017-02-15T08:00", "2017-03-10T08:00", "2017-05-01T08:00"
SENT_ON, SENT_AT, LAST_DAY, AFTER = date(2017, 5, 2), "2017-05-02T10:00", "2017-05-23T10:00", "2017-05-24T10:00"
REASON = "Vi er kun én på kontoret i dag."
BOTH = {"H02": REASON, "H03": REASON}
WORDS = AnswerText("0" * 64, 18, "Én borger mangler.")


@pytest.fixture
def repaying(office: Office) -> Office:
    """Give an office that released 2016 of two projects, and drafts that one of them pays half of it back."""
    begun(office, draft_repayment, FIRST, SECOND, LATER)
    return office


def codes(office: Office, now: str) -> list[str]:
    return [one.code for one in office.plan(2016, now=now).findings]


def send(office: Office, on: date = SENT_ON, now: str = SENT_AT) -> None:
    with open_warehouse(office.home) as connection:
        desk = Desk(connection, office.home, Moment.parse(now), "Anna")
        desk.sent(2016, load_rules().calendar.years[2016], on, None)


def answer(
    office: Office,
    text: AnswerText,
    on: date = date(2017, 5, 9),
    now: str = "2017-05-10T10:00",
    municipality: str | None = None,
) -> Answer:
    with open_warehouse(office.home) as connection:
        desk = Desk(connection, office.home, Moment.parse(now), "Anna")
        return desk.reply(JF, 2016, on, text, municipality)[0]


def newest_release(office: Office) -> Path:
    """Give the folder of the run that posted last."""
    return released_folder(office.out(2016), office.entries()[-1].run)


def said(office: Office, project_id: str = JF) -> str:
    """Give what the newest letter to a project says of the hearing."""
    html = (newest_release(office) / "letters" / f"{project_id}.html").read_text(encoding="utf-8")
    return text_of(html.partition("<h2>Høring</h2>")[2].partition("<h2>")[0])


def decided(letter: Path) -> str:
    """Give what a letter decides, or intends to."""
    return text_of(letter.read_text(encoding="utf-8").partition('<div class="decision">')[2].partition("</div>")[0])


def text_of(html: str) -> str:
    """Give the text of a part of a letter."""
    text = re.sub(r"<[^>]+>", " ", html).replace("\N{SOFT HYPHEN}", "").replace("\N{NO-BREAK SPACE}", " ")
    return " ".join(text.split())


def test_what_burdens_is_heard_before_it_is_decided(repaying: Office) -> None:
    plan = repaying.plan(2016, now="2017-05-02T09:00")
    (one,) = plan.years[0].projects
    assert (one.project_id, one.hearing.state, one.hearing.is_awaited) == (JF, "not sent", True)
    assert one.hearing.burdens == ("repayment", "less")
    assert [finding.code for finding in plan.findings] == ["H01", "H02", "H03"]
    assert plan.findings[0].projects == (JF,)
    screen = plan_as_text(plan)
    assert "H01  a decision that burdens a municipality would be made before its hearing is over: " in screen
    assert "`jobfirst hearing sent` has no letter on record" in screen
    assert plan_table(plan)[0]["Hearing"] == "not sent"
    send(repaying)
    plan = repaying.plan(2016, now=LAST_DAY)
    assert "replies are awaited until 2017-05-23 (JF-187 2016)" in plan.findings[0].text
    assert "  hearing waits for a reply until 2017-05-23: JF-187" in plan_as_text(plan).splitlines()
    with pytest.raises(BusinessRefusal, match=r"H01: .* --accept H01 --reason"):
        repaying.release(2016, now=LAST_DAY, accepted=BOTH)
    plan = repaying.plan(2016, now=AFTER)
    assert [finding.code for finding in plan.findings] == ["H02", "H03"]
    assert "  hearing sent on 2017-05-02 and not answered by 2017-05-23: JF-187" in plan_as_text(plan).splitlines()
    with pytest.raises(InputError, match="--accept H01: there is no such finding"):
        repaying.release(2016, now=AFTER, accepted={"H01": REASON, **BOTH})
    repaying.release(2016, now=AFTER, accepted=BOTH)
    assert said(repaying).endswith("Fristen for at svare var den 23. maj 2017. Vi har ikke modtaget et svar.")


def test_an_answer_ends_the_hearing_and_its_letter_is_made_again_to_the_byte(repaying: Office) -> None:
    send(repaying)
    answer(repaying, WORDS)
    assert codes(repaying, "2017-05-11T10:00") == ["H02", "H03"]
    repaying.release(2016, now="2017-05-11T10:00", accepted=BOTH)
    assert said(repaying) == (
        "Vi sendte jer udkastet til denne afgørelse i høring den 2. maj 2017 (forvaltningsloven § 19). "
        "I svarede den 9. maj 2017: ”Én borger mangler.”"
    )
    folder = newest_release(repaying)
    answer(repaying, NOTHING_TO_REMARK, on=date(2017, 5, 20), now="2017-05-21T10:00")
    again = repaying.replay(2016, now="2017-06-01T08:00", known_at="2017-05-12T08:00").years[0]
    assert again.out is not None
    assert hashes(again.out) == hashes(folder)


def test_what_was_heard_for_a_decision_is_not_heard_for_the_next(repaying: Office) -> None:
    """A citizen is taken out, comes back and is taken out again: amounts, causes and rejections are the same."""
    jf = repaying.portfolio.projects[0]
    send(repaying)
    answer(repaying, WORDS)
    repaying.release(2016, now="2017-05-11T10:00", accepted=BOTH)

    deliver(repaying.inbox, jf, starts=2, as_of="2017-02-28")
    backfill(repaying, 2016, 2016, "2017-05-12T10:00")
    (one,) = repaying.plan(2016, now="2017-05-13T10:00").years[0].projects
    assert (one.amount_dkk, one.hearing.state) == (6_000, "not needed")
    repaying.release(2016, now="2017-05-13T10:00")
    assert said(repaying) == "", "no draft of this decision was sent"

    deliver(repaying.inbox, jf, starts=1, as_of="2017-03-31")
    backfill(repaying, 2016, 2016, "2017-05-14T10:00")
    plan = repaying.plan(2016, now="2017-05-15T10:00")
    assert (plan.years[0].projects[0].amount_dkk, plan.years[0].projects[0].hearing.state) == (-6_000, "not sent")
    assert "H01" in [finding.code for finding in plan.findings]
    assert "--accept H01" in due(repaying, "2017-05-15T10:00")[0].command
    repaying.release(2016, now="2017-05-15T10:00", accepted={"H01": REASON, **BOTH})
    assert said(repaying).startswith("Vi har ikke hørt jer, før vi traf afgørelsen")
    folder = newest_release(repaying)
    again = repaying.replay(2016, now="2017-06-01T08:00", known_at="2017-05-16T08:00").years[0]
    assert again.out is not None
    assert hashes(again.out) == hashes(folder)


def test_a_burden_decided_before_says_why(repaying: Office) -> None:
    repaying.release(2016, now="2017-05-02T09:00", accepted={"H01": "Pengene skal bruges nu.", **BOTH})
    assert said(repaying) == (
        "Vi har ikke hørt jer, før vi traf afgørelsen (forvaltningsloven § 19). "
        "Vores begrundelse: Pengene skal bruges nu."
    )
    approval = repaying.entries()[-1].approval
    assert approval is not None
    assert [one.code for one in approval.accepted] == ["H01", "H02", "H03"]
    folder = newest_release(repaying)
    send(repaying, date(2017, 5, 3), "2017-05-03T10:00")
    again = repaying.replay(2016, now="2017-06-01T08:00", known_at="2017-05-10T08:00").years[0]
    assert again.out is not None
    assert hashes(again.out) == hashes(folder), "a letter that was kept later is none that was heard"


def deliver_again(office: Office, project: Project, as_of: str, **counts: int) -> None:
    deliver(office.inbox, project, as_of=as_of, **counts)
    backfill(office, 2016, 2016, "2017-05-25T08:00")


def test_it_is_heard_anew_where_it_gives_something_else_and_not_where_another_project_delivers(
    repaying: Office,
) -> None:
    send(repaying)
    jf, other = repaying.portfolio.projects
    deliver_again(repaying, other, "2017-02-28", starts=2)
    plan = repaying.plan(2016, now="2017-05-26T08:00")
    assert {one.project_id: one.hearing.state for one in plan.years[0].projects} == {
        JF: "not answered in time",
        OTHER: "not needed",
    }
    assert [one.code for one in plan.findings] == ["H02", "H03"]
    deliver_again(repaying, jf, "2017-02-28", starts=0)
    plan = repaying.plan(2016, now="2017-05-26T08:00")
    assert plan.years[0].projects[0].hearing.state == "sent for another draft"
    assert "what was heard was another amount, cause or rejection (JF-187 2016)" in plan.findings[0].text
    repaying.release(2016, now="2017-05-26T08:00", projects=[JF], accepted={"H01": REASON, **BOTH})
    assert "er ændret siden. Vi har ikke hørt jer om ændringen" in said(repaying)


def rejecting(office: Office) -> None:
    """Deliver six starts, and one that does not count."""
    project = office.portfolio.project(JF)
    delivery = project.delivery("2016-12-31")
    for number in range(15):
        delivery.citizen(f"W{number}")
    delivery.started(6, "2016-03-01")
    delivery.citizen("ukendt ydelse", ydelse="ukendt")
    delivery.spell("ukendt ydelse", "2016-03-01")
    delivery.write(office.inbox)


def test_rejected_registrations_that_would_have_given_money_are_heard(office: Office) -> None:
    rejecting(office)
    office.settle(2016, now=FIRST)
    plan = office.plan(2016, now=SECOND)
    assert plan.years[0].projects[0].hearing.burdens == ("rejected",)
    assert [one.code for one in plan.findings] == ["H01", "H03"]


def test_a_decision_without_a_burden_and_without_a_hearing_says_nothing_of_it(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=2)
    office.settle(2016, now=FIRST)
    assert codes(office, SECOND) == ["H03"]
    office.release(2016, now=SECOND, accepted={"H03": REASON})
    assert said(office) == ""


def asked_in(text: str) -> str:
    found = re.search(r"--approved-by NAME(.*)", text)
    assert found is not None
    return found[1]


def settled(office: Office, now: str) -> Summary:
    return office.settle(2016, now=now)


def due(office: Office, now: str) -> tuple[Due, ...]:
    from tasks.hearing.state import known_hearings

    with open_warehouse(office.home) as connection:
        hearings = known_hearings(connection, office.home)
        return read_status(connection, load_rules(), Moment.parse(now), hearings=hearings).due


def test_another_lead_municipality_is_as_not_heard(repaying: Office) -> None:
    send(repaying)
    answer(repaying, WORDS)
    repaying.portfolio.projects[0].municipalities = ("183", "187")
    repaying.portfolio.write_register()
    backfill(repaying, 2016, 2016, "2017-05-11T08:00")
    plan = repaying.plan(2016, now=AFTER)
    assert plan.years[0].projects[0].hearing.state == "sent to another municipality"
    assert "who was heard is no longer the lead municipality (JF-187 2016)" in plan.findings[0].text
    assert "  hearing sent to another municipality: JF-187" in plan_as_text(plan).splitlines()
    assert asked_in(due(repaying, AFTER)[0].command) == " --accept H01 --reason TEXT --accept H02,H03 --reason TEXT"
    with pytest.raises(BusinessRefusal, match=r"H01: .* no longer the lead municipality"):
        repaying.release(2016, now=AFTER, accepted=BOTH)
    repaying.release(2016, now=AFTER, accepted={"H01": REASON, **BOTH})
    assert said(repaying) == (
        f"Vi har ikke hørt jer, før vi traf afgørelsen (forvaltningsloven § 19). Vores begrundelse: {REASON}"
    )


def test_the_new_leads_letters_say_that_the_money_went_to_the_lead_before(repaying: Office) -> None:
    to_the_lead_before = "Tidligere har vi tildelt 12.000 kr. Hele beløbet er tildelt Vallensbæk Kommune, som dengang"
    letter = Path("letters") / f"{JF}.html"
    assert "som dengang" not in decided(repaying.out(2016) / letter), "its lead is as it was"
    repaying.portfolio.projects[0].municipalities = ("183", "187")
    repaying.portfolio.write_register()
    backfill(repaying, 2016, 2016, "2017-05-11T08:00")
    assert to_the_lead_before in decided(repaying.out(2016) / letter)
    (released,) = repaying.release(2016, now=AFTER).years
    decision = decided(repaying.out(2016) / "released" / str(released.run) / letter)
    assert "Ishøj Kommune skal betale 6.000 kr. tilbage af projektets tilskud for 2016." in decision
    assert to_the_lead_before in decision
    deliver(repaying.inbox, repaying.portfolio.projects[0], starts=2, as_of="2017-02-28")
    backfill(repaying, 2016, 2016, "2017-06-11T08:00")
    assert (
        "Tidligere har vi tildelt 6.000 kr. i alt. Vallensbæk Kommune er tildelt 12.000 kr. "
        "Ishøj Kommune er bedt om at betale 6.000 kr. tilbage. Ishøj Kommune modtager tilskuddet nu."
    ) in decided(repaying.out(2016) / letter)


def test_a_late_answer_of_the_lead_before_is_not_the_new_leads(repaying: Office) -> None:
    send(repaying)
    repaying.portfolio.projects[0].municipalities = ("183", "187")
    repaying.portfolio.write_register()
    backfill(repaying, 2016, 2016, "2017-05-11T08:00")
    send(repaying, date(2017, 5, 12), "2017-05-12T10:00")
    late, at = date(2017, 5, 13), "2017-05-14T10:00"
    answers = (
        r"went to more than one municipality \(187 Vallensbæk Kommune, 183 Ishøj Kommune\): name the one that "
        "answered with --from CODE"
    )
    with pytest.raises(InputError, match=answers):
        answer(repaying, WORDS, late, at)
    for code in ("253", "nobody"):
        with pytest.raises(InputError, match=f"--from {code}: no letter about JF-187 2016 went to a municipality"):
            answer(repaying, WORDS, late, at, code)
    with pytest.raises(InputError, match=r"--on 2017-05-09: the letter to JF-187 was sent on 2017-05-12, after that"):
        answer(repaying, WORDS, now=at, municipality="183")
    assert answer(repaying, WORDS, now=at).to == 1, "only the first letter was sent by then"
    assert answer(repaying, WORDS, late, at, "0187").to == 1
    plan = repaying.plan(2016, now=at)
    assert plan.years[0].projects[0].hearing.state == "waits for a reply"
    assert answer(repaying, NOTHING_TO_REMARK, late, at, "183").to == 2
    plan = repaying.plan(2016, now=at)
    assert plan.years[0].projects[0].hearing.state == "answered"
    with open_warehouse(repaying.home) as connection:
        assert verify(connection, repaying.home).is_sound


@pytest.mark.parametrize(
    ("heard", "lead", "burdens", "state"),
    [
        (["187"], "187", ("less",), State.ANSWERED),
        (["187"], "183", ("less",), State.ELSEWHERE),
        (["187"], "183", (), State.NOT_NEEDED),
        (["187", "183"], "187", ("less",), State.ANSWERED),
        (["187", "183"], "183", ("less",), State.WAITING),
        (["187", "183"], "253", ("less",), State.ELSEWHERE),
        ([], "187", ("less",), State.NOT_SENT),
    ],
)
def test_each_lead_municipality_has_its_own_hearing(
    heard: list[str], lead: str, burdens: tuple[str, ...], state: State
) -> None:
    """The first that was heard has answered; the second has not yet."""
    at = Moment.parse(SENT_AT)
    sent = tuple(
        SentLetter(
            number,
            JF,
            2016,
            "",
            "",
            "gives",
            municipalities()[code].full_name,
            municipalities()[code].cvr,
            SENT_ON,
            date(2017, 5, 23),
            at.utc,
            "Anna",
        )
        for number, code in enumerate(heard, start=1)
    )
    answers = tuple(Answer(9, JF, 2016, one.number, SENT_ON, "0", 4, "Nej.", at.utc, "Anna") for one in sent[:1])
    one = Intended(municipalities()[lead].cvr, burdens, "gives")
    hearing = hearing_of(Hearings(sent, answers), JF, 2016, one, at.today)
    assert hearing.state is state
    assert (hearing.letter is None) is (state not in (State.ANSWERED, State.WAITING))


@pytest.mark.parametrize(("answered", "letter"), [((), 2), ((1,), 1), ((2,), 2), ((1, 2), 2), ((2, 1), 2)], ids=str)
def test_of_two_letters_about_the_same_the_newest_that_was_answered_counts(
    answered: tuple[int, ...], letter: int
) -> None:
    at = Moment.parse(SENT_AT)
    lead = municipalities()["187"]
    sent = tuple(
        SentLetter(number, JF, 2016, "", "", "gives", lead.full_name, lead.cvr, day, day, at.utc, "Anna")
        for number, day in ((1, SENT_ON), (2, date(2017, 5, 3)))
    )
    answers = tuple(
        Answer(number, JF, 2016, to, SENT_ON, "0", 4, "Nej.", at.utc, "Anna") for number, to in enumerate(answered, 3)
    )
    hearing = hearing_of(Hearings(sent, answers), JF, 2016, Intended(lead.cvr, ("less",), "gives"), SENT_ON)
    assert hearing.letter == sent[letter - 1]


def test_of_letters_about_something_else_the_year_s_newest_and_its_answer_are_told() -> None:
    at = Moment.parse(SENT_AT)
    lead = municipalities()["187"]
    sent = tuple(
        SentLetter(number, JF, year, "", "", "gives", lead.full_name, lead.cvr, SENT_ON, SENT_ON, at.utc, "Anna")
        for number, year in ((1, 2016), (2, 2016), (3, 2017))
    )
    answers = tuple(
        Answer(number, JF, 2016, to, SENT_ON, "0", 4, "Nej.", at.utc, "Anna")
        for number, to in enumerate((1, 2, 2, 3), start=4)
    )
    hearing = hearing_of(Hearings(sent, answers), JF, 2016, Intended(lead.cvr, ("less",), "other"), SENT_ON)
    assert (hearing.state, hearing.letter, hearing.answer) == (State.CHANGED, sent[1], answers[2])


def test_settle_backfill_and_status_print_the_command_that_the_plan_asks_for(office: Office) -> None:
    rejecting(office)
    assert (
        asked_in(as_text(settled(office, FIRST), is_replay=False))
        == " --accept H01 --reason TEXT --accept H03 --reason TEXT"
    )
    assert asked_in(due(office, FIRST)[0].command) == " --accept H01 --reason TEXT --accept H03 --reason TEXT"
    send(office, date(2017, 2, 15), FIRST)
    assert (
        asked_in(as_text(settled(office, "2017-03-08T12:00"), is_replay=False))
        == " --accept H01 --reason TEXT --accept H03 --reason TEXT"
    )
    assert asked_in(as_text(settled(office, "2017-03-09T12:00"), is_replay=False)) == " --accept H03 --reason TEXT"
    assert asked_in(due(office, "2017-03-09T12:00")[0].command) == " --accept H03 --reason TEXT"
    office.release(2016, now=SECOND, accepted={"H03": REASON})
    deliver(office.inbox, office.portfolio.projects[0], starts=5, as_of="2017-01-31")
    assert list(backfill(office, 2016, 2016, LATER).findings) == ["H01", "H02", "H03"]
    assert [one.code for one in office.plan(2016, now=LATER).findings] == ["H01", "H02", "H03"]


def test_where_all_is_on_hold_the_offered_command_asks_for_what_its_waiver_needs(office: Office) -> None:
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=2, as_of="2016-11-30")
    drafted = settled(office, FIRST)
    assert (drafted.is_all_held, list(drafted.findings)) == (True, ["H03"])
    assert codes(office, SECOND) == []


def test_nothing_is_released_over_a_record_that_does_not_verify(repaying: Office) -> None:
    send(repaying)
    (repaying.home / "hearing.jsonl").write_bytes(b"")
    with pytest.raises(BusinessRefusal, match="record of hearings does not verify"):
        repaying.release(2016, now=AFTER)
    assert Path(repaying.home / "hearing.jsonl").read_bytes() == b""
