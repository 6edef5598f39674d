"""The workbook's instructions, in Danish, for the people who fill it in: column by column, and step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.base.danish import short_day
from tasks.intake.tables import BORGERE, FORLOEB, GRUNDELEMENTER, KONTROLTAL, UDGIFTER
from tasks.rules.model import Rules

ALWAYS = "altid"
WORKBOOK = "indberetning.xlsx"


@dataclass(frozen=True)
class Guide:
    """One column: when it is filled, what stands there, and how wide it is (characters)."""

    filled: str
    text: str
    width: int


def column_guides(rules: Rules) -> dict[str, dict[str, Guide]]:
    """Give the guide of each column, by sheet and column; numbers come from the rules of the programme's first day."""
    first = rules.first_day
    age = rules.parameters["minimum_age_years"].on(first)
    support = rules.parameters["public_support_min_years"].on(first)
    hours = rules.vocabulary.weekly_hours
    return {
        BORGERE.name: {
            "borger_id": Guide(
                ALWAYS, "Jeres egen reference til borgeren. Hver borger har sin egen. Brug ikke cpr-nummeret.", 14
            ),
            "cpr": Guide(ALWAYS, "Cpr-nummer med ti cifre. En bindestreg efter det sjette ciffer er tilladt.", 14),
            "kommunekode": Guide(ALWAYS, "Borgerens kommune med tre cifre. Vælg fra listen; se arket koder.", 14),
            "maalgruppe": Guide(ALWAYS, "Borgerens målgruppe. Vælg fra listen.", 20),
            "ydelse": Guide(ALWAYS, "Borgerens ydelse. Den skal høre til målgruppen; se arket koder.", 26),
            "offentlig_forsoergelse_siden": Guide(
                "for aktivitetsparate",
                "Den dag, borgeren begyndte at få offentlig forsørgelse. En aktivitetsparat borger skal have fået den "
                f"i mindst {support} år på visitationsdatoen.",
                30,
            ),
            "integrationsprogram": Guide(
                "hvis ja", "Er borgeren omfattet af integrationsprogrammet? ja eller nej. Tom betyder nej.", 20
            ),
            "gruppe": Guide(ALWAYS, "Den gruppe, borgeren blev trukket til. Vælg fra listen.", 14),
            "visitationsdato": Guide(
                ALWAYS, f"Den dag, borgeren kom med i projektet. Borgeren skal være fyldt {age} år.", 17
            ),
        },
        FORLOEB.name: {
            "forloeb_id": Guide(ALWAYS, "Jeres egen reference til forløbet. Hvert forløb har sin egen.", 14),
            "borger_id": Guide(ALWAYS, "Borgerens reference, som den står i arket borgere.", 14),
            "type": Guide(ALWAYS, "Forløbets type. Vælg fra listen.", 22),
            "virksomhed_cvr": Guide(ALWAYS, "Virksomhedens CVR-nummer med otte cifre.", 17),
            "startdato": Guide(ALWAYS, "Forløbets første dag. Den ligger ikke før visitationsdatoen.", 14),
            "slutdato": Guide("når kendt", "Forløbets sidste dag. Tom, så længe forløbet er i gang.", 14),
            "ordinaere_timer_pr_uge": Guide(
                "hvis nogen",
                f"Ordinære løntimer om ugen, {hours.least} til {hours.most}. Tom, hvis der ingen er.",
                24,
            ),
        },
        UDGIFTER.name: {
            "bilagsnr": Guide(ALWAYS, "Bilagets nummer i jeres regnskab. Hvert bilag har sit eget.", 16),
            "dato": Guide(ALWAYS, "Udgiftens dato.", 14),
            "kategori": Guide(ALWAYS, "Udgiftens art. Vælg fra listen; se arket koder.", 18),
            "beloeb": Guide(ALWAYS, "Beløb i kroner og øre. Et negativt beløb er en rettelse.", 16),
            "lovpligtig": Guide(
                "hvis ja",
                "Hører udgiften til en lovpligtig opgave, som kommunen selv betaler? ja eller nej. Tom betyder nej.",
                12,
            ),
            "tekst": Guide("efter behov", "En kort forklaring. Skriv ingen personoplysninger.", 44),
        },
        GRUNDELEMENTER.name: {
            "borger_id": Guide(ALWAYS, "Borgerens reference, som den står i arket borgere.", 14),
            "element": Guide(ALWAYS, "Grundelementet. Vælg fra listen; se arket koder.", 18),
            "opfyldt": Guide(ALWAYS, "Er grundelementet opfyldt for borgeren? ja eller nej.", 10),
            "dato": Guide(ALWAYS, "Den dag, det blev set.", 14),
            "kilde": Guide("hvis konsulent", "selv eller STARs konsulent. Tom betyder selv.", 12),
        },
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
    yield "Tag alt med fra projektets start til den dag, I opgør for. Leveringen erstatter den forrige helt."
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
