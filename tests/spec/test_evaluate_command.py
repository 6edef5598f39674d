"""`jobfirst evaluate` as its user meets it: what it prints, its exit status, and what a stop leaves behind."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from flows.commands.cli import command
from tasks.base.cpr import CPR_PATTERN
from tasks.base.durable import replace_durably
from tasks.base.moment import Moment
from tasks.evaluation import files, task
from tasks.rules import model
from tasks.rules.model import RULES_FILE
from tests.support.drawing import KEY
from tests.support.evaluating import NOW, both_arms, delivered, hours_file, received
from tests.support.files import hashes
from tests.support.plain_command import call_plainly
from tests.support.releasing import Office

FROZEN_AT = "2018-02-02T08:00"


@pytest.fixture
def trial(office: Office) -> Office:
    """Give an office that received one project's deliveries, in which participants worked more than controls."""
    office.monkeypatch.setenv("JOBFIRST_KEY", KEY)
    office.portfolio.project()
    delivery = delivered(office)
    both_arms(delivery, 12)
    received(office, delivery)
    worked = {f"D{number}": {"2016-05": str(40 + number)} for number in range(12)}
    worked |= {f"K{number}": {"2016-05": str(2 * number)} for number in range(6)}
    hours_file(office, delivery, worked)
    return office


def ask(trial: Office, *arguments: str, now: str = NOW) -> int:
    call_plainly(trial.monkeypatch, Moment.parse(now))
    return command(["evaluate", *arguments, "--home", str(trial.home)])


def ask_run(trial: Office, *arguments: str) -> int:
    return ask(trial, "run", "--hours", str(trial.portfolio.folder / "timer.csv"), *arguments)


def freeze(trial: Office) -> int:
    return ask(trial, "freeze", "--approved-by", "Bo Holm", now=FROZEN_AT)


def by_another_plan(trial: Office) -> None:
    """Have the rules file ask for another length of follow-up."""
    rules = yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))
    rules["evaluation"]["minimum_weeks"] = 20
    other = trial.portfolio.folder / RULES_FILE.name
    other.write_text(yaml.safe_dump(rules, allow_unicode=True), encoding="utf-8")
    parsed = model.parse_rules(other.read_text(encoding="utf-8"), other.name)
    trial.monkeypatch.setattr("tasks.evaluation.run.load_rules", lambda: parsed)


