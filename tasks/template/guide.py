"""The workbook's instructions, in Danish, for the people who fill it in: column by column, and step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tasks.base.danish import short_day
from tasks.intake.tables import ALL_TABLES, BORGERE, FORLOEB, GRUNDELEMENTER, KONTROLTAL, UDGIFTER, Column
from tasks.rules.model import Rules

WORKBOOK = "indberetning.xlsx"
_TERMS = ("minimum_age_years", "public_support_min_years")


def numbers(rules: Rules) -> dict[str, object]:
    """Give the numbers that the columns' texts name, from the rules of the programme's first day."""
    terms = {name: rules.parameters[name].on(rules.first_day) for name in _TERMS}
    hours = rules.vocabulary.weekly_hours
    return {**terms, "least_weekly_hours": hours.least, "most_weekly_hours": hours.most}


def column_guides(rules: Rules) -> dict[str, dict[str, Column]]:
    """Give the columns that are filled in by hand, by sheet and column, with the rules' numbers in their texts."""
    values = numbers(rules)
    return {
        table.name: {
            column.name: replace(column, meaning_da=column.meaning_da.format_map(values)) for column in table.described
        }
        for table in ALL_TABLES
    }


def steps(rules: Rules) -> Iterator[str]:
    """Give the steps from the empty workbook to the delivery."""
    tables = f"{BORGERE.name}, {FORLOEB.name} og {UDGIFTER.name}"
    yield f"Udfyld arkene {tables}: en række for hver borger, hvert forløb og hvert bilag."
    yield (
        f"Arket {GRUNDELEMENTER.name} er frivilligt og giver ingen penge: skriv, hvornår et grundelement blev opfyldt. "
        "Fire af de ni ses af forløbene og skrives ikke."
    )
    yield "Kolonner med mørkeblå overskrift udfyldes altid, de lyse efter behov. Slet ingen kolonner."
    yield "Tag alt med fra projektets start til den dag, I opgør for. Indberetningen erstatter den forrige helt."
    yield (
        f"Skriv datoer som dag-måned-år med fire cifre i året, fx {short_day(rules.first_day)}, og beløb med komma "
        "før ørene."
    )
    yield (
        "Vælg koder fra listerne i cellerne. Arket koder forklarer dem. Indsætter I data fra et andet system, så brug "
        "»Indsæt værdier«, så listerne og formaterne bliver stående."
    )
    yield (
        "Røde celler skal rettes: en reference, der findes to gange, eller en dato eller et tal, der er skrevet som "
        "tekst."
    )
    yield f"Arket {KONTROLTAL.name} udfylder sig selv. Det viser, om alle rækker nåede frem. Ret ikke i det."
    yield (
        f"Gem filen som {WORKBOOK} i mappen med projektets id og opgørelsesdagen, "
        f"fx JF-187/{rules.first_day.year}-12-31/{WORKBOOK}."
    )
    yield "Cpr-numre hører kun til i kolonnen cpr. Skriv dem ikke i referencer eller tekster."
