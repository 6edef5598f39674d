"""What a check found, in Danish on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from textwrap import wrap
from typing import TYPE_CHECKING

from tasks.base import danish
from tasks.base.danish import short_day
from tasks.base.lines import amount, visible
from tasks.base.worded import Both
from tasks.intake.tables import UDGIFTER
from tasks.validation.catalogue import without_page

if TYPE_CHECKING:
    from decimal import Decimal

    from tasks.check.findings import Before, BrokenRule, BrokenWhole, Checked, Difference, Money

PLACES_SHOWN = 5
_REJECT, _REMARK, _REFUSE = "reject", "remark", "refuse"
_INDENT = 5
_HOW = {"came": "kommet til", "went": "gået ud", "changed": "ændret"}


def as_text(found: Checked, width: int) -> str:
    """Report what was found, in lines of `width` characters at most."""
    blocks = [_opening(found)]
    refusing = [fault for fault in found.faults if fault.rule.action == _REFUSE]
    if refusing:
        blocks.append(_titled("Derfor kan indberetningen ikke modtages", map(_whole, refusing)))
    for is_rejected, title in ((True, "Rækker, der afvises"), (False, "Bemærkninger til rækker, der tæller med")):
        of_action = [broken for broken in found.broken if (broken.rule.action == _REJECT) == is_rejected]
        groups = list(_odd(of_action)) if is_rejected else []
        groups += [
            _rows(broken, is_priced=found.is_accepted) for broken in map(_without_odd, of_action) if broken.spots
        ]
        if groups:
            blocks.append(_titled(title, groups))
    remarks = [fault for fault in found.faults if fault.rule.action != _REFUSE]
    if remarks:
        blocks.append(_titled("Bemærkninger til indberetningen", map(_whole, remarks)))
    blocks.extend(_project(found))
    if found.before is not None:
        blocks.append(_before(found.before))
    if found.money is not None:
        blocks.append(_money(found, found.money))
    blocks.append(_not_made(found))
    return "\n".join(_fitted(line, width) for line in "\n\n".join(blocks).split("\n"))


def verdict(found: Checked) -> str:
    """Give the verdict in one sentence."""
    if not found.is_accepted:
        return "AFVIST: Indberetningen kan ikke modtages, og intet af den tæller."
    if found.rejected:
        rows = f"{danish.number(found.rejected)} AF {danish.antal(found.received, 'RÆKKE', 'RÆKKER')} AFVISES"
        without = "den afviste række" if found.rejected == 1 else "de afviste rækker"
        return f"{rows}: Indberetningen modtages, men {without} tæller ikke."
    if not found.received:
        return (
            "I ORDEN, MEN TOM: Indberetningen modtages uden en eneste række; "
            "den erstatter den forrige, og intet tæller."
        )
    received = danish.number(found.received)
    none = "den ene række afvises ikke" if found.received == 1 else f"ingen af de {received} rækker afvises"
    return f"I ORDEN: Indberetningen modtages, og {none}."


def _opening(found: Checked) -> str:
    project = found.project_id or "ikke oplyst"
    as_of = short_day(found.as_of_date) if found.as_of_date else "ikke oplyst"
    lines = [f"Kontrol af {found.name} (projekt: {project}, opgjort pr.: {as_of})", "", verdict(found)]
    if found.tables:
        width = max(len(table.file) for table in found.tables)
        lines.append("")
        for table in found.tables:
            rejected = "afvist" if table.rejected == 1 else "afviste"
            rows = "række, " if table.received == 1 else "rækker,"
            received, not_counted = danish.number(table.received), danish.number(table.rejected)
            lines.append(f"  {table.file:<{width}}  {received:>7} {rows} {not_counted:>6} {rejected}")
    return "\n".join(lines)


def _titled(title: str, groups: Iterable[str]) -> str:
    return f"{title}\n{'-' * len(title)}\n" + "\n\n".join(groups)


def _whole(broken: BrokenWhole) -> str:
    return _group(broken, "", [place.da for place in broken.places])


def _odd(broken: Sequence[BrokenRule]) -> Iterator[str]:
    """Report each row that as a whole seems not to belong to its table once, with the rules that its cells break."""
    rows: dict[tuple[int, int], tuple[str, list[str]]] = {}
    tables = list(dict.fromkeys(rule.table for rule in broken))
    for rule in broken:
        for spot in rule.spots:
            if spot.is_odd:
                told = f"{rule.file}, række {spot.row_no}: {without_page(spot.message.da)}"
                rows.setdefault((tables.index(rule.table), spot.row_no), (told, []))[1].append(rule.rule.code)
    if not rows:
        return
    lines = ["Rækker, der ikke ligner tabellens egne"]
    lines += [
        f"     - {visible(told)} ({', '.join(codes)})" for _, (told, codes) in sorted(rows.items())[:PLACES_SHOWN]
    ]
    if len(rows) > PLACES_SHOWN:
        lines.append(f"     - og {danish.number(len(rows) - PLACES_SHOWN)} til")
    yield "\n".join(lines)


def _without_odd(broken: BrokenRule) -> BrokenRule:
    return replace(broken, spots=tuple(spot for spot in broken.spots if not spot.is_odd))


def _rows(broken: BrokenRule, *, is_priced: bool) -> str:
    count = len(broken.spots)
    cost = f", op til {amount(broken.lost_dkk)} kr." if broken.lost_dkk else ""
    if is_priced:
        cost += rest(broken.lost_dkk, broken.unreckoned, count)
    places = [
        f"{_place(broken.file, spot.cell)}: {without_page(spot.message.da)}" for spot in broken.spots[:PLACES_SHOWN]
    ]
    places += [""] * (count - len(places))
    return _group(broken, f"  ({_counted(count)}{cost})", places)


def rest(lost_dkk: Decimal, unreckoned: int, rows: int) -> str:
    """Go on from what rows cost at most to the rows whose amount can't be computed; blank where there are none."""
    if not unreckoned:
        return ""
    told = danish.unreckoned(unreckoned, rows)
    if lost_dkk:
        return f", og {told}"
    if unreckoned < rows:
        return f"; {told}"
    return f"; hvad {'den' if rows == 1 else 'de'} koster, {told}"


