"""`docs/rules.md`, the rules' page, from the catalogue and the rules file: `python -m tasks.validation.rule_pages`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tasks.base.danish import marks, short_day
from tasks.base.paths import PROJECT
from tasks.base.worded_danish import DANISH
from tasks.rules.model import Limits, load_rules
from tasks.validation.catalogue import ACTIONS, RULE_PAGE, load_catalogue

if TYPE_CHECKING:
    from tasks.rules.model import Rules
    from tasks.validation.catalogue import Rule

HEADINGS = {
    "rows": "Alle tabeller",
    "borgere": "borgere",
    "draw": "borgere og lodtrækningen",
    "forloeb": "forloeb",
    "udgifter": "udgifter",
    "delivery": "Indberetningen",
    "project": "Projektet",
    "draw_record": "Projektets lodtrækning",
    "portfolio": "Puljen",
    "grundelementer": "grundelementer",
}
# Units that stand behind a value; those of dates, shares and lists say nothing more than their value.
_COUNTED = {"years", "calendar days", "working days", "citizens per arm", "DKK", "DKK per citizen", "DKK per project"}
# The settings that are no parameter with a title of its own, in words.
_TITLES = {
    "draw.hold_undelivered_share": "Største andel lodtrukne borgere, der mangler i indberetningen",
    "fidelity.elements": "Grundelementer",
    "vocabulary.arms": "Grupper",
    "vocabulary.expense_categories": "Udgiftskategorier",
    "vocabulary.spell_types": "Forløbstyper",
    "vocabulary.target_groups": "Målgrupper",
    "vocabulary.weekly_hours": "Ordinære timer pr. uge",
}
_INTRODUCTION = """\
# Reglerne

Skrevet af `python -m tasks.validation.rule_pages` ud fra `expectations/` og `rules/jobfirst.yaml`; ret dér, ikke her.

Hver regel har en kode, som aldrig får en ny betydning. *Indberetningen afvises*: intet af den tæller, og den forrige
gælder fortsat. *Rækken afvises*: den tæller ikke, men gemmes med sin grund. *Projektet i bero*: tilskuddet beregnes,
men udbetales først, når en sagsbehandler med en begrundelse har fraveget reglen. *Bemærkning*: vises, men
ændrer intet.
"""


def _written(value: object) -> str:
    """Write a value as a Danish reader expects it."""
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, Decimal):
        return marks(f"{value:,}")
    if isinstance(value, Limits):
        return f"{_written(value.least)} til {_written(value.most)}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(f"`{item}`" for item in value)
    return str(value)


def values_of(rule: Rule, rules: Rules) -> list[str]:
    """Write the values that a rule rests on as Markdown, one line each: names and codes are in backticks."""
    return [_parameter(name, rules) for name in rule.parameters]


def _parameter(name: str, rules: Rules) -> str:
    """Write a parameter: what it is, and its values by the day that they hold from."""
    section, _, setting = name.partition(".")
    if setting:
        return f"{_TITLES[name]} (`{name}`): {_written(getattr(getattr(rules, section), setting))}"
    parameter = rules.parameters[name]
    unit = f" {DANISH[parameter.unit]}" if parameter.unit in _COUNTED else ""
    values = "; ".join(f"{_written(value)}{unit} fra {_written(day)}" for day, _, value in parameter.periods())
    return f"{parameter.title_da} (`{name}`): {values}"


def _section(rule: Rule, rules: Rules) -> str:
    source = rules.sources[rule.source.document]
    lines = [
        f'<a id="{rule.code.lower()}"></a>',
        "",
        f"### {rule.code}: {rule.title_da}",
        "",
        f"- **Alvor:** {ACTIONS[rule.action]} (`{rule.action}`)",
        f"- **Kilde:** {source.title}, {source.publisher}, afsnittet »{rule.source.heading}«",
        *(f"- **Værdi:** {value}" for value in values_of(rule, rules)),
        f"- **Opfyldt, for eksempel:** {rule.example_passes}",
        f"- **Ikke opfyldt, for eksempel:** {rule.example_fails}",
        f"- **Sådan rettes det:** {rule.mend_da}",
        f"- *In English:* {rule.title_en}. {rule.mend_en}",
        "",
    ]
    return "\n".join(lines)


def rule_page() -> str:
    """Give the page as Markdown."""
    rules = load_rules()
    parts = [_INTRODUCTION]
    for suite in load_catalogue().values():
        parts.append(f"## {HEADINGS[suite.name]}\n")
        parts.extend(_section(rule, rules) for rule in suite.rules)
    return "\n".join(parts)


if __name__ == "__main__":
    (PROJECT / RULE_PAGE).write_text(rule_page(), encoding="utf-8")
