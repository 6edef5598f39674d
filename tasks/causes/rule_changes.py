"""The differences between two versions of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tasks.base.danish import marks, short_day
from tasks.causes.wording import Bilingual

if TYPE_CHECKING:
    from tasks.rules.model import Parameter, Rules


RuleChanges = dict[str, dict[str, Bilingual]]
"""The changes since earlier rules, by their hash and the parameter's name."""


def same_money(earlier: Rules, now: Rules) -> bool:
    """Whether no parameter and no word of the vocabulary differs: only texts and days of letters may."""
    return _values(earlier) == _values(now) and earlier.vocabulary == now.vocabulary


def rule_changes(earlier: Rules, now: Rules) -> dict[str, Bilingual]:
    """Describe each parameter that differs, by name, with its values then and now; the vocabulary counts as one."""
    changed = {
        name: _change_text(name, earlier.parameters.get(name), now.parameters.get(name))
        for name in [*now.parameters, *(earlier.parameters.keys() - now.parameters.keys())]
        if _values(earlier).get(name) != _values(now).get(name)
    }
    if earlier.vocabulary != now.vocabulary:
        changed["vocabulary"] = Bilingual("de koder, der må indberettes", "the codes that may be delivered")
    return changed


def _values(rules: Rules) -> Mapping[str, Mapping[date, Any]]:
    return {name: parameter.values for name, parameter in rules.parameters.items()}


def _change_text(name: str, earlier: Parameter | None, now: Parameter | None) -> Bilingual:
    title = (now or earlier).title_da  # type: ignore[union-attr] # one of them is there
    before, after = (parameter.values if parameter else {} for parameter in (earlier, now))
    steps = [
        (day, _shown(before.get(day)), _shown(after.get(day)))
        for day in sorted({*before, *after})
        if before.get(day) != after.get(day)
    ]
    return Bilingual(
        f"{title}: " + ", ".join(f"{old} → {new} fra {short_day(day)}" for day, old, new in steps),
        f"{name}: " + ", ".join(f"{old} → {new} from {day}" for day, old, new in steps),
    )


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = str(value)
    try:
        amount = Decimal(text)
    except ArithmeticError:
        return text
    whole = amount == amount.to_integral_value()
    return marks(f"{amount:,.0f}" if whole else f"{amount:,f}")
