"""The rule catalogue as frozen objects, read from `expectations/*.yaml` without Great Expectations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from expectations.terms import QUERY, compose
from tasks.base import strict_yaml
from tasks.base.paths import EXPECTATIONS
from tasks.rules.model import load_rules

RULE_PAGE = "docs/rules.md"
# The order in which the suites are judged; see tasks/validation/stages.py.
SUITES = (
    "rows",
    "borgere",
    "draw",
    "forloeb",
    "udgifter",
    "delivery",
    "project",
    "draw_record",
    "portfolio",
    "grundelementer",
)
# The severity that Great Expectations gets for each action. It decides nothing here.
SEVERITIES = {"refuse": "critical", "reject": "warning", "hold": "critical", "remark": "info"}
# An action's name in Danish texts.
ACTIONS = {
    "refuse": "Indberetningen afvises",
    "reject": "Rækken afvises",
    "hold": "Projektet i bero",
    "remark": "Bemærkning",
}
# The hold that no waiver ends, only a release of all the years: the settlement, "A project's years move together".
TOGETHER = "P12"
PORTFOLIO = "PORTFOLIO"
"""The holder where no single project is one."""
NO_SUCH_PROJECT = "F04"
"""The rule that the project of a delivery's folder is in the register."""
# Every message ends with the page that explains the rule, a warehouse's older messages too.
_PAGE_AT_END = re.compile(rf" \((?:{re.escape(RULE_PAGE)}#\w+|https?://[^\s()]+)\)$")
_ANCHORS = "#"
_CODE = re.compile(r"[A-Z]\d\d")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class CatalogueError(Exception):
    """The catalogue itself is wrong: an unknown or missing key, a rule twice. Our mistake, not the data's."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands: a document of `rules/jobfirst.yaml` and its heading."""

    document: str
    heading: str


@dataclass(frozen=True, slots=True)
class Shown:
    """How a suite's messages show a value: the word for a blank one, and the mark around a text."""

    blank_da: str
    blank_en: str
    quote: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    `query` selects the suite's key of the rows that fail, from `{batch}`. `action` is ours to act on: refuse, reject,
    hold or remark; `severity` is Great Expectations' word for it. `parameters`: names in the rules file. The messages
    hold `{column}` places of the batch, and end with the rule's page. `page`: the address of the page that explains it.
    """

    code: str
    suite: str
    type: str
    kwargs: Mapping[str, str]
    query: str
    severity: str
    action: str
    title_da: str
    title_en: str
    message_da: str
    message_en: str
    mend_da: str
    mend_en: str
    source: Source
    parameters: tuple[str, ...]
    example_passes: str
    example_fails: str
    page: str

    @property
    def public_page(self) -> str:
        """The page that explains the rule, where it is published; blank where only the repository has it."""
        return "" if self.page.startswith(RULE_PAGE) else self.page


@dataclass(frozen=True, slots=True)
class Suite:
    """The rules of one table. `table`: its name in a report (None: the batch has a column table_name)."""

    name: str
    table: str | None
    batch: str
    key: tuple[str, ...]
    visible_key: str | None
    shown: Shown
    rules: tuple[Rule, ...]

    def failing(self, rule: Rule) -> str:
        """Give the rule's own query over the suite's batch."""
        return rule.query.replace("{batch}", self.batch)


def placeholders(message: str) -> list[str]:
    """Give the columns that a message shows, in order."""
    return _PLACEHOLDER.findall(message)


def _strict(where: str, what: Any, needed: Iterable[str]) -> dict[str, Any]:
    """Check that `what` holds exactly the keys needed."""
    if not isinstance(what, dict):
        raise CatalogueError(f"{where}: not a mapping")
    wrong = sorted(set(what) ^ set(needed))
    if wrong:
        raise CatalogueError(f"{where}: unknown or missing: {', '.join(map(str, wrong))}")
    return what


_META = [
    "rule",
    *(f.name for f in fields(Rule) if f.name not in {"code", "suite", "type", "kwargs", "query", "severity", "page"}),
]


def page_of(code: str, rules_url: str) -> str:
    """Give the address of the page that explains a rule.

    `rules_url`: of the pages, to which the code is added (`…/regler` gives `…/regler/S06`), or of one page with an
    anchor for each rule, which ends in `#` (`…/rules/#` gives `…/rules/#s06`); blank: the page in the repository.
    """
    if not rules_url or rules_url.endswith(_ANCHORS):
        return f"{rules_url or RULE_PAGE + _ANCHORS}{code.lower()}"
    return f"{rules_url.rstrip('/')}/{code}"


def without_page(message: str) -> str:
    """Give a message without the rule's page at its end."""
    return _PAGE_AT_END.sub("", message)


