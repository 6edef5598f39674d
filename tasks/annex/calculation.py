"""The annex's calculation: each amount of the letter as a live formula over the lines above it and the citizens."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tasks.annex.sheet import VALUE, Formats, head, plain
from tasks.base.danish import dato, kroner, liste
from tasks.letters.facts import LetterFacts

CALCULATION, CITIZENS = "Beregning", "Borgere der tæller"


def _rests_on(facts: LetterFacts) -> str:
    """Say which delivery the calculation rests on, or why on none."""
    if facts.begins_on:
        return f"Projektet begynder den {dato(facts.begins_on)}"
    if facts.as_of_date is None:
        return "Ingen indberetning, der kan bruges"
    return f"Opgjort pr. {dato(facts.as_of_date)}"


class _Lines:
    """The sheet's lines, each a label and a number or a formula over earlier lines."""

    def __init__(self, sheet: Worksheet, formats: Formats, first_row: int) -> None:
        self._sheet, self._formats, self._row = sheet, formats, first_row

    def line(self, label: str, value: Decimal | int, shown_as: Format, formula: str = "", working: str = "") -> str:
        """Write a line, and give the cell of its value. A formula is written with the value that it gives."""
        is_sum = shown_as is self._formats.sum
        self._sheet.write_string(self._row, 0, label, self._formats.bold if is_sum else None)
        if formula:
            self._sheet.write_formula(self._row, 1, formula, shown_as, value)
        else:
            self._sheet.write_number(self._row, 1, value, shown_as)
        self._sheet.write_string(self._row, 2, working, self._formats.sum_working if is_sum else self._formats.working)
        self._row += 1
        return f"B{self._row}"

    def unknown(self, label: str) -> None:
        """Write a line whose amount can't be computed yet."""
        self._sheet.write_string(self._row, 0, label, self._formats.bold)
        self._sheet.write_string(self._row, 1, "kan ikke gøres op endnu", self._formats.sum)
        self._row += 1


class _Events:
    """The formulas over the sheet of citizens, by event: its days in one column, what it gives in the next."""

    def __init__(self, citizen_count: int, year: str) -> None:
        last = max(citizen_count, 1) + 1
        self._days = {"start": f"'{CITIZENS}'!$B$2:$B${last}", "completion": f"'{CITIZENS}'!$D$2:$D${last}"}
        self._money = {"start": f"'{CITIZENS}'!$C$2:$C${last}", "completion": f"'{CITIZENS}'!$E$2:$E${last}"}
        self._year = year

    def count(self, event: str) -> str:
        """Count those of the year."""
        return f"=COUNTIFS({self._in_year(event)})"

    def paid(self, event: str) -> str:
        """Add up what those of the year give."""
        return f"=SUMIFS({self._money[event]},{self._in_year(event)})"

    def paid_earlier(self) -> str:
        """Add up what all events before the year gave."""
        return "=" + "+".join(
            f'SUMIFS({self._money[event]},{self._days[event]},"<"&DATE({self._year},1,1))' for event in self._days
        )

    def _in_year(self, event: str) -> str:
        days, year = self._days[event], self._year
        return f'{days},">="&DATE({year},1,1),{days},"<="&DATE({year},12,31)'


def write_calculation(sheet: Worksheet, facts: LetterFacts, citizen_count: int, formats: Formats) -> None:
    """Write the sheet of the calculation; `citizen_count`: rows of the sheet of citizens, which it adds up."""
    sheet.write_string(0, 0, f"Beregning af tilskud til JobFirst for {facts.year}", formats.title)
    for row, text in enumerate(
        (f"Projekt {facts.project_id}: {facts.project_name}", f"J.nr. {facts.case_number}", _rests_on(facts)), start=1
    ):
        sheet.write_string(row, 0, plain(text))
    head(sheet, 5, ("Post", VALUE, "Sådan er den regnet"), (46, 18, 80), formats)

    lines = _Lines(sheet, formats, 6)
    year = lines.line("År", facts.year, formats.year)
    cap = _cap(lines, facts, formats)
    if facts.is_unknown:
        lines.unknown(f"Tilskud for {facts.year}, kr.")
        return
    granted = _activity(lines, facts, _Events(citizen_count, year), cap, formats)
    fixed_granted = _fixed(lines, facts, formats)
    entitlement = lines.line(
        f"Tilskud for {facts.year}, kr.", facts.entitlement_dkk, formats.sum, f"={granted}+{fixed_granted}"
    )
    posted = lines.line(
        f"Tidligere tildelt for {facts.year}, kr.",
        facts.posted_dkk,
        formats.money,
        working=liste([f"{one.full_name} {kroner(one.amount_dkk)}" for one in facts.posted_to]),
    )
    _decision(lines, facts, entitlement, posted, formats)