def test_from_the_plan_to_the_report(trial: Office, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    trial.monkeypatch.setattr(task, "show_table", lambda *table: shown.append(table))
    assert freeze(trial) == 0
    assert "by Bo Holm" in capsys.readouterr().out
    assert freeze(trial) == 0
    assert "frozen already" in capsys.readouterr().out
    assert ask_run(trial) == 0
    told = capsys.readouterr()
    assert told.out.startswith("JobFirst gav ")
    ((key, estimates, sentence),) = shown
    assert (key, estimates[0]["Analysis"]) == ("evaluation", "primary")
    assert told.out.startswith(sentence)
    assert "1 person of the hours file was never drawn: ignored." in told.out
    assert not re.search(CPR_PATTERN, told.out + told.err)
    assert ask_run(trial, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["exploratory"] == []
    assert answer["primary"]["low"] < answer["primary"]["estimate"] < answer["primary"]["high"]
    assert {path.name for path in Path(answer["folder"]).iterdir()} >= {"effects.csv", "report.html", "public"}


def test_an_earlier_state_is_evaluated_beside_that_of_now(trial: Office, capsys: pytest.CaptureFixture[str]) -> None:
    shown: list[str] = []
    trial.monkeypatch.setattr(task, "show_table", lambda key, *_: shown.append(key))
    freeze(trial)
    capsys.readouterr()
    folders = []
    hours = str(trial.portfolio.folder / "timer.csv")
    for more in ([], ["--as-known-at", "2018-02-15T12:00"]):
        assert ask(trial, "run", "--hours", hours, "--json", *more, now="2018-02-20T12:00") == 0
        folders.append(Path(json.loads(capsys.readouterr().out)["folder"]))
    out = trial.home / "out" / "evaluation"
    assert folders == [out / folders[0].name, out / "as-known-at" / folders[1].name]
    assert hashes(folders[0]).keys() == hashes(folders[1]).keys()
    assert shown == ["evaluation", "evaluation-as-known-at"]


def test_a_run_says_that_it_replaces_one_of_the_other_source(trial: Office, capsys: pytest.CaptureFixture[str]) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 12)
    for citizen in ("D1", "K1"):
        delivery.spell(citizen, "2016-04-01", "2016-06-30", ordinaere_timer_pr_uge="10")
    received(trial, delivery, "2018-02-01T12:00")
    freeze(trial)
    told = []
    for hours in (True, True, False):
        assert (ask_run(trial) if hours else ask(trial, "run")) == 0
        told.append("It replaces the evaluation of an hours file" in capsys.readouterr().out)
    assert told == [False, False, True]
    assert ask_run(trial) == 0
    assert "It replaces the evaluation of registrations" in capsys.readouterr().out


def test_without_a_frozen_plan_it_is_refused_or_exploratory(trial: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask_run(trial) == 1
    assert "evaluate freeze" in capsys.readouterr().err
    assert not (trial.home / "out" / "evaluation").exists()
    assert ask_run(trial, "--exploratory") == 0
    assert capsys.readouterr().out.startswith("EKSPLORATIV: planen er ikke fastlagt.")


def test_under_another_plan_than_the_frozen_one_it_is_exploratory(
    trial: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    freeze(trial)
    by_another_plan(trial)
    capsys.readouterr()
    assert ask_run(trial, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["exploratory"] == ["en anden plan er fastlagt"]
    page = Path(answer["folder"], "report.html").read_text(encoding="utf-8")
    assert "eksplorativ" in page.casefold()


def test_power_tells_the_smallest_effect(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, told in (((), "0.3982"), (("--citizens", "3200"), "0.0991")):
        assert command(["evaluate", "power", *arguments]) == 0
        assert told in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--sd", "1e308", "1e+308 is no standard deviation: give --sd a number above 0, at most 1000000."),
        ("--sd", "nan", "nan is no standard deviation"),
        ("--sd", "0", "0.0 is no standard deviation"),
        ("--citizens", "4", "--citizens 4: too few"),
        ("--citizens", "9" * 30, "9 citizens are too many: give --citizens 1000000000 or fewer."),
    ],
)
def test_power_of_what_is_no_trial_is_wrong_input(
    option: str, value: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(["evaluate", "power", option, value]) == 2
    assert told in capsys.readouterr().err


def test_a_wrong_hours_file_is_wrong_input(trial: Office) -> None:
    freeze(trial)
    (trial.portfolio.folder / "timer.csv").write_text("cpr;maaned;timer\n6101409997;2016-13;4\n", encoding="utf-8")
    assert ask_run(trial) == 2
    assert not (trial.home / "out" / "evaluation").exists()


def test_under_another_key_nobody_is_recognised_and_nothing_evaluated(
    trial: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert freeze(trial) == 0
    monkeypatch.setenv("JOBFIRST_KEY", "k" * 40)
    assert ask_run(trial) == 2
    assert "is not the one that this home's persons are known by" in capsys.readouterr().err


def test_where_nothing_was_settled_there_is_nothing_to_evaluate(trial: Office, tmp_path: Path) -> None:
    freeze(trial)
    call_plainly(trial.monkeypatch, Moment.parse(NOW))
    assert command(["evaluate", "run", "--exploratory", "--home", str(tmp_path / "empty")]) == 2


class Killed(BaseException):
    """The process ends here."""


def contents_of(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_stop_in_the_middle_leaves_whole_files_and_another_run_finishes(
    trial: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is there is whole; the manifest comes last, and names every file."""
    freeze(trial)
    capsys.readouterr()
    ask_run(trial, "--json")
    folder = Path(json.loads(capsys.readouterr().out)["folder"])
    whole = contents_of(folder)
    written = len(whole)

    def write(path: Path, contents: bytes) -> None:
        nonlocal written
        if written == stops_at:
            raise Killed
        written += 1
        replace_durably(path, contents)

    for stops_at in (0, len(whole) - 1):
        for path in whole:
            (folder / path).unlink(missing_ok=True)
        written = 0
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setattr(files, "replace_durably", write)
            with pytest.raises(Killed):
                ask_run(trial)
        left = contents_of(folder)
        assert len(left) == stops_at
        assert left.items() <= whole.items()
        assert Path("manifest.json") not in left
    assert ask_run(trial) == 0
    assert contents_of(folder) == whole
