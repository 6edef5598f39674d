"""A what-if on the terminal and as one JSON object, and the lines by which a person adopts it.

No citizen is named; a count of one to four is reported as "under 5", and a sum in which one is hidden by its limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from tasks.base import danish
from tasks.base.lines import amount, projects, some
from tasks.base.worded import Phrase, joined, phrase, shown, worded
from tasks.rules.model import RULES_FILE, Kind, Rules
from tasks.validation.catalogue import SEVERITIES, load_catalogue
from tasks.whatif.compare import ALL, CAUSES, Difference, WhatIf, labels_of
from tasks.whatif.overlay import Change, lasting, lay

UNDER = phrase("under 5")
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
UNKNOWN = tuple(name for name in COLUMNS[COLUMNS.index("base") :] if name not in {"change", "posted"})
"""The columns that are unknown for a project without a delivery."""
STATUSES = {
    "ready": phrase("ready"),
    "hold": phrase("hold"),
    "missing": phrase("missing"),
    "not_started": phrase("not started"),
}
LIMITS = (
    phrase("Behaviour does not change with the rules here: municipalities would act otherwise under other rules."),
    phrase("The deliveries were made under the rules in force: what nobody had to register can't be found."),
    phrase("A changed refusal or a new column needs new deliveries."),
)


def count(number: int) -> int | str:
    """Give a count of rows or events: one to four, of either sign, is reported as `under 5`."""
    return UNDER if 0 < abs(number) < _FEWEST else number


def told_sum(numbers: Iterable[int], number: Callable[[int], str] = str) -> str:
    """Tell a sum of counts of events, or where some are hidden the least and the most that it can be.

    The sum itself, less the counts shown, would give a hidden one away. `number`: how to write a number.
    """
    counts = list(numbers)
    told = [one for one in map(count, counts) if isinstance(one, int)]
    hidden, total = len(counts) - len(told), sum(counts)
    if count(total) == UNDER:
        return str(shown(UNDER))
    if not hidden:
        return number(total)
    least, most = (sum(told) + hidden * each for each in (1, _FEWEST - 1))
    return f"{number(max(least, _FEWEST))}–{number(most)}"


def row(one: Difference) -> dict[str, Any]:
    """Give a project under a change by column; None is unknown."""
    values = {name: getattr(one, name) for name in COLUMNS} | {"events_changed": count(one.events_changed)}
    return values | dict.fromkeys(UNKNOWN) if one.is_unknown else values


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
    """Give the sum of all projects, against the appropriation; amounts in DKK."""
    rows = answer.of(ALL)
    base, whatif = sum_of(rows, "base"), sum_of(rows, "whatif")
    return {
        "base": base,
        "whatif": whatif,
        "difference": whatif - base,
        **{cause: sum_of(rows, cause) for cause in CAUSES},
        "starts": count(sum(one.more_starts for one in rows)),
        "completions": count(sum(one.more_completions for one in rows)),
        "appropriation_base": answer.appropriation_base_dkk,
        "appropriation_whatif": answer.appropriation_whatif_dkk,
        "left_base": answer.appropriation_base_dkk - base,
        "left_whatif": answer.appropriation_whatif_dkk - whatif,
        "payable_base": sum_of(rows, "payable_base"),
        "payable_whatif": sum_of(rows, "payable_whatif"),
        "held_base": sum_of(rows, "held_base"),
        "held_whatif": sum_of(rows, "held_whatif"),
        "projects": len(rows),
        "unknown": answer.unknown,
        "gain": sum(one.difference > 0 for one in rows),
        "lose": sum(one.difference < 0 for one in rows),
        "change_status": [
            {"project_id": one.project_id, "base": one.earlier_status, "whatif": one.status}
            for one in rows
            if one.status != one.earlier_status
        ],
    }


def notes(answer: WhatIf) -> list[Phrase]:
    """Say what the answer can't know, and how the changes were laid."""
    told = list(LIMITS)
    if answer.unknown:
        told.append(
            phrase("Without a delivery, and so unknown and in no sum: {projects}.", projects=some(answer.unknown))
        )
    for change in answer.changes:
        day = _first_day(answer.state.rules, change)
        if day is not None and day > answer.state.rules.first_day:
            told.append(
                phrase(
                    "{change} holds for projects that start {day} or later, and for no other.",
                    change=change.label,
                    day=day,
                )
            )
    if len(answer.changes) > 1:
        told.append(
            phrase(
                "Each change is laid on the rules in force alone; all lays them on one another, and is not their sum "
                "where they meet (a rate under a cap)."
            )
            if answer.is_each
            else phrase(
                "The changes are laid one on the other, in the order given: where they meet (a rate under a cap), "
                "another order shares the sum out otherwise; --each lays every change alone."
            )
        )
    if answer.state.is_of_other_rules:
        told.append(
            phrase(
                "{file} has been changed since the last settlement: the rules known then are used.",
                file=RULES_FILE.name,
            )
        )
    return told