def _place(file: str, cell: str) -> str:
    """Name a cell behind its file; a workbook's sheet is reported once."""
    return f"{file.removesuffix(', ' + cell.rpartition('!')[0])}, {cell}"


def _group(broken: BrokenRule | BrokenWhole, behind_title: str, places: Sequence[str]) -> str:
    kind = "Normalt" if broken.rule.action == _REMARK else "Krav"
    lines = [f"{broken.rule.code}  {kind}: {broken.rule.title_da}{behind_title}"]
    lines += [f"     - {visible(place)}" for place in places[:PLACES_SHOWN]]
    if len(places) > PLACES_SHOWN:
        lines.append(f"     - og {danish.number(len(places) - PLACES_SHOWN)} til")
    lines.append(f"     Sådan rettes det: {broken.rule.mend_da}")
    lines.append(f"     Om reglen: {broken.rule.page}")
    return "\n".join(lines)


def _project(found: Checked) -> Iterator[str]:
    for action, title in (("hold", "stilles projektet i bero"), (_REMARK, "bemærkes")):
        of_action = [hold for hold in found.holds if hold.rule.action == action]
        if of_action:
            heading = f"Når {found.due_year} opgøres på denne indberetning, {title}"
            yield _titled(heading, (_whole(_without_pages(hold)) for hold in of_action))


def _without_pages(hold: BrokenWhole) -> BrokenWhole:
    return replace(hold, places=tuple(Both(without_page(place.da), without_page(place.en)) for place in hold.places))


def _money(found: Checked, money: Money) -> str:
    heads = ("År", "Påbegyndt", "Gennemført", "Aktivitetstilskud", "Fast tilskud", "I alt, kr.")
    rows = [
        (
            str(year.year),
            danish.number(year.starts),
            danish.number(year.completions),
            amount(year.activity_dkk),
            amount(year.fixed_dkk),
            amount(year.entitlement_dkk),
        )
        for year in money.years
    ]
    sums = (
        "I alt",
        danish.number(sum(year.starts for year in money.years)),
        danish.number(sum(year.completions for year in money.years)),
        amount(money.activity_dkk),
        amount(money.fixed_dkk),
        amount(money.entitlement_dkk),
    )
    widths = [max(len(row[at]) for row in (heads, *rows, sums)) for at in range(len(heads))]
    lines = [
        "  " + "  ".join(cell.ljust(width) if at == 0 else cell.rjust(width) for at, (cell, width) in enumerate(pairs))
        for pairs in (list(zip(row, widths, strict=True)) for row in (heads, *rows, sums))
    ]
    lines.insert(-1, "  " + "-" * (len(lines[0]) - 2))
    lines += ["", *_limits(money), *_losses(found)]
    return _titled("Det giver indberetningen, som den er", ["\n".join(lines).rstrip()])


