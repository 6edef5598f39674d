"""The changes that a command line or a file asks for: each is read, or refused with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from tasks.base import strict_yaml
from tasks.base.days import iso_day
from tasks.base.errors import InputError
from tasks.base.nearest import nearest
from tasks.base.regular import read_file
from tasks.base.system import told_by_system
from tasks.base.worded import Phrase, joined, phrase
from tasks.rules.model import Kind, Parameter, Rules
from tasks.rules.units import unit_of
from tasks.validation.catalogue import SEVERITIES, rules_by_code
from tasks.whatif.overlay import Change, Laid, Overlay, Values, is_same, lay

# Two decimals at most: 11.000, as a Dane writes eleven thousand, is not 11 kroner.
_KRONER, _SHARE = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?"), re.compile(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?")
_MOST_YEARS = 100
_MOST_COUNT = 1_000_000
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def overlay_of(rules: Rules, asked: Sequence[tuple[str, str]], file: Path | None = None) -> Overlay:
    """Read the changes of a file, then those of the command line: (`set` or `severity`, its text) in their order.

    Raises InputError for a parameter or rule that is not there (with the three nearest names), for a value that does
    not fit its unit, for a change that changes nothing, and where there is no change.
    """
    changes = _in_file(rules, file) if file is not None else []
    for what, text in asked:
        so_far = lay(rules, changes).rules
        changes.append(_severity(text) if what == "severity" else _parameter(so_far, text))
    if not changes:
        raise InputError(phrase("Nothing is changed: name a change with --set, --severity or --file."))
    before = Laid(rules)
    for number, change in enumerate(changes, start=1):
        after = lay(rules, changes[:number])
        if is_same(before, after, change):
            raise InputError(_why_same(before.rules, change))
        before = after
    return Overlay(tuple(changes))


def _why_same(rules: Rules, change: Change) -> Phrase:
    """Say why a change changes nothing: it holds already, or only from days on which nothing is looked up."""
    if change.values is not None:
        parameter = rules.parameters[change.name]
        added = change.values.keys() - parameter.values.keys()
        if added and parameter.kind is Kind.PROGRAMME and min(added) > rules.first_day:
            return phrase(
                "{change} changes nothing: {name} is that of the programme's first day, {day}.",
                change=change.label,
                name=change.name,
                day=rules.first_day,
            )
        if added and min(added) > rules.last_day:
            return phrase(
                "{change} changes nothing: the programme's last day is {day}.", change=change.label, day=rules.last_day
            )
    return phrase("{change} changes nothing: that is what holds already.", change=change.label)


def _parameter(rules: Rules, text: str) -> Change:
    """Read PARAMETER=VALUE[@DATE] or PARAMETER.GROUP=VALUE[@DATE]."""
    left, sign, right = text.partition("=")
    name, _, group = left.strip().partition(".")
    if not sign:
        raise InputError(
            phrase("--set {text} has no value: write PARAMETER=VALUE, such as completion_rate_dkk=11000.", text=text)
        )
    parameter = rules.parameters.get(name)
    if parameter is None:
        raise InputError(
            phrase(
                "The rules have no parameter {name!r}; the nearest are {nearest}.",
                name=name,
                nearest=nearest(name, rules.parameters),
            )
        )
    value_text, at, day_text = right.strip().rpartition("@")
    since = _day(day_text, f"--set {text}") if at else None
    value = _value(rules, name, parameter, value_text if at else right.strip())
    if group:
        return Change(text, name, _by_group(name, parameter, group, value, since))
    return Change(text, name, _held(parameter, value, since))


def _held(parameter: Parameter, value: Any, since: date | None) -> dict[date, Any]:
    """Let a value hold from a day on, or in all periods; a period where the rule has ended stays ended."""
    if since is None:
        return {day: None if parameter.values[day] is None else value for day in sorted(parameter.values)}
    return {day: parameter.values[day] for day in sorted(parameter.values) if day < since} | {since: value}


def _by_group(name: str, parameter: Parameter, group: str, value: Any, since: date | None) -> dict[date, Any]:
    groups = {one for values in parameter.values.values() if isinstance(values, dict) for one in values}
    if group not in groups:
        told = (
            phrase("the nearest are {nearest}", nearest=nearest(group, groups))
            if groups
            else phrase("write {name}=VALUE", name=name)
        )
        raise InputError(phrase("{name} has no group {group}; {told}.", name=name, group=group, told=told))
    days = sorted({*parameter.values, *([since] if since else [])})
    held: dict[date, Any] = {}
    for day in days:
        earlier = [one for one in sorted(parameter.values) if one <= day]
        here = parameter.values[earlier[-1]] if earlier else {}
        held[day] = {**here, group: value} if since is None or day >= since else here
    return held


def _value(rules: Rules, name: str, parameter: Parameter, text: str) -> Any:
    """Read a value in the parameter's unit. Raises InputError when it does not fit."""
    unit = parameter.unit
    if unit == "date":
        return _day(text, name)
    if _is_list(parameter):
        return _codes(rules, name, unit, text)
    if unit.startswith("DKK") or unit == "share":
        is_share = unit == "share"
        if not (_SHARE if is_share else _KRONER).fullmatch(text):
            told = (
                phrase("a number from 0 to 1 with at most six decimals, such as 0.95")
                if is_share
                else phrase("kroner without marks between thousands, such as 11000 or 11000.50")
            )
            raise _does_not_fit(rules, name, text, told)
        return f"{Decimal(text):f}"
    most = _MOST_YEARS if unit == "years" else _MOST_COUNT
    if not (text.isascii() and text.isdigit()) or int(text) > most:
        raise _does_not_fit(
            rules, name, text, phrase("a whole number ({unit}) from 0 to {most}", unit=unit_of(unit), most=most)
        )
    return int(text)


