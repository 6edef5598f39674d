"""`docs/json.md`, the keys of what every command prints with `--json`: `python -m docs.json_keys`.

The commands are run on a made-up portfolio, from the first settlement to the second release, and what they print is
read: a key is told as it comes, with the kinds of value that it had. It takes some minutes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from tasks.rules.model import load_rules

PAGE = Path(__file__).with_name("json.md")
_INTRODUCTION = """\
# What `--json` prints

Written by `python -m docs.json_keys`, which runs every command on a made-up portfolio and reads what it prints; a test
does it again. Change a command, not this page.

Every command prints one object. An amount is in kroner, as text with two decimals (`"1280000.00"`); a day is ISO
(`2017-02-16`), and so is a moment, with its zone. What nobody knows is `null`, never 0. `[]` follows a list; `CODE`,
`PROJECT`, `YEAR`, `RUN` and `PARAMETER` stand for keys that are data themselves. A key beside which "empty list",
"empty object" or "null" stands alone had nothing to hold in the made-up portfolio. Texts are English, except what has
both languages (`_da`, `_en`) and what a person wrote.

A command that fails prints `error` (text) and `exit_status` (number) alone. One that ran and found something wrong, as
`check` and `verify` may, prints its own keys and ends with exit status 1.
"""
_DATA = (
    ("CODE", r"[A-Z]\d\d"),
    ("PROJECT", r"JF-\d+"),
    ("YEAR", r"\d{4}"),
    ("RUN", r"\d{4}-[0-9a-f]{12}-\d+"),
)
_KINDS = (
    ("amount", r"-?\d+\.\d\d"),
    ("decimal", r"-?\d+\.\d+"),
    ("day", r"\d{4}-\d\d-\d\d"),
    ("moment", r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*"),
    ("SHA-256", r"[0-9a-f]{64}"),
    ("digits", r"-?\d+"),
)
_AS_OF = {
    "release": {"plan": "release --plan"},
    "backfill": {"drafted": "settle", "stood": "settle"},
}
"""Keys that hold what another command prints, by command; a list of such where several years are."""
_EMPTY = {"empty list", "empty object"}
_PARAMETERS = load_rules().parameters.keys()
Kinds = dict[str, set[str]]
"""The kinds of value by path, such as `holds.PROJECT[]`."""


def json_page() -> str:
    """Run the commands, and give the page. Raises CalledProcessError where one fails that should not."""
    with tempfile.TemporaryDirectory(prefix="jobfirst-json-") as folder:
        office = _Office(Path(folder))
        office.work()
    parts = [_INTRODUCTION]
    for name, kinds in office.found.items():
        paths = [path for path in _together(kinds) if not _is_only_above(path, kinds)]
        width = max(map(len, paths))
        lines = [f"{path:<{width}}  {_told(kinds[path])}" for path in paths]
        parts.append(f"## {name}\n\n```text\n" + "\n".join(lines) + "\n```\n")
    return "\n".join(parts)


def _together(kinds: Kinds) -> list[str]:
    """Give the paths in the order in which they came, each beside those that begin as it does."""
    came: dict[str, int] = {}
    for path in kinds:
        for above in _each_above(path):
            came.setdefault(above, len(came))
    return sorted(kinds, key=lambda path: [came[above] for above in _each_above(path)])


def _each_above(path: str) -> list[str]:
    parts = path.replace("[]", ".[]").split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _is_only_above(path: str, kinds: Kinds) -> bool:
    """Whether a list or an object was empty once, and is told by what it held otherwise."""
    return kinds[path] <= _EMPTY and any(other.startswith((f"{path}.", f"{path}[")) for other in kinds)


def _told(kinds: set[str]) -> str:
    if len(kinds) > 1:
        kinds = kinds - _EMPTY
    return " or ".join(sorted(kinds - {"null"}) + sorted(kinds & {"null"}))


def read(value: Any, kinds: Kinds, path: str = "") -> None:
    """Add what a printed value holds to `kinds`, by path."""
    if isinstance(value, dict):
        if not value:
            kinds[path].add("empty object")
        for key, one in value.items():
            name = "PARAMETER" if key in _PARAMETERS else key
            name = next((data for data, pattern in _DATA if re.fullmatch(pattern, key)), name)
            read(one, kinds, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        if not value:
            kinds[f"{path}[]"].add("empty list")
        for one in value:
            read(one, kinds, f"{path}[]")
    else:
        kinds[path].add(_kind(value))


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "number"
    return next((kind for kind, pattern in _KINDS if re.fullmatch(pattern, str(value))), "text")


class _Office:
    """A folder in which all commands are run in turn, and what they printed, by command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: dict[str, Kinds] = {}

    def run(self, name: str, *arguments: str) -> Any:
        """Run a command, read what it prints, and give that. Raises CalledProcessError for status 2 and 3."""
        given = [sys.executable, "-m", "flows.commands.cli", *name.split(), *arguments, "--json"]
        done = subprocess.run(
            given, cwd=self.folder, env=self._environment(), capture_output=True, text=True, check=False
        )
        if done.returncode not in (0, 1) or '"exit_status"' in done.stdout:
            raise subprocess.CalledProcessError(done.returncode, given, done.stdout, done.stderr)
        printed = json.loads(done.stdout)
        own = self.found.setdefault(name, defaultdict(set))
        for key, command in _AS_OF.get(name, {}).items():
            own[f"{key}[]" if isinstance(printed[key], list) else key] = {f"as {command}"}
            for one in printed[key] if isinstance(printed[key], list) else [printed[key]]:
                read(one, self.found[command])
        read({key: one for key, one in printed.items() if key not in _AS_OF.get(name, {})}, own)
        return printed

    def _environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("JOBFIRST_")}
        return own | {
            "JOBFIRST_REGISTER": "sample/register",
            "JOBFIRST_INBOX": "inbox",
            "JOBFIRST_PREPARED_BY": "Ane Dam",
            "JOBFIRST_LANGUAGE": "en",
            "PYTHONPATH": str(PAGE.parent.parent),
        }

    def work(self) -> None:
        """Settle a year, hear, release, correct it by a delivery more, release again; then ask everything else."""
        more = ("--errors", "0.03", "--corrections", "0.05", "--effect", "1.5", "--seed", "3")
        self.run("sample", "sample", "--projects", "5", "--citizens", "220", *more)
        deliveries = sorted((self.folder / "sample" / "inbox").glob("*/*"))
        first = next(one.parent.name for one in deliveries)
        self._deliver([one for one in deliveries if one.name < "2017"])
        self.run("settle", "2016")
        self.run("hearing sent", "2016", "--on", "2017-02-16")
        (self.folder / "svar.txt").write_text("Vi er enige.", encoding="utf-8")
        self.run("hearing reply", first, "2016", "--on", "2017-03-01", "--text", "svar.txt")
        self.run("hearing show")
        self.run("hearing verify")
        self._release(2016)
        self._deliver(deliveries)
        self.run("settle", "2017")
        self.run("status")
        self.run("backfill", "2016", "2017", "--reason", "late deliveries")
        self.run("status")
        self.run("explain", first, "2016")
        self._release(2016, 2017)
        self.run("explain", first, "2017")
        self.run("explain", first, "2016", "--citizen", "B0001")
        self.run("status")
        self.run("ledger")
        self.run("ledger verify")
        self._check(deliveries)
        self.run("whatif", "2017", "--set", "completion_rate_dkk=11000", "--severity", "S10=remark", "--report")
        self.run("forecast", "--report")
        self.run("fidelity", "2017")
        self.run("fidelity sample", first)
        self.run("evaluate freeze", "--approved-by", "Bo Holm")
        self.run("evaluate power")
        self.run("evaluate run", "--hours", "sample/timer.csv")
        self._draw()
        self.run("template", "indberetning.xlsx")
        self.run("backup", "backup.tar.gz")
        self.run("restore", "backup.tar.gz", "--home", "restored")
        self.run("export", "bi")
        self._web()

    def _deliver(self, deliveries: list[Path]) -> None:
        for one in deliveries:
            to = self.folder / "inbox" / one.parent.name / one.name
            to.parent.mkdir(parents=True, exist_ok=True)
            if one.is_dir():
                shutil.copytree(one, to, dirs_exist_ok=True)
            else:
                shutil.copy(one, to)

    def _release(self, *years: int) -> None:
        """Plan the newest drafts and release them, with whatever the plan asks to accept."""
        drafts = []
        for year in years:
            manifest = json.loads((self.folder / "var" / "out" / str(year) / "manifest.json").read_bytes())
            drafts += ["--draft", manifest["fingerprint"]]
        release = [*map(str, years), *drafts, "--approved-by", "Bo Holm"]
        plan = self.run("release --plan", *release)
        codes = sorted({one["code"] for one in plan["findings"]})
        accepted = ["--accept", ",".join(codes), "--reason", "It is all made up."] if codes else []
        self.run("release", *release, *accepted)

    def _check(self, deliveries: list[Path]) -> None:
        before, after = (str(one) for one in deliveries[:2])
        self.run("check", after, "--before", before)

    def _draw(self) -> None:
        self.run("sample", "drawn", "--projects", "2", "--citizens", "120", "--draw", "--home", "drawn/home")
        lists = sorted((self.folder / "drawn" / "lists").glob("*.csv"))
        project = lists[0].name.rpartition("-")[0]
        at = ("--rehearsal", "--register", "drawn/register", "--home", "try")
        self.run("draw open", project, *at)
        self.run("draw beacon", project, "Vallensbæk, 3. februar", *at)
        self.run("draw batch", project, str(lists[0]), "--last", *at)
        header, *rows = [line.split(";") for line in lists[0].read_text(encoding="utf-8-sig").splitlines()]
        citizens = [dict(zip(header, row, strict=True)) for row in rows]
        self.run("draw withdraw", project, "--citizen", citizens[0]["borger_id"], "--reason", "flyttet", *at)
        self.run("draw reveal", project, *at)
        self.run("draw verify", project, "--rehearsal", "--home", "try")
        lines = ["borger_id;cpr;kommunekode;maalgruppe;gruppe;dato"]
        for number, one in enumerate(citizens):
            kept = ";".join(one[name] for name in ("borger_id", "cpr", "kommunekode", "maalgruppe"))
            lines.append(f"{kept};{('deltager', 'kontrol')[number % 2]};2016-03-01")
        (self.folder / "arme.csv").write_text("\n".join(lines), encoding="utf-8")
        elsewhere = ("--rehearsal", "--register", "drawn/register", "--home", "elsewhere")
        self.run("draw import", project, "arme.csv", *elsewhere)

    def _web(self) -> None:
        from flows.web.serve import ready_line

        line = ready_line("http://127.0.0.1:4300", is_alone=True, as_json=True)
        read(json.loads(line), self.found.setdefault("web", defaultdict(set)))


if __name__ == "__main__":
    PAGE.write_text(json_page(), encoding="utf-8")