def _before(before: Before) -> str:
    as_of = f", opgjort pr. {short_day(before.as_of_date)}" if before.as_of_date else ""
    lines = [difference(one) for one in before.differences]
    if not lines:
        lines = ["  Ingen borgere, forløb eller udgifter er kommet til, gået ud eller ændret."]
    change = before.now_dkk - before.before_dkk
    change_text = f"{amount(abs(change))} kr. {'mere' if change > 0 else 'mindre'}" if change else "det samme"
    lines.append(
        f"  Den forrige gav {amount(before.before_dkk)} kr. i alt, denne giver {amount(before.now_dkk)} kr.: "
        f"{change_text}."
    )
    return _titled(f"Siden den forrige indberetning ({before.name}{as_of})", ["\n".join(lines)])


def difference(one: Difference) -> str:
    """Report in one line what became of a table's registrations."""
    amounts = {
        "came": f", {amount(one.now_dkk)} kr.",
        "went": f", {amount(one.before_dkk)} kr.",
        "changed": f", {amount(one.before_dkk)} kr. er blevet til {amount(one.now_dkk)} kr.",
    }
    cost = amounts[one.how] if one.table == UDGIFTER.name else ""
    shown = ", ".join(visible(key) for key in one.keys[:PLACES_SHOWN] if key)
    more = " …" if one.count > PLACES_SHOWN else ""
    return f"  {one.table}: {danish.number(one.count)} {_HOW[one.how]}{cost}" + (f" ({shown}{more})" if shown else "")


def _limits(money: Money) -> Iterator[str]:
    if money.cap_dkk is not None:
        cut = money.gross_activity_dkk - money.activity_dkk
        cut_text = f", og det skærer {amount(cut)} kr. fra" if cut else ""
        yield f"  Loftet over aktivitetstilskuddet er {amount(money.cap_dkk)} kr. for hele projektet{cut_text}."
    beyond = money.wages_dkk - money.fixed_dkk
    beyond_text = f"; {amount(beyond)} kr. af lønnen ligger over" if beyond > 0 else ""
    yield f"  Det faste tilskud er højst {amount(money.fixed_max_dkk)} kr. for hele projektet{beyond_text}."


def _losses(found: Checked) -> Iterator[str]:
    if not found.rejected:
        return
    if not found.lost_dkk and not found.unreckoned:
        yield "  De afviste rækker koster ikke noget, hver for sig."
        return
    yield ""
    if found.lost_dkk:
        yield f"  De afviste rækker koster op til {amount(found.lost_dkk)} kr.:"
    for table in found.tables:
        if table.costly:
            yield f"    {table.file}: {_counted(table.costly)}, op til {amount(table.lost_dkk)} kr."
    if found.unreckoned:
        also = "også " if found.lost_dkk else ""
        yield f"  Hvad disse afviste rækker {also}koster, kan ikke gøres op:"
    for table in found.tables:
        if table.unreckoned:
            yield f"    {table.file}: {_counted(table.unreckoned)}."
    if not found.lost_dkk:
        return
    yield "  Hver række er regnet for sig og uden lofter; rettes flere, kan summen blive en anden."


def _counted(rows: int) -> str:
    return danish.antal(rows, "række", "rækker")


def _not_made(found: Checked) -> str:
    return _titled("Ikke kontrolleret her", ["\n".join(_gap(gap.codes, gap.reason) for gap in found.not_made)])


def _gap(codes: Sequence[str], reason: Both) -> str:
    return f"  - {', '.join(codes)}{': ' if codes else ''}{reason.da}"


def _fitted(line: str, width: int) -> str:
    """Break a line that is too long, its rest under its own beginning."""
    if len(line) <= width:
        return line
    lead = len(line) - len(line.lstrip(" -"))
    return "\n".join(
        wrap(
            line,
            width,
            subsequent_indent=" " * (lead or _INDENT),
            drop_whitespace=True,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