def _is_list(parameter: Parameter) -> bool:
    return any(isinstance(value, list) for value in parameter.values.values())


def _does_not_fit(rules: Rules, name: str, text: str, told: str) -> InputError:
    others = nearest(name, set(rules.parameters) - {name})
    return InputError(
        phrase(
            "{name} is {told}, and {text!r} is none; the nearest other parameters are {others}.",
            name=name,
            told=told,
            text=text,
            others=others,
        )
    )


def _day(text: str, where: str) -> date:
    day = iso_day(text)
    if day is None:
        raise InputError(phrase("{where}: {text!r} is not a date; write it as 2017-01-01.", where=where, text=text))
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise InputError(
            phrase(
                "{where}: {text} is not a day from {first} to {last}.",
                where=where,
                text=text,
                first=_FIRST_YEAR,
                last=_LAST_YEAR,
            )
        )
    return day


def _codes(rules: Rules, name: str, unit: str, text: str) -> list[str]:
    codes = [code.strip() for code in text.split(",") if code.strip()]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise InputError(phrase("{name} has {twice!r} twice: name it once.", name=name, twice=twice))
    known = getattr(rules.vocabulary, unit.replace(" ", "_"))
    for code in codes:
        if code not in known:
            raise InputError(
                phrase(
                    "{name} is a list of {unit}, and {code!r} is none; the nearest are {nearest}.",
                    name=name,
                    unit=unit_of(unit),
                    code=code,
                    nearest=nearest(code, known),
                )
            )
    return codes


def _severity(text: str) -> Change:
    """Read CODE=reject|hold|remark."""
    code, _, action = (part.strip() for part in text.partition("="))
    rules = rules_by_code()
    rule = rules.get(code)
    if rule is None:
        raise InputError(
            phrase("There is no rule {code}; the nearest are {nearest}.", code=code, nearest=nearest(code, rules))
        )
    if rule.action == "refuse":
        raise InputError(phrase("{code} can't be changed: what did not enter is not there.", code=code))
    if rule.suite == "delivery":
        raise InputError(
            phrase("{code} can't be changed: it judges a whole delivery, and decides no row and no project.", code=code)
        )
    if rule.suite == "rows":
        raise InputError(
            phrase(
                "{code} can't be changed: a row that can't be told cell from cell has nothing that could count.",
                code=code,
            )
        )
    allowed = (
        ("hold", "remark") if rule.suite in {"project", "draw_record", "portfolio"} else ("reject", "hold", "remark")
    )
    if action not in allowed:
        near = nearest(action, set(SEVERITIES) - {"refuse"})
        told = phrase("; the nearest are {near}", near=near) if action not in SEVERITIES else ""
        raise InputError(
            phrase(
                "{code} may be {allowed}, and {action!r} is none of these{told}.",
                code=code,
                allowed=joined(phrase(" or "), allowed),
                action=action,
                told=told,
            )
        )
    return Change(text, code, action=action)


