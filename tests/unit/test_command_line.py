"""What the command line says: wrong use in one sentence, nothing that steers a terminal, no personal number."""

from __future__ import annotations

import argparse
import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest

from flows.commands.cli import COMMANDS, command, parser
from tasks.base.cpr import MASK
from tasks.base.errors import InputError
from tasks.base.lines import visible
from tasks.base.paths import PROJECT
from tasks.base.progress import Bars, Lines, telling
from tasks.base.standard_error import tell

NAMES = [module.__name__.rpartition(".")[2] for module in COMMANDS]
NUMBERS = ("610170-1234", "6101701234", "610170 1234")


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """Give what is on standard error: one sentence, behind the line of a command that had begun; no output."""
    printed = capsys.readouterr()
    assert printed.out == ""
    assert [line.startswith("jobfirst: ") for line in printed.err.splitlines()] in ([True], [False, True])
    return printed.err


@pytest.mark.parametrize("name", NAMES)
def test_wrong_use_is_told_in_one_sentence_that_names_the_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command([name, "--json=yes"]) == 2
    assert said(capsys).endswith(f"; see jobfirst {name} --help.\n")


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "arguments",
    [
        ["settle", "{}"],
        ["settle", "2016", "--frob", "{}"],
        ["settle", "2016", "--as-known-at", "{}"],
        ["backfill", "--from-year", "{}"],
        ["release", "2016", "--as-known-at", "{}"],
        ["release", "2016", "{}"],
        ["status", "--as-known-at", "{}"],
        ["check", "no such {}"],
        ["{}"],
    ],
)
def test_a_personal_number_is_not_echoed(
    arguments: list[str],
    number: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command([argument.format(number) for argument in arguments]) == 2
    assert number not in said(capsys)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", ""],
        ["check", ".", "--report", " "],
        ["check", ".", "--register", ""],
        ["settle", "2016", "--inbox", ""],
        ["status", "--home", ""],
        ["sample", ""],
        ["template", ""],
    ],
)
def test_an_empty_name_is_no_path(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command(arguments) == 2
    assert "the name is empty: name a file or a folder; see jobfirst" in said(capsys)
    assert list(tmp_path.iterdir()) == []


# Commands refuse these in words of their own; an empty reason of a backfill is none.
OWN_WORDS = {"--approved-by", "--as-known-at", "--as-of", "--before-as-of", "--reason"}


def _of_one_text(parser: argparse.ArgumentParser) -> Iterator[tuple[argparse.ArgumentParser, argparse.Action]]:
    """Give the arguments of all commands that take a text, with their command."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from _of_one_text(one)
        elif action.nargs != 0 and action.choices is None and not OWN_WORDS.intersection(action.option_strings):
            yield parser, action


@pytest.mark.parametrize("given", ["", " "])
def test_no_argument_takes_an_empty_text(given: str) -> None:
    """It comes from a variable that is not set, and names no project, citizen, draft or cluster."""
    taken = []
    for command_parser, action in _of_one_text(parser()):
        try:
            command_parser._get_value(action, given)
        except (argparse.ArgumentError, InputError):
            continue
        taken.append(f"{command_parser.prog} {'/'.join(action.option_strings) or action.dest}")
    assert taken == []


@pytest.mark.parametrize(
    "arguments",
    [
        "explain {} 2016",
        "explain JF-187 2016 --citizen {}",
        "settle 2016 --cluster {}",
        "check . --project {}",
        "release 2016 --accept {}",
        "hearing show --project {}",
        "whatif 2016 --severity {}",
    ],
)
def test_an_empty_value_is_told_with_its_argument(
    arguments: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command([argument.replace("{}", "") for argument in arguments.split()]) == 2
    assert ": the value is empty: write one; see jobfirst " in said(capsys)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["", " "])
def test_the_page_listens_nowhere_where_its_address_is_empty(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty address, as from a variable that is not set, stands for every network of the machine."""
    assert command(["web", "--host", given]) == 2
    assert "argument --host: the address is empty: name one, such as 127.0.0.1; see jobfirst web" in said(capsys)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "arguments",
    [
        ["settle", "2016", "--register", "srv/{}"],
        ["settle", "2016", "--inbox", "{}"],
        ["status", "--home", "srv/{}/home"],
        ["evaluate", "run", "--hours", "{}.csv"],
    ],
)
def test_a_name_that_reads_as_a_personal_number_is_not_taken(
    arguments: list[str],
    number: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Prefect keeps a run's parameters, and such a path would be one."""
    monkeypatch.chdir(tmp_path)
    assert command([argument.format(number) for argument in arguments]) == 2
    told = said(capsys)
    assert "the name looks like a CPR number, which the run's record would keep: rename it; see jobfirst" in told
    assert number not in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["REGISTER", "INBOX", "HOME"])
