"""An explanation as a terminal shows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tasks.base.language import is_danish
from tasks.base.lines import amount, count_of_citizens, short, when
from tasks.base.worded import shown, worded
from tasks.explain.read import file_of, holds_one_table
from tasks.rules.units import unit_of
from tasks.validation.held import with_words

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
    while not lines[-1]:
        lines.pop()
    return "\n".join([*lines, "", *_rules(one)])


def _head(one: Explanation) -> list[str]:
    draft, project = one.draft, one.project
    lines = [
        f"{one.project_id} {one.year}: {project['project_name']}",
        worded(
            "  Draft     {fingerprint}, prepared {moment} by {by}, {status}",
            fingerprint=short(draft["fingerprint"]),
            moment=when(draft["prepared_at"]),
            by=draft["prepared_by"],
            status=_status(project["status"]),
        ),
    ]
    if project["holds"]:
        lines.append(worded("  Holds     {holds}", holds=with_words(project["holds"])))
    if draft["registrations_known_at"]:
        lines.append(worded("  State     as known at {moment}", moment=when(draft["registrations_known_at"])))
    if project["delivery_no"] is None:
        return [*lines, worded("  Delivery  none is accepted")]
    received = when(project["received_at"])
    lines.append(worded("  Delivery  {delivery}, received {moment}", delivery=project["as_of_folder"], moment=received))
    return lines + [f"            {file['file_name']}  sha256 {file['sha256']}" for file in one.files]


def _status(status: str) -> str:
    told = {
        "ready": worded("ready"),
        "hold": worded("hold"),
        "missing": worded("missing"),
        "not_started": worded("not_started"),
    }
    return told[status]


def _line(name: str, amount_dkk: Decimal | str, note: str = "") -> str:
    told = amount_dkk if isinstance(amount_dkk, str) else amount(amount_dkk)
    return f"  {name:<34}{told:>{_AMOUNT}}   {note}".rstrip()


def _part(name: str) -> str:
    """Name a part of an entitlement at the head of a line."""
    told = {
        "starts": worded("Starts"),
        "completions": worded("Completions"),
        "cut by the cap": worded("Cut by the cap"),
        "wages": worded("Wages"),
        "cut by the limit of the fixed grant": worded("Limits of the fixed grant"),
    }
    return told[name]


def _account(one: Explanation) -> list[str]:
    money = one.money
    vouchers = sum(len(part.lines) for part in one.parts if part.name == "wages")
    notes = {
        "starts": count_of_citizens(money["starts"]).shown(),
        "completions": count_of_citizens(money["completions"]).shown(),
        "cut by the cap": worded(
            "cap {cap}, gross to {year} {gross}",
            cap=amount(money["cap_dkk"]),
            year=one.year,
            gross=amount(money["gross_cumulative_dkk"]),
        ),
        "wages": worded("{count} voucher", count=1) if vouchers == 1 else worded("{count} vouchers", count=vouchers),
        "cut by the limit of the fixed grant": worded(
            "from 0 to {limit}, wages to {year} {wages}, before {year} {earlier}",
            limit=amount(money["fixed_max_dkk"]),
            year=one.year,
            wages=amount(money["wages_cumulative_dkk"]),
            earlier=amount(money["wages_cumulative_dkk"] - money["wages_dkk"]),
        ),
    }
    unknown = worded("unknown")
    return [
        *(_line(_part(part.name), part.amount_dkk, notes[part.name]) for part in one.parts if one.is_known),
        _line(worded("Entitlement"), one.entitlement_dkk if one.is_known else unknown, "kr." if one.is_known else ""),
        _line(worded("Posted"), one.posted_dkk, _entries(one)),
        _line(worded("Payable"), one.payable_dkk if one.is_known else unknown),
    ]


def _entries(one: Explanation) -> str:
    numbers = ", ".join(str(entry["number"]) for entry in one.ledger)
    return worded("ledger entries {numbers}", numbers=numbers) if numbers else worded("nothing in the ledger")


def _ledger(one: Explanation) -> list[str]:
    if not one.ledger:
        return []
    component = {"activity": worded("activity"), "fixed": worded("fixed")}
    kind = {"settlement": worded("settlement"), "adjustment": worded("adjustment")}
    return [
        worded("Ledger"),
        *(
            _line(
                f"{entry['number']:>4}  {component[entry['component']]}, {kind[entry['kind']]}",
                entry["amount_dkk"],
                worded(
                    "draft {fingerprint}, {moment}, approved by {by}",
                    fingerprint=short(entry["draft_fingerprint"]),
                    moment=when(entry["posted_at"]),
                    by=entry["approved_by"],
                ),
            )
            for entry in one.ledger
        ),
        "",
    ]


def _causes(one: Explanation) -> list[str]:
    if not one.causes:
        return []
    head = worded("Why the draft differs from what was posted before it")
    part = "" if one.citizen is None else worded(": the citizen's part, before the cap")
    lines = [f"{head}{part}"]
    for cause in one.causes:
        lines.append(f"  {amount(cause['amount_dkk']):>{_AMOUNT}}   {cause['text_da' if is_danish() else 'text_en']}")
        for row in cause["rows"]:
            lines += [f"  {'':>{_AMOUNT}}     {line}" for line in _cause_row(row)]
    return [*lines, ""]


def _row(delivery: Any, row: Any) -> str:
    return worded("{delivery} row {row}", delivery=delivery, row=row) if row else worded("not there")


def _cause_row(row: Row) -> list[str]:
    """Write a registration behind a cause, and which of the citizen's spells have changed."""
    table = "udgifter" if row["subject"] == "wages" else "borgere"
    subject = {"start": worded("start"), "completion": worded("completion"), "wages": worded("wages")}
    days = " -> ".join(str(day) if day else worded("none") for day in (row["earlier_day"], row["day"]))
    before, now = _row(row["earlier_delivery"], row["earlier_row"]), _row(row["delivery"], row["row"])
    return [
        f"{table} {row['key']}: {before} -> {now}; {subject[row['subject']]} {days}",
        *(
            f"  forloeb {spell['forloeb_id']}: {_spell(spell['earlier'])} -> {_spell(spell['now'])}"
            for spell in row["spells"]
        ),
    ]


