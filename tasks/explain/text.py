"""An explanation as a terminal shows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tasks.base.english import amount, short, when
from tasks.explain.read import file_of, holds_one_table

if TYPE_CHECKING:
    from tasks.explain.read import Explanation, Part
    from tasks.warehouse.rows import Row

_AMOUNT = 16


def as_text(one: Explanation) -> str:
    """Write an explanation, with the amounts at the right edge."""
    lines = [*_head(one), ""]
    if one.citizen is not None:
        lines += _citizen(one)
    else:
        lines += [*_account(one), "", *_ledger(one), *_causes(one), *_details(one)]
    return "\n".join([*lines, "", *_rules(one)])


def _head(one: Explanation) -> list[str]:
    draft, project = one.draft, one.project
    state = " ".join([project["status"], *project["holds"]])
    prepared = f"prepared {when(draft['prepared_at'])} by {draft['prepared_by']}"
    lines = [
        f"{one.project_id} {one.year}: {project['project_name']}",
        f"  Draft     {short(draft['fingerprint'])}, {prepared}, {state}",
    ]
    if draft["registrations_known_at"]:
        lines.append(f"  State     as known at {when(draft['registrations_known_at'])}")
    if project["delivery_no"] is None:
        return [*lines, "  Delivery  none is accepted"]
    lines.append(f"  Delivery  {project['as_of_folder']}, received {when(project['received_at'])}")
    return lines + [f"            {file['file_name']}  sha256 {file['sha256']}" for file in one.files]


def _line(name: str, amount_dkk: Decimal, note: str = "") -> str:
    return f"  {name:<34}{amount(amount_dkk):>{_AMOUNT}}   {note}".rstrip()


def _account(one: Explanation) -> list[str]:
    money = one.money
    cap, gross = amount(money["cap_dkk"]), amount(money["gross_cumulative_dkk"])
    limit, wages = amount(money["fixed_max_dkk"]), amount(money["wages_cumulative_dkk"])
    notes = {
        "starts": f"{money['starts']} citizens",
        "completions": f"{money['completions']} citizens",
        "cut by the cap": f"cap {cap}, gross to {one.year} {gross}",
        "wages": f"{sum(len(part.lines) for part in one.parts if part.name == 'wages')} vouchers",
        "cut by the limit of the fixed grant": f"limit {limit}, wages to {one.year} {wages}",
    }
    return [
        *(_line(part.name.capitalize(), part.amount_dkk, notes[part.name]) for part in one.parts),
        _line("Entitlement", one.entitlement_dkk, "kr."),
        _line("Posted", one.posted_dkk, _entries(one)),
        _line("Payable", one.payable_dkk),
    ]


def _entries(one: Explanation) -> str:
    numbers = ", ".join(str(entry["number"]) for entry in one.ledger)
    return f"ledger entries {numbers}" if numbers else "nothing in the ledger"


def _ledger(one: Explanation) -> list[str]:
    if not one.ledger:
        return []
    return [
        "Ledger",
        *(
            _line(
                f"{entry['number']:>4}  {entry['component']}, {entry['kind']}",
                entry["amount_dkk"],
                f"draft {short(entry['draft_fingerprint'])}, {when(entry['posted_at'])}, "
                f"approved by {entry['approved_by']}",
            )
            for entry in one.ledger
        ),
        "",
    ]


def _causes(one: Explanation) -> list[str]:
    if not one.causes:
        return []
    part = "" if one.citizen is None else ": the citizen's part, before the cap"
    lines = [f"Why the draft differs from what was posted before it{part}"]
    for cause in one.causes:
        lines.append(f"  {amount(cause['amount_dkk']):>{_AMOUNT}}   {cause['text_en']}")
        for row in cause["rows"]:
            lines += [f"  {'':>{_AMOUNT}}     {line}" for line in _cause_row(row)]
    return [*lines, ""]


def _cause_row(row: Row) -> list[str]:
    """Write a registration behind a cause, and which of the citizen's spells have changed."""
    table = "udgifter" if row["subject"] == "wages" else "borgere"
    before = f"{row['earlier_delivery']} row {row['earlier_row']}" if row["earlier_row"] else "not there"
    now = f"{row['delivery']} row {row['row']}" if row["row"] else "not there"
    days = " -> ".join(str(day) if day else "none" for day in (row["earlier_day"], row["day"]))
    return [
        f"{table} {row['key']}: {before} -> {now}; {row['subject']} {days}",
        *(
            f"  forloeb {spell['forloeb_id']}: {_spell(spell['earlier'])} -> {_spell(spell['now'])}"
            for spell in row["spells"]
        ),
    ]


