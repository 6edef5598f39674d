"""Which checks can't be made before a delivery is handed in, or without the register or the as-of date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.base.danish import kroner, short_day
from tasks.base.worded import Both
from tasks.check.findings import NotMade

if TYPE_CHECKING:
    from tasks.rules.model import Rules

CITIZENS = frozenset({"S03", "S04", "S09", "G01", "G04", "G06"})
BEFORE = frozenset({"P14"})
OTHER_DELIVERIES = frozenset({"P05", "P12", "B01"})
REGISTER = frozenset({"P01", "P02", "P03", "P07"})
AS_OF = frozenset({"P04"})
UNREAD = frozenset({"F01", "F02", "F03", "F06"})
"""Faults by which rows of a delivery were not read."""

ALWAYS = (
    NotMade(
        ("C13",),
        Both(
            "Samme person er kun søgt i denne indberetning; kun STAR kan se de andre projekter.",
            "The same person was looked for in this delivery alone; only STAR sees the other projects.",
        ),
    ),
    NotMade(
        ("B01", "P05", "P12"),
        Both(
            "Puljens samlede ramme, projektets andre indberetninger og det bogførte indgår ikke.",
            "The whole appropriation, the project's other deliveries and what is posted are not taken in.",
        ),
    ),
    NotMade(
        ("C16", "C17", "C18", "C19", "P08", "P09", "P10", "P11"),
        Both(
            "Lodtrækningens protokol er hos STAR; rækkerne er ikke holdt op mod den.",
            "The record of the draw is with STAR; the rows were not held against it.",
        ),
    ),
)
"""What needs the other deliveries, or the record of a draw."""
_ROWS = NotMade(
    (),
    Both(
        "Rækkerne og beløbene kontrolleres først, når indberetningen kan modtages. Ret fejlene, og kontrollér igen.",
        "The rows and the money are checked once the delivery can be taken in. Correct the faults and check again.",
    ),
)
_PROJECT = NotMade(
    (),
    Both(
        "Projektet og beløbene kontrolleres, når indberetningen kan modtages.",
        "The project and the money are checked once the delivery can be taken in.",
    ),
)
_REST = NotMade(
    (),
    Both(
        "Rækkerne i de filer, der ikke kan læses, projektet og beløbene kontrolleres, når indberetningen kan modtages.",
        "The rows of the files that can't be read, the project and the money are checked once the delivery can be "
        "taken in.",
    ),
)
_CITIZENS_UNREAD = NotMade(
    tuple(sorted(CITIZENS)),
    Both(
        "borgere er ikke læst, så forløbenes borgere er ikke slået op.",
        "borgere was not read, so the spells' citizens were not looked up.",
    ),
)
WITHOUT_BEFORE = NotMade(
    tuple(sorted(BEFORE)),
    Both(
        "Om borgere eller bilag mangler siden den forrige indberetning; angiv den med --before.",
        "Whether citizens or vouchers are gone since the delivery before; give it with --before.",
    ),
)
"""What needs the delivery before."""


def where_refused(gaps: tuple[NotMade, ...]) -> tuple[NotMade, ...]:
    """Say what was not checked in a refused delivery: the `gaps` that are about the whole of it, and its rows."""
    whole = tuple(gap for gap in gaps if any(code.startswith("F") for code in gap.codes))
    return (*whole, _ROWS)


def where_judged_in_part(
    gaps: tuple[NotMade, ...], without: frozenset[str], *, is_all_read: bool
) -> tuple[NotMade, ...]:
    """Say what was not checked in a refused delivery whose readable files were; `without`: codes that need borgere."""
    whole = tuple(gap for gap in gaps if gap is not _ROWS)
    return (*whole, *((_CITIZENS_UNREAD,) if without else ()), _PROJECT if is_all_read else _REST)


def before_refused(name: str) -> NotMade:
    """Say that the delivery before was not compared, since it would be refused itself."""
    return NotMade(
        tuple(sorted(BEFORE)),
        Both(
            f"Den forrige indberetning ({name}) kan ikke modtages og er derfor ikke sammenlignet.",
            f"The delivery before ({name}) can't be taken in and was therefore not compared.",
        ),
    )


def before_without_as_of(assumed: date) -> NotMade:
    """Say that the delivery before was computed to a date that nobody gave."""
    return NotMade(
        (),
        Both(
            f"Den forriges opgørelsesdato er ikke oplyst: den er regnet til {short_day(assumed)}, og dens beløb kan "
            "være et andet; kald mappen eller arkivet åååå-mm-dd, eller angiv --before-as-of.",
            f"The as-of date of the delivery before is not told: it was reckoned to {assumed}, and its money may be "
            "another; name the folder or archive yyyy-mm-dd, or give --before-as-of.",
        ),
    )


def named_of_another_day(named: date, checked: date) -> NotMade:
    """Say that the folder or archive is named by another as-of date than the one that was used."""
    return NotMade(
        ("F05",),
        Both(
            f"Mappen eller arkivet hedder {named}, og det navn gælder, når indberetningen afleveres; her er der regnet "
            f"med {short_day(checked)}. Ret det af dem, der er forkert.",
            f"The folder or archive is named {named}, and that name counts when the delivery is handed in; here "
            f"{checked} was reckoned with. Correct which of them is wrong.",
        ),
    )


def named_of_another_project(named: str, checked: str) -> NotMade:
    """Say that the delivery lies in another project's folder than the project that it was checked for."""
    return NotMade(
        ("F04",),
        Both(
            f"Mappen hedder {named}, og det navn gælder, når indberetningen afleveres; her er den kontrolleret for "
            f"{mask(checked)}. Ret det af dem, der er forkert.",
            f"The folder is named {named}, and that name counts when the delivery is handed in; here it was checked "
            f"for {mask(checked)}. Correct which of them is wrong.",
        ),
    )


