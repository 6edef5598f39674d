"""The answer as the page gives it: the verdict, and what is wrong by rule, dearest first, from what a check found.

Judging and wording of what is wrong are the check's own (`tasks/check/`); here it is put in order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.base.danish import antal, kroner, number
from tasks.base.lines import visible
from tasks.check.marked import rows_of
from tasks.check.text import rest
from tasks.validation.catalogue import without_page

if TYPE_CHECKING:
    from tasks.check.findings import BrokenRule, BrokenWhole, Checked, NotMade
    from tasks.intake.contents import TableText
    from tasks.validation.catalogue import Rule

PLACES_SHOWN = 20
_LONGEST_VALUE = 120
_CPR = "cpr"
_REJECT, _REMARK, _REFUSE, _HOLD = "reject", "remark", "refuse", "hold"
# The options in the command's texts, in the page's words.
_OPTIONS = {
    " (--project)": "",
    " (--register)": "",
    ", eller angiv --as-of": ", eller skriv den i feltet »Opgjort pr.«",
    "; angiv den med --before": "; vælg den i feltet »Den forrige indberetning«",
    "; kald mappen eller arkivet åååå-mm-dd, eller angiv --before-as-of": "; skriv den ved den forrige indberetning",
    "--before er opgjort": "Den forrige indberetning er opgjort",
    "registret er ikke med": "projektet er ikke valgt i listen",
    "projektet er ikke oplyst": "projektet er ikke valgt i listen",
}


@dataclass(frozen=True)
class PlaceLine:
    """A place where a rule is broken. `cell`: as a spreadsheet names it, after its sheet where it has one."""

    file: str
    cell: str
    value: str
    wrong: str


@dataclass(frozen=True)
class RuleLine:
    """A rule that rows break.

    `count`: rows; `lost_dkk`: the most that they cost, without those whose amount can't be computed (`unreckoned`);
    `places`: the first of them.
    """

    rule: Rule
    table: str
    count: int
    lost_dkk: Decimal
    unreckoned: int
    places: tuple[PlaceLine, ...]

    @property
    def anchor(self) -> str:
        """The rule's place on the page."""
        return f"{self.rule.code}-{self.table}".lower()

    @property
    def rest(self) -> str:
        """What goes on from the kroner: the rows whose amount can't be computed."""
        return rest(self.lost_dkk, self.unreckoned, self.count)

    @property
    def more(self) -> int:
        """How many rows stand in the workbook alone."""
        return self.count - len(self.places)


@dataclass(frozen=True)
class Answer:
    """What the page says of a delivery. `kind`: clean, losses, empty or refused."""

    kind: str
    verdict: str
    found: Checked
    refusing: tuple[BrokenWhole, ...]
    rejecting: tuple[RuleLine, ...]
    remarks: tuple[RuleLine, ...]
    remarks_on_delivery: tuple[BrokenWhole, ...]
    holds: tuple[BrokenWhole, ...]
    remarks_on_project: tuple[BrokenWhole, ...]


def answer_of(found: Checked) -> Answer:
    """Put what was found in the order of the page."""
    lines = [_line(found, broken) for broken in found.broken]
    rejecting = [line for line in lines if line.rule.action == _REJECT]
    return Answer(
        kind=_kind(found),
        verdict=verdict_sentence(found),
        found=found,
        refusing=_of_action(found.faults, _REFUSE),
        rejecting=tuple(sorted(rejecting, key=lambda line: (-line.lost_dkk, -line.unreckoned, -line.count))),
        remarks=tuple(line for line in lines if line.rule.action != _REJECT),
        remarks_on_delivery=_of_action(found.faults, _REMARK),
        holds=_of_action(found.holds, _HOLD),
        remarks_on_project=_of_action(found.holds, _REMARK),
    )


def verdict_sentence(found: Checked) -> str:
    """Say whether the delivery can be handed in, and what it loses, as the page begins."""
    if not found.is_accepted:
        wrong = sum(len(fault.places) for fault in found.faults if fault.rule.action == _REFUSE)
        return f"Indberetningen kan ikke afleveres. {antal(wrong, 'fejl', 'fejl')} skal rettes først."
    if not found.received:
        return "Indberetningen kan afleveres, men den er tom. Den erstatter den forrige, og intet tæller."
    if not found.rejected:
        none = "Den ene række afvises ikke." if found.received == 1 else f"Ingen af de {_rows(found.received)} afvises."
        return f"Indberetningen kan afleveres. {none}"
    count = f"{number(found.rejected)} af {_rows(found.received)} tæller ikke"
    return f"Indberetningen kan afleveres. {count}{_cost(found)}"


def _cost(found: Checked) -> str:
    """End the sentence with what the rejected rows cost, as far as that can be computed."""
    they = "den" if found.rejected == 1 else "de"
    cost = f"; {they} koster op til {kroner(found.lost_dkk)}" if found.lost_dkk else ""
    told = cost + rest(found.lost_dkk, found.unreckoned, found.rejected)
    return told if told.endswith(".") else f"{told}."


def gap_text(gap: NotMade) -> str:
    """Say what could not be checked, in the page's words for what the command calls its options."""
    return in_page_words(gap.reason.da)


def in_page_words(text: str) -> str:
    """Give a text of the command in the page's words for its options."""
    for option, said in _OPTIONS.items():
        text = text.replace(option, said)
    return text


def _rows(count: int) -> str:
    return antal(count, "række", "rækker")


def _kind(found: Checked) -> str:
    if not found.is_accepted:
        return "refused"
    if not found.received:
        return "empty"
    return "losses" if found.rejected else "clean"


def _of_action(wholes: Iterable[BrokenWhole], action: str) -> tuple[BrokenWhole, ...]:
    return tuple(whole for whole in wholes if whole.rule.action == action)


def _line(found: Checked, broken: BrokenRule) -> RuleLine:
    text = found.texts[broken.table]
    spots = broken.spots[:PLACES_SHOWN]
    column = broken.columns[0] if broken.columns else ""
    values = _values(text, {spot.row_no for spot in spots}, column)
    # The cell has its sheet before it.
    file = text.file_name.removesuffix(f", {text.sheet}")
    return RuleLine(
        rule=broken.rule,
        table=broken.table,
        count=len(broken.spots),
        lost_dkk=broken.lost_dkk,
        unreckoned=broken.unreckoned if found.is_accepted and broken.rule.action == _REJECT else 0,
        places=tuple(
            PlaceLine(
                file=visible(mask(file)),
                cell=visible(spot.cell),
                value=values.get(spot.row_no, ""),
                wrong=visible(without_page(spot.message.da)),
            )
            for spot in spots
        ),
    )


def _values(text: TableText, row_nos: set[int], column: str) -> dict[int, str]:
    """Give the contents of a column of some rows, as they may be shown: never a personal number."""
    if not column or column == _CPR:
        return dict.fromkeys(row_nos, "(vises ikke)" if column == _CPR else "")
    shown = {}
    for row_no, cells in rows_of(text, row_nos):
        value = visible(mask(str(cells.get(column, ""))))
        shown[row_no] = value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
    return shown
