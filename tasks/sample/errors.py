"""Errors as municipalities make them, planted in rows that were right: each breaks the rule that it is named for.

With a share of 0 nothing is planted, and no rule of the catalogue rejects or remarks on any row. With a share of 0.03
three rows in a hundred of each table of the portfolio get one error each. All codes of the table take turns in shuffled
order, so that, as far as rows fit, every code comes once before any comes twice. A row may break other rules as well: a
spell that starts in 2071 starts after the as-of date, after the programme and after its own end. Rules that look across
rows reach further than the planted row: the other row of a duplicate (C02, S02, E02) or the other enrolment of the same
person (C13) may be the one that is rejected; the spells of a rejected citizen are rejected with it (S04), and those of
a citizen whose row or reference is lost have no citizen (S03).

The errors, by code (remark: reported, not rejected):

    R01  CSV only: the last field of the row is missing, or a field too many from an unquoted delimiter
    C01  borger_id is blank
    C02  borger_id is the previous citizen's
    C03  cpr is blank, of a day that does not exist, or two digits short
    C04  kommunekode is blank, a name, or a municipality outside the project
    C05  maalgruppe is blank or a group that the programme does not have
    C06  ydelse is blank, unknown or the other target group's
    C07  gruppe is blank or unknown
    C08  visitationsdato is blank, a day that does not exist, or in a mistyped year to come
    C09  visitationsdato is before the project's start
    C10  the citizen is in the twenties
    C11  aktivitetsparat, and the day of public support is blank or half a year before enrolment
    C12  aktivitetsparat and in the integration programme
    C13  the person of an earlier row, or of another project, again under a new borger_id
    C14  remark: the cpr number fails modulus 11
    C15  borger_id is the citizen's personal number, in the spells too
    S01  forloeb_id is blank
    S02  forloeb_id is the previous spell's
    S03  borger_id is blank or nobody's
    S05  type is blank or unknown
    S06  virksomhed_cvr is blank, short or mistyped by a digit
    S07  startdato is blank, a day that does not exist, or in a mistyped year to come
    S08  slutdato is before startdato
    S09  startdato is before the citizen's enrolment
    S10  a spell that must end ends after the programme
    S11  remark: a snusepraktik of more than 13 weeks
    S12  ordinaere_timer_pr_uge lost its decimal comma: 370
    S13  remark: an ordinary job with an end after the programme
    E01  bilagsnr is blank
    E02  bilagsnr is the previous voucher's
    E03  dato is blank, a day that does not exist, or in a mistyped year to come
    E04  dato is before the project's start
    E05  kategori is blank or unknown
    E06  beloeb is blank, in English notation with broken groups, or zero
    E07  the expense is for a statutory task

F, P and B rules are not planted: they are about whole deliveries, projects and the portfolio. An error stays in every
delivery that has the row. A Parquet file has typed columns: a value that is unreadable elsewhere is blank there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import NamedTuple

from tasks.sample.frame import Frame, Project
from tasks.sample.numbers import PersonNumbers, without_check
from tasks.sample.registrations import Registrations
from tasks.sample.table import Cell, Table

NO_SUCH_DAY = "31-02-2016"
MISTYPED_YEARS = 55 * 365
FAR_HOURS_TENTHS = 3700
PERSONS_REMEMBERED_A_PROJECT = 3


class Planted(NamedTuple):
    """An error as the project's last delivery has it. `row`: as a spreadsheet numbers it, the header is 1."""

    project_id: str
    table: str
    row: int
    code: str


@dataclass
class _Place:
    """Where an error is to be planted: a row of a project's table that is still right."""

    project: Project
    registrations: Registrations
    frame: Frame
    table: Table
    row: int
    spoilt: dict[str, set[int]]
    planter: Planter
    is_csv: bool

    def get(self, column: str) -> Cell:
        return self.table.columns[column][self.row]

    def put(self, column: str, value: Cell) -> bool:
        self.table.columns[column][self.row] = value
        return True

    def put_one_of(self, column: str, *values: Cell) -> bool:
        return self.put(column, values[int(self.planter.rng.random() * len(values))])

    def few_days(self) -> int:
        return 5 + int(self.planter.rng.random() * 60)

    def take_previous(self, column: str) -> bool:
        """Repeat the row before's id. That row is spoilt from then on: an error of its own would hide this one."""
        before = self.row - 1
        spoilt = self.spoilt[self.table.name]
        if before < 0 or before in spoilt:
            return False
        spoilt.add(before)
        return self.put(column, self.table.columns[column][before])

    @property
    def citizen(self) -> int:
        """The row of the spell's citizen."""
        return self.registrations.spell_citizen[self.row]

    @property
    def has_good_citizen(self) -> bool:
        return self.citizen not in self.spoilt["borgere"]

    @property
    def needs_support(self) -> bool:
        rule = self.frame.rules.parameters["public_support_target_groups"]
        return self.get("maalgruppe") in rule.on(self.project.start)