def without_register(rules: Rules, *, has_register: bool) -> tuple[NotMade, ...]:
    """Say what needs the register's row of the project."""
    first, last = rules.first_day, rules.last_day
    most = rules.parameters["fixed_grant_max_dkk"].on(first)
    why = (
        Both("projektet er ikke oplyst (--project)", "the project is not told (--project)")
        if has_register
        else Both("registret er ikke med (--register)", "there is no register (--register)")
    )
    return (
        NotMade(
            ("F04",),
            Both(
                f"Om projektet står i registret; {why.da}.",
                f"Whether the project is in the register; {why.en}.",
            ),
        ),
        NotMade(
            ("C04",),
            Both(
                "Kun at kommunekode er en dansk kommunes, ikke at kommunen er med i projektet.",
                "Only that kommunekode is a Danish municipality's, not that the municipality is in the project.",
            ),
        ),
        NotMade(
            ("C09", "E04"),
            Both(
                "Projektets startdato kendes ikke; "
                f"datoerne er holdt op mod programmet, {short_day(first)} til {short_day(last)}.",
                f"The project's start is not known; the dates were held against the programme, {first} to {last}.",
            ),
        ),
        NotMade(
            tuple(sorted(REGISTER)),
            Both(
                "Gruppernes størrelse og sammensætning: måltal, startdato og målgrupper står i registret.",
                "The arms' size and proportions: target, start and populations are in the register.",
            ),
        ),
        NotMade(
            (),
            Both(
                f"Beløbene: aktivitetstilskuddet er uden loft, det faste tilskud regnet op til {kroner(most)}",
                f"The money: the activity grant has no cap, and the fixed grant goes up to DKK {most:,.2f}.",
            ),
        ),
    )


def without_as_of(assumed: date) -> tuple[NotMade, ...]:
    """Say what needs the as-of date. `assumed`: the date that was used."""
    return (
        NotMade(
            ("F05", "P04"),
            Both(
                "Opgørelsesdatoen er ikke oplyst: kald mappen eller arkivet åååå-mm-dd, eller angiv --as-of.",
                "The as-of date is not told: name the folder or archive yyyy-mm-dd, or give --as-of.",
            ),
        ),
        NotMade(
            ("C08", "E03", "S07", "S10", "S11", "S13"),
            Both(
                f"Der er regnet med {short_day(assumed)}: senere datoer er afvist, og løbende forløb talt til den dag.",
                f"{assumed} was reckoned with: later dates are rejected, and running spells count to that day.",
            ),
        ),
    )