def _first_day(rules: Rules, change: Change) -> date | None:
    """Give the first day on which a parameter that is looked up on a project's start changes; None for any other."""
    if change.values is None or rules.parameters[change.name].kind is not Kind.PROJECT:
        return None
    held = rules.parameters[change.name].values
    return min((day for day, value in change.values.items() if day not in held or held[day] != value), default=None)


def adopting(answer: WhatIf) -> list[str]:
    """Give the lines that a person writes to put the changes in force; `choice` and `source` are left to fill in."""
    final = lasting(answer.state.rules, answer.changes)
    parameters = [change for change in final if change.values is not None]
    lines: list[str] = []
    if parameters:
        lines.append(phrase("rules/{file}, under parameters:", file=RULES_FILE.name))
        for change in parameters:
            values = yaml.safe_dump(dict(change.values or {}), default_flow_style=True, allow_unicode=True, width=1000)
            lines += [
                f"  {change.name}:",
                "    source: {document: …, heading: …}",
                "    choice: …",
                f"    values: {values.strip()}",
            ]
    for change in final:
        if change.action is not None:
            suite = next(
                suite.name for suite in load_catalogue().values() for rule in suite.rules if rule.code == change.name
            )
            lines += [
                phrase("expectations/{suite}.yaml, rule {code}:", suite=suite, code=change.name),
                f"  severity: {SEVERITIES[change.action]}",
                f"  action: {change.action}",
                "  source: {document: …, heading: …}",
            ]
    return lines


def tell(answer: WhatIf) -> str:
    """Write an answer for a terminal."""
    return "\n".join(_lines(answer))


def _lines(answer: WhatIf) -> Iterator[str]:
    yield worded("WHAT IF, {year}: {sentence}.", year=answer.year, sentence=sentence(answer))
    yield worded("Known at {moment}; nothing is drafted or released.", moment=answer.state.known_at.as_text())
    for label in [*labels_of(answer.changes), *([ALL] if len(answer.changes) > 1 else [])]:
        yield ""
        told = worded("all") if label == ALL else label
        yield worded("{change}, kr. of all years to {year}:", change=told, year=answer.year)
        yield from _table([one for one in answer.shown if one.change == label])
    yield ""
    yield from _portfolio_lines(answer)
    if answer.rules:
        yield ""
        yield worded("Rules whose counts or actions change:")
        for rule in answer.rules:
            counts = f"{shown(count(rule.base))} → {shown(count(rule.whatif))}"
            yield f"  {rule.code} ({_changed(rule.action_base, rule.action_whatif)}): {counts}"
    yield ""
    yield from (worded("Note: {note}", note=note) for note in notes(answer))
    if lines := adopting(answer):
        yield ""
        yield worded("To adopt it, a person writes, and then settles:")
        yield from (f"  {shown(line)}" for line in lines)


def _portfolio_lines(answer: WhatIf) -> Iterator[str]:
    sums = portfolio(answer)

    def money(*names: str) -> dict[str, str]:
        return {name: amount(sums[name]) for name in names}

    yield worded(
        "All projects: {base} kr. becomes {whatif} kr.; {gain} gain, {lose} lose, of {projects}{unknown}.",
        **money("base", "whatif"),
        gain=sums["gain"],
        lose=sums["lose"],
        projects=sums["projects"],
        unknown=worded("; unknown of {projects}", projects=projects(len(answer.unknown))) if answer.unknown else "",
    )
    yield worded(
        "Appropriation {appropriation_whatif} kr.: left {left_whatif} kr., before {left_base} kr.",
        **money("appropriation_whatif", "left_whatif", "left_base"),
    )
    yield worded(
        "Against the ledger: payable {payable_whatif} kr., before {payable_base} kr.; "
        "of which on hold {held_whatif} kr., before {held_base} kr.",
        **money("payable_whatif", "payable_base", "held_whatif", "held_base"),
    )
    for one in sums["change_status"]:
        yield worded(
            "{project} becomes {status} (was {earlier}).",
            project=one["project_id"],
            status=STATUSES[one["whatif"]],
            earlier=STATUSES[one["base"]],
        )


