"""Each line that a command writes for STAR's officers is there in English and in Danish."""

from __future__ import annotations

import ast
import copy
import errno
import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import duckdb
import pytest

from tasks.base import lines
from tasks.base.paths import PROJECT
from tasks.base.worded import Both, joined, phrase, text_of, worded
from tasks.base.worded_danish import DANISH

SPEAKING = (
    "flows/commands/backfill.py",
    "flows/commands/draw.py",
    "flows/commands/evaluate.py",
    "flows/commands/backup.py",
    "flows/commands/explain.py",
    "flows/commands/export.py",
    "flows/commands/forecast.py",
    "flows/commands/hearing.py",
    "flows/commands/ledger.py",
    "flows/commands/release.py",
    "flows/commands/restore.py",
    "flows/commands/sample.py",
    "flows/commands/settle.py",
    "flows/commands/status.py",
    "flows/commands/template.py",
    "flows/commands/whatif.py",
    "tasks/backfill/plan.py",
    "tasks/base/progress.py",
    "tasks/chain/line.py",
    "tasks/chain/record.py",
    "tasks/draw/answers.py",
    "tasks/draw/beacon.py",
    "tasks/draw/desk.py",
    "tasks/draw/drawn_before.py",
    "tasks/draw/verify.py",
    "tasks/explain/text.py",
    "tasks/forecast/text.py",
    "tasks/release/text.py",
    "tasks/status/due.py",
    "tasks/status/text.py",
    "tasks/validation/held.py",
    "tasks/whatif/text.py",
)
"""What writes the lines of settle, status, explain, ledger, backfill, release and its plan, what-if, forecast."""
REFUSING = (
    "tasks/backfill",
    "tasks/backup",
    "tasks/chain",
    "tasks/cluster",
    "tasks/draw",
    "tasks/evaluation",
    "tasks/explain",
    "tasks/export",
    "tasks/forecast",
    "tasks/hearing",
    "tasks/ledger",
    "tasks/register",
    "tasks/release",
    "tasks/rules",
    "tasks/sample",
    "tasks/settlement",
    "tasks/warehouse",
    "tasks/whatif",
)
NOT_SHOWN = {
    "add",
    "add_changes",
    "_action",
    "_add_rehearsal",
    "as_object",
    "plan_table",
    "sums_as_text",
    "reasoned",
    "years_from",
    "_day",
}
"""Functions there whose texts are a parser's (`flows.commands.danish`), an error's or the page's of a run."""
NAMES_A_RUN = {"hold_lock", "_desk", "_record"}
"""Functions that take the name of a run for the lock's file."""
WORDS = re.compile(r"[A-Za-z]{2,}[ ,;:]+[A-Za-z]{2,}")
ENGLISH = re.compile(r"\b(the|and|is|was|not|with|released|draft|drafts|project|projects|from|this|that|which|none)\b")


