"""A draft stands while nothing it was made from has changed; otherwise it is as from nothing, with papers copied."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from flows.commands.settle import as_text
from flows.settle import draft
from tasks.annex import write as annex
from tasks.base import program
from tasks.base.errors import BusinessRefusal
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.letters import task as letters
from tasks.warehouse.connection import open_warehouse
from tests.support.files import hashes
from tests.support.releasing import ANNA, BO, JF, OTHER, Office, begun, deliver

ALL = [JF, OTHER, f"annex {JF}", f"annex {OTHER}"]
FIRST, SECOND, THIRD = "2017-02-15T08:00", "2017-02-16T08:00", "2017-02-17T08:00"
pytestmark = pytest.mark.usefixtures("one_program")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the papers made, in order, as they are made."""
    names: list[str] = []
    render, write = letters.render_letters, annex.write_workbook

    def rendered(facts, *rest):  # type: ignore[no-untyped-def] # hands on whatever it is given
        names.extend(one.project_id for one in facts)
        return render(facts, *rest)

    def written(facts, *rest):  # type: ignore[no-untyped-def] # as above
        names.append(f"annex {facts.project_id}")
        return write(facts, *rest)

    monkeypatch.setattr(letters, "render_letters", rendered)
    monkeypatch.setattr(annex, "write_workbook", written)
    return names


def settled_once(office: Office) -> None:
    """Settle two projects."""
    for project in (office.portfolio.project(JF), office.portfolio.project(OTHER, municipalities=("253",))):
        deliver(office.inbox, project, starts=3)
    office.settle(2016, now=FIRST)


@pytest.fixture
def settled(office: Office, made: list[str]) -> Office:
    """Give an office that has settled two projects once."""
    begun(office, settled_once)
    made.clear()
    return office


def from_nothing(office: Office, now: str) -> dict[str, str]:
    """Give the hashes of what a settlement into a new home writes."""
    (office.home / "out").rename(office.home.with_name("kept"))
    office.home.rename(office.home.with_name("former"))
    office.settle(2016, now=now)
    fresh = hashes(office.out(2016))
    office.home.rename(office.home.with_name("fresh"))
    office.home.with_name("former").rename(office.home)
    office.home.with_name("kept").rename(office.home / "out")
    return fresh


def test_first_letters_after_the_reply_deadline_ask_for_a_day_that_can_be_met(settled: Office) -> None:
    before = hashes(settled.out(2016))
    letter = settled.out(2016) / "letters" / f"{JF}.html"
    assert "den 8. marts 2017" in letter.read_text(encoding="utf-8").replace("\xa0", " ")
    last_day = settled.settle(2016, now="2017-03-08T23:59")
    assert (last_day.first_letters, last_day.passed_deadline) == (2, None)
    assert "2017-03-08" not in as_text(last_day, is_replay=False)
    assert "JobFirst settlement 2016: draft" in as_text(last_day, is_replay=False)
    assert "JobFirst settlement 2016: replay of an earlier state" in as_text(last_day, is_replay=True)

    late = settled.settle(2016, now="2017-03-09T00:00")
    assert (late.is_unchanged, late.first_letters, late.passed_deadline) == (False, 2, date(2017, 3, 8))
    assert "The reply deadline for 2016 (2017-03-08) has passed: the letters of first decisions (2) give" in (
        as_text(late, is_replay=False)
    )
    told = letter.read_text(encoding="utf-8").replace("\xa0", " ")
    assert "3 uger efter modtagelsen af dette brev" in told
    assert "Dato sættes ved afsendelse" in told
    assert "marts 2017" not in told
    after = hashes(settled.out(2016))
    changed = {name.partition("/")[0] for name in before if before[name] != after[name]}
    assert changed == {"letters", "manifest.json"}
    later = settled.settle(2016, now="2018-03-09T00:00")
    assert later.is_unchanged
    assert hashes(settled.out(2016)) == after, "no day of a run stands in it"


def test_a_reply_deadline_that_has_passed_is_told_of_a_new_draft_too(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=3)
    late = office.settle(2016, now="2017-03-09T00:00")
    assert (late.is_unchanged, late.first_letters, late.passed_deadline) == (False, 1, date(2017, 3, 8))


def test_a_replay_goes_by_the_day_of_its_own_moment(settled: Office) -> None:
    run = settled.run(2016, "2017-06-01T08:00")
    with open_warehouse(settled.home) as connection:
        in_time = draft(connection, replace(run, as_known_at=Moment.parse(SECOND)), Silence())
        late = draft(connection, replace(run, as_known_at=Moment.parse("2017-04-01T08:00")), Silence())
    assert (in_time.passed_deadline, late.passed_deadline) == (None, date(2017, 3, 8))


def test_letters_of_a_year_that_was_released_have_no_deadline_that_passes(settled: Office) -> None:
    settled.release(2016, now=SECOND)
    again = settled.settle(2016, now="2018-06-01T08:00")
    assert (again.first_letters, again.passed_deadline) == (0, None)


def test_an_unchanged_draft_stands_and_is_recorded_again(settled: Office, made: list[str]) -> None:
    before = hashes(settled.out(2016))
    first = settled.settle(2016, now=SECOND)
    again = settled.settle(2016, now=THIRD, by=BO)
    assert first.is_unchanged
    assert again.is_unchanged
    assert made == []
    assert hashes(settled.out(2016)) == before == from_nothing(settled, THIRD)
    for preparer in (ANNA, BO):
        with pytest.raises(BusinessRefusal, match=f"{preparer} prepared"):
            settled.release(2016, now=THIRD, by=preparer)
    assert settled.release(2016, now=THIRD, by="Carl Nielsen").years