def _rule(suite: str, entry: Any, rules_url: str) -> Rule:
    entry = _strict(f"an expectation of {suite}", entry, ("type", "severity", "kwargs", "meta"))
    meta = _strict(f"meta in {suite}, {(entry['meta'] or {}).get('rule')}", entry["meta"], _META)
    code = meta.pop("rule")
    where = f"{suite}, {code}"
    if not _CODE.fullmatch(code):
        raise CatalogueError(f"{where}: not a rule's code")
    if SEVERITIES.get(meta["action"]) != entry["severity"]:
        raise CatalogueError(f"{where}: the action {meta['action']} does not go with severity {entry['severity']}")
    kwargs = dict(entry["kwargs"])
    try:
        query = compose(kwargs[QUERY], {k: v for k, v in kwargs.items() if k != QUERY}).strip()
    except (KeyError, ValueError) as error:
        raise CatalogueError(f"{where}: {error}") from error
    if placeholders(query) != ["batch"]:
        raise CatalogueError(f"{where}: the query must read {{batch}} once, and hold no other braces")
    for language in ("da", "en"):
        meta[f"message_{language}"] += f" ({page_of(code, rules_url)})"
    meta["source"] = Source(**_strict(f"{where}, source", meta["source"], ("document", "heading")))
    meta["parameters"] = tuple(meta["parameters"])
    not_text = [name for name, value in meta.items() if name not in {"source", "parameters"} and type(value) is not str]
    if not_text:
        raise CatalogueError(f"{where}: not a text: {', '.join(not_text)}")
    return Rule(
        code=code,
        suite=suite,
        type=entry["type"],
        kwargs=kwargs,
        query=query,
        severity=entry["severity"],
        page=page_of(code, rules_url),
        **meta,
    )


def parse_suite(text: str, where: str, rules_url: str = "") -> Suite:
    """Read one suite from YAML text. `rules_url`: where its rules are explained. Raises CatalogueError."""
    loaded = strict_yaml.load(text)
    spec = _strict(where, loaded, ("suite", "table", "batch", "key", "visible_key", "shown", "expectations"))
    return Suite(
        name=spec["suite"],
        table=spec["table"],
        batch=spec["batch"],
        key=tuple(spec["key"]),
        visible_key=spec["visible_key"],
        shown=Shown(**_strict(f"{where}, shown", spec["shown"], [f.name for f in fields(Shown)])),
        rules=tuple(_rule(spec["suite"], entry, rules_url) for entry in spec["expectations"]),
    )


def lead_to(rules_url: str) -> None:
    """Let the messages of this process lead to another address than that of the rules file."""
    _rules_url.cache_clear()
    load_catalogue.cache_clear()
    _instead[:] = [rules_url]


_instead: list[str] = []


@cache
def _rules_url() -> str:
    return _instead[0] if _instead else load_rules().rules_url


@cache
def load_catalogue(folder: Path = EXPECTATIONS) -> Mapping[str, Suite]:
    """Read the whole catalogue: the suites by name, in the order in which they are judged.

    Its messages lead to the address that the rules file names, otherwise to the page in the repository.

    Raises CatalogueError when an entry has an unknown or missing key, or a rule or suite is there twice or not at all.
    """
    read = [
        parse_suite(path.read_text(encoding="utf-8"), path.name, _rules_url()) for path in sorted(folder.glob("*.yaml"))
    ]
    if sorted(suite.name for suite in read) != sorted(SUITES):
        raise CatalogueError(f"the suites must be {', '.join(SUITES)}, each in one file")
    codes = [rule.code for suite in read for rule in suite.rules]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise CatalogueError(f"more than once in the catalogue: {', '.join(twice)}")
    by_name = {suite.name: suite for suite in read}
    return {name: by_name[name] for name in SUITES}


def refusals_of_deliveries() -> list[str]:
    """Give the F codes that refuse a delivery."""
    return _delivery_codes("refuse")


def remarks_on_deliveries() -> list[str]:
    """Give the F codes that are only remarked, and refuse nothing."""
    return _delivery_codes("remark")


def _delivery_codes(action: str) -> list[str]:
    return [rule.code for rule in load_catalogue()["delivery"].rules if rule.action == action]


def rules_by_code() -> dict[str, Rule]:
    """Give every rule of the catalogue by its code."""
    return {rule.code: rule for suite in load_catalogue().values() for rule in suite.rules}


def rule_of(code: str) -> Rule:
    """Give the rule of a code. Raises KeyError when there is none."""
    return rules_by_code()[code]


def holder_of(code: str, project_id: str) -> str:
    """Give the holder by the rule of a code: the project itself, or PORTFOLIO. Raises KeyError when there is none."""
    return PORTFOLIO if rule_of(code).suite == "portfolio" else project_id
