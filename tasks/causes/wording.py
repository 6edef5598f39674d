"""The wording of a cause, in Danish for the letter and in English for the officer; never a personal reference.

Source: the settlement, 'Deciding, posting, correcting'; forvaltningsloven §§ 22, 24: the facts that decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from tasks.base import lines
from tasks.base.danish import antal_i_ord


class Bilingual(NamedTuple):
    """One text in both languages; `of_one_da`: the same for one registration, where it is about registrations."""

    da: str
    en: str
    of_one_da: str = ""


@dataclass(frozen=True)
class Line:
    """Changes of one sort in a project's year, as `sql/causes/groups.sql` gives them; amounts in DKK.

    `rules`: what the rules have changed, where they made the line.
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


# {s}: the ending of an English verb whose subject is one; blank for several.
_VERBS = {
    "came": Bilingual("tæller nu med", "now count{s}"),
    "went": Bilingual("tæller ikke længere", "no longer count{s}"),
    "moved_in": Bilingual("er flyttet fra {other} til {year}", "moved from {other} to {year}"),
    "moved_out": Bilingual("er flyttet fra {year} til {other}", "moved from {year} to {other}"),
    "amount": Bilingual("giver et andet beløb", "give{s} another amount"),
}
# For one, and for more: in Danish the reason agrees with its subject.
_CITIZEN_REASONS = {
    ("went", "gone"): (
        ("borgeren ikke står i indberetningen", "borgerne ikke står i indberetningen"),
        "no longer in the delivery",
    ),
    ("went", "rejected"): (
        ("borgerens registrering er afvist", "borgernes registreringer er afvist"),
        "row now rejected",
    ),
    ("went", "control"): (
        ("borgeren nu er i kontrolgruppen", "borgerne nu er i kontrolgruppen"),
        "now in the control arm",
    ),
    ("went", "changed"): (("borgerens forløb er ændret", "borgernes forløb er ændret"), "changed spells"),
    ("came", "new"): (
        ("borgeren er ny i indberetningen", "borgerne er nye i indberetningen"),
        "new in the delivery",
    ),
    ("came", "rejected"): (
        ("borgerens registrering ikke længere er afvist", "borgernes registreringer ikke længere er afvist"),
        "row rejected before",
    ),
    ("came", "control"): (
        ("borgeren ikke længere er i kontrolgruppen", "borgerne ikke længere er i kontrolgruppen"),
        "before in the control arm",
    ),
    ("came", "changed"): (("borgerens forløb er ændret", "borgernes forløb er ændret"), "changed spells"),
    ("moved_in", "changed"): (("borgerens forløb er ændret", "borgernes forløb er ændret"), "changed spells"),
    ("moved_out", "changed"): (("borgerens forløb er ændret", "borgernes forløb er ændret"), "changed spells"),
    ("amount", "changed"): (("dagen har en anden sats", "dagene har en anden sats"), "a day with another rate"),
}
_VOUCHER_REASONS = {
    ("went", "gone"): (
        ("bilaget ikke står i indberetningen", "bilagene ikke står i indberetningen"),
        "no longer in the delivery",
    ),
    ("went", "rejected"): (("bilaget nu er afvist", "bilagene nu er afvist"), "now rejected"),
    ("went", "changed"): (
        ("bilaget nu har en anden kategori", "bilagene nu har en anden kategori"),
        "now in another category",
    ),
    ("came", "new"): (
        ("bilaget er nyt i indberetningen", "bilagene er nye i indberetningen"),
        "new in the delivery",
    ),
    ("came", "rejected"): (
        ("bilaget ikke længere er afvist", "bilagene ikke længere er afvist"),
        "rejected before",
    ),
    ("came", "changed"): (
        ("bilaget før havde en anden kategori", "bilagene før havde en anden kategori"),
        "before in another category",
    ),
    ("moved_in", "changed"): (("datoen er ændret", "datoerne er ændret"), "changed date"),
    ("moved_out", "changed"): (("datoen er ændret", "datoerne er ændret"), "changed date"),
    ("amount", "changed"): (("beløbet er ændret", "beløbene er ændret"), "changed amount"),
}
_SUBJECTS = {
    "start": (Bilingual("påbegyndt forløb", "citizen's start"), Bilingual("påbegyndte forløb", "citizens' starts")),
    "completion": (
        Bilingual("gennemført forløb", "citizen's completion"),
        Bilingual("gennemførte forløb", "citizens' completions"),
    ),
    "wages": (
        Bilingual("bilag for løn til projektledelse", "voucher of the fixed grant"),
        Bilingual("bilag for løn til projektledelse", "vouchers of the fixed grant"),
    ),
}
_LIMITS = {
    "cap": Bilingual("Loftet for det aktivitetsafhængige tilskud", "The cap on the activity grant"),
    "fixed": Bilingual("Grænsen for det faste tilskud", "The limit of the fixed grant"),
}


