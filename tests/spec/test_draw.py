"""A draw from its opening to the settlement that rests on it."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docs.verify_draw import verify as verify_plainly
from flows.commands.cli import command
from flows.commands.status import status_of
from flows.release import planned
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.moment import Moment
from tasks.base.paths import PROJECT
from tasks.chain import record as chain
from tasks.chain.head import Head, Reach, write_head
from tasks.chain.line import hashed_part, sealed
from tasks.draw.desk import Desk
from tasks.draw.verify import verify, verify_file
from tasks.release.approval import approve
from tasks.replay.state import state_of
from tasks.rules.model import load_rules
from tasks.warehouse import lock
from tasks.warehouse.reading import read_warehouse
from tasks.whatif.asked import overlay_of
from tasks.whatif.compare import ALL, what_if
from tests.support.correcting import without_papers
from tests.support.drawing import COLUMNS, DAY, KEY, desk, listed, opened, record_file
from tests.support.dying_command import die
from tests.support.effort import times
from tests.support.files import read_rows
from tests.support.portfolio import Delivery, cpr, write_csv
from tests.support.releasing import JF, OTHER, Office


@pytest.fixture
def drawing(office: Office) -> Office:
    """Give an office with a key of its own and a project in its register."""
    office.monkeypatch.setenv("JOBFIRST_KEY", KEY)
    office.portfolio.project(JF)
    office.portfolio.project(OTHER, municipalities=("253",))
    return office


def test_a_batch_is_drawn_once_and_the_answer_says_who_got_which_arm(drawing: Office) -> None:
    opened(drawing)
    path, _ = listed(drawing, 0, 20)
    with desk(drawing) as one:
        first = one.batch(path, is_last=False, is_small=False)
        again = one.batch(path, is_last=False, is_small=False)
    assert not first.is_again
    assert again.is_again
    assert (again.batch, again.list_sha256, again.head) == (first.batch, first.list_sha256, first.head)
    drawn = read_rows(first.file)
    assert Counter(row["gruppe"] for row in drawn) == {"deltager": first.participants, "kontrol": first.controls}
    assert {row["visitationsdato"] for row in drawn} == {"2016-03-01"}
    assert first.participants + first.controls == 20


def test_a_list_that_grows_is_answered_again_by_the_batch_that_it_gave(drawing: Office) -> None:
    """The second list holds the first, too; so does the third, which draws fewer than the batches before it."""
    opened(drawing)
    given = []
    for count, is_last in ((20, False), (35, False), (39, True)):
        path, _ = listed(drawing, 0, count)
        with desk(drawing) as one:
            given.append((path, one.batch(path, is_last=is_last, is_small=False)))
    assert [receipt.participants + receipt.controls for _, receipt in given] == [20, 15, 4]
    for path, receipt in given:
        with desk(drawing) as one:
            again = one.batch(path, is_last=False, is_small=False)
        assert again.is_again
        assert (again.batch, again.list_sha256, again.head, again.file) == (
            receipt.batch,
            receipt.list_sha256,
            receipt.head,
            receipt.file,
        )


def test_a_forgotten_last_is_said_with_the_same_list(drawing: Office) -> None:
    opened(drawing)
    (early, _), (late, _) = listed(drawing, 0, 12), listed(drawing, 12, 13)
    with desk(drawing) as one:
        one.batch(early, is_last=False, is_small=False)
        drawn = one.batch(late, is_last=False, is_small=False)
        closed = one.batch(late, is_last=True, is_small=False)
        assert (closed.is_again, closed.batch, closed.list_sha256) == (True, drawn.batch, drawn.list_sha256)
        assert str(closed.warnings[0]) == f"Nobody was drawn: the draw of {JF} is closed."
        assert closed.head == one.said.entries[-1]["sha256"] != drawn.head
        for path, number in ((early, 1), (late, 2)):
            again = one.batch(path, is_last=True, is_small=False)
            assert (again.batch, again.is_again) == (number, True)
        with pytest.raises(BusinessRefusal, match="no more citizens can be drawn"):
            one.batch(listed(drawing, 25, 12)[0], is_last=True, is_small=False)
        one.reveal()
        found = verify(one.connection, drawing.home, JF)
    assert (found.finding, found.arms) == (None, True)
    assert "every arm follows" in verify_plainly(record_file(drawing).read_bytes())


def test_an_answer_lies_beside_the_record_while_it_is_the_only_one_of_its_name(drawing: Office) -> None:
    files = {}
    for project_id in (JF, OTHER):
        opened(drawing, project_id)
        path, _ = listed(drawing, 0, 12, project_id) if project_id == JF else listed(drawing, 20, 12, project_id)
        with desk(drawing, project_id=project_id) as one:
            files[project_id] = one.batch(path, is_last=False, is_small=False).file
        beside = drawing.home / "draw" / "udvaelgelse-1.csv"
        assert beside.exists() == (project_id == JF)
        if beside.exists():
            assert beside.read_bytes() == files[JF].read_bytes()
    assert files[JF].read_bytes() != files[OTHER].read_bytes()


def test_the_answer_to_a_list_can_be_asked_for_after_the_window(drawing: Office) -> None:
    opened(drawing)
    path, _ = listed(drawing, 0, 12)
    with desk(drawing) as one:
        first = one.batch(path, is_last=True, is_small=False)
        contents = first.file.read_bytes()
    with desk(drawing, "2018-06-01T10:00") as one:
        again = one.batch(path, is_last=True, is_small=False)
    assert (again.is_again, again.batch, again.head) == (True, 1, first.head)
    assert again.file.read_bytes() == contents


def test_the_record_tells_the_seed_at_the_end_and_both_verifiers_draw_every_arm_again(drawing: Office) -> None:
    opened(drawing)
    with desk(drawing) as one:
        one.batch(listed(drawing, 0, 13)[0], is_last=False, is_small=False)
        with pytest.raises(BusinessRefusal, match="arms still to be drawn"):
            one.reveal()
        one.batch(listed(drawing, 13, 14)[0], is_last=True, is_small=False)
        one.withdraw("B3", "flyttet")
        seed = one.reveal()
        found = verify(one.connection, drawing.home, JF)
    assert (found.finding, found.arms) == (None, True)
    contents = record_file(drawing).read_bytes()
    assert "every arm follows" in verify_plainly(contents)
    for line in contents.splitlines()[:-1]:
        assert seed.encode() not in line


def test_two_hundred_citizens_in_one_last_batch_are_a_hundred_and_a_hundred(drawing: Office) -> None:
    opened(drawing)
    path, _ = listed(drawing, 0, 200)
    with desk(drawing) as one:
        receipt = one.batch(path, is_last=True, is_small=False)
        one.reveal()
    assert (receipt.participants, receipt.controls, receipt.warnings) == (100, 100, ())
    assert "every arm follows" in verify_plainly(record_file(drawing).read_bytes())


def test_what_can_not_be_drawn_is_left_out_and_told(drawing: Office) -> None:
    opened(drawing)
    path, _ = listed(drawing, 0, 12)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace("ressourceforloeb;", "ukendt;", 1)
    path.write_text("\n".join([*lines, lines[2].replace("B1;", "B99;")]), encoding="utf-8")
    with desk(drawing) as one:
        receipt = one.batch(path, is_last=False, is_small=False)
    assert receipt.participants + receipt.controls == 11
    assert {left.row_no: left.codes for left in receipt.left_out} == {2: ("C05",), 14: ("D01",)}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            [
                "Left out: row 2 (B0): C04",
                "Left out: row 14 (B99): D01",
                "  C04 (required: kommunekode is one of the project's municipalities)",
                "  D01 (required: A person is drawn once, and in one project alone)",
            ],
        ),
        ("da", ["  D01 (krav: En person trækkes én gang, og kun i ét projekt)"]),
    ],
)
def test_who_is_left_out_is_told_with_what_is_required(
    drawing: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, told: list[str]
) -> None:
    opened(drawing)
    path, _ = listed(drawing, 0, 12)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace(";101;", ";253;").replace(";187;", ";253;")
    path.write_text("\n".join([*lines, lines[2].replace("B1;", "B99;")]), encoding="utf-8")
    monkeypatch.setattr(Moment, "now", lambda: Moment.parse(DAY))
    monkeypatch.setenv("JOBFIRST_LANGUAGE", language)
    folders = ["--register", str(drawing.portfolio.register), "--home", str(drawing.home)]
    assert command(["draw", "batch", JF, str(path), *folders]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[-len(told) :] == told
    path.write_text(lines[0] + "\n", encoding="utf-8")
    assert command(["draw", "batch", JF, str(path), *folders]) == 1
    assert path.name in capsys.readouterr().err


def test_every_rule_of_a_citizen_on_the_day_drawn_leaves_out_who_breaks_it(drawing: Office) -> None:
    """The rules that the draw names; C09, the window, is for the day. Ten are left, who are enough."""
    opened(drawing)
    path, delivery = listed(drawing, 0, 23)
    ready = {"maalgruppe": "aktivitetsparat", "ydelse": "kontanthjaelp", "offentlig_forsoergelse_siden": "2015-03-01"}
    for number, changed in enumerate(
        (
            {"borger_id": ""},
            {"borger_id": "to gange"},
            {"borger_id": "to gange"},
            {"cpr": "320170-0004"},
            {"kommunekode": "253"},
            {"ydelse": "ukendt"},
            {"cpr": cpr(0, 1987)},
            ready,
            ready | {"offentlig_forsoergelse_siden": "2015-03-02"},
            ready | {"integrationsprogram": "ja"},
            {"integrationsprogram": "måske"},
            {"borger_id": cpr(4)},
        )
    ):
        delivery.borgere[number] |= changed
    write_csv(
        path, COLUMNS.split(), [{name: row.get(name, "") for name in COLUMNS.split()} for row in delivery.borgere]
    )
    with desk(drawing) as one:
        receipt = one.batch(path, is_last=False, is_small=False)
    assert {left.row_no: left.codes for left in receipt.left_out} == {
        2: ("C01",),
        3: ("C02",),
        4: ("C02",),
        5: ("C03",),
        6: ("C04",),
        7: ("C06",),
        8: ("C10",),
        10: ("C11",),
        11: ("C12",),
        12: ("C12",),
        13: ("C15",),
    }
    assert receipt.participants + receipt.controls == 12


@pytest.mark.parametrize(("citizens", "is_drawn"), [(9, False), (10, True)])
def test_ten_citizens_are_the_smallest_batch(drawing: Office, citizens: int, *, is_drawn: bool) -> None:
    opened(drawing)
    path, _ = listed(drawing, 0, citizens)
    with desk(drawing) as one:
        if is_drawn:
            receipt = one.batch(path, is_last=False, is_small=False)
            assert receipt.participants + receipt.controls == citizens
        else:
            with pytest.raises(BusinessRefusal, match="too few to be drawn together"):
                one.batch(path, is_last=False, is_small=False)


def test_the_seed_is_told_from_the_day_on_which_nobody_can_be_drawn_any_more(drawing: Office) -> None:
    """The project begins on 1 February 2016: the last day of its window is 31 January 2017."""
    opened(drawing)
    path, _ = listed(drawing, 0, 12)
    with desk(drawing, "2017-01-31T10:00") as one:
        assert one.batch(path, is_last=False, is_small=False).batch == 1
        with pytest.raises(BusinessRefusal, match="or wait for 2017-02-01"):
            one.reveal()
    later, _ = listed(drawing, 12, 12)
    with desk(drawing, "2017-02-01T10:00") as one:
        with pytest.raises(BusinessRefusal, match="closed on 2017-02-01: no more citizens can be drawn"):
            one.batch(later, is_last=False, is_small=False)
        assert len(one.reveal()) == 64


@pytest.mark.parametrize(
    ("value", "is_taken"),
    [("syv teg", False), ("otte teg", True), ("to\nlinjer tekst", False), ("ring 610170-0004 nu", False)],
)
def test_the_municipalitys_text_is_one_line_of_eight_characters_without_a_number(
    drawing: Office, value: str, *, is_taken: bool
) -> None:
    with desk(drawing) as one:
        one.open("kommune")
        if is_taken:
            assert one.give_beacon(value, None) == value
        else:
            with pytest.raises(InputError, match="at least 8 characters"):
                one.give_beacon(value, None)
            assert one.said.beacon_value is None


def test_an_id_that_two_lists_have_withdraws_nobody_but_its_ref_does(drawing: Office) -> None:
    opened(drawing)
    path, _ = listed(drawing, 12, 12)
    later = path.read_text(encoding="utf-8").replace("B12;", "B3;").replace("B13;", "B4;")
    with desk(drawing) as one:
        first = one.batch(listed(drawing, 0, 12)[0], is_last=False, is_small=False)
        path.write_text(later, encoding="utf-8")
        second = one.batch(path, is_last=False, is_small=False)
        again = one.batch(path, is_last=False, is_small=False)
        assert first.warnings == ()
        assert second.warnings == again.warnings
        assert [str(warning) for warning in second.warnings] == [
            "B3, B4 of udvaelgelse-2.csv stand for other persons in udvaelgelse-1.csv: "
            "give the ref where one of them withdraws."
        ]
        told = r"^B3 is another person in each of udvaelgelse-1\.csv, udvaelgelse-2\.csv: give the ref"
        with pytest.raises(InputError, match=told):
            one.withdraw("B3", "flyttet")
        ref = next(row["ref"] for row in read_rows(second.file) if row["borger_id"] == "B3")
        assert one.withdraw(ref, "flyttet") == ref
        with pytest.raises(BusinessRefusal, match="withdrawn already"):
            one.withdraw(ref, "doed")
        assert one.withdraw("B5", "doed") != ref
        assert one.said.withdrawn > {ref}


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda one, _: one.open("kommune"), "is open: its commitment is"),
        (lambda one, path: one.batch(path, is_last=False, is_small=False), "too few to be drawn together"),
        (lambda one, _: one.give_beacon("en anden tekst", None), "has its beacon's value already"),
        (lambda one, path: one.take_in(path), "has a draw already"),
        (lambda one, _: one.reveal(), "arms still to be drawn"),
    ],
)
def test_what_is_refused(drawing: Office, ask: Callable[[Desk, Path], object], says: str) -> None:
    opened(drawing)
    path, delivery = listed(drawing, 0, 9)
    if "take_in" in ask.__code__.co_names:
        path = imported(drawing, delivery)
    with desk(drawing) as one, pytest.raises(BusinessRefusal, match=says):
        ask(one, path)


def test_nobody_is_drawn_after_the_window_but_in_a_rehearsal(drawing: Office) -> None:
    opened(drawing)
    path, _ = listed(drawing, 0, 12)
    with (
        desk(drawing, "2017-03-01T10:00") as one,
        pytest.raises(BusinessRefusal, match="no more citizens can be drawn"),
    ):
        one.batch(path, is_last=True, is_small=False)
    with desk(drawing, "2026-03-01T10:00", is_rehearsal=True) as one:
        one.open("none")
        assert one.batch(path, is_last=True, is_small=False).participants == 6
    assert sorted(file.name for file in (drawing.home / "draw" / "rehearsal").glob("*.jsonl")) == [f"{JF}.jsonl"]


@pytest.mark.parametrize(
    ("now", "flags", "is_told"),
    [
        ("2017-01-31T10:00", [], False),
        ("2017-02-01T10:00", [], True),
        ("2026-03-01T10:00", ["--rehearsal"], False),
        ("2026-03-01T10:00", ["--json"], False),
    ],
)
def test_an_opening_after_the_window_says_what_it_does(
    drawing: Office,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    now: str,
    flags: list[str],
    *,
    is_told: bool,
) -> None:
    drawing.portfolio.write_register()
    monkeypatch.setattr(Moment, "now", lambda: Moment.parse(now))
    folders = ["--register", str(drawing.portfolio.register), "--home", str(drawing.home)]
    assert command(["draw", "open", JF, *flags, *folders]) == 0
    assert ("closed on 2017-02-01: nobody can be drawn by it" in capsys.readouterr().out) == is_told


def test_a_rehearsal_while_citizens_can_be_drawn_does_not_foretell_their_arms(drawing: Office) -> None:
    with desk(drawing) as real, desk_beside(real) as rehearsal:
        assert real.open("none") != rehearsal.open("none")


def test_a_rehearsal_offers_its_own_commands_and_never_the_true_draws(drawing: Office, tmp_path: Path) -> None:
    """Who copies what a refusal offers must not commit to a secret that counts."""
    with desk(drawing) as real, desk_beside(real) as rehearsal:
        for one, mark in ((real, ""), (rehearsal, " --rehearsal")):
            with pytest.raises(BusinessRefusal, match=f"is not open: `jobfirst draw open {JF}{mark}`"):
                one.batch(tmp_path / "list.csv", is_last=False, is_small=False)
            one.open("kommune")
            with pytest.raises(BusinessRefusal, match=f"give it with `jobfirst draw beacon {JF}{mark}` first"):
                one.batch(tmp_path / "list.csv", is_last=False, is_small=False)


def test_a_window_from_a_leap_day_ends_on_one(drawing: Office) -> None:
    rules = load_rules()
    longer = {"enrolment_window_years": 4, "programme_last_day": date(2021, 12, 31)}
    values = {
        name: rules.parameters[name].model_copy(update={"values": {rules.first_day: value}})
        for name, value in longer.items()
    }
    with desk(drawing) as one:
        one.project = replace(one.project, start_date=date(2016, 2, 29))
        one.rules = rules.model_copy(update={"parameters": {**rules.parameters, **values}})
        assert one.window_end == date(2020, 2, 29)


@contextmanager
def desk_beside(one: Desk) -> Iterator[Desk]:
    """Have the desk of a rehearsal on the same warehouse."""
    yield Desk(
        one.connection, one.home, one.project, one.rules, one.secret, one.key, one.now, one.by, is_rehearsal=True
    )


def imported(office: Office, delivery: Delivery) -> Path:
    """Write arms that were drawn elsewhere."""
    path = office.portfolio.folder / "arms.csv"
    lines = ["borger_id;cpr;kommunekode;maalgruppe;gruppe;dato"]
    for number, row in enumerate(delivery.borgere):
        arm = "deltager" if number % 2 else "kontrol"
        lines.append(";".join([row["borger_id"], row["cpr"], row["kommunekode"], row["maalgruppe"], arm, "01-03-2016"]))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_arms_drawn_elsewhere_are_taken_in(drawing: Office) -> None:
    _, delivery = listed(drawing, 0, 8)
    with desk(drawing, "2016-06-01T10:00") as one:
        receipt = one.take_in(imported(drawing, delivery))
        found = verify(one.connection, drawing.home, JF)
        for ask in (
            lambda: one.open("kommune"),
            lambda: one.give_beacon("Vallensbæk, tredje februar", None),
            lambda: one.batch(listed(drawing, 8, 12)[0], is_last=False, is_small=False),
        ):
            with pytest.raises(BusinessRefusal, match=rf"^The arms of {JF} were drawn elsewhere: nobody is drawn here"):
                ask()
    assert (receipt.participants, receipt.controls) == (4, 4)
    assert (found.finding, found.arms) == (None, False)
    assert "drawn elsewhere" in verify_plainly(record_file(drawing).read_bytes())


def test_the_same_arms_from_elsewhere_are_taken_in_once_and_answered_again(drawing: Office) -> None:
    _, delivery = listed(drawing, 0, 8)
    path = imported(drawing, delivery)
    with desk(drawing, "2016-06-01T10:00") as one:
        first = one.take_in(path)
        contents = first.file.read_bytes()
        first.file.unlink()
        again = one.take_in(path)
        assert (again.is_again, again.head, again.left_out) == (True, first.head, ())
        assert again.file.read_bytes() == contents
        path.write_text(path.read_text(encoding="utf-8").replace("deltager", "kontrol"), encoding="utf-8")
        with pytest.raises(BusinessRefusal, match="has a draw already"):
            one.take_in(path)


def in_a_spreadsheets_form(contents: bytes) -> bytes:
    return b"\xef\xbb\xbf" + contents.replace(b",", b";")


@pytest.mark.parametrize(
    "changed",
    [
        in_a_spreadsheets_form,
        lambda _: b"",
        lambda contents: contents.replace(b",kontrol", b"", 1),
        lambda contents: "blåbær".encode("latin-1") + contents,
    ],
)
def test_an_answer_that_was_saved_otherwise_stops_no_draw_and_is_written_anew(
    drawing: Office, changed: Callable[[bytes], bytes]
) -> None:
    opened(drawing)
    (early, _), (late, _) = listed(drawing, 0, 12), listed(drawing, 12, 12)
    with desk(drawing) as one:
        answer = one.batch(early, is_last=False, is_small=False).file
        contents = answer.read_bytes()
        answer.write_bytes(changed(contents))
        later = one.batch(late, is_last=False, is_small=False)
        assert str(later.warnings[0]).startswith("udvaelgelse-1.csv in ")
        for citizen in ("B3", "B13"):
            with pytest.raises(InputError, match=r"^udvaelgelse-1\.csv in .* hand in the list that it answers again"):
                one.withdraw(citizen, "flyttet")
        assert one.batch(early, is_last=False, is_small=False).warnings == ()
        assert answer.read_bytes() == contents
        one.withdraw("B3", "flyttet")


def test_an_id_that_deliveries_give_to_two_who_were_drawn_withdraws_nobody(drawing: Office) -> None:
    opened(drawing)
    path, delivery = listed(drawing, 0, 12)
    with desk(drawing) as one:
        one.batch(path, is_last=True, is_small=False).file.unlink()
    deliver_drawn(drawing, delivery, dict.fromkeys((f"B{number}" for number in range(12)), "deltager"))
    delivery.write(drawing.inbox)
    drawing.settle(2016, now="2017-02-01T08:00")
    delivery.as_of = "2017-01-31"
    delivery.borgere[3]["borger_id"], delivery.borgere[4]["borger_id"] = "B4", "B3"
    delivery.write(drawing.inbox)
    drawing.settle(2016, now="2017-02-02T08:00")
    with desk(drawing, "2017-02-03T10:00") as one:
        with pytest.raises(InputError, match=r"^B3 is another person in some delivery"):
            one.withdraw("B3", "flyttet")
        one.withdraw("B5", "flyttet")
        assert len(one.said.withdrawn) == 1


def test_a_desk_that_waited_for_another_writes_when_it_has_the_lock(
    drawing: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its entry is not before the one that was written while it waited."""
    drawing.portfolio.write_register()
    clock, hold = [Moment.parse("2016-03-01T10:00")], lock.hold_lock
    monkeypatch.setattr(Moment, "now", lambda: clock[0])

    @contextmanager
    def waiting(*arguments: Any, **options: Any) -> Iterator[None]:
        with hold(*arguments, **options):
            clock[0] = Moment.parse("2016-03-01T10:01")
            yield

    monkeypatch.setattr(lock, "hold_lock", waiting)
    folders = ["--register", str(drawing.portfolio.register), "--home", str(drawing.home)]
    assert command(["draw", "open", JF, *folders]) == 0
    assert json.loads(record_file(drawing).read_bytes())["at"] == "2016-03-01T09:01:00.000000Z"