def test_a_folder_whose_name_is_no_text_is_not_taken(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prefect keeps a run's parameters as text."""
    monkeypatch.setenv(f"JOBFIRST_{name}", os.fsdecode(b"af\xe6rd"))
    assert command(["settle", "2016"]) == 2
    assert "the name holds bytes that are no text (UTF-8): rename it; see jobfirst settle --help" in said(capsys)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    ("flow", "arguments"),
    [
        ("settle.settle", ["settle", "2016", "--cluster", "{}"]),
        ("fidelity.fidelity", ["fidelity", "2016", "--project", "{}"]),
        ("fidelity.fidelity_sample", ["fidelity", "sample", "{}"]),
        ("backfill.backfill", ["backfill", "2016", "2017", "--project", "{}", "--reason", "{}"]),
        ("release.release", ["release", "2016", "--plan", "--project", "{}", "--signature", "signature"]),
        ("release.release", ["release", "2016", "--plan", "--waive", "{}:P02", "--reason", "It is {}."]),
        ("release.release", ["release", "2016", "--plan", "--waive", "JF-187:{}", "--reason", "Seen and meant."]),
    ],
)
def test_no_personal_number_becomes_a_parameter_of_a_run(
    flow: str,
    arguments: list[str],
    number: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[object] = []

    def run(*parameters: object) -> None:
        given.extend(parameters)
        raise InputError("seen")

    monkeypatch.chdir(tmp_path)
    (tmp_path / "signature").write_text(number, encoding="ascii")
    monkeypatch.setattr("flows.server.api.prefect_api", lambda _home: nullcontext())
    monkeypatch.setattr(f"flows.{flow}", run)
    assert command([argument.format(number) for argument in [*arguments, "--register", "r", "--inbox", "i"]]) == 2
    assert said(capsys).endswith("jobfirst: seen\n")
    assert MASK in str(given)
    assert number not in str(given)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("more", [[], ["--json"]])
@pytest.mark.parametrize(
    "arguments",
    [
        ["template", "{}.xlsx"],
        ["sample", "{}", "--projects", "1", "--citizens", "1"],
        ["backup", "{}.tgz", "--home", "home"],
    ],
)
def test_what_is_written_is_named_without_a_personal_number(
    arguments: list[str],
    more: list[str],
    number: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "home").mkdir()
    assert command([argument.format(number) for argument in [*arguments, *more]]) == 0
    printed = capsys.readouterr()
    assert MASK in printed.out
    assert number not in printed.out + printed.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("sample JF-187 --project JF-101", "Name the project behind sample alone, without --project."),
        ("2017 --citizens 10", "--citizens belongs to sample: a year is measured for all."),
    ],
)
def test_an_option_of_the_other_kind_of_fidelity_is_refused(
    arguments: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(["fidelity", *arguments.split(), "--register", "r", "--inbox", "i"]) == 2
    assert said(capsys) == f"jobfirst: {told}\n"


def test_a_sample_is_drawn_from_the_state_of_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []

    def draw(*parameters: object) -> list[str]:
        given.extend(parameters)
        return []

    monkeypatch.setattr("flows.server.api.prefect_api", lambda _home: nullcontext())
    monkeypatch.setattr("flows.fidelity.fidelity_sample", draw)
    folders = ["--register", "r", "--inbox", "i", "--home", "h"]
    assert command(["fidelity", "sample", "JF-187", *folders, "--as-known-at", "2017-02-01T12:00"]) == 0
    assert given == ["JF-187", 10, Path("r"), Path("i"), Path("h"), "2017-02-01T12:00"]


@pytest.mark.parametrize("more", [[], ["--as-known-at", "2017-02-01"], ["--plan"]])
def test_a_personal_number_is_no_draft(more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    folders = ["--register", "r", "--inbox", "i"]
    assert command(["release", "2016", "--draft", "6101701234", "--approved-by", "Bo Holm", *folders, *more]) == 2
    assert "--draft ******-****: name a draft by at least" in said(capsys)


@pytest.mark.parametrize("sign", "?\\")
def test_a_home_that_the_database_would_look_for_elsewhere_is_refused(
    sign: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(["status", "--home", str(tmp_path / f"a{sign}b" / "home")]) == 2
    assert f"argument --home: the database can't be in a folder with {sign} in its path: name another" in said(capsys)
    assert list(tmp_path.iterdir()) == []


def test_what_a_command_begins_with_is_masked(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["settle", "6101701234", "--register", "r", "--inbox", "i"]) == 2
    assert "6101701234" not in said(capsys)


@pytest.mark.parametrize("text", ["", "0001-01-01", "9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("name", ["status", "settle 2016", "fidelity 2017"])
def test_what_is_no_moment_is_not_taken_for_now(
    name: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command([*name.split(), "--as-known-at", text]) == 2
    assert f'"{text}" is not a moment' in said(capsys)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("below", ["", "one/two"])
@pytest.mark.parametrize("arguments", [["sample"], ["export"], ["status", "--home"]])
def test_a_file_is_no_folder_to_write(
    arguments: list[str], below: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("kept", encoding="utf-8")
    assert command([*arguments, str(file / below)]) == 2
    assert f"{file} is a file: name a folder" in said(capsys)
    assert file.read_text(encoding="utf-8") == "kept"


def test_a_device_is_no_folder_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["sample", "/dev/null"]) == 2
    assert "/dev/null is a file: name a folder" in said(capsys)


def test_with_json_what_failed_is_an_object_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["settle", "610170-1234", "--json"]) == 2
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert told["exit_status"] == 2
    assert printed.err == f"jobfirst: {told['error']}\n"
    assert "610170" not in printed.out


def test_a_library_that_panics_has_failed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})

    def give_up(*_: object) -> None:
        raise panic('Os { code: 24, message: "Too many open files" }')

    monkeypatch.setattr("flows.commands.status.status_of", give_up)
    assert command(["status"]) == 3
    assert "Too many open files" in said(capsys)


def test_what_is_unknown_is_told_by_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["settle", "2016", "--frob", "x"]) == 2
    assert said(capsys) == "jobfirst: unrecognized arguments: --frob x; see jobfirst settle --help.\n"


@pytest.mark.parametrize(
    "arguments", ["status", "ledger", "ledger verify", "hearing show 2016", "explain JF-101 2016", "forecast"]
)
def test_a_folder_that_is_not_read_is_named(arguments: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The contract gives every command on a home the same three folders."""
    words = arguments.split()
    without = command([*words, "--home", str(tmp_path)])
    alone = capsys.readouterr()
    assert command([*words, "--home", str(tmp_path), "--register", "r", "--inbox", "i/6102501234"]) == without
    both = capsys.readouterr()
    assert both.out == alone.out
    told = both.err.removesuffix(alone.err)
    assert [line.split(": ")[0].partition(" ignores ")[2] for line in told.splitlines()] == [
        "--register r",
        "--inbox i/******-****",
    ]


@pytest.mark.parametrize(
    "arguments",
    ["settle 2016", "backfill 2016 2017", "release 2016 --plan", "fidelity 2016", "fidelity sample JF-187"],
)
def test_nothing_is_made_of_a_home_in_the_inbox(
    arguments: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A refused run that left a lock and a warehouse there gave the next one a delivery to refuse."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    folders = ["--register", str(tmp_path), "--inbox", str(inbox), "--home", str(inbox / "home")]
    assert command([*arguments.split(), *folders]) == 2
    assert "lies in the inbox" in said(capsys)
    assert list(inbox.iterdir()) == []


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "utf-8"])
def test_no_character_is_too_much_for_the_output(encoding: str, tmp_path: Path) -> None:
    home = tmp_path / "Ældst – \U0001f600"

    def told(*more: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "flows.commands.cli", "status", "--home", str(home), *more],
            cwd=PROJECT,
            env={"PYTHONIOENCODING": encoding},
            capture_output=True,
            check=True,
        )
        return done.stdout.decode(encoding)

    as_encoded = str(home).encode(encoding, "backslashreplace").decode(encoding)
    assert f"Nothing was ever settled in {as_encoded}:" in told()
    assert f"Nothing was ever settled in {home}:" in json.loads(told("--json"))["unsettled"]


def test_without_a_command_the_help_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert command([]) == 2
    assert said(capsys).endswith("; see jobfirst --help.\n")


@pytest.mark.parametrize("arguments", ["status", "status --json", "--help", "settle --help"])
def test_a_reader_that_leaves_ends_it_quietly(arguments: str, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "flows.commands.cli", *arguments.split()],
        cwd=PROJECT,
        env={"JOBFIRST_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        program.stdout.close()
        assert program.stderr is not None
        assert program.stderr.read() == ""
    assert program.returncode == 141


_BROKEN = "import os, sys; os.close(pipe := os.pipe()[0]); os.dup2(pipe + 1, 2)"
"""Standard error becomes a pipe that nobody reads."""
_FULL = "import os; os.dup2(os.open('/dev/full', os.O_WRONLY), {})"
"""A standard stream becomes a file on a full disk."""


@pytest.mark.parametrize(
    ("before", "arguments", "status"),
    [
        (_BROKEN, "settle 1999 --register r --inbox i", 2),
        (_BROKEN, "status --register r", 0),
        ("import os; os.close(1)", "status --register r", 0),
        ("import os; os.close(2)", "settle 1999 --register r --inbox i", 2),
        ("import os; os.close(0); os.close(1); os.close(2)", "status", 0),
        (_FULL.format(2), "settle 1999 --register r --inbox i", 2),
        (_FULL.format(2), "status --register r", 0),
        (_FULL.format(1), "settle 1999 --register r --inbox i --json", 2),
    ],
)
def test_a_stream_that_is_closed_or_full_or_not_read_changes_no_exit_status(
    before: str, arguments: str, status: int, tmp_path: Path
) -> None:
    home = ["--home", str(tmp_path)]
    inner = [sys.executable, "-m", "flows.commands.cli", *arguments.split(), *home]
    program = f"import os\n{before}\nos.execv({sys.executable!r}, {inner!r})"
    assert subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=False).returncode == status


@pytest.mark.parametrize("arguments", ["status", "status --json", "--help", "--version"])
def test_an_answer_that_cannot_be_written_is_a_failure_that_says_so(arguments: str, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "flows.commands.cli", *arguments.split()],
            cwd=PROJECT,
            env={"JOBFIRST_HOME": str(tmp_path)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr == (
        "jobfirst: the system failed: No space left on device (standard output); solve that and run again.\n"
    )


def test_a_terminal_that_is_gone_stops_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    near, far = pty.openpty()
    with os.fdopen(far, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with telling() as teller:
            assert isinstance(teller, Bars)
            report = teller.step("letters")
            os.close(near)
            report(1, 2)
            teller.note("note")
            report(2, 2)
        tell("line")
        assert sys.stderr.name == os.devnull
        sys.stderr.close()
        with pytest.raises(OSError, match="Input/output error"):
            terminal.flush()
        with suppress(OSError):
            terminal.close()


def test_progress_that_nobody_reads_stops_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    os.close(read)
    broken = os.fdopen(write, "w", encoding="utf-8")
    monkeypatch.setattr(sys, "stderr", broken)
    lines = Lines()
    lines.step("step")(1, 1)
    lines.note("note")
    assert sys.stderr.name == os.devnull
    sys.stderr.close()
    with pytest.raises(BrokenPipeError):
        broken.close()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("\x1b[31mrød\x07\r", "\u241b[31mrød\u2407\u240d"),
        ("\x7f\x9b\u202e", "\u2421\ufffd\ufffd"),
        ("æ\u00a0–", "æ\u00a0–"),
    ],
)
def test_what_would_steer_a_terminal_is_shown_as_a_sign(line: str, shown: str) -> None:
    assert visible(line) == shown


def test_a_very_long_line_keeps_its_beginning_and_its_end() -> None:
    shown = visible('gruppe er "' + "x" * 50_000 + '"; skriv deltager eller kontrol.')
    assert len(shown) < 700
    assert shown.startswith('gruppe er "xxx')
    assert shown.endswith("skriv deltager eller kontrol.")
    assert " … " in shown