def _in_file(rules: Rules, path: Path) -> list[Change]:
    """Read a rules file that holds only `parameters.*.values` and `severity`, in the order of its keys."""
    try:
        raw = strict_yaml.load(read_file(path).decode())
    except OSError as error:
        raise InputError(
            phrase("The overlay {path} can't be read: {why}.", path=path, why=told_by_system(error))
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(
            phrase("{where} is not readable as YAML: {why}.", where=path, why=" ".join(str(error).split()))
        ) from error
    changes = []
    for section, entries in _mapping(raw, str(path), {"parameters", "severity"}).items():
        for name, entry in _mapping(entries or {}, f"{path}, {section}").items():
            if section == "severity":
                changes.append(_severity(f"{name}={entry}"))
            else:
                changes.append(_parameter_in_file(rules, path, name, entry))
    return changes


def _parameter_in_file(rules: Rules, path: Path, name: Any, entry: Any) -> Change:
    if name not in rules.parameters:
        raise InputError(
            phrase(
                "{path}: the rules have no parameter {name}; the nearest are {nearest}.",
                path=path,
                name=name,
                nearest=nearest(str(name), rules.parameters),
            )
        )
    given = _mapping(_mapping(entry, f"{path}, {name}", {"values"}).get("values"), f"{path}, {name}.values")
    if not given:
        raise InputError(
            phrase(
                "{path}, {name}: there is no value; write the day that it holds from, and the value.",
                path=path,
                name=name,
            )
        )
    values = {}
    for day, value in given.items():
        if type(day) is not date:
            raise InputError(
                phrase("{path}, {name}: {day!r} is not the day that a value holds from.", path=path, name=name, day=day)
            )
        values[_day(day.isoformat(), f"{path}, {name}")] = _read(rules, path, name, value)
    return Change(_label(name, rules.parameters[name], values), name, values)


def _label(name: str, parameter: Parameter, values: Values) -> str:
    """Name a file's change as the command line would ask for it, where one value can do that."""
    newest = max(values)
    value = values[newest]
    if value is not None:
        for since, mark in ((None, ""), (newest, f"@{newest}")):
            if values == _held(parameter, value, since):
                return f"{name}={_shown(value)}{mark}"
    return f"{name}=" + ", ".join(f"{_shown(one)}@{day}" for day, one in values.items())


def _read(rules: Rules, path: Path, name: str, value: Any) -> Any:
    """Read a value of a file, as `_value` reads one of the command line; None ends a rule."""
    parameter = rules.parameters[name]
    if value is None:
        return None
    if isinstance(value, float):
        raise InputError(
            phrase(
                "{path}, {name}: {value} is a floating-point number: write it in quotes, so it is exact.",
                path=path,
                name=name,
                value=value,
            )
        )
    if isinstance(value, dict) or isinstance(value, list) != _is_list(parameter):
        told = phrase("a list, such as [a, b]") if _is_list(parameter) else phrase("one value")
        raise InputError(
            phrase("{path}, {name} is {told}, and {value!r} is none.", path=path, name=name, told=told, value=value)
        )
    return _value(rules, name, parameter, _shown(value))


def _shown(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _mapping(raw: Any, where: str, keys: set[str] | None = None) -> dict[Any, Any]:
    if not isinstance(raw, dict):
        raise InputError(
            phrase("{where} is not a mapping: see docs/what-if.md for how an overlay is written.", where=where)
        )
    unknown = sorted(set(map(str, raw)) - keys) if keys is not None else []
    if unknown:
        raise InputError(
            phrase(
                "{where}: {unknown} may not stand there, only {keys}; the rules' other texts are not "
                "changed by an overlay.",
                where=where,
                unknown=unknown[0],
                keys=", ".join(sorted(keys or ())),
            )
        )
    return raw
