"""One project's made-up registrations: citizens drawn into two arms, their spells, and the project's expenses.

All rows made here keep every rule of the catalogue: no row is rejected and none is remarked on. Arms are drawn in pairs
of one participant and one control. In each arm the target groups follow the population's shares at any moment
of the enrolment, so that the group proportions hold in every delivery from the sixth citizen of an arm on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from tasks.base.days import add_years
from tasks.intake.tables import BORGERE, FORLOEB, UDGIFTER
from tasks.rules.model import Rules
from tasks.sample.frame import Frame, Project
from tasks.sample.numbers import PersonNumbers, company_number
from tasks.sample.table import Cell, Table

if TYPE_CHECKING:
    from tasks.sample.drawn import Draws

# How a course goes in practice. These decide only what the made-up data look like.
SHARE_OF_CONTROLS_WITHOUT_SPELLS = 0.3
SHARE_OF_PARTICIPANTS_WHO_STOP_AT_SNUSEPRAKTIK = 0.08
SHARE_OF_EXTENSIONS_AFTER_A_BREAK = 0.10
SHARE_OF_RUNNING_SPELLS_THAT_TELL_THEIR_END = 0.4
SHARE_OF_WINDOW_WITH_ENROLMENTS = 0.9
CITIZENS_PER_COMPANY = 8

OTHER_EXPENSES = (
    ("projektansatte", "Løn, virksomhedskonsulent", 2_450_000, 3_900_000),
    ("undervisning", "Kursus for mentorer", 350_000, 1_800_000),
    ("materiale", "Undervisningsmateriale", 40_000, 450_000),
    ("transport", "Kørselsgodtgørelse", 8_000, 190_000),
    ("husleje", "Leje af mødelokale", 120_000, 600_000),
    ("formidling", "Pjece til virksomheder", 90_000, 800_000),
    ("oevrige", "Forplejning ved virksomhedsmøde", 15_000, 240_000),
    ("revision", "Revision af projektregnskab", 900_000, 1_500_000),
)
# Texts that a cell of a real file may hold: they must survive every dialect.
LIVELY_TEXTS = ('Møde hos "Kaffebaren", 2. sal', "Kørsel; taxa retur", "Se bilag\nunderskrevet af leder")


@dataclass
class Registrations:
    """A project's three tables, and each spell's citizen as a row of `citizens`."""

    citizens: Table
    spells: Table
    expenses: Table
    spell_citizen: list[int] = field(default_factory=list)

    @property
    def tables(self) -> tuple[Table, Table, Table]:
        """All three, in the order in which they are delivered."""
        return self.citizens, self.spells, self.expenses


def make_registrations(
    project: Project, frame: Frame, citizens: int, people: PersonNumbers, rng: Random, draws: Draws | None = None
) -> Registrations:
    """Make up everything that a project registers through the whole programme. `draws`: where arms come from a draw."""
    people_table = _citizens(project, frame, citizens, people, rng)
    if draws:
        draws.draw(project, people_table, frame)
    spells, spell_citizen = _spells(frame, people_table, rng)
    return Registrations(people_table, spells, _expenses(project, frame, rng), spell_citizen)


def _citizens(project: Project, frame: Frame, count: int, people: PersonNumbers, rng: Random) -> Table:
    rules = frame.rules
    roll = rng.random
    start = project.start.toordinal()
    window_years = rules.parameters["enrolment_window_years"].on(project.start)
    window_days = add_years(project.start, window_years).toordinal() - start
    enrolled = sorted(
        frame.working_day(start + int(roll() * window_days * SHARE_OF_WINDOW_WITH_ENROLMENTS)) for _ in range(count)
    )
    participant, control = arms_of(rules)
    groups = list(rules.vocabulary.target_groups)
    needs_support = set(rules.parameters["public_support_target_groups"].on(project.start))
    support_days = 366 * rules.parameters["public_support_min_years"].on(project.start)
    people_of = {
        group: sum(number for (_, known), number in project.population.items() if known == group) for group in groups
    }
    sequences = {arm: _proportional(people_of) for arm in (participant, control)}
    homes = [code for code in project.municipalities for group in groups]
    home_weights = [project.population[code, group] for code in project.municipalities for group in groups]
    lived_in = rng.choices(homes, home_weights, k=count) if count else []
    width = max(4, len(str(count)))
    rows: list[tuple[Cell, ...]] = []
    for number, day in enumerate(enrolled):
        if number % 2 == 0:
            pair = (participant, control) if count - number == 1 or roll() < 0.5 else (control, participant)
        arm = pair[number % 2]
        group = next(sequences[arm])
        benefits = rules.vocabulary.target_groups[group].benefits
        benefit = benefits[0] if roll() < 0.9 else benefits[-1]
        has_support = group in needs_support or roll() < 0.5
        support = day - support_days - int(roll() ** 2 * 3650) if has_support else None
        rows.append(
            (
                f"B{number + 1:0{width}d}",
                people.draw(),
                lived_in[number],
                group,
                benefit,
                support,
                "nej" if roll() < 0.6 else None,
                arm,
                day,
            )
        )
    return Table(BORGERE.name, _as_columns(BORGERE.columns, rows), enrolled)


def arms_of(rules: Rules) -> tuple[str, str]:
    """Give the codes of participants and of controls."""
    by_arm = {arm.arm: code for code, arm in rules.vocabulary.arms.items()}
    return by_arm["participant"], by_arm["control"]


def _proportional(people_of: dict[str, int]) -> Iterator[str]:
    """Name target groups without end: next is always the one that is most behind its share of the population."""
    total = sum(people_of.values())
    named = dict.fromkeys(people_of, 0)
    while True:
        size = 1 + sum(named.values())
        group = max(people_of, key=lambda each: people_of[each] * size - named[each] * total)
        named[group] += 1
        yield group


Spell = tuple[str, str, int, int | None, int | None]
"""Type, company, first day, last day (None: goes on), weekly hours in tenths (None: none)."""


class _Course:
    """One participant's spells as they follow each other, to the programme's last day at most."""

    def __init__(self, enrolled: int, frame: Frame, companies: Sequence[str], rng: Random) -> None:
        self._frame = frame
        self._companies = companies
        self._roll = rng.random
        self._day = frame.working_day(enrolled + 3 + self._upto(25))
        self._company = companies[self._upto(len(companies))]
        self.spells: list[Spell] = []

    def _upto(self, bound: float) -> int:
        return int(self._roll() * bound)

    def _change_company(self) -> None:
        self._company = self._companies[self._upto(len(self._companies))]

    def _go_on(self, days_between: int) -> None:
        self._day = self._frame.working_day(self._day + days_between)

    def _add_weeks(self, kind: str, weeks: int, hours: int | None) -> None:
        """Add a spell that ends on a Friday; the next one may start on the working day after."""
        start, last_day = self._day, self._frame.last_day
        if start > last_day:
            return
        weekday = (start + 6) % 7
        end = min(start - weekday + 4 + 7 * (weeks - 1), last_day)
        self.spells.append((kind, self._company, start, end, hours))
        self._day = end + 1

    def snusepraktik(self) -> None:
        """Add one to four short visits to companies."""
        for _ in range(1 + self._upto(4)):
            self._change_company()
            self._add_weeks("snusepraktik", 1 + self._upto(4), None)
            self._go_on(self._upto(10))

    def virksomhedspraktik(self) -> None:
        """Add one to three companies, each with extensions, and now and then a break between them."""
        for _ in range(1 + self._upto(2.4)):
            for _ in range(1 + self._upto(4.8)):
                hours = 20 + 5 * self._upto(17) if self._roll() < 0.5 else None
                self._add_weeks("virksomhedspraktik", 3 + self._upto(6), hours)
                has_break = self._roll() < SHARE_OF_EXTENSIONS_AFTER_A_BREAK
                self._go_on(3 + self._upto(21) if has_break else 0)
            if self._roll() < 0.7:
                self._change_company()

    def loentilskud(self) -> None:
        """Add a subsidised job, extended once or not."""
        for _ in range(1 + self._upto(2)):
            self._add_weeks("loentilskud", 4 + self._upto(10), 100 + 5 * self._upto(55))
            self._go_on(0)

    def ordinary_job(self) -> None:
        """Add a job that ends within the programme or goes on after it."""
        if self._roll() < 0.4:
            self._change_company()
        start, last_day = self._day, self._frame.last_day
        if start <= last_day:
            end = start + 40 + self._upto(300)
            hours = 50 + 5 * self._upto(65)
            job = "ordinaer_ansaettelse"
            self.spells.append((job, self._company, start, end if end <= last_day else None, hours))


def _participant_course(enrolled: int, frame: Frame, companies: Sequence[str], rng: Random) -> list[Spell]:
    course = _Course(enrolled, frame, companies, rng)
    course.snusepraktik()
    if rng.random() < SHARE_OF_PARTICIPANTS_WHO_STOP_AT_SNUSEPRAKTIK:
        return course.spells
    course.virksomhedspraktik()
    if rng.random() < 0.5:
        course.loentilskud()
    if rng.random() < 0.4:
        course.ordinary_job()
    return course.spells


def _control_course(enrolled: int, frame: Frame, companies: Sequence[str], rng: Random) -> list[Spell]:
    roll = rng.random
    spells: list[Spell] = []
    if roll() < SHARE_OF_CONTROLS_WITHOUT_SPELLS:
        return spells
    day = frame.working_day(enrolled + 20 + int(roll() * 120))
    for _ in range(1 + int(roll() * 3)):
        if day > frame.last_day:
            break
        kind = "virksomhedspraktik" if roll() < 0.8 else "loentilskud"
        hours = None if kind == "virksomhedspraktik" else 100 + 5 * int(roll() * 55)
        end = min(day + 18 + 7 * int(roll() * 10), frame.last_day)
        spells.append((kind, companies[int(roll() * len(companies))], day, end, hours))
        day = frame.working_day(end + 10 + int(roll() * 100))
    return spells


def _spells(frame: Frame, citizens: Table, rng: Random) -> tuple[Table, list[int]]:
    companies = [company_number(rng) for _ in range(12 + len(citizens) // CITIZENS_PER_COMPANY)]
    participant, _ = arms_of(frame.rules)
    made: list[tuple[int, int, Spell]] = []
    for row, (arm, enrolled) in enumerate(zip(citizens.columns["gruppe"], citizens.known_from, strict=True)):
        course = _participant_course if arm == participant else _control_course
        made.extend((spell[2], row, spell) for spell in course(enrolled, frame, companies, rng))
    made = _registered_late(made, frame, rng)
    made.sort(key=lambda each: each[:2])
    width = max(5, len(str(len(made))))
    ids = citizens.columns["borger_id"]
    table = Table(
        FORLOEB.name,
        {
            "forloeb_id": [f"F{number:0{width}d}" for number in range(1, len(made) + 1)],
            "borger_id": [ids[row] for _, row, _ in made],
            "type": [spell[0] for _, _, spell in made],
            "virksomhed_cvr": [spell[1] for _, _, spell in made],
            "startdato": [spell[2] for _, _, spell in made],
            "slutdato": [spell[3] for _, _, spell in made],
            "ordinaere_timer_pr_uge": [spell[4] for _, _, spell in made],
        },
        [known for known, _, _ in made],
    )
    roll = rng.random
    table.tells_end = {row for row in range(len(made)) if roll() < SHARE_OF_RUNNING_SPELLS_THAT_TELL_THEIR_END}
    _correct_later(table, frame, rng)
    return table, [row for _, row, _ in made]


def _registered_late(made: list[tuple[int, int, Spell]], frame: Frame, rng: Random) -> list[tuple[int, int, Spell]]:
    """Let a third of the corrections be spells that the first delivery lacks and should have."""
    if not frame.corrections:
        return made
    first, last = frame.as_of_dates[0].toordinal(), frame.as_of_dates[-1].toordinal()
    return [
        (min(first + 1 + int(rng.random() * 60), last), row, spell)
        if known <= first and rng.random() < frame.corrections / 3
        else (known, row, spell)
        for known, row, spell in made
    ]


def _correct_later(table: Table, frame: Frame, rng: Random) -> None:
    """Let two thirds of the corrections be spells of the first delivery that are withdrawn or shortened later."""
    if not frame.corrections:
        return
    first = frame.as_of_dates[0].toordinal()
    starts, ends = table.columns["startdato"], table.columns["slutdato"]
    for row, known in enumerate(table.known_from):
        if known > first:
            break
        start, end = starts[row], ends[row]
        drawn = rng.random()
        if drawn < frame.corrections / 3:
            table.withdrawn.add(row)
        elif drawn < frame.corrections * 2 / 3 and isinstance(start, int) and isinstance(end, int):
            table.first_end[row] = end
            ends[row] = start + int(rng.random() * (end - start) / 2)


def _expenses(project: Project, frame: Frame, rng: Random) -> Table:
    start, last = project.start.toordinal(), frame.last_day
    rows: list[tuple[int, str, int, str]] = []
    months_a_voucher = 1 if rng.random() < 0.7 else 3
    monthly = 3_300_000 + int(rng.random() * 900_000)
    paid = _pay_days(project.start, frame.rules.last_day)[months_a_voucher - 1 :: months_a_voucher]
    for day in paid:
        amount = months_a_voucher * monthly + int(rng.random() * 60_000) - 30_000
        rows.append((day, "projektledelse", amount, "Løn, projektleder"))
    if paid and rng.random() < 0.5:
        rows.append((paid[len(paid) // 2], "projektledelse", -int(5_000 + rng.random() * 400_000), "Rettelse, løn"))
    for category, text, least, most in OTHER_EXPENSES:
        if rng.random() < 0.75:
            day = start + int(rng.random() * (last - start + 1))
            rows.append((day, category, least + int(rng.random() * (most - least)), text))
    rows.sort()
    for at in range(0, len(rows), 9):
        day, category, amount, _ = rows[at]
        rows[at] = (day, category, amount, LIVELY_TEXTS[at // 9 % len(LIVELY_TEXTS)])
    code = project.lead
    cells = [
        (f"{code}-{number:04d}", day, category, amount, "nej" if rng.random() < 0.3 else None, text)
        for number, (day, category, amount, text) in enumerate(rows, start=1)
    ]
    return Table(UDGIFTER.name, _as_columns(UDGIFTER.columns, cells), [row[0] for row in rows])


def _pay_days(first: date, last: date) -> list[int]:
    """Give the last Monday to Friday of each month of a period, as far as it lies within."""
    days = []
    month = first.replace(day=1)
    while month <= last:
        following = (month + timedelta(days=31)).replace(day=1)
        day = following - timedelta(days=1)
        day -= timedelta(days=max(0, day.weekday() - 4))
        if first <= day <= last:
            days.append(day.toordinal())
        month = following
    return days


def _as_columns(names: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> dict[str, list[Cell]]:
    if not rows:
        return {name: [] for name in names}
    return {name: list(cells) for name, cells in zip(names, zip(*rows, strict=True), strict=True)}