@pytest.fixture(autouse=True)
def _of_no_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JOBFIRST_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@cache
def _modules() -> tuple[tuple[str, ast.Module], ...]:
    paths = [path for root in ("tasks", "flows") for path in sorted((PROJECT / root).rglob("*.py"))]
    return tuple((path.relative_to(PROJECT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


def _is_worded(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"worded", "phrase"}


def _lines() -> Iterator[tuple[str, ast.expr]]:
    for name, tree in _modules():
        if name != "tasks/base/worded.py":
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _is_worded(node):
                    yield f"{name}:{node.lineno}", node.args[0]


def _fields(line: str) -> list[tuple[str, str]]:
    return sorted((name, spec or "") for _, name, spec, _ in Formatter().parse(line) if name is not None)


def test_every_line_has_its_danish_and_no_danish_is_left_over() -> None:
    told = {}
    for place, line in _lines():
        assert isinstance(line, ast.Constant), f"{place}: the line itself, so that it can be found"
        told[line.value] = place
    assert {line: place for line, place in told.items() if line not in DANISH} == {}
    assert [line for line in DANISH if line not in told] == []


COUNTED = re.compile(
    r"\{\w+(?::[^}]*)?\} (?:[a-z]+ )?(citizens|participants|controls|projects|deliveries|rows|fields|files|entries|"
    r"persons|spells|expenses|errors|vouchers|letters|answers|starts|completions)\b"
)
NEVER_ONE = (
    "{place} rows",
    " more starts",
    " fewer starts",
    " more completions",
    " fewer completions",
    "{least} citizens",
    "citizens of each arm",
    "citizens in two equal arms",
    "citizens are too many",
    "citizens a project can't be made",
    "projects can't be made",
    "projects have participants",
    "persons of the hours file were",
    "errors planted",
)
"""Parts of lines whose number is no count, or never 1 (below five it is hidden), or whose verb changes too."""


@pytest.mark.parametrize("line", [line for line in DANISH if COUNTED.search(line)])
def test_a_count_that_may_be_one_has_a_line_of_its_own_for_one(line: str) -> None:
    found = COUNTED.search(line)
    assert found is not None
    one = {"entries": "entry", "deliveries": "delivery"}.get(found[1], found[1].removesuffix("s"))
    of_one = re.sub(rf"\b{found[1]}\b", one, line, count=1)
    assert of_one in DANISH or any(part in line for part in NEVER_ONE)


@pytest.mark.parametrize("line", DANISH)
def test_both_say_the_same_values(line: str) -> None:
    assert _fields(DANISH[line]) == _fields(line)
    assert len(DANISH[line]) - len(DANISH[line].lstrip()) in {0, 1} or line.startswith(" ")
    assert line.endswith(" ") == DANISH[line].endswith(" ")


@pytest.mark.parametrize("danish", DANISH.values())
def test_no_danish_line_is_english(danish: str) -> None:
    assert not ENGLISH.search(re.sub(r"`[^`]*`|\{[^}]*\}|docs/\S+|\"[^\"]*\"|--[a-z-]+|jobfirst [a-z ]+", " ", danish))


@pytest.mark.parametrize(
    "other",
    [r"\bregisteret\b", r"\bopgør \{", r"\btrækningen", r"\bdispensation", r"\b(?:NAME|DIR|DATE|CODE|FILE|TEXT)\b"],
)
def test_the_lines_have_one_danish_word_for_a_thing(other: str) -> None:
    """registret, gør {year} op, lodtrækningen, fravigelse; what is to be filled in is Danish within commands, too."""
    assert [danish for danish in DANISH.values() if re.search(other, danish)] == []


@pytest.mark.parametrize("name", SPEAKING)
def test_what_speaks_says_nothing_in_one_language_alone(name: str) -> None:
    tree = ast.parse((PROJECT / name).read_text(encoding="utf-8"))
    assert list(_prose(tree)) == []


@pytest.mark.parametrize("package", REFUSING)
def test_what_refuses_says_so_in_both(package: str) -> None:
    """What officers meet daily: a refusal is a phrase, and never text in one language alone."""
    alone = [
        f"{name}:{node.lineno}"
        for name, tree in _modules()
        if name.startswith(f"{package}/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"InputError", "BusinessRefusal", "UnsoundError"}
        and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
    ]
    assert alone == []


def _prose(node: ast.AST) -> Iterator[str]:
    """Find texts of two words or more that are worded nowhere: no docstring, error, annotation, or name of a value."""
    for child in node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node):
        if _is_worded(child) or isinstance(child, ast.Raise | ast.AnnAssign):
            continue
        if isinstance(child, ast.FunctionDef) and child.name in NOT_SHOWN:
            continue
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id in NAMES_A_RUN:
            continue
        if isinstance(child, ast.JoinedStr):
            child_text = "".join(one.value for one in child.values if isinstance(one, ast.Constant))
            if WORDS.search(child_text) and not child_text.startswith("jobfirst "):
                yield child_text
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            if WORDS.search(child.value) and not child.value.startswith("jobfirst "):
                yield child.value
            continue
        yield from _prose(child)


def test_a_line_is_shown_in_the_language_of_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worded("settle {year}", year=2016) == "settle 2016"
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    assert worded("settle {year}", year=2016) == "gør 2016 op"
    assert worded("{year} is of no table", year=2016) == "2016 is of no table"
    assert worded("{names} and {count} more", names=lines.projects(2), count=3) == "2 projekter og 3 flere"


def test_a_phrase_is_english_for_a_program_wherever_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    text = phrase(
        "release {years} together{held}",
        years="2016 2017",
        held=phrase(", {projects} on hold", projects=lines.projects(1)),
    )
    assert text == "release 2016 2017 together, 1 project on hold"
    assert json.dumps(text) == f'"{text}"'
    for one in (text, copy.deepcopy(text), text_of(ValueError(text))):
        assert one == text
        assert worded("Next: {command}", command=one) == ("Næste: frigiv 2016 2017 sammen, 1 projekt i bero")
    both = joined("; ", [phrase("settle {year}", year=2016), "JF-187"])
    assert (both, both.shown()) == ("settle 2016; JF-187", "gør 2016 op; JF-187")


def test_an_error_is_told_in_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from flows.commands import cli

    def refuse(_: object) -> int:
        from tasks.warehouse.lock import held_by_another

        raise held_by_another(tmp_path)

    monkeypatch.setattr("tasks.warehouse.lock.HOLDER_WAIT_SECONDS", 0.0)
    monkeypatch.setattr(cli.status, "run", refuse)
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    assert cli.command(["status", "--home", str(tmp_path), "--json"]) == 1
    told = capsys.readouterr()
    assert told.err.startswith(f"jobfirst: En anden kørsel skriver til {tmp_path}: ")
    assert json.loads(told.out)["error"].startswith(f"Another run writes to {tmp_path}: ")


@pytest.mark.parametrize(
    ("arguments", "danish"),
    [
        ([], "disse argumenter mangler: KOMMANDO; se jobfirst --help."),
        (["settle"], "disse argumenter mangler: ÅR; se jobfirst settle --help."),
        (["settle", "x"], "argumentet ÅR: 'x' er ikke et helt tal; se jobfirst settle --help."),
        (["settle", "2016", "--nu"], "ukendte argumenter: --nu; se jobfirst settle --help."),
        (["settle", "2016", "--home"], "argumentet --home: skal have en værdi; se jobfirst settle --help."),
        (["settle", "2016", "--home", ""], "argumentet --home: navnet er tomt: angiv en fil eller en mappe"),
        (["sample", "s", "--form", "pdf"], "argumentet --form: 'pdf' kan ikke vælges (vælg blandt "),
        (["sample", "s", "--errors", "tre"], "argumentet --errors: 'tre' er ikke et tal; se"),
        (["sample", "s", "--errors", "3"], "3.0 er ikke en andel (--errors): giv et tal fra 0 til 1."),
        (["settle", "2016", "--json=ja"], "argumentet --json: har ingen værdi, men fik 'ja'"),
    ],
)
def test_a_wrong_command_line_is_told_in_danish(
    arguments: list[str], danish: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from flows.commands import cli

    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    assert cli.command(arguments) == 2
    assert f"jobfirst: {danish}" in capsys.readouterr().err


def test_what_the_system_says_is_told_in_danish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from flows.commands import cli

    long = str(tmp_path / ("h" * 300))
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    assert cli.command(["status", "--home", long, "--json"]) == 3
    told = capsys.readouterr()
    assert told.err == f"jobfirst: systemet fejlede: navnet er for langt ({long}); løs det, og kør igen.\n"
    assert json.loads(told.out)["error"] == f"the system failed: File name too long ({long}); solve that and run again."

    def fill(_: object) -> int:
        raise duckdb.IOException(f"IO Error: Could not write file: {os.strerror(errno.ENOSPC)}")

    monkeypatch.setattr(cli.status, "run", fill)
    assert cli.command(["status", "--home", str(tmp_path)]) == 3
    assert capsys.readouterr().err == (
        "jobfirst: systemet fejlede: der er ikke mere plads på disken (warehouse.duckdb eller en fil ved siden af); "
        "løs det, og kør igen.\n"
    )


def test_no_module_words_what_the_system_says_itself() -> None:
    told = [
        f"{name}:{node.lineno}"
        for name, tree in _modules()
        if name not in {"tasks/base/system.py", "tasks/base/failure.py"}
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "strerror"
    ]
    assert told == []


def test_a_text_that_is_there_in_both_languages_is_shown_in_the_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    text = Both("det er ingen tekst", "it is no text")
    assert worded("{text}", text=text) == phrase("{text}", text=text) == "it is no text"
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    assert worded("{text}", text=text) == "det er ingen tekst"