def shown(amount_dkk: Decimal) -> str:
    """Write an amount in kroner without empty decimals: 1.440.000 kr."""
    return f"{lines.amount(amount_dkk).removesuffix(',00')} kr."


def line_text(line: Line) -> Bilingual:
    """Word changes of one sort: how many, of what, why, and the sum as a person would write it."""
    subject = _SUBJECTS[line.subject][0 if line.changes == 1 else 1]
    verb = _VERBS[line.change]
    if line.rules:
        reason = Bilingual(
            f"reglerne er ændret ({'; '.join(rule.da for rule in line.rules)})",
            f"changed rules: {'; '.join(rule.en for rule in line.rules)}",
        )
        reason = reason._replace(of_one_da=reason.da)
    else:
        reasons = _VOUCHER_REASONS if line.subject == "wages" else _CITIZEN_REASONS
        (of_one, of_more), in_english = reasons[line.change, line.why]
        reason = Bilingual(of_one if line.changes == 1 else of_more, in_english, of_one)
    values = {"year": line.year, "other": line.other_year, "s": "s" if line.changes == 1 else ""}
    total, changed = _sum(line), verb.da.format(**values)
    return Bilingual(
        f"{antal_i_ord(line.changes)} {subject.da} {changed}, fordi {reason.da}{total}",
        f"{line.changes} {subject.en} {verb.en.format(**values)} ({reason.en}){total}",
        f"{changed[0].upper()}{changed[1:]}, fordi {reason.of_one_da}",
    )


def _sum(line: Line) -> str:
    if line.earlier_rate_dkk is None or line.rate_dkk is None:
        return ""
    if line.change == "amount":
        return f": {line.changes} × ({shown(line.rate_dkk)} − {shown(line.earlier_rate_dkk)})"
    return f": {line.changes} × {shown(line.rate_dkk or line.earlier_rate_dkk)}"


def limit_by_sums_text(kind: str, amount_dkk: Decimal) -> Bilingual:
    """Word what a limit gives or takes because the sums under it changed. `kind`: 'cap', 'fixed' or 'floor'."""
    amount = shown(abs(amount_dkk))
    if kind == "floor":
        more = Bilingual("mere", "more") if amount_dkk > 0 else Bilingual("mindre", "less")
        return Bilingual(
            f"Det faste tilskud kan ikke komme under 0 kr. i alt; det giver {amount} {more.da} end før",
            f"The fixed grant cannot fall below 0 kr. in all; that gives {amount} {more.en} than before",
        )
    limit = _LIMITS[kind]
    if amount_dkk > 0:
        return Bilingual(
            f"{limit.da} holder {amount} mindre tilbage end før", f"{limit.en} holds back {amount} less than before"
        )
    return Bilingual(
        f"{limit.da} holder {amount} mere tilbage end før", f"{limit.en} holds back {amount} more than before"
    )


def limit_text(kind: str, earlier_dkk: Decimal, now_dkk: Decimal, rules: Sequence[Bilingual]) -> Bilingual:
    """Word that the limit itself was changed: by the rules, otherwise by the register."""
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
    "Forskel mellem det, der tidligere er tildelt, og den opgørelse, det bygger på",
    "Difference between what is posted and the settlement that it rests on",
)