def _changed(base: str | None, whatif: str | None) -> str:
    """Name an action, or both where it changes."""
    return " → ".join(dict.fromkeys(filter(None, (base, whatif))))


def sentence(answer: WhatIf) -> Phrase:
    """Say in one sentence what all changes come to; the caller adds the full stop."""
    rows = answer.of(ALL)
    starts, completions = (sum(getattr(one, name) for one in rows) for name in ("more_starts", "more_completions"))
    parts = []
    if starts:
        told = _size(starts)
        parts.append(
            phrase("{count} more starts", count=told) if starts > 0 else phrase("{count} fewer starts", count=told)
        )
    if completions:
        told = _size(completions)
        parts.append(
            phrase("{count} more completions", count=told)
            if completions > 0
            else phrase("{count} fewer completions", count=told)
        )
    sums = portfolio(answer)
    return joined("; ", [*parts, _money_sentence(sums["difference"], sums["by_ceiling"])])


def _size(number: int) -> str:
    return UNDER if 0 < abs(number) < _FEWEST else danish.number(abs(number))


def _money_sentence(difference: Decimal, ceiling: Decimal) -> Phrase:
    before = difference - ceiling
    if not ceiling:
        return _money(difference)
    cut, total = danish.kroner(abs(ceiling)), _money(difference)
    if 0 < -ceiling <= before:
        return phrase(
            "{money}, of which {cut} are cut by ceilings: in all {total}", money=_money(before), cut=cut, total=total
        )
    told = (
        phrase("ceilings cut {cut} less: in all {total}", cut=cut, total=total)
        if ceiling > 0
        else phrase("ceilings cut {cut} more: in all {total}", cut=cut, total=total)
    )
    return joined("; ", [_money(before), told]) if before else told


def _money(amount_dkk: Decimal) -> Phrase:
    if not amount_dkk:
        return phrase("the same amount")
    told = danish.kroner(abs(amount_dkk))
    return phrase("{amount} more", amount=told) if amount_dkk > 0 else phrase("{amount} less", amount=told)


def _table(rows: list[Difference]) -> Iterator[str]:
    changed = sorted(
        (one for one in rows if one.difference or any(getattr(one, cause) for cause in CAUSES)),
        key=lambda one: (-abs(one.difference), one.project_id),
    )
    titles = {
        "difference": worded("difference"),
        "by_rows": worded("by rows"),
        "by_events": worded("by events"),
        "by_rates": worded("by rates"),
        "by_ceiling": worded("by ceiling"),
        "by_expenses": worded("by expenses"),
    }
    yield f"  {'':<12}" + "".join(f"{title:>15}" for title in (*titles.values(), worded("events"))) + "  status"
    for one in changed[:_MOST_ROWS]:
        amounts = "".join(f"{amount(getattr(one, name)):>15}" for name in titles)
        status = " → ".join(dict.fromkeys(str(shown(STATUSES[name])) for name in (one.earlier_status, one.status)))
        yield f"  {one.project_id:<12}{amounts}{shown(count(one.events_changed))!s:>15}  {status}"
    if len(changed) > _MOST_ROWS:
        yield worded(
            "  ({projects} with smaller differences: --json tells all)", projects=projects(len(changed) - _MOST_ROWS)
        )
    total = "".join(f"{amount(sum_of(rows, name)):>15}" for name in titles)
    yield f"  {worded('all'):<12}{total}{told_sum(one.events_changed for one in rows):>15}"


def sum_of(rows: Iterable[Difference], name: str) -> Decimal:
    """Add up an amount of the projects that have a delivery."""
    return sum((getattr(one, name) for one in rows if not one.is_unknown), Decimal("0.00"))
