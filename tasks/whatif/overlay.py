"""Changed parameters and severities, laid one after another over the rules in force.

Each result is parsed by the rules' own strict model, and its version begins with `what-if-`: no draft takes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import yaml
from pydantic import ValidationError

from tasks.base.errors import InputError
from tasks.base.worded import phrase
from tasks.rules.model import Kind, Rules
from tasks.validation.catalogue import Rule, rule_of

PREFIX = "what-if-"
"""The beginning of the version of overlaid rules: no rules file has such a hash."""
Values = Mapping[date, Any]


class OverlaidRules(Rules):
    """Changed rules, by which nothing can be released. Source: docs/what-if.md, 'Guards'."""

    @cached_property
    def sha256(self) -> str:
        """`what-if-` and the hash of what was changed, laid over the file."""
        return PREFIX + hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Change:
    """One change, as it was asked for.

    `values`: of a parameter, by the day that they hold from; None where `action` says what happens to rows or projects
    that break a rule.
    """

    label: str
    name: str
    values: Values | None = None
    action: str | None = None

    @property
    def is_severity(self) -> bool:
        """Whether a rule's action is changed, and no parameter."""
        return self.action is not None


@dataclass(frozen=True)
class Laid:
    """Rules, and the actions of those rules whose action differs from the catalogue's."""

    rules: Rules
    actions: Mapping[str, str] = field(default_factory=dict)

    def action_of(self, rule: Rule) -> str:
        """Give the action on rows or projects that break a rule."""
        return self.actions.get(rule.code, rule.action)


@dataclass(frozen=True)
class Overlay:
    """The changes in their order; each laid on the ones before it. None of them leaves everything as it is."""

    changes: tuple[Change, ...]


def lay(rules: Rules, changes: Iterable[Change]) -> Laid:
    """Lay changes over rules.

    Raises InputError, in one sentence that names the parameter, when the result does not fit the model.
    """
    raw = yaml.load(rules.text, Loader=yaml.CSafeLoader)
    actions: dict[str, str] = {}
    parameters = set()
    for change in changes:
        if change.action is not None:
            actions[change.name] = change.action
        else:
            raw["parameters"][change.name]["values"] = dict(change.values or {})
            parameters.add(change.name)
    if not (parameters or actions):
        return Laid(rules)
    text = yaml.safe_dump({"rules": raw, "severity": actions}, allow_unicode=True)
    try:
        return Laid(OverlaidRules(**raw, text=text), actions)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or ", ".join(sorted(parameters))
        raise InputError(
            phrase("The rules can't be changed so, {place}: {why}.", place=place, why=first["msg"])
        ) from error


def overlay_text(changes: Sequence[Change]) -> str:
    """Write changes as an overlay file: each parameter and rule as it holds when all of them are laid."""
    whole: dict[str, Any] = {}
    for change in changes:
        if change.action is not None:
            whole.setdefault("severity", {})[change.name] = change.action
        else:
            whole.setdefault("parameters", {})[change.name] = {"values": dict(change.values or {})}
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)


def lasting(rules: Rules, changes: Sequence[Change]) -> list[Change]:
    """Give the last change of each parameter and rule that does not end as it began."""
    before, after = Laid(rules), lay(rules, changes)
    return [change for change in {one.name: one for one in changes}.values() if not is_same(before, after, change)]


def is_same(before: Laid, after: Laid, change: Change) -> bool:
    """Return whether a change leaves its parameter or rule as it was."""
    if change.is_severity:
        rule = rule_of(change.name)
        return before.action_of(rule) == after.action_of(rule)
    if change.name == "programme_first_day":
        return before.rules.first_day == after.rules.first_day
    return _course(before.rules, change.name) == _course(after.rules, change.name)


def _course(rules: Rules, name: str) -> list[tuple[date, Any]]:
    """Give the values that hold within the programme, each with the day that it holds from."""
    parameter = rules.parameters[name]
    days = [rules.first_day]
    if parameter.kind is not Kind.PROGRAMME:
        days += [day for day in sorted(parameter.values) if rules.first_day < day <= rules.last_day]
    course: list[tuple[date, Any]] = []
    for day in days:
        held = next((value for start, end, value in parameter.periods() if start <= day <= end), None)
        value = frozenset(held) if isinstance(held, tuple) else held
        if not course or course[-1][1] != value:
            course.append((day, value))
    return course
