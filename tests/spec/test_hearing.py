"""The hearing: what was sent, until when, and what was answered; kept whole, or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.commands import cli
from flows.commands.status import status_of
from tasks.backup.archive import restore_backup, write_backup
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.moment import Moment
from tasks.chain import record as chain
from tasks.chain.head import write_head
from tasks.chain.line import hashed_part, sealed
from tasks.hearing.answer import NOTHING_TO_REMARK, read_answer
from tasks.hearing.desk import Desk, reply_day
from tasks.hearing.record import Hearings, SentLetter, read, require_sound, verify
from tasks.rules.model import SettlementDays, load_rules
from tasks.status.text import as_text as status_text
from tasks.warehouse.connection import open_warehouse
from tests.support.correcting import backfill
from tests.support.dying_command import die
from tests.support.power_cut import PowerCut, cut_power
from tests.support.releasing import JF, OTHER, Office, begun, deliver

pytestmark = pytest.mark.usefixtures("letters_alone")

FIRST, SECOND, LATER = "2017-02-15T08:00", "2017-03-10T08:00", "2017-05-01T08:00"
SENT_ON, ANSWERED_ON = date(2017, 2, 16), date(2017, 3, 1)
NOW = "2017-03-02T09:00"
DAYS_2016 = load_rules().calendar.years[2016]


def drafted(office: Office) -> None:
    """Draft 2016 of two projects."""
    deliver(office.inbox, office.portfolio.project(JF), starts=2)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=1)
    office.settle(2016, now=FIRST)


@pytest.fixture
def hearing(office: Office) -> Office:
    """Give an office that has drafted them."""
    begun(office, drafted)
    return office


@contextmanager
def desk(office: Office, now: str = NOW) -> Iterator[Desk]:
    with open_warehouse(office.home) as connection:
        yield Desk(connection, office.home, Moment.parse(now), "Anna")


def sent(
    office: Office, on: date = SENT_ON, now: str = NOW, projects: tuple[str, ...] | None = None
) -> list[SentLetter]:
    with desk(office, now) as one:
        return list(one.sent(2016, DAYS_2016, on, projects).sent)


def said(office: Office) -> Hearings:
    with open_warehouse(office.home) as connection:
        return require_sound(connection, office.home)


def letter_sha256(office: Office, project_id: str = JF) -> str:
    return hashlib.sha256((office.out(2016) / "letters" / f"{project_id}.pdf").read_bytes()).hexdigest()


def test_what_was_sent_to_whom_and_what_was_answered_is_kept(hearing: Office, tmp_path: Path) -> None:
    kept = sent(hearing)
    assert [(one.project_id, one.year, one.sent_on, one.reply_by) for one in kept] == [
        (JF, 2016, SENT_ON, DAYS_2016.reply_deadline),
        (OTHER, 2016, SENT_ON, DAYS_2016.reply_deadline),
    ]
    assert kept[0].letter_sha256 == letter_sha256(hearing)
    assert kept[0].draft_fingerprint == json.loads((hearing.out(2016) / "manifest.json").read_bytes())["fingerprint"]
    assert (kept[0].recipient, len(kept[0].recipient_cvr)) == ("Vallensbæk Kommune", 8)
    file = tmp_path / "svar.txt"
    file.write_text("To borgere mangler.\r\nSe cpr 070761-4285.\r\n", encoding="utf-8")
    with desk(hearing) as one:
        answer, is_again = one.reply(JF, 2016, ANSWERED_ON, read_answer(file))
        assert not is_again
        one.reply(OTHER, 2016, ANSWERED_ON, NOTHING_TO_REMARK)
        assert verify(one.connection, hearing.home).is_sound
    assert answer.text == "To borgere mangler.\nSe cpr ******-****."
    assert answer.text_sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    lines = (hearing.home / "hearing.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["sent", "sent", "reply", "reply"]
    assert json.loads(lines[0])["sent_on"] == "2017-02-16"
    assert "070761" not in "".join(lines)


def test_the_same_is_kept_once(hearing: Office) -> None:
    assert len(sent(hearing, projects=(JF,))) == 1
    with desk(hearing) as one:
        kept = one.sent(2016, DAYS_2016, SENT_ON, None)
        assert [letter.project_id for letter in kept.sent] == [OTHER]
        assert [letter.project_id for letter in kept.before] == [JF]
    for is_again in (False, True):
        with desk(hearing) as one:
            assert one.reply(JF, 2016, ANSWERED_ON, NOTHING_TO_REMARK)[1] is is_again
    assert (len(said(hearing).sent), len(said(hearing).answers)) == (2, 1)


@pytest.mark.parametrize(
    ("sent_on", "is_settled_before", "expected"),
    [
        (date(2017, 2, 15), False, date(2017, 3, 8)),
        (date(2017, 3, 8), False, date(2017, 3, 8)),
        (date(2017, 3, 9), False, date(2017, 3, 30)),
        (date(2017, 2, 15), True, date(2017, 3, 8)),
        (date(2017, 2, 1), True, date(2017, 2, 22)),
    ],
)
def test_the_reply_day_is_the_calendars_or_as_long_after_the_letter(
    sent_on: date, is_settled_before: bool, expected: date
) -> None:
    days = SettlementDays(
        delivery_deadline=date(2017, 1, 31), settlement_date=date(2017, 2, 15), reply_deadline=date(2017, 3, 8)
    )
    assert reply_day(days, sent_on, is_settled_before=is_settled_before) == expected


def test_a_year_that_was_decided_before_has_days_of_its_own(hearing: Office) -> None:
    hearing.release(2016, now=SECOND)
    deliver(hearing.inbox, hearing.portfolio.projects[0], starts=1, as_of="2017-01-31")
    backfill(hearing, 2016, 2016, LATER)
    (kept,) = sent(hearing, date(2017, 5, 2), "2017-05-03T08:00")
    assert (kept.project_id, kept.reply_by) == (JF, date(2017, 5, 2) + timedelta(days=21))


def test_what_is_wrong_is_refused_and_nothing_is_kept(hearing: Office) -> None:
    with pytest.raises(InputError, match="still to come"):
        sent(hearing, date(2017, 3, 3))
    with pytest.raises(InputError, match="no such project; the nearest are JF-187"):
        sent(hearing, projects=("JF-188",))
    with pytest.raises(InputError, match="No hearing letter about 2016 was sent to JF-187"), desk(hearing) as one:
        one.reply(JF, 2016, ANSWERED_ON, NOTHING_TO_REMARK)
    sent(hearing)
    with pytest.raises(InputError, match="was sent on 2017-02-16, after that"), desk(hearing) as one:
        one.reply(JF, 2016, date(2017, 2, 15), NOTHING_TO_REMARK)
    with pytest.raises(BusinessRefusal, match="no draft of 2017"), desk(hearing) as one:
        one.sent(2017, DAYS_2016, SENT_ON, None)
    letter = hearing.out(2016) / "letters" / f"{JF}.pdf"
    letter.write_bytes(letter.read_bytes() + b" ")
    with pytest.raises(BusinessRefusal, match=r"JF-187\.pdf of 2016 is not as it was written"):
        sent(hearing, date(2017, 2, 20))
    shutil.rmtree(hearing.out(2016))
    with pytest.raises(BusinessRefusal, match="are not in"):
        sent(hearing, date(2017, 2, 20))
    assert len(said(hearing).sent) == 2


def test_a_project_that_has_not_started_is_not_offered_as_the_nearest(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=2)
    office.portfolio.project("JF-188", start="2017-02-01", municipalities=("253",))
    office.settle(2016, now=FIRST)
    with pytest.raises(InputError, match=r"no such project; the nearest are JF-187\."):
        sent(office, projects=("JF-189",))
    with pytest.raises(BusinessRefusal, match="JF-188 has no hearing letter"):
        sent(office, projects=("JF-188",))


def test_a_day_before_the_draft_is_kept_and_told(hearing: Office) -> None:
    with desk(hearing) as one:
        kept = one.sent(2016, DAYS_2016, date(2017, 2, 1), (JF,))
    assert kept.warnings == ("the draft was made on 2017-02-15, after 2017-02-01: is the day right?",)


@pytest.mark.parametrize("day", [15, 16])
def test_a_letter_of_the_drafts_day_or_after_it_is_kept_without_a_warning(hearing: Office, day: int) -> None:
    """The draft is of 15 February."""
    with desk(hearing) as one:
        kept = one.sent(2016, DAYS_2016, date(2017, 2, day), (JF,))
    assert (len(kept.sent), kept.warnings) == (1, ())


@pytest.mark.parametrize("days", [0, 1])
def test_an_answer_of_the_day_on_which_the_letter_was_sent_is_kept(hearing: Office, days: int) -> None:
    (letter,) = sent(hearing, projects=(JF,))
    with desk(hearing) as one:
        answer, _ = one.reply(JF, 2016, SENT_ON + timedelta(days), NOTHING_TO_REMARK)
    assert answer.to == letter.number


def test_an_answer_is_to_the_newest_letter_that_was_sent_by_its_day_and_a_later_one_follows_on_it(
    hearing: Office,
) -> None:
    (first,) = sent(hearing, projects=(JF,))
    (second,) = sent(hearing, date(2017, 2, 20), projects=(JF,))
    with desk(hearing) as one:
        early, _ = one.reply(JF, 2016, date(2017, 2, 19), NOTHING_TO_REMARK)
        late, _ = one.reply(JF, 2016, date(2017, 2, 20), NOTHING_TO_REMARK)
        later, _ = one.reply(JF, 2016, date(2017, 2, 21), NOTHING_TO_REMARK)
    assert [answer.to for answer in (early, late, later)] == [first.number, second.number, second.number]
    assert said(hearing).answer_to(first) == early
    assert said(hearing).answer_to(second) == later


@pytest.mark.parametrize("on", [date(1, 1, 1), date(2015, 12, 31)])
def test_a_day_before_the_year_is_refused(hearing: Office, on: date) -> None:
    with pytest.raises(InputError, match=f"^--on {on}: 2016 had not begun: name the day on which the letter was sent"):
        sent(hearing, on)
    assert said(hearing).sent == ()


def hearings_told(office: Office, at: str) -> list[str]:
    """Give what `status` says of hearings at a moment."""
    moment = Moment.parse(at)
    lines = status_text(status_of(office.home, moment, moment)).splitlines()
    return lines[lines.index("Hearings") + 1 : lines.index("Releases") - 1] if "Hearings" in lines else []


def test_status_counts_every_letter_and_answer_and_waits_for_what_is_not_decided(hearing: Office) -> None:
    assert hearings_told(hearing, NOW) == []
    sent(hearing, projects=(JF,))
    assert hearings_told(hearing, NOW) == ["  2016  1 letter sent, 0 answers, 1 awaited until 2017-03-08"]
    assert hearings_told(hearing, "2017-03-09T08:00") == ["  2016  1 letter sent, 0 answers"]
    with desk(hearing) as one:
        one.reply(JF, 2016, ANSWERED_ON, NOTHING_TO_REMARK)
    assert hearings_told(hearing, NOW) == ["  2016  1 letter sent, 1 answer"]
    sent(hearing, date(2017, 2, 20))
    assert hearings_told(hearing, NOW) == ["  2016  3 letters sent, 1 answer, 1 awaited until 2017-03-08"]
    hearing.release(2016, now="2017-03-03T08:00", projects=[OTHER])
    assert hearings_told(hearing, "2017-03-03T09:00") == ["  2016  3 letters sent, 1 answer"]
    assert hearings_told(hearing, NOW) == ["  2016  3 letters sent, 1 answer, 1 awaited until 2017-03-08"]


def test_a_letter_of_a_draft_that_is_released_is_kept_and_told(hearing: Office) -> None:
    hearing.release(2016, now="2017-03-01T08:00", projects=[JF])
    with desk(hearing) as one:
        kept = one.sent(2016, DAYS_2016, SENT_ON, None)
    assert [letter.project_id for letter in kept.sent] == [JF, OTHER]
    assert kept.warnings == (
        "the draft of 2016 is released already for JF-187: the letter is kept, and no decision goes by it",
    )
    assert hearings_told(hearing, NOW) == ["  2016  2 letters sent, 0 answers, 1 awaited until 2017-03-08"]


def test_an_answer_is_read_as_text_and_its_beginning_kept(tmp_path: Path) -> None:
    file = tmp_path / "svar.txt"
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        file.write_text("Vi er enige – på nær én borger.", encoding=encoding)
        assert read_answer(file).beginning == "Vi er enige – på nær én borger."
    file.write_text("0" * 1_994 + " 070761-4285", encoding="utf-8")
    long = read_answer(file)
    assert (len(long.beginning), long.characters) == (2_000, 2_006)
    assert long.beginning.endswith(" *****")
    for contents, why in ((b"%PDF-1.7", "no text file"), (b"a\0b", "no text file"), (b" \r\n", "use --none")):
        file.write_bytes(contents)
        with pytest.raises(InputError, match=why):
            read_answer(file)
    with pytest.raises(InputError, match="can't be read"):
        read_answer(tmp_path / "none.txt")


@pytest.mark.parametrize("step", ["write_head", "append_durably"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_stop_at_any_step_leaves_whole_entries_or_none(hearing: Office, step: str, when: str) -> None:
    sent(hearing, projects=(OTHER,))
    call = getattr(chain, step)

    def stopping(*arguments: object) -> None:
        if when == "after":
            call(*arguments)
        cut_power()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chain, step, stopping)
        with pytest.raises(PowerCut):
            sent(hearing)
    entries = len(said(hearing).sent)
    assert entries == (2 if (step, when) == ("append_durably", "after") else 1)
    sent(hearing)
    assert [one.project_id for one in said(hearing).sent] == [OTHER, JF]
    with open_warehouse(hearing.home) as connection:
        assert verify(connection, hearing.home).is_sound


@pytest.mark.long
@pytest.mark.parametrize("step", ["write_head", "append_durably"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_command_that_is_killed_leaves_whole_entries_or_none(hearing: Office, step: str, when: str) -> None:
    die(step, when, ["hearing", "sent", "2016", "--on", "2017-02-16", "--home", str(hearing.home)])
    assert len(said(hearing).sent) == (2 if (step, when) == ("append_durably", "after") else 0)
    sent(hearing)
    assert len(said(hearing).sent) == 2
    with open_warehouse(hearing.home) as connection:
        assert verify(connection, hearing.home).is_sound


def test_a_cut_line_is_taken_back(hearing: Office) -> None:
    def half(path: Path, contents: bytes) -> None:
        with path.open("ab") as file:
            file.write(contents[: len(contents) // 2])
        cut_power()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chain, "append_durably", half)
        with pytest.raises(PowerCut):
            sent(hearing)
    assert said(hearing).sent == ()
    assert (hearing.home / "hearing.jsonl").read_bytes() == b""
    assert len(sent(hearing)) == 2


@pytest.mark.parametrize(("heads", "kept"), [(1, 0), (2, 2)])
def test_verifying_finishes_or_takes_back_what_was_interrupted(
    hearing: Office, heads: int, kept: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """The head announces the entries before they are written, and names them afterwards."""
    written = 0

    def stop(*given: Any) -> None:
        nonlocal written
        written += 1
        if written == 1:
            write_head(*given)
        if written == heads:
            cut_power()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chain, "write_head", stop)
        with pytest.raises(PowerCut):
            sent(hearing)
    assert cli.command(["hearing", "verify", "--home", str(hearing.home), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entries"] == kept


def test_a_changed_entry_is_found_and_nothing_goes_by_it(hearing: Office) -> None:
    sent(hearing)
    file = hearing.home / "hearing.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    entry = json.loads(lines[0])
    del entry["sha256"]
    file.write_bytes(sealed(hashed_part(entry | {"sent_on": "2017-01-01"})) + lines[1])
    with open_warehouse(hearing.home) as connection:
        assert verify(connection, hearing.home).finding is not None
    with pytest.raises(BusinessRefusal, match="record of hearings does not verify"):
        sent(hearing, date(2017, 2, 20))


def test_the_commands_keep_show_and_verify(
    hearing: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Moment, "now", staticmethod(lambda: Moment.parse(NOW)))
    monkeypatch.setenv("JOBFIRST_HOME", str(hearing.home))
    file = tmp_path / "svar.txt"
    file.write_text("Én borger mangler.", encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str]:
        status = cli.command(["hearing", *arguments])
        return status, capsys.readouterr().out

    assert run("sent", "2016", "--project", JF, "--on", "2017-02-16")[0] == 0
    assert run("verify")[1].startswith("The record of hearings verifies: 1 entry, the newest with hash")
    assert run("sent", "2016", "--on", "2017-02-16")[0] == 0
    status, text = run("reply", JF, "2016", "--on", "2017-03-01", "--from", "187", "--text", str(file))
    assert (status, text) == (
        0,
        "Kept: on 2017-03-01, Vallensbæk Kommune answered about JF-187 2016: Én borger mangler.\n",
    )
    assert run("reply", JF, "2016", "--on", "2017-03-01", "--from", "253", "--none")[0] == 2
    assert run("reply", OTHER, "2016", "--on", "2017-03-01", "--none")[0] == 0
    status, text = run("show", "2016")
    assert status == 0
    assert "2016  JF-187     Vallensbæk Kommune: sent on 2017-02-16, replies by 2017-03-08" in text
    assert "      2017-03-01  Én borger mangler." in text
    assert "      2017-03-01  nothing to remark" in text
    (one,) = json.loads(run("show", "--project", JF, "--json")[1])["hearings"]
    assert (one["reply_by"], one["answers"][0]["text"]) == ("2017-03-08", "Én borger mangler.")
    assert json.loads(run("show", "--as-known-at", "2017-03-01T12:00", "--json")[1])["hearings"] == []
    assert run("verify")[1].startswith("The record of hearings verifies: 4 entries")
    assert run("sent", "2016", "--on", "16.2.2017")[0] == 2
    assert run("sent", "2016", "--on", "2017-02-30")[0] == 2
    assert run("reply", JF, "2016", "--on", "2017-03-01")[0] == 2
    assert run("show", "--home", str(tmp_path / "none"))[0] == 2
    assert run("show", "2015") == (2, "")
    assert not (tmp_path / "none").exists()
    (hearing.home / "hearing.jsonl").write_bytes(b"")
    assert run("verify")[0] == 1


def test_a_backup_brings_the_record_back(hearing: Office, tmp_path: Path) -> None:
    sent(hearing)
    file, home = tmp_path / "backup.tar.gz", tmp_path / "restored"
    write_backup(hearing.home, file, Moment.parse(NOW).utc, with_key=True, wait_seconds=0)
    restore_backup(file, home)
    with open_warehouse(home) as connection:
        assert verify(connection, home).entries == 2
        assert require_sound(connection, home) == said(hearing)


def test_the_copy_in_the_warehouse_says_the_same(hearing: Office) -> None:
    sent(hearing)
    with open_warehouse(hearing.home) as connection:
        rows = connection.execute(
            "SELECT number, kind, project_id, year, sha256 FROM core_hearing ORDER BY 1"
        ).fetchall()
        assert [row[:4] for row in rows] == [(1, "sent", JF, 2016), (2, "sent", OTHER, 2016)]
        assert len(read(connection).sent) == 2
