"""A what-if on the terminal and as one JSON object, and the lines by which a person adopts it.

No citizen is named; a count of one to four is reported as "under 5".
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import yaml

from tasks.base.english import amount, projects
from tasks.rules.model import RULES_FILE
from tasks.validation.catalogue import SEVERITIES, load_catalogue
from tasks.whatif.compare import ALL, CAUSES, Difference, WhatIf, labels_of
from tasks.whatif.overlay import Change, lay

UNDER = "under 5"
"""What stands for a count of one to four."""
_FEWEST = 5
_MOST_ROWS = 10
COLUMNS = (
    "project_id",
    "lead_municipality",
    "status",
    "base",
    "whatif",
    "difference",
    "change",
    "by_rows",
    "by_events",
    "events_changed",
    "by_rates",
    "by_ceiling",
    "by_expenses",
    "posted",
    "payable_base",
    "payable_whatif",
    "held_base",
    "held_whatif",
)
"""The columns of whatif.csv, and of each row in the JSON object."""
LIMITS = (
    "Behaviour does not change with the rules here: municipalities would act otherwise under other rules.",
    "The deliveries were made under the rules in force: what nobody had to register can't be found.",
    "A changed refusal or a new column needs new deliveries.",
)


def count(number: int) -> int | str:
    """Tell a count of rows or events: one to four, of either sign, is reported as `under 5`."""
    return UNDER if 0 < abs(number) < _FEWEST else number


def row(one: Difference) -> dict[str, Any]:
    """Give a project under a change by column."""
    return {name: count(one.events_changed) if name == "events_changed" else getattr(one, name) for name in COLUMNS}


def as_object(answer: WhatIf) -> dict[str, Any]:
    """Give the whole answer as a mapping that JSON can hold."""
    return {
        "what_if": True,
        "year": answer.year,
        "as_known_at": answer.state.known_at.utc.isoformat(timespec="seconds"),
        "rules": lay(answer.state.rules, answer.changes).rules.sha256,
        "changes": labels_of(answer.changes),
        "laid": "each alone" if answer.is_each else "one on the other",
        "rows": [row(one) for one in answer.shown],
        "portfolio": portfolio(answer),
        "rule_counts": [
            {
                "code": one.code,
                "action_base": one.action_base,
                "action_whatif": one.action_whatif,
                "base": count(one.base),
                "whatif": count(one.whatif),
            }
            for one in answer.rules
        ],
        "notes": notes(answer),
        "adopt": adopting(answer),
    }


def portfolio(answer: WhatIf) -> dict[str, Any]:
    """Give what all projects come to, against the appropriation; amounts in DKK."""
    rows = answer.of(ALL)
    base, whatif = _sum(rows, "base"), _sum(rows, "whatif")
    return {
        "base": base,
        "whatif": whatif,
        "difference": whatif - base,
        **{cause: _sum(rows, cause) for cause in CAUSES},
        "starts": count(sum(one.more_starts for one in rows)),
        "completions": count(sum(one.more_completions for one in rows)),
        "appropriation_base": answer.appropriation_base_dkk,
        "appropriation_whatif": answer.appropriation_whatif_dkk,
        "left_base": answer.appropriation_base_dkk - base,
        "left_whatif": answer.appropriation_whatif_dkk - whatif,
        "payable_base": _sum(rows, "payable_base"),
        "payable_whatif": _sum(rows, "payable_whatif"),
        "held_base": _sum(rows, "held_base"),
        "held_whatif": _sum(rows, "held_whatif"),
        "projects": len(rows),
        "gain": sum(one.difference > 0 for one in rows),
        "lose": sum(one.difference < 0 for one in rows),
        "change_status": [
            {"project_id": one.project_id, "base": one.earlier_status, "whatif": one.status}
            for one in rows
            if one.status != one.earlier_status
        ],
    }


def notes(answer: WhatIf) -> list[str]:
    """Say what the answer can't know, and how it was laid."""
    told = list(LIMITS)
    if len(answer.changes) > 1:
        told.append(
            f"Each change is laid on the rules in force alone; {ALL} lays them on one another, and is not their sum "
            "where they meet (a rate under a cap)."
            if answer.is_each
            else "The changes are laid one on the other, in the order given: where they meet (a rate under a cap), "
            "another order shares the sum out otherwise; --each lays every change alone."
        )
    if answer.state.is_of_other_rules:
        told.append(f"{RULES_FILE.name} has been changed since the last settlement: the rules known then are used.")
    return told


def adopting(answer: WhatIf) -> list[str]:
    """Give the lines that a person writes to have the changes hold; `choice` and `source` are left to fill in."""
    final: dict[str, Change] = {change.name: change for change in answer.changes}
    parameters = [change for change in final.values() if change.values is not None]
    lines = []
    if parameters:
        lines += [f"rules/{RULES_FILE.name}, under parameters:"]
        for change in parameters:
            values = yaml.safe_dump(dict(change.values or {}), default_flow_style=True, allow_unicode=True, width=1000)
            lines += [
                f"  {change.name}:",
                "    source: {document: …, heading: …}",
                "    choice: …",
                f"    values: {values.strip()}",
            ]
    for change in final.values():
        if change.action is not None:
            suite = next(
                suite.name for suite in load_catalogue().values() for rule in suite.rules if rule.code == change.name
            )
            lines += [
                f"expectations/{suite}.yaml, rule {change.name}:",
                f"  severity: {SEVERITIES[change.action]}",
                f"  action: {change.action}",
                "  source: {document: …, heading: …}",
            ]
    return lines