def _ragged(place: _Place) -> bool:
    if not place.is_csv:
        return False
    target = place.table.cut_short if place.planter.rng.random() < 0.5 else place.table.run_over
    target.add(place.row)
    return True


def _bad_cpr(place: _Place) -> bool:
    cpr = str(place.get("cpr"))
    return place.put_one_of("cpr", None, f"9102{cpr[4:]}", cpr[:8])


def _other_municipality(place: _Place) -> bool:
    elsewhere = "851" if "851" not in place.project.municipalities else "101"
    return place.put_one_of("kommunekode", None, place.project.name.removeprefix("JobFirst "), elsewhere)


def _bad_benefit(place: _Place) -> bool:
    groups = place.frame.rules.vocabulary.target_groups
    others = [group.benefits[0] for code, group in groups.items() if code != place.get("maalgruppe")]
    return place.put_one_of("ydelse", None, "sygedagpenge", *others)


def _bad_day(place: _Place, column: str) -> bool:
    day = place.get(column)
    return isinstance(day, int) and place.put_one_of(column, None, NO_SUCH_DAY, day + MISTYPED_YEARS)


def _enrolled_early(place: _Place) -> bool:
    return place.put("visitationsdato", place.project.start.toordinal() - place.few_days())


def _too_young(place: _Place) -> bool:
    return place.put("cpr", place.planter.young.draw())


def _short_support(place: _Place) -> bool:
    enrolled = place.get("visitationsdato")
    if not place.needs_support or not isinstance(enrolled, int):
        return False
    return place.put_one_of("offentlig_forsoergelse_siden", None, enrolled - 180)


def _in_integration(place: _Place) -> bool:
    return place.needs_support and place.put("integrationsprogram", "ja")


def _same_person(place: _Place) -> bool:
    elsewhere = place.planter.remembered
    if elsewhere and place.planter.rng.random() < 0.5:
        return place.put("cpr", elsewhere.pop())
    before = place.row - 1
    spoilt = place.spoilt["borgere"]
    if before < 0 or before in spoilt:
        return False
    spoilt.add(before)
    return place.put("cpr", place.table.columns["cpr"][before])


def _fails_check(place: _Place) -> bool:
    return place.put("cpr", without_check(str(place.get("cpr"))))


def _id_is_cpr(place: _Place) -> bool:
    spells = place.registrations.spells.columns["borger_id"]
    known, cpr = place.get("borger_id"), place.get("cpr")
    for spell, borger_id in enumerate(spells):
        if borger_id == known:
            spells[spell] = cpr
    return place.put("borger_id", cpr)


def _bad_company(place: _Place) -> bool:
    cvr = str(place.get("virksomhed_cvr"))
    mistyped = cvr[:7] + str((int(cvr[7]) + 1) % 10)
    return place.put_one_of("virksomhed_cvr", None, mistyped, cvr[:7])


def _ends_before_start(place: _Place) -> bool:
    start = place.get("startdato")
    if not isinstance(start, int):
        return False
    place.table.first_end.pop(place.row, None)
    return place.put("slutdato", start - place.few_days())


def _starts_before_enrolment(place: _Place) -> bool:
    enrolled = place.registrations.citizens.columns["visitationsdato"][place.citizen]
    if not place.has_good_citizen or not isinstance(enrolled, int):
        return False
    return place.put("startdato", enrolled - place.few_days())


def _ends_after(place: _Place, *, must_end: bool) -> bool:
    kind = place.frame.rules.vocabulary.spell_types[str(place.get("type"))]
    if kind.must_end is not must_end:
        return False
    place.table.first_end.pop(place.row, None)
    place.table.tells_end.add(place.row)
    return place.put("slutdato", place.frame.last_day + place.few_days())


def _long_snusepraktik(place: _Place) -> bool:
    start = place.get("startdato")
    longest = place.frame.rules.parameters["snusepraktik_max_days"].on(place.project.start)
    if place.get("type") != "snusepraktik" or not isinstance(start, int):
        return False
    end = start + longest + place.few_days()
    if end > place.frame.last_day:
        return False
    place.table.first_end.pop(place.row, None)
    place.table.tells_end.add(place.row)
    return place.put("slutdato", end)