def later_delivery(office: Office) -> None:
    deliver(office.inbox, office.portfolio.projects[0], starts=4)


def another_library(office: Office) -> None:
    installed = program.version
    office.monkeypatch.setattr(
        program, "version", lambda name: f"{installed(name)}.1" if name == "holidays" else "same"
    )
    program.source_sha256.cache_clear()


def another_register(office: Office) -> None:
    office.portfolio.projects[0].commitment = "840000"
    office.portfolio.write_register()


def a_touched_letter(office: Office) -> None:
    (office.out(2016) / "letters" / f"{JF}.html").write_text("rettet", encoding="utf-8")


def a_lost_annex(office: Office) -> None:
    (office.out(2016) / "annex" / f"{JF}.xlsx").unlink()


def a_stray_letter(office: Office) -> None:
    (office.out(2016) / "letters" / "JF-999.pdf").write_bytes(b"")


def another_manifest(office: Office) -> None:
    path = office.out(2016) / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"inputs": {', '"inputs": {"x": "y",'), encoding="utf-8")


def a_damaged_note(office: Office) -> None:
    (office.home / "standing" / "2016.json").write_text('{"draft": 1}', encoding="utf-8")


OF_JF = [JF, f"annex {JF}"]


@pytest.mark.parametrize(
    ("change", "anew"), [(later_delivery, OF_JF), (another_register, OF_JF), (another_library, ALL)]
)
def test_after_any_change_all_is_as_from_nothing(
    settled: Office, made: list[str], change: Callable[[Office], None], anew: list[str]
) -> None:
    change(settled)
    assert not settled.settle(2016, now=SECOND).is_unchanged
    assert sorted(made) == anew
    assert hashes(settled.out(2016)) == from_nothing(settled, SECOND)


@pytest.mark.parametrize(
    ("damage", "anew"),
    [
        (a_touched_letter, [JF]),
        (a_lost_annex, [f"annex {JF}"]),
        (a_stray_letter, []),
        (another_manifest, []),
        (a_damaged_note, []),
    ],
)
def test_a_draft_that_is_not_whole_is_made_again(
    settled: Office, made: list[str], damage: Callable[[Office], None], anew: list[str]
) -> None:
    before = hashes(settled.out(2016))
    damage(settled)
    assert not settled.settle(2016, now=SECOND).is_unchanged
    assert made == anew
    assert hashes(settled.out(2016)) == before


def test_papers_are_made_again_where_the_note_of_them_is_lost(settled: Office, made: list[str]) -> None:
    (settled.home / "standing" / "2016-papers.json").write_text('[{"path": "letters"}]', encoding="utf-8")
    later_delivery(settled)
    settled.settle(2016, now=SECOND)
    assert sorted(made) == ALL


@pytest.mark.parametrize("starts", [4, 9])
def test_a_warehouse_put_back_has_not_the_draft(settled: Office, starts: int) -> None:
    """What was settled from it before still stands in the folder, and is of no use."""
    copy = settled.home.with_name("copy")
    shutil.copy(settled.home / "warehouse.duckdb", copy)
    later_delivery(settled)
    settled.settle(2016, now=SECOND)
    shutil.copy(copy, settled.home / "warehouse.duckdb")
    deliver(settled.inbox, settled.portfolio.projects[0], starts=starts)
    again = settled.settle(2016, now=THIRD)
    assert not again.is_unchanged
    assert again.starts == 3 + starts
    with open_warehouse(settled.home) as connection:
        remembered = connection.execute(
            "SELECT sum(starts) FROM draft_settlement WHERE draft_no = (SELECT max(draft_no) FROM core_drafts)"
        ).fetchone()
    assert remembered == (3 + starts,)


def test_a_new_warehouse_has_no_draft(settled: Office) -> None:
    (settled.home / "warehouse.duckdb").unlink()
    assert not settled.settle(2016, now=SECOND).is_unchanged
    assert settled.settle(2016, now=THIRD).is_unchanged


def test_a_posted_year_is_another_state(settled: Office) -> None:
    settled.release(2016, now=SECOND, projects=[JF])
    assert not settled.settle(2016, now=THIRD).is_unchanged


def test_a_draft_of_an_earlier_state_does_not_stand_for_the_newest(settled: Office) -> None:
    deliver(settled.inbox, settled.portfolio.projects[0], starts=4)
    run = settled.run(2016, SECOND)
    with open_warehouse(settled.home) as connection:
        earlier = replace(run, as_known_at=Moment.parse(FIRST), against_ledger_of_now=True)
        draft(connection, earlier, Silence())
    assert not settled.settle(2016, now=THIRD).is_unchanged
    assert settled.settle(2016, now=THIRD).is_unchanged


def test_a_failed_run_leaves_what_stood(settled: Office, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    later_delivery(settled)
    with monkeypatch.context() as patch:
        patch.setattr(letters, "render_letters", fails)
        with pytest.raises(OSError, match="No space"):
            settled.settle(2016, now=SECOND)
    assert not settled.settle(2016, now=SECOND).is_unchanged
    assert sorted(made) == OF_JF
    assert hashes(settled.out(2016)) == from_nothing(settled, SECOND)
