"""The tables of a delivery and their columns, each described once: readers, template, page, sample and docs ask here.

Source: 'Inbox' of the intake (docs/intake.md). The texts are in Danish, for those who fill in a delivery; a name in
braces is a number of the rules, put in by `tasks/template/guide.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

AMOUNT = "beloeb"
FREE_TEXT = "tekst"
ALWAYS = "altid"


class Kind(StrEnum):
    """What a column's cells are."""

    ID = "reference"
    CPR = "cpr-nummer"
    CVR = "cvr-nummer"
    CODE = "kode"
    DAY = "dato"
    AMOUNT = "beløb"
    HOURS = "timer"
    COUNT = "antal"
    TEXT = "tekst"


@dataclass(frozen=True)
class Column:
    """A column: its name, what its cells are and mean, when they are filled, an example, its width (characters).

    `is_optional`: a delivery may leave the column out.
    """

    name: str
    kind: Kind
    meaning_da: str
    example: str
    filled_da: str = ALWAYS
    width: int = 14
    is_optional: bool = False


@dataclass(frozen=True)
class Table:
    """A delivered table: its Danish name, its table in the warehouse, and its columns in their usual order.

    `names`: the columns that a file has under another name.
    """

    name: str
    core: str
    described: tuple[Column, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.described)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The columns that a delivery must have."""
        return tuple(column.name for column in self.described if not column.is_optional)

    @cached_property
    def amounts(self) -> frozenset[str]:
        """The columns that hold numbers with decimals."""
        return self.of_kind(Kind.AMOUNT, Kind.HOURS)

    def of_kind(self, *kinds: Kind) -> frozenset[str]:
        """Give the columns whose cells are of these kinds."""
        return frozenset(column.name for column in self.described if column.kind in kinds)

    def without_need_of(self, *names: str) -> tuple[Column, ...]:
        """Give the columns, with those of these names optional."""
        return tuple(replace(one, is_optional=one.is_optional or one.name in names) for one in self.described)


_BORGER_ID = Column("borger_id", Kind.ID, "Borgerens reference, som den står i arket borgere.", "B-0017")
BORGERE = Table(
    name="borgere",
    core="core_citizens",
    described=(
        Column(
            "borger_id",
            Kind.ID,
            "Jeres egen reference til borgeren. Hver borger har sin egen. Brug ikke cpr-nummeret.",
            "B-0017",
        ),
        Column(
            "cpr",
            Kind.CPR,
            "Cpr-nummer med ti cifre. En bindestreg efter det sjette ciffer er tilladt.",
            "ddmmåå-xxxx",
        ),
        Column("kommunekode", Kind.CODE, "Borgerens kommune med tre cifre. Vælg fra listen; se arket koder.", "187"),
        Column("maalgruppe", Kind.CODE, "Borgerens målgruppe. Vælg fra listen.", "aktivitetsparat", width=20),
        Column(
            "ydelse",
            Kind.CODE,
            "Borgerens ydelse. Den skal høre til målgruppen; se arket koder.",
            "kontanthjaelp",
            width=26,
        ),
        Column(
            "offentlig_forsoergelse_siden",
            Kind.DAY,
            "Den dag, borgeren begyndte at få offentlig forsørgelse. En aktivitetsparat borger skal have fået den "
            "i mindst {public_support_min_years} år på visitationsdatoen.",
            "01-03-2014",
            filled_da="for aktivitetsparate",
            width=30,
        ),
        Column(
            "integrationsprogram",
            Kind.CODE,
            "Er borgeren omfattet af integrationsprogrammet? ja eller nej. Tom betyder nej.",
            "nej",
            filled_da="hvis ja",
            width=20,
            is_optional=True,
        ),
        Column("gruppe", Kind.CODE, "Den gruppe, borgeren blev trukket til. Vælg fra listen.", "deltager"),
        Column(
            "visitationsdato",
            Kind.DAY,
            "Den dag, borgeren kom med i projektet. Borgeren skal være fyldt {minimum_age_years} år.",
            "15-03-2016",
            width=17,
        ),
    ),
)
FORLOEB = Table(
    name="forloeb",
    core="core_spells",
    described=(
        Column("forloeb_id", Kind.ID, "Jeres egen reference til forløbet. Hvert forløb har sin egen.", "F-0102"),
        _BORGER_ID,
        Column("type", Kind.CODE, "Forløbets type. Vælg fra listen.", "virksomhedspraktik", width=22),
        Column("virksomhed_cvr", Kind.CVR, "Virksomhedens CVR-nummer med otte cifre.", "10000009", width=17),
        Column("startdato", Kind.DAY, "Forløbets første dag. Den ligger ikke før visitationsdatoen.", "01-04-2016"),
        Column(
            "slutdato",
            Kind.DAY,
            "Forløbets sidste dag. Tom, så længe forløbet er i gang.",
            "30-06-2016",
            filled_da="når kendt",
        ),
        Column(
            "ordinaere_timer_pr_uge",
            Kind.HOURS,
            "Ordinære løntimer om ugen, {least_weekly_hours} til {most_weekly_hours}. Tom, hvis der ingen er.",
            "7,5",
            filled_da="hvis nogen",
            width=24,
            is_optional=True,
        ),
    ),
)
UDGIFTER = Table(
    name="udgifter",
    core="core_expenses",
    described=(
        Column(
            "bilagsnr", Kind.ID, "Bilagets nummer i jeres regnskab. Hvert bilag har sit eget.", "2016-1042", width=16
        ),
        Column("dato", Kind.DAY, "Udgiftens dato.", "30-04-2016"),
        Column("kategori", Kind.CODE, "Udgiftens art. Vælg fra listen; se arket koder.", "projektledelse", width=18),
        Column(
            AMOUNT,
            Kind.AMOUNT,
            "Beløb i kroner og øre. Et negativt beløb er en rettelse.",
            "38.250,00",
            width=16,
        ),
        Column(
            "lovpligtig",
            Kind.CODE,
            "Hører udgiften til en lovpligtig opgave, som kommunen selv betaler? ja eller nej. Tom betyder nej.",
            "nej",
            filled_da="hvis ja",
            width=12,
            is_optional=True,
        ),
        Column(
            FREE_TEXT,
            Kind.TEXT,
            "En kort forklaring. Skriv ingen personoplysninger.",
            "Løn, april",
            filled_da="efter behov",
            width=44,
            is_optional=True,
        ),
    ),
)
GRUNDELEMENTER = Table(
    name="grundelementer",
    core="core_elements",
    described=(
        _BORGER_ID,
        Column("element", Kind.CODE, "Grundelementet. Vælg fra listen; se arket koder.", "jobmaal", width=18),
        Column("opfyldt", Kind.CODE, "Er grundelementet opfyldt for borgeren? ja eller nej.", "ja", width=10),
        Column("dato", Kind.DAY, "Den dag, det blev set.", "20-05-2016"),
        Column(
            "kilde",
            Kind.CODE,
            "selv eller STARs konsulent. Tom betyder selv.",
            "selv",
            filled_da="hvis konsulent",
            width=12,
            is_optional=True,
        ),
    ),
)
KONTROLTAL = Table(
    name="kontroltal",
    core="",
    described=(
        Column("tabel", Kind.CODE, "Tabellens navn.", "udgifter", width=16),
        Column("antal", Kind.COUNT, "Tabellens rækker, uden overskriften og uden tomme rækker.", "24", width=16),
        Column(
            "sum_beloeb",
            Kind.AMOUNT,
            "Summen af beløbene i udgifter.",
            "421.500,00",
            filled_da="for udgifter",
            width=16,
        ),
    ),
)

TABLES = (BORGERE, FORLOEB, UDGIFTER)
"""What every delivery holds."""
ALL_TABLES = (*TABLES, GRUNDELEMENTER)
"""The same, and the table that a delivery may leave out: the activities, which give no money."""
BY_NAME = {table.name: table for table in (*ALL_TABLES, KONTROLTAL)}