PLANTERS: dict[str, dict[str, Callable[[_Place], bool]]] = {
    "borgere": {
        "R01": _ragged,
        "C01": lambda place: place.put("borger_id", None),
        "C02": lambda place: place.take_previous("borger_id"),
        "C03": _bad_cpr,
        "C04": _other_municipality,
        "C05": lambda place: place.put_one_of("maalgruppe", None, "sygemeldt"),
        "C06": _bad_benefit,
        "C07": lambda place: place.put_one_of("gruppe", None, "venteliste"),
        "C08": lambda place: _bad_day(place, "visitationsdato"),
        "C09": _enrolled_early,
        "C10": _too_young,
        "C11": _short_support,
        "C12": _in_integration,
        "C13": _same_person,
        "C14": _fails_check,
        "C15": _id_is_cpr,
    },
    "forloeb": {
        "R01": _ragged,
        "S01": lambda place: place.put("forloeb_id", None),
        "S02": lambda place: place.take_previous("forloeb_id"),
        "S03": lambda place: place.put_one_of("borger_id", None, f"X{place.row:05d}"),
        "S05": lambda place: place.put_one_of("type", None, "mentorstøtte"),
        "S06": _bad_company,
        "S07": lambda place: _bad_day(place, "startdato"),
        "S08": _ends_before_start,
        "S09": _starts_before_enrolment,
        "S10": lambda place: _ends_after(place, must_end=True),
        "S11": _long_snusepraktik,
        "S12": lambda place: place.put("ordinaere_timer_pr_uge", FAR_HOURS_TENTHS),
        "S13": lambda place: _ends_after(place, must_end=False),
    },
    "udgifter": {
        "R01": _ragged,
        "E01": lambda place: place.put("bilagsnr", None),
        "E02": lambda place: place.take_previous("bilagsnr"),
        "E03": lambda place: _bad_day(place, "dato"),
        "E04": lambda place: place.put("dato", place.project.start.toordinal() - place.few_days()),
        "E05": lambda place: place.put_one_of("kategori", None, "kantine"),
        "E06": lambda place: place.put_one_of("beloeb", None, "12.34,5", 0),
        "E07": lambda place: place.put("lovpligtig", "ja"),
    },
}


@dataclass
class Planter:
    """Plants errors through a portfolio, one project after the other.

    `share`: of the rows of each table, 0 to 1. The fraction of an error that a project's rows leave over, and the codes
    whose turn has not come, go on to the next project.
    """

    rng: Random
    share: float
    young: PersonNumbers
    remembered: list[str] = field(default_factory=list)
    _owed: dict[str, float] = field(default_factory=dict)
    _turn: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, rng: Random, share: float, frame: Frame) -> Planter:
        """Make a planter whose too young citizens are too young on every day of the programme."""
        youngest_year = frame.rules.last_day.year - frame.rules.parameters["minimum_age_years"].on(
            frame.rules.first_day
        )
        born_from, born_to = date(youngest_year + 2, 1, 1), date(youngest_year + 7, 12, 31)
        return cls(rng, share, PersonNumbers(rng, born_from, born_to))

    def plant(self, project: Project, registrations: Registrations, frame: Frame, *, is_csv: bool) -> list[Planted]:
        """Spoil the project's share of rows in place, and give the errors with their places."""
        if not self.share:
            return []
        spoilt: dict[str, set[int]] = {table.name: set() for table in registrations.tables}
        planted = []
        for table in registrations.tables:
            owed = self._owed.get(table.name, 0.0) + self.share * len(table)
            rows = list(range(len(table)))
            self.rng.shuffle(rows)
            for row in rows:
                if owed < 1:
                    break
                if row in spoilt[table.name]:
                    continue
                spoilt[table.name].add(row)
                place = _Place(project, registrations, frame, table, row, spoilt, self, is_csv)
                code = self._first_fitting(place)
                if code is not None:
                    owed -= 1
                    planted.append((table, row, code))
            self._owed[table.name] = owed
        self._remember(registrations.citizens, spoilt["borgere"])
        return [
            Planted(project.project_id, table.name, table.position(row) + 2, code)
            for table, row, code in planted
            if row not in table.withdrawn
        ]

    def _first_fitting(self, place: _Place) -> str | None:
        planters = PLANTERS[place.table.name]
        turn = self._turn.setdefault(place.table.name, [])
        for _ in range(2):
            for at, code in enumerate(turn):
                if planters[code](place):
                    return turn.pop(at)
            again = [code for code in planters if code not in turn]
            self.rng.shuffle(again)
            turn.extend(again)
        return None

    def _remember(self, citizens: Table, spoilt: set[int]) -> None:
        good = (row for row in range(len(citizens)) if row not in spoilt)
        for _, row in zip(range(PERSONS_REMEMBERED_A_PROJECT), good, strict=False):
            self.remembered.append(str(citizens.columns["cpr"][row]))