def _cap(lines: _Lines, facts: LetterFacts, formats: Formats) -> str:
    activity = facts.activity
    target = lines.line("Måltal, borgere", facts.target_participants, formats.count)
    most = lines.line("Højeste tilskud pr. borger, kr.", activity.citizen_max_dkk, formats.money)
    share = lines.line("Andel, der højst kan udbetales", activity.cap_share, formats.share)
    return lines.line(
        "Loft, kr.",
        activity.cap_dkk,
        formats.money,
        f"=ROUND({target}*{most}*{share},2)",
        "Måltal gange tilskud gange andel",
    )


def _activity(lines: _Lines, facts: LetterFacts, events: _Events, cap: str, formats: Formats) -> str:
    """Write the activity grant, and give the cell of its amount."""
    activity = facts.activity

    def paid(label: str, event: str, count: int, amount_dkk: Decimal) -> str:
        lines.line(f"{label}, borgere", count, formats.count, events.count(event), f"Talt i arket {CITIZENS}")
        return lines.line(
            f"{label}, kr.", amount_dkk, formats.money, events.paid(event), f"Lagt sammen i arket {CITIZENS}"
        )

    starts_dkk = sum((line.amount_dkk for line in activity.starts), Decimal(0))
    starts = paid("Påbegyndte forløb i året", "start", activity.start_count, starts_dkk)
    completions = paid(
        "Gennemførte forløb i året", "completion", activity.completion_count, activity.gross_dkk - starts_dkk
    )
    gross = lines.line("Aktivitet før loft, kr.", activity.gross_dkk, formats.sum, f"={starts}+{completions}")
    earlier = lines.line(
        "Aktivitet i tidligere år, kr.",
        activity.gross_cumulative_dkk - activity.gross_dkk,
        formats.money,
        events.paid_earlier(),
        f"Lagt sammen i arket {CITIZENS}",
    )
    return lines.line(
        "Aktivitetsafhængigt tilskud, kr.",
        activity.granted_dkk,
        formats.sum,
        f"=MIN({gross}+{earlier},{cap})-MIN({earlier},{cap})",
        "Al aktivitet til og med året, højst loftet, minus det samme for tidligere år",
    )


def _fixed(lines: _Lines, facts: LetterFacts, formats: Formats) -> str:
    """Write the fixed grant, and give the cell of its amount."""
    fixed = facts.fixed
    wages = lines.line("Dokumenteret løn til projektledelse i året, kr.", fixed.wages_dkk, formats.money)
    earlier = lines.line(
        "Dokumenteret løn i tidligere år, kr.", fixed.wages_cumulative_dkk - fixed.wages_dkk, formats.money
    )
    most = lines.line("Højeste faste tilskud, kr.", fixed.max_dkk, formats.money)
    return lines.line(
        "Fast tilskud, kr.",
        fixed.granted_dkk,
        formats.sum,
        f"=MAX(0,MIN({wages}+{earlier},{most}))-MAX(0,MIN({earlier},{most}))",
        "Al løn til og med året, mellem 0 kr. og det højeste tilskud, minus det samme for tidligere år",
    )


def _decision(lines: _Lines, facts: LetterFacts, entitlement: str, posted: str, formats: Formats) -> None:
    """Write the amount to pay or to pay back, alone or added up with that day's other decisions or the other years."""
    if facts.netted or facts.other_years:
        net_dkk = facts.netted.net_dkk if facts.netted else facts.all_years_dkk
        decision, added = (
            ("Afgørelsen", "Andre afgørelser af samme dag") if facts.netted else ("Udkastet", "Andre år, regnet igen")
        )
        own = lines.line(
            f"{decision} for {facts.year}, kr.", facts.payable_dkk, formats.sum, f"={entitlement}-{posted}"
        )
        others = lines.line(f"{added}, kr.", net_dkk - facts.payable_dkk, formats.money)
        if net_dkk < 0:
            lines.line("Skal betales tilbage i alt, kr.", -net_dkk, formats.sum, f"=-{own}-{others}")
        else:
            lines.line("Til udbetaling i alt, kr.", net_dkk, formats.sum, f"={own}+{others}")
    elif facts.payable_dkk < 0:
        lines.line("Skal betales tilbage, kr.", -facts.payable_dkk, formats.sum, f"={posted}-{entitlement}")
    else:
        lines.line("Til udbetaling nu, kr.", facts.payable_dkk, formats.sum, f"={entitlement}-{posted}")