def tell(answer: WhatIf) -> str:
    """Tell an answer on a terminal."""
    return "\n".join(_lines(answer))


def _lines(answer: WhatIf) -> Iterator[str]:
    sums = portfolio(answer)
    yield f"WHAT IF, {answer.year}: {sentence(answer)}"
    yield f"Known at {answer.state.known_at.as_text()}; nothing is drafted, released or kept."
    for label in [*labels_of(answer.changes), *([ALL] if len(answer.changes) > 1 else [])]:
        rows = [one for one in answer.shown if one.change == label]
        yield ""
        yield f"{label}, kr. of all years to {answer.year}:"
        yield from _table(rows)
    yield ""
    yield (
        f"All projects: {amount(sums['base'])} kr. becomes {amount(sums['whatif'])} kr.; "
        f"{sums['gain']} gain, {sums['lose']} lose, of {sums['projects']}."
    )
    yield (
        f"Appropriation {amount(sums['appropriation_whatif'])} kr.: left {amount(sums['left_whatif'])} kr., "
        f"before {amount(sums['left_base'])} kr."
    )
    yield (
        f"Against the ledger: payable {amount(sums['payable_whatif'])} kr., before {amount(sums['payable_base'])} kr.; "
        f"of which on hold {amount(sums['held_whatif'])} kr., before {amount(sums['held_base'])} kr."
    )
    for one in sums["change_status"]:
        yield f"{one['project_id']} becomes {one['whatif']} (was {one['base']})."
    if answer.rules:
        yield ""
        yield "Rules whose counts or actions change:"
        for rule in answer.rules:
            action = (
                rule.action_whatif or rule.action_base
                if None in {rule.action_base, rule.action_whatif} or rule.action_base == rule.action_whatif
                else f"{rule.action_base} → {rule.action_whatif}"
            )
            yield f"  {rule.code} ({action}): {count(rule.base)} → {count(rule.whatif)}"
    yield ""
    yield from (f"Note: {note}" for note in notes(answer))
    yield ""
    yield "To adopt it, a person writes, and then settles:"
    yield from (f"  {line}" for line in adopting(answer))


def sentence(answer: WhatIf) -> str:
    """Say in one sentence what all changes come to."""
    sums = portfolio(answer)
    parts = [
        _more(sum(getattr(one, name) for one in answer.of(ALL)), noun)
        for name, noun in (("more_starts", "starts"), ("more_completions", "completions"))
    ]
    difference, ceiling = sums["difference"], sums["by_ceiling"]
    before = difference - ceiling
    if not ceiling:
        money = _money(difference)
    elif before > 0 > ceiling:
        money = f"{_money(before)}, of which {amount(-ceiling)} are cut by ceilings: in all {_money(difference)}"
    else:
        cut = f"ceilings cut {amount(abs(ceiling))} {'less' if ceiling > 0 else 'more'}"
        money = f"{f'{_money(before)}; ' if before else ''}{cut}: in all {_money(difference)}"
    return "; ".join([*filter(None, parts), money]) + "."


def _money(amount_dkk: Decimal) -> str:
    if not amount_dkk:
        return "the same amount"
    return f"{amount(abs(amount_dkk))} kr. {'less' if amount_dkk < 0 else 'more'}"


def _more(number: int, noun: str) -> str:
    return (
        f"{UNDER if count(number) == UNDER else abs(number)} {'fewer' if number < 0 else 'more'} {noun}"
        if number
        else ""
    )


def _table(rows: list[Difference]) -> Iterator[str]:
    changed = sorted(
        (one for one in rows if one.difference or any(getattr(one, cause) for cause in CAUSES)),
        key=lambda one: (-abs(one.difference), one.project_id),
    )
    names = ("difference", *CAUSES)
    yield f"  {'':<12}" + "".join(f"{name:>15}" for name in (*names, "events")) + "  status"
    for one in changed[:_MOST_ROWS]:
        amounts = "".join(f"{amount(getattr(one, name)):>15}" for name in names)
        status = one.status if one.status == one.earlier_status else f"{one.earlier_status} → {one.status}"
        yield f"  {one.project_id:<12}{amounts}{count(one.events_changed)!s:>15}  {status}"
    if len(changed) > _MOST_ROWS:
        yield f"  ({projects(len(changed) - _MOST_ROWS)} with smaller differences: --json tells all)"
    total = "".join(f"{amount(_sum(rows, name)):>15}" for name in names)
    yield f"  {'all':<12}{total}{count(sum(one.events_changed for one in rows))!s:>15}"


def _sum(rows: list[Difference], name: str) -> Decimal:
    return sum((getattr(one, name) for one in rows), Decimal("0.00"))
