"""The first line on the terminal comes before the slow imports: nobody waits a second without a word."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tasks.base.paths import PROJECT

SLOW = ("prefect", "great_expectations", "duckdb", "polars", "numpy", "scipy", "pydantic", "yaml", "rich", "starlette")
IN_FOLDERS = ("--register", "register", "--inbox", "inbox", "--home", "home")
COMMANDS = {
    "settle": ("2016", *IN_FOLDERS),
    "backfill": ("2016", "2017", *IN_FOLDERS),
    "release": ("2016", "--approved-by", "Bo Holm", "--draft", "04f6b0c2068b", *IN_FOLDERS),
    "release --plan": ("2016", *IN_FOLDERS),
    "fidelity": ("2016", *IN_FOLDERS),
    "whatif": ("2016", "--set", "completion_rate_dkk=11000", "--home", "home"),
    "forecast": ("--home", "home"),
    "evaluate run": ("--home", "home"),
    "evaluate power": (),
    "check": ("JF-187/2016-12-31",),
    "sample": ("made",),
    "web": (),
    "backup": ("home.tar", "--home", "home"),
    "restore": ("home.tar", "--home", "home"),
}
# At its first line the command is stopped, and says what was imported before it.
STOPPED = """
import json, sys
from flows.commands import cli, common

class FirstLine(BaseException):
    pass

def say(line):
    said.append(line)
    raise FirstLine

for module in [one for name, one in sys.modules.items() if name.startswith("flows.commands.")]:
    if hasattr(module, "begin"):
        module.begin = say
slow = set(json.loads(sys.argv[1]))
told = {}
for name, arguments in json.loads(sys.argv[2]).items():
    said = []
    try:
        cli.command([*name.split(), *arguments])
    except FirstLine:
        pass
    told[name] = [said, sorted(slow & set(sys.modules))]
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told() -> dict[str, tuple[list[str], list[str]]]:
    """Give what each command says first, and which slow libraries it had imported then."""
    done = subprocess.run(
        [sys.executable, "-c", STOPPED, json.dumps(SLOW), json.dumps(COMMANDS)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
        timeout=900,
    )
    result: dict[str, tuple[list[str], list[str]]] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize("name", COMMANDS)
def test_it_speaks_before_it_imports(name: str, told: dict[str, tuple[list[str], list[str]]]) -> None:
    said, imported = told[name]
    assert len(said) == 1, "it says what it does"
    assert imported == []


def test_the_line_is_written_at_once(capfd: pytest.CaptureFixture[str]) -> None:
    from flows.commands.common import begin

    begin("Settling 2016.")
    assert capfd.readouterr().err == "Settling 2016.\n"
