"""How a cause is worded, in Danish for the letter and in English for the officer; never a personal reference.

Source: the settlement, 'Deciding, posting, correcting'; forvaltningsloven §§ 22, 24: the facts that decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from tasks.base import english


class Bilingual(NamedTuple):
    """One text in both languages."""

    da: str
    en: str


@dataclass(frozen=True)
class Line:
    """Changes of one sort in a project's year, as `sql/causes/groups.sql` gives them; amounts in DKK.

    rules: what the rules have changed, where they made the line.
    """

    year: int
    subject: str
    change: str
    why: str
    other_year: int | None
    earlier_rate_dkk: Decimal | None
    rate_dkk: Decimal | None
    changes: int
    rules: Sequence[Bilingual] = ()


_VERBS = {
    "came": Bilingual("er kommet med", "now counts"),
    "went": Bilingual("er faldet bort", "no longer counts"),
    "moved_in": Bilingual("er flyttet fra {other} til {year}", "moved from {other} to {year}"),
    "moved_out": Bilingual("er flyttet fra {year} til {other}", "moved from {year} to {other}"),
    "amount": Bilingual("giver et andet beløb", "gives another amount"),
}
_CITIZEN_REASONS = {
    ("went", "gone"): Bilingual("ikke længere i indberetningen", "no longer in the delivery"),
    ("went", "rejected"): Bilingual("borgerens registrering er afvist", "the citizen's row is rejected"),
    ("went", "control"): Bilingual("nu i kontrolgruppen", "now in the control arm"),
    ("went", "changed"): Bilingual("ændrede forløb", "changed spells"),
    ("came", "new"): Bilingual("ny i indberetningen", "new in the delivery"),
    ("came", "rejected"): Bilingual("borgerens registrering var afvist før", "the citizen's row was rejected before"),
    ("came", "control"): Bilingual("før i kontrolgruppen", "before in the control arm"),
    ("came", "changed"): Bilingual("ændrede forløb", "changed spells"),
    ("moved_in", "changed"): Bilingual("ændrede forløb", "changed spells"),
    ("moved_out", "changed"): Bilingual("ændrede forløb", "changed spells"),
    ("amount", "changed"): Bilingual("en dag med en anden sats", "a day with another rate"),
}
_VOUCHER_REASONS = {
    ("went", "gone"): Bilingual("ikke længere i indberetningen", "no longer in the delivery"),
    ("went", "rejected"): Bilingual("nu afvist", "now rejected"),
    ("went", "changed"): Bilingual("nu i en anden kategori", "now in another category"),
    ("came", "new"): Bilingual("nye i indberetningen", "new in the delivery"),
    ("came", "rejected"): Bilingual("før afvist", "rejected before"),
    ("came", "changed"): Bilingual("før i en anden kategori", "before in another category"),
    ("moved_in", "changed"): Bilingual("ændret dato", "changed date"),
    ("moved_out", "changed"): Bilingual("ændret dato", "changed date"),
    ("amount", "changed"): Bilingual("ændret beløb", "changed amount"),
}
_SUBJECTS = {
    "start": (Bilingual("borgers start", "citizen's start"), Bilingual("borgeres start", "citizens' start")),
    "completion": (
        Bilingual("borgers gennemførelse", "citizen's completion"),
        Bilingual("borgeres gennemførelse", "citizens' completion"),
    ),
    "wages": (
        Bilingual("bilag for det faste tilskud", "voucher of the fixed grant"),
        Bilingual("bilag for det faste tilskud", "vouchers of the fixed grant"),
    ),
}
_LIMITS = {
    "cap": Bilingual("Loftet for det aktivitetsafhængige tilskud", "The cap on the activity grant"),
    "fixed": Bilingual("Grænsen for det faste tilskud", "The limit of the fixed grant"),
}


def shown(amount_dkk: Decimal) -> str:
    """Write an amount in kroner without empty decimals: 1.440.000 kr."""
    return f"{english.amount(amount_dkk).removesuffix(',00')} kr."


def line_text(line: Line) -> Bilingual:
    """Word changes of one sort: how many, of what, why, and the sum as a person would write it."""
    subject = _SUBJECTS[line.subject][0 if line.changes == 1 else 1]
    verb = _VERBS[line.change]
    if line.rules:
        reason = Bilingual(
            f"ændrede regler: {'; '.join(rule.da for rule in line.rules)}",
            f"changed rules: {'; '.join(rule.en for rule in line.rules)}",
        )
    else:
        reasons = _VOUCHER_REASONS if line.subject == "wages" else _CITIZEN_REASONS
        reason = reasons[line.change, line.why]
    years = {"year": line.year, "other": line.other_year}
    total = _sum(line)
    return Bilingual(
        f"{line.changes} {subject.da} {verb.da.format(**years)} ({reason.da}){total}",
        f"{line.changes} {subject.en} {verb.en.format(**years)} ({reason.en}){total}",
    )


def _sum(line: Line) -> str:
    if line.earlier_rate_dkk is None or line.rate_dkk is None:
        return ""
    if line.change == "amount":
        return f": {line.changes} × ({shown(line.rate_dkk)} − {shown(line.earlier_rate_dkk)})"
    return f": {line.changes} × {shown(line.rate_dkk or line.earlier_rate_dkk)}"


def limit_by_sums_text(kind: str, amount_dkk: Decimal) -> Bilingual:
    """Word how much more or less a limit cuts because the sums under it have changed. kind: 'cap', 'fixed'."""
    limit, amount = _LIMITS[kind], shown(abs(amount_dkk))
    if amount_dkk > 0:
        return Bilingual(
            f"{limit.da} holder {amount} mindre tilbage end før", f"{limit.en} holds back {amount} less than before"
        )
    return Bilingual(
        f"{limit.da} holder {amount} mere tilbage end før", f"{limit.en} holds back {amount} more than before"
    )


def limit_text(kind: str, earlier_dkk: Decimal, now_dkk: Decimal, rules: Sequence[Bilingual]) -> Bilingual:
    """Word that the limit itself was changed: by the rules, or else by the register."""
    limit = _LIMITS[kind]
    why = Bilingual("; ".join(r.da for r in rules), "; ".join(r.en for r in rules)) if rules else _BY_REGISTER[kind]
    return Bilingual(
        f"{limit.da} er ændret fra {shown(earlier_dkk)} til {shown(now_dkk)} ({why.da})",
        f"{limit.en} was changed from {shown(earlier_dkk)} to {shown(now_dkk)} ({why.en})",
    )


_BY_REGISTER = {
    "cap": Bilingual("ændret måltal eller projektstart", "changed target or project start"),
    "fixed": Bilingual("ændret tilsagn eller projektstart", "changed commitment or project start"),
}

UNEXPLAINED = Bilingual(
    "Forskel mellem det, der er bogført, og den opgørelse, det bygger på",
    "Difference between what is posted and the settlement that it rests on",
)