def _spell(spell: Row | None) -> str:
    if spell is None:
        return "not there"
    end = spell["slutdato"] or "now"
    return f"row {spell['row']} {spell['type']} at {spell['virksomhed_cvr']} {spell['startdato']} to {end}"


def _details(one: Explanation) -> list[str]:
    lines: list[str] = []
    for part in one.parts:
        if part.lines:
            lines += [part.name.capitalize(), *(_detail(one, part, line) for line in part.lines), ""]
    return lines[:-1]


def _detail(one: Explanation, part: Part, line: Row) -> str:
    if part.name == "wages":
        rows = f"{_place(one, 'udgifter')} row {line['row']} ({line['kategori']})"
        return _line(f"{line['bilagsnr']:<22}{line['day']}", line["amount_dkk"], rows)
    spells = ", ".join(str(spell["row"]) for spell in line["spells"])
    of_spells = "row" if len(line["spells"]) == 1 else "rows"
    rows = f"{_place(one, 'borgere')} row {line['row']}; {_place(one, 'forloeb')} {of_spells} {spells}"
    return _line(f"{line['citizen_id']:<22}{line['day']}", line["amount_dkk"], rows)


def _place(one: Explanation, table: str) -> str:
    """Name the file of a table, and the table too where the file holds several."""
    file = file_of(one.files, table)
    if file is None:
        return table
    name: str = file["file_name"]
    return name if holds_one_table(name) else f"{name} {table}"


def _citizen(one: Explanation) -> list[str]:
    citizen = one.citizen or {}
    lines = [f"Citizen {citizen['citizen_id']}"]
    days: Row = {}
    if not citizen["rows"]:
        lines.append("  not in the delivery that is in force")
    for row in citizen["rows"]:
        days = {event: row[f"{event}_date"] for event in ("start", "completion") if row[f"{event}_date"]} or days
        state = f"rejected by {' '.join(row['codes'])}" if row["codes"] else f"accepted, {row['arm']} arm"
        lines.append(f"  {_place(one, 'borgere')} row {row['row']}: {state}")
    for spell in citizen["spells"]:
        if spell["codes"]:
            state = f"rejected by {' '.join(spell['codes'])}"
        else:
            gave = [f"the {event} of {days[event]}" for event in spell["gave"]]
            state = f"gave {' and '.join(gave)}" if gave else "gives nothing by itself"
        end = spell["slutdato"] or "now"
        lines.append(
            f"  {_place(one, 'forloeb')} row {spell['row']}: {spell['type']} {spell['startdato']} to {end}: {state}"
        )
    lines += ["", f"Of the settlement of {one.year}, before the cap"]
    for part in one.parts:
        for line in part.lines:
            lines.append(_line(f"{part.name[:-1].capitalize()}, {line['day']}", line["amount_dkk"]))
    lines.append(_line("Total", sum((part.amount_dkk for part in one.parts), Decimal(0)), "kr."))
    return [*lines, *(["", *_causes(one)[:-1]] if one.causes else [])]


def _rules(one: Explanation) -> list[str]:
    known_since = when(one.rules["known_since"])
    lines = [f"Rules: {one.rules['file']}, sha256 {one.rules['sha256']}, known since {known_since}"]
    for name, parameter in one.parameters.items():
        values = "; ".join(f"{_value(one['value'])} from {one['valid_from']}" for one in parameter["values"])
        source = parameter["source"]
        lines.append(f"  {name}: {values} ({parameter['unit']}); {source['title']}, {source['heading']}")
    return lines


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)