@pytest.mark.parametrize("step", ["write_head", "append_durably"])
def test_a_stop_in_the_middle_leaves_a_whole_entry_or_none(drawing: Office, step: str) -> None:
    opened(drawing)
    path, _ = listed(drawing, 0, 12)
    before = record_file(drawing).read_bytes()
    with pytest.MonkeyPatch.context() as patch, desk(drawing) as one:

        def stop(*_: object) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(chain, step, stop)
        with pytest.raises(OSError, match="No space"):
            one.batch(path, is_last=False, is_small=False)
    with desk(drawing) as one:
        receipt = one.batch(path, is_last=False, is_small=False)
        assert verify(one.connection, drawing.home, JF).finding is None
    assert receipt.batch == 1
    assert record_file(drawing).read_bytes().startswith(before)


@pytest.mark.long
@pytest.mark.parametrize("step", ["write_head", "append_durably"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_command_that_is_killed_leaves_a_whole_entry_or_none_and_a_settlement_heals(
    drawing: Office, step: str, when: str
) -> None:
    opened(drawing)
    path, delivery = listed(drawing, 0, 12)
    folders = ["--register", str(drawing.portfolio.register), "--home", str(drawing.home)]
    command = ["draw", "batch", JF, str(path), "--last", *folders]
    die(step, when, command, now="2016-03-01T10:00")
    deliver_drawn(drawing, delivery, dict.fromkeys((f"B{number}" for number in range(12)), "deltager"))
    delivery.write(drawing.inbox)
    drawing.settle(2016, now="2017-02-01T08:00")
    is_whole = (step, when) == ("append_durably", "after")
    assert codes_of(drawing, 2016) == ({"P11": 1, "C16": 6} if is_whole else {"P11": 1, "C17": 12})
    with desk(drawing) as one:
        receipt = one.batch(path, is_last=True, is_small=False)
        assert verify(one.connection, drawing.home, JF).finding is None
    assert (receipt.is_again, receipt.participants, receipt.controls) == (is_whole, 6, 6)


def test_an_opening_that_was_interrupted_is_no_draw(drawing: Office) -> None:
    with pytest.MonkeyPatch.context() as patch, desk(drawing) as one:

        def stop(*_: object) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(chain, "append_durably", stop)
        with pytest.raises(OSError, match="No space"):
            one.open("none")
    assert command(["draw", "verify", JF, "--home", str(drawing.home)]) == 2
    _, delivery = listed(drawing, 0, 4)
    delivery.write(drawing.inbox)
    drawing.settle(2016, now="2017-02-01T08:00")
    assert codes_of(drawing, 2016) == {}


def finished(office: Office) -> tuple[Delivery, dict[str, str]]:
    """Draw 24 citizens and reveal the seed; give their delivery and their arms by borger_id."""
    opened(office)
    path, delivery = listed(office, 0, 24)
    with desk(office) as one:
        receipt = one.batch(path, is_last=True, is_small=False)
        one.reveal()
    return delivery, {row["borger_id"]: row["gruppe"] for row in read_rows(receipt.file)}


def test_a_plan_goes_by_the_draws_that_a_release_goes_by(drawing: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    without_papers(monkeypatch)
    delivery, arms = finished(drawing)
    deliver_drawn(drawing, delivery, arms)
    drawing.settle(2016, now="2017-02-01T08:00")
    run = drawing.run(2016, "2017-03-10T08:00")
    plan = planned(
        [2016], run.register, run.inbox, drawing.home, approve("", None, [], names_nobody=True), run.now
    ).plan
    assert plan == drawing.plan(2016, now="2017-03-10T08:00")


def test_a_draft_from_before_an_entry_of_a_draw_is_refused_by_that_name(
    drawing: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_papers(monkeypatch)
    opened(drawing)
    path, delivery = listed(drawing, 0, 24)
    with desk(drawing) as one:
        receipt = one.batch(path, is_last=True, is_small=False)
    arms = {row["borger_id"]: row["gruppe"] for row in read_rows(receipt.file)}
    deliver_drawn(drawing, delivery, arms).write(drawing.inbox)
    drawing.settle(2016, now="2017-02-01T08:00")
    with desk(drawing, "2017-02-02T08:00") as one:
        one.withdraw("B3", "flyttet")
    with pytest.raises(BusinessRefusal, match=f"since it was made: the draw's record of {JF}. Settle 2016 again"):
        drawing.release(2016, now="2017-02-10T08:00")
    moment = Moment.parse("2017-02-10T09:00")
    due = {one.command: one.text for one in status_of(drawing.home, moment, moment).due}
    assert due["jobfirst settle 2016"] == f"settle 2016 again: since its draft the draw's record changed of {JF}"
    assert not drawing.settle(2016, now="2017-02-10T10:00").is_unchanged
    assert drawing.release(2016, now="2017-02-10T11:00").years[0].run is not None


def edited_at_random(contents: bytes, rng: random.Random) -> bytes:
    """Flip a bit, cut something out, or write a byte twice."""
    edited = bytearray(contents)
    at = rng.randrange(len(edited))
    match rng.randrange(3):
        case 0:
            edited[at] ^= 1 << rng.randrange(8)
        case 1:
            del edited[at : at + rng.randrange(1, 200)]
        case _:
            edited[at:at] = bytes([edited[at]])
    return bytes(edited)


def test_random_edits_of_a_record_are_refused(drawing: Office, tmp_path: Path) -> None:
    """By the script that anyone can run, and by `draw verify`."""
    finished(drawing)
    file = record_file(drawing)
    contents, head_file = file.read_bytes(), file.with_suffix(".head")
    head = json.loads(head_file.read_text(encoding="utf-8"))["posted"]
    verify_plainly(contents, head)
    copy = tmp_path / file.name
    copy.with_suffix(".head").write_bytes(head_file.read_bytes())
    rng = random.Random(20160301)
    for _ in range(times(300, 2_000)):
        edited = edited_at_random(contents, rng)
        if edited == contents:
            continue
        with pytest.raises(ValueError, match=r"\w"):
            verify_plainly(edited, head)
        copy.write_bytes(edited)
        assert verify_file(copy).finding is not None


def hashed_anew(contents: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Give a record with entries changed, and all hashes made again."""
    forged, previous = [], "0" * 64
    for line in contents.splitlines():
        entry = json.loads(line)
        change(entry)
        fields = {name: value for name, value in entry.items() if name not in ("previous_sha256", "sha256")}
        forged.append(chain_line({**fields, "previous_sha256": previous}))
        previous = json.loads(forged[-1])["sha256"]
    return b"".join(forged)


def other_arm(entry: dict[str, Any]) -> None:
    if entry["kind"] == "batch":
        entry["members"][0]["arm"] = "kontrol" if entry["members"][0]["arm"] == "deltager" else "deltager"


def other_randomness(entry: dict[str, Any]) -> None:
    if entry["kind"] == "beacon":
        entry["value"] = "0" * 64


def other_secret(entry: dict[str, Any]) -> None:
    if entry["kind"] == "open":
        entry["commitment"] = ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (other_arm, "another place"),
        (other_randomness, "not the SHA-256 of its signature"),
        (other_secret, "committed to"),
    ],
)
def test_what_was_not_so_drawn_fails_also_where_all_hashes_were_made_anew(
    drawing: Office, tmp_path: Path, change: Callable[[dict[str, Any]], None], says: str
) -> None:
    signature = "ab" * 96
    with desk(drawing) as one:
        one.open("drand:8990e7a9:1")
        one.give_beacon(hashlib.sha256(bytes.fromhex(signature)).hexdigest(), signature)
        one.batch(listed(drawing, 0, 24)[0], is_last=True, is_small=False)
        one.reveal()
    forged = hashed_anew(record_file(drawing).read_bytes(), change)
    with pytest.raises(ValueError, match=says):
        verify_plainly(forged)
    copy = tmp_path / "forged.jsonl"
    copy.write_bytes(forged)
    assert verify_file(copy).finding is not None


def moved(entries: list[dict[str, Any]], kind: str, to: int) -> None:
    entries.insert(to, entries.pop(next(at for at, one in enumerate(entries) if one["kind"] == kind)))


def again(entries: list[dict[str, Any]], kind: str, to: int, **fields: object) -> None:
    entries.insert(to, {**next(one for one in entries if one["kind"] == kind), **fields})


def changed(entries: list[dict[str, Any]], kind: str, **fields: object) -> None:
    next(one for one in entries if one["kind"] == kind).update(fields)


SEVERAL = 6
"""The entries of `several`: open, beacon, two batches, withdraw, reveal."""


@pytest.fixture
def several(drawing: Office) -> list[dict[str, Any]]:
    """Give the entries of a record with every kind of a draw, the seed revealed."""
    opened(drawing)
    with desk(drawing) as one:
        one.batch(listed(drawing, 0, 12)[0], is_last=False, is_small=False)
        one.batch(listed(drawing, 12, 12)[0], is_last=True, is_small=False)
        one.withdraw("B3", "flyttet")
        one.reveal()
    entries = [json.loads(line) for line in record_file(drawing).read_bytes().splitlines()]
    assert len(entries) == SEVERAL
    return entries


def chained(entries: list[dict[str, Any]]) -> bytes:
    """Give a record of other entries, numbered and hashed anew."""
    lines, previous = [], "0" * 64
    for number, entry in enumerate(entries, start=1):
        own = ("number", "previous_sha256", "sha256")
        fields = {name: value for name, value in entry.items() if name not in own}
        lines.append(chain_line({"number": number, **fields, "previous_sha256": previous}))
        previous = json.loads(lines[-1])["sha256"]
    return b"".join(lines)


Change = Callable[[list[dict[str, Any]]], object]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda entries: moved(entries, "reveal", 1), id="revealed before the beacon"),
        pytest.param(lambda entries: moved(entries, "reveal", 2), id="revealed before anybody was drawn"),
        pytest.param(lambda entries: moved(entries, "reveal", 3), id="revealed before the last batch"),
        pytest.param(lambda entries: again(entries, "reveal", SEVERAL), id="revealed twice"),
        pytest.param(lambda entries: again(entries, "reveal", SEVERAL, seed="11" * 32), id="another seed too"),
        pytest.param(lambda entries: changed(entries, "reveal", seed="22" * 32), id="another seed"),
        pytest.param(lambda entries: changed(entries, "reveal", seed="AB" * 32), id="a seed in capitals"),
        pytest.param(lambda entries: again(entries, "withdraw", 5), id="a citizen withdraws twice"),
        pytest.param(lambda entries: changed(entries, "withdraw", reason="fordi"), id="for no reason"),
        pytest.param(lambda entries: changed(entries, "withdraw", ref="0" * 32), id="who was not drawn"),
        pytest.param(lambda entries: moved(entries, "withdraw", 2), id="before being drawn"),
        pytest.param(lambda entries: changed(entries, "batch", last=None), id="last is null"),
        pytest.param(lambda entries: changed(entries, "batch", last=0), id="last is a number"),
        pytest.param(
            lambda entries: [one.update(block=True) for one in entries[2]["members"] if one["block"] == 1],
            id="a block is true",
        ),
        pytest.param(lambda entries: changed(entries, "beacon", at=""), id="no moment"),
        pytest.param(lambda entries: changed(entries, "reveal", at="2010-01-01T00:00:00.000000Z"), id="back in time"),
        pytest.param(lambda entries: changed(entries, "open", block_sizes=[]), id="no block size"),
        pytest.param(lambda entries: changed(entries, "open", block_sizes=[4, 0]), id="a block without places"),
        pytest.param(lambda entries: changed(entries, "open", block_sizes="468"), id="block sizes in a text"),
        pytest.param(lambda entries: changed(entries, "batch", members=["x"]), id="a member is a text"),
    ],
)
def test_neither_verifier_takes_what_no_draw_writes(
    several: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Change
) -> None:
    seed = several[-1]["seed"]
    file = tmp_path / "record.jsonl"
    file.write_bytes(chained(several))
    assert "every arm follows" in verify_plainly(file.read_bytes())
    assert verify_file(file).finding is None
    change(several)
    file.write_bytes(chained(several))
    for known in (None, seed):
        with pytest.raises(ValueError, match=r"\w"):
            verify_plainly(file.read_bytes(), seed=known)
        assert verify_file(file, known and bytes.fromhex(known)).finding is not None
    assert command(["draw", "verify", str(file), "--home", str(tmp_path)]) == 1
    assert "does not verify" in capsys.readouterr().out


def fields_of(part: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Give the way to each value in an entry, and to those of its first member."""
    if at:
        yield at
    names = list(part) if isinstance(part, dict) else range(min(len(part), 1)) if isinstance(part, list) else []
    for name in names:
        yield from fields_of(part[name], (*at, name))


def test_both_verifiers_refuse_each_field_that_is_of_another_form(
    several: list[dict[str, Any]], tmp_path: Path
) -> None:
    """Also where the hashes were made anew and no seed is known."""
    several.pop()
    file, own = tmp_path / "record.jsonl", ("number", "previous_sha256", "sha256")
    for number, entry in enumerate(several):
        ways = [at for at in fields_of(entry) if at[0] not in own]
        for at in ways:
            for value in (None, True, 0, 1.5, "\t", {}, ["x"], "removed", "added"):
                forged = json.loads(json.dumps(several))
                part = forged[number]
                for name in at[:-1]:
                    part = part[name]
                if isinstance(part, list) and value in ("removed", "added"):
                    continue
                if value == "removed":
                    del part[at[-1]]
                elif value == "added":
                    part["remark"] = ""
                elif value is part[at[-1]] or (at[-1] in ("value", "by", "project_id") and value == "\t"):
                    continue
                else:
                    part[at[-1]] = value
                file.write_bytes(chained(forged))
                with pytest.raises(ValueError, match=r"\w"):
                    verify_plainly(file.read_bytes())
                assert verify_file(file).finding is not None, (number, at, value)


def test_both_verifiers_refuse_a_line_that_is_not_canonical(several: list[dict[str, Any]], tmp_path: Path) -> None:
    hashed = hashed_part({name: value for name, value in several[0].items() if name != "sha256"})
    file = tmp_path / "record.jsonl"
    file.write_bytes(sealed(hashed))
    assert verify_file(file).finding is None
    for odd in (
        hashed.replace(b'"beacon":"kommune"', b'"beacon":"none","beacon":"kommune"'),
        hashed.replace(b'"kommune"', b'"\\u006bommune"'),
        hashed.replace(b'"number":1,', b'"number":1, '),
        hashed.replace(b"[4,6,8]", b"[4,6,8" + b"0" * 9 + b"]"),
        hashed.replace(b"[4,6,8]", b"[" * 100_000 + b"]" * 100_000),
        hashed.replace(b"2016-03-01T", b"2016-02-31T"),
    ):
        assert odd != hashed
        file.write_bytes(sealed(odd))
        with pytest.raises(ValueError, match=r"\w"):
            verify_plainly(file.read_bytes())
        assert verify_file(file).finding is not None


def test_the_verifier_for_others_is_short_enough_to_be_read() -> None:
    assert len((PROJECT / "docs/verify_draw.py").read_text(encoding="utf-8").splitlines()) < 150


def test_nothing_is_drawn_over_a_record_that_no_draw_writes(drawing: Office) -> None:
    """Also where its hashes and its head were made anew."""
    with desk(drawing, is_rehearsal=True) as one:
        one.open("kommune")
        one.give_beacon("Vallensbæk, tredje februar", None)
        record = one.record
        contents = chained([{**entry, "by": ""} if entry["number"] == 2 else dict(entry) for entry in one.said.entries])
    record.file.write_bytes(contents)
    newest = json.loads(contents.splitlines()[-1])["sha256"]
    write_head(record.head, Head(Reach(2, newest, len(contents)), None))
    with pytest.raises(BusinessRefusal, match=r"Entry 2: its by is not of the form"), desk(drawing, is_rehearsal=True):
        pass


def test_neither_verifier_stumbles_over_a_hashed_line_that_is_no_json(tmp_path: Path) -> None:
    file = tmp_path / "record.jsonl"
    file.write_bytes(sealed(b'{"number":1,"kind":odd,"previous_sha256":"' + b"0" * 64 + b'"'))
    with pytest.raises(ValueError, match=r"\w"):
        verify_plainly(file.read_bytes())
    assert str(verify_file(file).finding) == "An entry is not of the form that a record has."


def test_nothing_is_drawn_after_the_seed_was_revealed_nor_before_the_newest_entry(drawing: Office) -> None:
    with desk(drawing) as one:
        one.open("kommune")
    with desk(drawing, "2016-02-01T10:00") as one, pytest.raises(BusinessRefusal, match=r"2016-02-01.*set the clock"):
        one.give_beacon("Vallensbæk, tredje februar", None)
    opened(drawing, OTHER)
    with desk(drawing, "2015-01-01T10:00", OTHER) as one, pytest.raises(BusinessRefusal, match="set the clock"):
        one.batch(listed(drawing, 0, 12, OTHER)[0], is_last=False, is_small=False)
    with desk(drawing, "2017-03-01T10:00") as one:
        one.reveal()
        with pytest.raises(BusinessRefusal, match="seed of JF-187 was revealed"):
            one.give_beacon("Vallensbæk, tredje februar", None)
    assert verify_file(record_file(drawing)).finding is None
    drawing.portfolio.projects[1].start = "2016-06-01"
    with desk(drawing, "2017-07-01T10:00", OTHER) as one:
        one.reveal()
        with pytest.raises(BusinessRefusal, match=f"seed of {OTHER} was revealed"):
            one.batch(listed(drawing, 0, 12, OTHER)[0], is_last=True, is_small=False)


def chain_line(fields: dict[str, object]) -> bytes:
    return sealed(hashed_part(fields))


def codes_of(office: Office, year: int) -> Counter[str]:
    """Count the draw's codes in a year's violations."""
    codes = [row["code"] for row in read_rows(office.out(year) / "violations.csv")]
    return Counter(code for code in codes if code in {"C16", "C17", "C18", "C19", "P08", "P09", "P10", "P11"})


def deliver_drawn(office: Office, delivery: Delivery, arms: dict[str, str]) -> Delivery:
    """Let the municipality register everybody as drawn."""
    for row in delivery.borgere:
        row |= {"gruppe": arms[row["borger_id"]], "visitationsdato": "2016-03-01"}
    return delivery


def test_registrations_as_drawn_break_no_rule_but_that_the_other_project_has_no_draw(drawing: Office) -> None:
    delivery, arms = finished(drawing)
    deliver_drawn(drawing, delivery, arms).write(drawing.inbox)
    drawing.settle(2016, now="2017-02-01T08:00")
    assert codes_of(drawing, 2016) == {"P11": 1}


def test_a_project_that_has_not_started_is_not_asked_for_its_draw(drawing: Office) -> None:
    """Neither for a draw, nor for those drawn in one, nor for a record that verifies."""
    delivery, arms = finished(drawing)
    deliver_drawn(drawing, delivery, arms)
    delivery.borgere = delivery.borgere[:1]
    delivery.write(drawing.inbox)
    file = record_file(drawing)
    file.write_bytes(file.read_bytes().replace(b'"arm":"kontrol"', b'"arm":"deltager"', 1))
    drawing.settle(2016, now="2017-02-01T08:00")
    assert set(codes_of(drawing, 2016)) >= {"P08", "P09", "P10", "P11"}
    for project in drawing.portfolio.projects:
        project.start = "2017-01-01"
    drawing.portfolio.write_register()
    drawing.settle(2016, now="2017-02-02T08:00")
    assert not {"P08", "P09", "P10", "P11"} & set(codes_of(drawing, 2016))


def test_what_differs_from_the_draw_is_told_by_its_rule(drawing: Office) -> None:
    delivery, arms = finished(drawing)
    deliver_drawn(drawing, delivery, arms)
    rows = {row["borger_id"]: row for row in delivery.borgere}
    rows["B0"]["gruppe"] = "kontrol" if arms["B0"] == "deltager" else "deltager"
    rows["B1"]["visitationsdato"] = "2016-03-08"
    rows["B2"] |= {"maalgruppe": "aktivitetsparat", "ydelse": "kontanthjaelp"}
    rows["B2"]["offentlig_forsoergelse_siden"] = "2012-01-01"
    delivery.citizen("never drawn", gruppe="deltager", visitationsdato="2016-03-01")
    delivery.borgere = [row for row in delivery.borgere if row["borger_id"] not in {"B5", "B6"}]
    delivery.write(drawing.inbox)
    drawing.settle(2016, now="2017-02-01T08:00")
    assert codes_of(drawing, 2016) == {"C16": 1, "C17": 1, "C18": 1, "C19": 1, "P09": 1, "P10": 1, "P11": 1}


def test_a_what_if_knows_of_the_draw(drawing: Office) -> None:
    """Whoever was drawn to the other arm does not count for the settlement, nor for the what-if's base."""
    delivery, arms = finished(drawing)
    deliver_drawn(drawing, delivery, arms)
    control = next(row for row in delivery.borgere if row["gruppe"] == "kontrol")
    control["gruppe"] = "deltager"
    delivery.spell(control["borger_id"], "2016-04-01", "2016-08-31")
    delivery.write(drawing.inbox)
    drawing.settle(2016, now="2017-02-01T08:00")
    now = Moment.parse("2017-02-02T08:00")
    with read_warehouse(drawing.home, wait_seconds=0) as connection:
        state = state_of(connection, drawing.home, now, now)
        overlay = overlay_of(state.rules, [("severity", "C16=remark")])
        answer = what_if(connection, state, overlay, 2016)
    drawn = next(one for one in answer.of(ALL) if one.project_id == JF)
    assert (drawn.base, drawn.whatif, drawn.by_rows) == (0, 16_000, 16_000)


def test_a_record_that_was_changed_holds_the_project(drawing: Office) -> None:
    delivery, arms = finished(drawing)
    deliver_drawn(drawing, delivery, arms).write(drawing.inbox)
    before = drawing.settle(2016, now="2017-02-01T08:00")
    file = record_file(drawing)
    file.write_bytes(file.read_bytes().replace(b'"arm":"kontrol"', b'"arm":"deltager"', 1))
    after = drawing.settle(2016, now="2017-02-02T08:00")
    assert codes_of(drawing, 2016)["P08"] == 1
    told = next(row for row in read_rows(drawing.out(2016) / "violations.csv") if row["code"] == "P08")
    assert "bekræftes: Post 3: i JF-187.jsonl: dens indhold giver ikke" in told["message_da"]
    assert "does not verify: Entry 3: in JF-187.jsonl its contents do not give" in told["message_en"]
    assert not after.is_unchanged
    assert before.fingerprint != after.fingerprint
    with pytest.raises(BusinessRefusal, match="does not verify"), desk(drawing):
        pass


def test_a_rounds_randomness_is_taken_in_either_case(drawing: Office) -> None:
    signature = "ab" * 48
    value = hashlib.sha256(bytes.fromhex(signature)).hexdigest()
    with desk(drawing) as one:
        one.open("drand:default:1")
        assert one.give_beacon(value.upper(), signature.upper()) == value
        assert one.said.beacon_value == value
        one.batch(listed(drawing, 0, 12)[0], is_last=True, is_small=False)
        one.reveal()
    assert "every arm follows" in verify_plainly(record_file(drawing).read_bytes())


@pytest.mark.parametrize("beacon", ["kommune", "none"])
def test_both_verifiers_say_whether_a_beacon_was_named_also_before_its_value_is_given(
    drawing: Office, capsys: pytest.CaptureFixture[str], beacon: str
) -> None:
    with desk(drawing) as one:
        one.open(beacon)
    assert command(["draw", "verify", JF, "--home", str(drawing.home)]) == 0
    is_alone = beacon == "none"
    assert ("Without a beacon" in capsys.readouterr().out) == is_alone
    assert ("without a beacon" in verify_plainly(record_file(drawing).read_bytes())) == is_alone


@pytest.mark.parametrize("removed", [(".jsonl",), (".jsonl", ".head")])
def test_a_record_that_was_removed_does_not_verify(
    drawing: Office, capsys: pytest.CaptureFixture[str], removed: tuple[str, ...]
) -> None:
    """Its copy in the warehouse shows that it was there; a home that has none of it is one where nothing was drawn."""
    opened(drawing)
    for suffix in removed:
        record_file(drawing).with_suffix(suffix).unlink()
    assert command(["draw", "verify", JF, "--home", str(drawing.home)]) == 1
    assert (
        f"does not verify. Entry 1: in {JF}.jsonl it is missing, with 0 entries before it." in capsys.readouterr().out
    )
    assert command(["draw", "verify", OTHER, "--home", str(drawing.home)]) == 2
    assert f"nor a project drawn in {drawing.home}; the nearest are {JF}." in capsys.readouterr().err
    nowhere = drawing.home.parent / "nowhere"
    assert command(["draw", "verify", JF, "--home", str(nowhere)]) == 2
    assert not nowhere.exists()


def test_a_rehearsal_that_was_removed_does_not_verify(drawing: Office, capsys: pytest.CaptureFixture[str]) -> None:
    with desk(drawing, is_rehearsal=True) as one:
        one.open("none")
        one.record.file.unlink()
    assert command(["draw", "verify", JF, "--rehearsal", "--home", str(drawing.home)]) == 1
    assert f"Entry 1: {JF}.head names 1 entry" in capsys.readouterr().out


def test_a_rehearsal_that_was_interrupted_verifies(drawing: Office) -> None:
    with desk(drawing, is_rehearsal=True) as one:
        one.open("kommune")
        with pytest.MonkeyPatch.context() as patch:

            def stop(*_: object) -> None:
                raise OSError(28, "No space left on device")

            patch.setattr(chain, "append_durably", stop)
            with pytest.raises(OSError, match="No space"):
                one.give_beacon("Vallensbæk, 3. februar", None)
    assert command(["draw", "verify", JF, "--rehearsal", "--home", str(drawing.home)]) == 0


def test_a_record_handed_out_and_a_rehearsal_have_no_copy_in_a_warehouse(drawing: Office, tmp_path: Path) -> None:
    finished(drawing)
    lines = record_file(drawing).read_bytes().splitlines(keepends=True)
    copy = tmp_path / "handed-out.jsonl"
    copy.write_bytes(b"".join(lines).replace(b'"last":true', b'"last":false'))
    told = "in handed-out.jsonl its contents do not give its hash: it was changed after it was posted."
    assert verify_file(copy).finding == f"Entry 3: {told}"
    copy.write_bytes(b"".join(lines[:2]))
    head = record_file(drawing).with_suffix(".head")
    copy.with_suffix(".head").write_bytes(head.read_bytes())
    assert "; handed-out.jsonl holds 2, the newest with hash" in (verify_file(copy).finding or "")
    with desk(drawing, is_rehearsal=True) as one:
        one.open("none")
        one.record.file.write_bytes(b"{}\n")
    with (
        pytest.raises(BusinessRefusal, match=rf"drawn\. Entry 1: in {JF}\.jsonl another entry stands in its place\."),
        desk(drawing, is_rehearsal=True),
    ):
        pass


def test_a_file_that_is_no_list_is_wrong_input(drawing: Office) -> None:
    opened(drawing)
    path = drawing.portfolio.folder / "wrong.csv"
    path.write_text("navn;alder\nIda;40\n", encoding="utf-8")
    with desk(drawing) as one, pytest.raises(InputError, match=r"wrong\.csv"):
        one.batch(path, is_last=False, is_small=False)
