"""A made-up portfolio: a register and an inbox of any size, the same bytes for the same seed.

All of it is invented except the municipalities. Every personal number is administrative (day + 60), so that it can be
nobody's; company numbers pass their check and mean nothing; contact persons are numbered.

A portfolio without errors and corrections is clean: no rule of the catalogue fires on any row, and, from 200
citizens a project on, no rule about projects or the portfolio does either. To keep within the appropriation, the
targets and fixed grants of a large portfolio are cut, as a ministry would. Each delivery is a full picture that agrees
with the one before, so that the first year settles the same from either. Two things can be added: errors
(`tasks.sample.errors` lists them), and corrections, where the later deliveries differ from the first: spells withdrawn,
shortened, and registered late, a third each.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from tasks.base.errors import InputError
from tasks.base.worded import phrase
from tasks.register.municipalities import municipalities
from tasks.register.read import COLUMNS, MAALGRUPPER, PROJEKTER
from tasks.rules.model import Rules, load_rules, terms_of
from tasks.sample.drawn import drawing, require_new_home
from tasks.sample.errors import Planted, Planter
from tasks.sample.files import write_delivery
from tasks.sample.frame import Frame, Project
from tasks.sample.hours import HOURS_FILE, MOST_EFFECT, HoursFile
from tasks.sample.numbers import PersonNumbers
from tasks.sample.registrations import arms_of, make_registrations
from tasks.sample.styles import mix

# Municipalities that share a project while there are municipalities enough; the first one leads.
JOINT = (("187", "183"), ("671", "665"))
OLDEST_AT_FIRST_DAY_YEARS = 65
START_DAYS = ((2, 1), (1, 4), (3, 1), (4, 1))
TARGET_SHARES = (0.92, 1.0)
COMMITMENT_SHARES = (1.0, 1.0, 0.8)
MOST_SHARE_FOR_FIXED_GRANTS = 0.4


@dataclass(frozen=True)
class SampleSummary:
    """What was written. `citizens`, `spells`, `expenses`: rows of the last delivery of every project."""

    directory: Path
    projects: int
    joint_projects: int
    deliveries: int
    citizens: int
    spells: int
    expenses: int
    planted: tuple[Planted, ...] = field(repr=False)


def write_sample(
    directory: Path,
    *,
    projects: int,
    citizens: int,
    seed: int,
    errors: float = 0.0,
    corrections: float = 0.0,
    form: str = "mixed",
    as_of_dates: Sequence[date] | None = None,
    effect: float | None = None,
    draw_home: Path | None = None,
) -> SampleSummary:
    """Write `directory/register` and `directory/inbox`, one project at a time.

    `citizens`: a project, both arms together. `errors`: share of rows, 0 to 1. `corrections`: share of the first
    delivery's spells that the later ones correct, 0 to 1. `form`: `csv` (plain), `parquet`, or `mixed`, as real files
    are. `as_of_dates`: the deliveries of each project; the last day of each programme year when not given. `effect`: of
    JobFirst on mean weekly hours, written to an hours file `directory/timer.csv`; without it there is none.
    `draw_home`: a new home, in which the arms are drawn; without it they are made up too.

    Raises InputError when a number is out of its range, the form is unknown, or the folder has a register or an
    inbox already.
    """
    rules = load_rules()
    styles = mix(form)
    days = tuple(sorted(set(as_of_dates) if as_of_dates else [date(year, 12, 31) for year in rules.years]))
    frame = Frame(rules, days, corrections)
    names = {code: one.name for code, one in municipalities().items()}
    _require_sensible(directory, projects, citizens, errors, corrections, len(names))
    _require_effect(directory, effect)
    if draw_home is not None:
        require_new_home(draw_home)
    rng = Random(seed)  # noqa: S311 - made-up data must repeat, not be secret
    people = _people(rng, rules)
    _require_enough(people, projects, citizens)
    portfolio = _projects(projects, citizens, names, rules, rng)
    _write_register(directory / "register", portfolio)
    planter = Planter.of(Random(f"errors of {seed}"), errors, frame)  # noqa: S311 - as above
    planted: list[Planted] = []
    hours = None
    if effect is not None:
        hours = HoursFile(directory, rules.last_day, 7 * terms_of(rules).follow_up_weeks, effect, seed)
    rows = [0, 0, 0]
    with nullcontext() if draw_home is None else drawing(draw_home, directory, rules, seed) as draws:
        for number, project in enumerate(portfolio):
            style = styles[number % len(styles)]
            registrations = make_registrations(project, frame, citizens, people, rng, draws)
            if hours:
                hours.add(registrations, arms_of(rules)[0])
            planted += planter.plant(project, registrations, frame, is_csv=style.kind == "csv")
            for day in days:
                tables = [table.as_of(day.toordinal(), is_first=day == days[0]) for table in registrations.tables]
                write_delivery(directory / "inbox" / project.project_id, day, tables, style)
            rows = [total + len(table) for total, table in zip(rows, tables, strict=True)]
    return SampleSummary(
        directory,
        projects=projects,
        joint_projects=sum(len(project.municipalities) > 1 for project in portfolio),
        deliveries=len(days) * projects,
        citizens=rows[0],
        spells=rows[1],
        expenses=rows[2],
        planted=tuple(planted),
    )


def _require_sensible(
    directory: Path, projects: int, citizens: int, errors: float, corrections: float, most_projects: int
) -> None:
    if not 1 <= projects <= most_projects:
        raise InputError(
            phrase(
                "{projects} projects can't be made: a municipality is in one project, so ask for 1 to {most}.",
                projects=projects,
                most=most_projects,
            )
        )
    if citizens < 1:
        raise InputError(phrase("{citizens} citizens a project can't be made: ask for 1 or more.", citizens=citizens))
    for name, share in (("errors", errors), ("corrections", corrections)):
        if not 0 <= share <= 1:
            raise InputError(
                phrase("{share} is no share of {name}: give a number from 0 to 1.", share=share, name=name)
            )
    for name in ("register", "inbox"):
        if (directory / name).exists():
            raise InputError(
                phrase("{path} is there already: choose another folder, or remove it first.", path=directory / name)
            )


def _require_effect(directory: Path, effect: float | None) -> None:
    if effect is None:
        return
    if not 0 <= effect <= MOST_EFFECT:
        raise InputError(
            phrase(
                "{effect} is no effect that can be made up: give weekly hours from 0 to {most:g}.",
                effect=effect,
                most=MOST_EFFECT,
            )
        )
    if (directory / HOURS_FILE).exists():
        raise InputError(
            phrase("{path} is there already: choose another folder, or remove it first.", path=directory / HOURS_FILE)
        )


def _require_enough(people: PersonNumbers, projects: int, citizens: int) -> None:
    if projects * citizens > people.capacity:
        raise InputError(
            phrase(
                "--projects {projects} and --citizens {citizens} ask for more than the {capacity} personal numbers "
                "that can be made up: ask for fewer.",
                projects=projects,
                citizens=citizens,
                capacity=people.capacity,
            )
        )


def _people(rng: Random, rules: Rules) -> PersonNumbers:
    first = rules.first_day
    youngest = first.year - rules.parameters["minimum_age_years"].on(first)
    return PersonNumbers(rng, date(first.year - OLDEST_AT_FIRST_DAY_YEARS, 1, 1), date(youngest - 1, 12, 31))


def _projects(count: int, citizens: int, names: dict[str, str], rules: Rules, rng: Random) -> list[Project]:
    joint = [group for group in JOINT[:count] if set(group) <= names.keys()][: len(names) - count]
    taken = {code for group in joint for code in group}
    single = sorted(names.keys() - taken)
    # The joint projects' leads go first, so that a small portfolio of all sizes has Vallensbæk in it.
    leads = [group[0] for group in JOINT if group[0] in single]
    others = [code for code in single if code not in leads]
    chosen = (leads + rng.sample(others, len(others)))[: count - len(joint)]
    groups = [*joint, *((code,) for code in chosen)]
    target_most, fixed_most = grants_within_appropriation(count, citizens, rules)
    return [_project(number, group, names, target_most, fixed_most, rules, rng) for number, group in enumerate(groups)]


def grants_within_appropriation(count: int, citizens: int, rules: Rules) -> tuple[int, int]:
    """Give the largest target, and fixed commitment in kr., that all projects together can be promised."""
    appropriation = rules.programme("appropriation_dkk")
    start = rules.first_day
    cap_a_participant = rules.parameters["activity_grant_per_citizen_max_dkk"].on(start) * rules.parameters[
        "activity_cap_share"
    ].on(start)
    fixed_max = int(rules.parameters["fixed_grant_max_dkk"].on(start))
    share = int(appropriation / count)
    fixed = min(fixed_max, int(share * MOST_SHARE_FOR_FIXED_GRANTS) // 1000 * 1000)
    target = max(1, min((citizens + 1) // 2, int((share - fixed) / cap_a_participant)))
    return target, fixed


def _project(
    number: int,
    group: tuple[str, ...],
    names: dict[str, str],
    target_most: int,
    fixed_most: int,
    rules: Rules,
    rng: Random,
) -> Project:
    month, day = START_DAYS[number % len(START_DAYS)]
    population = {}
    for code in group:
        size = 200 + int(rng.random() ** 2 * 3000)
        share = 0.2 + rng.random() * 0.3
        counts = [int(size * share), size - int(size * share)]
        population.update({(code, each): counts[at] for at, each in enumerate(rules.vocabulary.target_groups)})
    return Project(
        project_id=f"JF-{group[0]}",
        name="JobFirst " + " og ".join(names[code] for code in group),
        case_number=f"16/{1000 + number * 37}",
        municipalities=group,
        start=date(rules.first_day.year, month, day),
        target_participants=_round_target(target_most * TARGET_SHARES[number % len(TARGET_SHARES)]),
        commitment_dkk=int(fixed_most * COMMITMENT_SHARES[number % len(COMMITMENT_SHARES)]),
        contact=f"Kontaktperson {number + 1}",
        email=f"kontaktperson{number + 1}@example.dk",
        population=population,
    )


def _round_target(target: float) -> int:
    """Cut a target as an application would state it: in tens, where it is large enough for that."""
    return int(target) // 10 * 10 if target >= 100 else max(1, int(target))


def _write_register(folder: Path, portfolio: Sequence[Project]) -> None:
    folder.mkdir(parents=True)
    ordered = sorted(portfolio, key=lambda project: project.project_id)
    _write_csv(folder / PROJEKTER, _project_lines(ordered))
    _write_csv(folder / MAALGRUPPER, _population_lines(ordered))


def _project_lines(portfolio: Sequence[Project]) -> Iterator[Sequence[object]]:
    yield COLUMNS[PROJEKTER]
    for project in portfolio:
        yield (
            project.project_id,
            project.name,
            project.case_number,
            project.lead,
            " ".join(project.municipalities),
            project.start.isoformat(),
            project.target_participants,
            f"{project.commitment_dkk}.00",
            project.contact,
            project.email,
        )


def _population_lines(portfolio: Sequence[Project]) -> Iterator[Sequence[object]]:
    yield COLUMNS[MAALGRUPPER]
    for project in portfolio:
        for (code, group), number in project.population.items():
            yield (code, group, number)


def _write_csv(path: Path, lines: Iterator[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(lines)