def _spell(spell: Row | None) -> str:
    if spell is None:
        return worded("not there")
    return worded(
        "row {row} {type} at {cvr} {start} to {end}",
        row=spell["row"],
        type=spell["type"],
        cvr=spell["virksomhed_cvr"],
        start=spell["startdato"],
        end=spell["slutdato"] or worded("now"),
    )


def _details(one: Explanation) -> list[str]:
    lines: list[str] = []
    for part in one.parts:
        if part.lines:
            lines += [_part(part.name), *(_detail(one, part, line) for line in part.lines), ""]
    return lines[:-1]


def _detail(one: Explanation, part: Part, line: Row) -> str:
    if part.name == "wages":
        place = worded("{place} row {rows}", place=_place(one, "udgifter"), rows=line["row"])
        return _line(f"{line['bilagsnr']:<22}{line['day']}", line["amount_dkk"], f"{place} ({line['kategori']})")
    spells = ", ".join(str(spell["row"]) for spell in line["spells"])
    citizen = worded("{place} row {rows}", place=_place(one, "borgere"), rows=line["row"])
    of_spells = (
        worded("{place} row {rows}", place=_place(one, "forloeb"), rows=spells)
        if len(line["spells"]) == 1
        else worded("{place} rows {rows}", place=_place(one, "forloeb"), rows=spells)
    )
    return _line(f"{line['citizen_id']:<22}{line['day']}", line["amount_dkk"], f"{citizen}; {of_spells}")


def _place(one: Explanation, table: str) -> str:
    """Name the file of a table, and the table too where the file holds several."""
    file = file_of(one.files, table)
    if file is None:
        return table
    name: str = file["file_name"]
    return name if holds_one_table(name) else f"{name} {table}"


def _rejected(codes: list[str]) -> str:
    return worded("rejected by {codes}", codes=with_words(codes))


def _citizen(one: Explanation) -> list[str]:
    citizen = one.citizen or {}
    arms = {"participant": worded("accepted, participant arm"), "control": worded("accepted, control arm")}
    lines = [worded("Citizen {citizen}", citizen=citizen["citizen_id"])]
    days: Row = {}
    if not citizen["rows"]:
        lines.append(worded("  not in the delivery that is in force"))
    is_control = any(row["arm"] == "control" and not row["codes"] for row in citizen["rows"])
    for row in citizen["rows"]:
        days = {event: row[f"{event}_date"] for event in ("start", "completion") if row[f"{event}_date"]} or days
        state = _rejected(row["codes"]) if row["codes"] else arms[row["arm"]]
        lines.append(f"  {worded('{place} row {rows}', place=_place(one, 'borgere'), rows=row['row'])}: {state}")
    lines += [
        worded(
            "  {place} row {row}: {type} {start} to {end}: {state}",
            place=_place(one, "forloeb"),
            row=spell["row"],
            type=spell["type"],
            start=spell["startdato"],
            end=spell["slutdato"] or worded("now"),
            state=_rejected(spell["codes"]) if spell["codes"] else _gave(spell["gave"], days, is_control=is_control),
        )
        for spell in citizen["spells"]
    ]
    lines += ["", worded("Of the settlement of {year}, before the cap", year=one.year)]
    event = {"starts": worded("Start"), "completions": worded("Completion")}
    for part in one.parts:
        for line in part.lines:
            lines.append(_line(f"{event[part.name]}, {line['day']}", line["amount_dkk"]))
    lines.append(_line(worded("Total"), sum((part.amount_dkk for part in one.parts), Decimal(0)), "kr."))
    return [*lines, *(["", *_causes(one)[:-1]] if one.causes else [])]


def _gave(events: list[str], days: Row, *, is_control: bool) -> str:
    """Say which events a spell gave, each with its day."""
    if is_control:
        return worded("does not count, in the control arm")
    if not events:
        return worded("gives nothing by itself")
    gave = [
        worded("the start of {day}", day=days[event])
        if event == "start"
        else worded("the completion of {day}", day=days[event])
        for event in events
    ]
    return worded("gave {events}", events=worded(" and ").join(gave))


def _rules(one: Explanation) -> list[str]:
    lines = [
        worded(
            "Rules: {file}, sha256 {sha256}, known since {moment}",
            file=one.rules["file"],
            sha256=one.rules["sha256"],
            moment=when(one.rules["known_since"]),
        )
    ]
    for name, parameter in one.parameters.items():
        values = "; ".join(
            worded("{value} from {day}", value=_value(one["value"]), day=one["valid_from"])
            for one in parameter["values"]
        )
        source = parameter["source"]
        lines.append(
            f"  {name}: {values} ({shown(unit_of(parameter['unit']))}); {source['title']}, {source['heading']}"
        )
    return lines


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)
