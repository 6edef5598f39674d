"""What may leave the house hides small counts, and nothing brings them back."""

from __future__ import annotations

import html
import itertools
import random
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import duckdb
import numpy as np
import pytest

from tasks.base import danish
from tasks.base.errors import InternalFailure
from tasks.evaluation.analyst import Analyst
from tasks.evaluation.estimates import analyse, sensitivity
from tasks.evaluation.heads import heads_of
from tasks.evaluation.hide import HIDDEN, Sum, following, hide, is_small, marked
from tasks.evaluation.page import page_of
from tasks.evaluation.plan import Plan
from tasks.evaluation.results import GROUP, POOLED, PRIMARY, RANDOMISATION, SMALLEST, TOOK_PART, Step, Week
from tasks.evaluation.tables import (
    ALL_PROJECTS,
    ARMS,
    Tables,
    _public_weeks,
    flow_cells,
    public_tables,
    require_hidden,
)
from tasks.evaluation.trial import Trial
from tasks.rules.model import load_rules, terms_of
from tasks.warehouse.statements import execute

LIMIT = 5
OF_ALL = (PRIMARY, RANDOMISATION, TOOK_PART, SMALLEST)
"""Analyses of all who are analysed."""


@pytest.mark.parametrize(
    ("count", "of", "told"),
    [(0, 10, False), (1, 10, True), (4, 10, True), (5, 10, False), (6, 10, True), (10, 10, False)],
)
def test_a_count_and_what_is_left_of_its_whole_are_small(count: int, of: int, *, told: bool) -> None:
    assert is_small(count, of, LIMIT) is told


@pytest.mark.parametrize(("yes", "told"), [(0, False), (1, True), (4, True), (5, False), (15, False), (16, True)])
@pytest.mark.parametrize("column", ["due_yes", "control_due_yes"])
def test_a_contrast_of_a_small_count_or_a_small_rest_is_told(column: str, yes: int, *, told: bool) -> None:
    """Each arm has twenty; the other arm's count is no small one."""
    counts = {"due_yes": 10, "control_due_yes": 10} | {column: yes}
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        opened.execute(
            "CREATE TABLE run.element_counts AS SELECT 'JF-1' AS project_id, 5 AS number, 20 AS due, "
            "$due_yes AS due_yes, 20 AS control_due, $control_due_yes AS control_due_yes",
            counts,
        )
        ((_, contrast, is_small),) = execute(opened, "evaluation/contrasts", smallest=LIMIT).fetchall()
    assert contrast == pytest.approx((counts["due_yes"] - counts["control_due_yes"]) / 20)
    assert is_small is told


def test_where_one_cell_of_a_sum_is_hidden_the_smallest_other_is_too() -> None:
    counts = {"all": 50, "a": 3, "b": 9, "c": 38}
    assert hide(counts, dict.fromkeys(counts, 50), [Sum("all", ("a", "b", "c"))], LIMIT) == {"a", "b"}


def test_a_figure_that_follows_is_found() -> None:
    sums = [Sum("all", ("a", "b")), Sum("a", ("c", "d"))]
    assert following({"b"}, sums) == {"b"}
    assert following({"a", "b"}, sums) == {"a", "b"}
    assert following({"a", "b", "c"}, sums) == set()
    with pytest.raises(InternalFailure, match=r"Hidden figures of the public flow\.csv .* shown \(1\)"):
        require_hidden({"b"}, sums, "flow.csv")


def test_a_figure_that_follows_from_two_sums_together_is_found() -> None:
    """The margins of a table of two by three: four hidden cells in a row and a column each follow from nothing."""
    rows = [Sum(f"r{i}", tuple(f"{i}{j}" for j in range(3))) for i in range(2)]
    columns = [Sum(f"c{j}", tuple(f"{i}{j}" for i in range(2))) for j in range(3)]
    assert following({"00", "01"}, [*rows, *columns]) == {"00", "01"}
    assert following({"00", "01", "10", "11"}, [*rows, *columns]) == set()


def test_a_figure_that_follows_because_nobody_is_less_than_one_is_found() -> None:
    """Of a sum of 2 each part is 1, of a sum of 3 either may be 1; two sums can say it together too."""
    sums = [Sum("all", ("a", "b", "c"))]
    ones = {"all": 9, "a": 1, "b": 1, "c": 7}
    assert following({"a", "b"}, sums) == set()
    assert following({"a", "b"}, sums, ones) == {"a", "b"}
    assert following({"a", "b"}, sums, {"all": 10, "a": 1, "b": 2, "c": 7}) == set()
    assert hide(ones, dict.fromkeys(ones, 50), sums, LIMIT) == {"a", "b", "c"}
    chain = [Sum("x", ("a", "b")), Sum("y", ("b", "c")), Sum("z", ("c", "d"))]
    counts = {"x": 13, "a": 1, "b": 12, "y": 20, "c": 8, "z": 9, "d": 1}
    assert following({"a", "b", "c", "d"}, chain) == set()
    assert following({"a", "b", "c", "d"}, chain, counts) == {"a", "b", "c", "d"}
    assert following({"a", "b", "c", "d"}, chain, counts | {"z": 10, "d": 2}) == set()


def flow(rng: random.Random, projects: int) -> list[Step]:
    """Make up a flow that adds up."""
    steps = []
    for name in range(projects):
        project = f"JF-{name}"
        excluded = [rng.choice([0, 1, 2, 7]) for _ in range(2)]
        arms = {}
        for arm in ("participant", "control"):
            lost = {reason: rng.choice([0, 0, 1, 3, 6]) for reason in ("x", "y")}
            arms[arm] = ({r: n for r, n in lost.items() if n}, rng.choice([0, 2, 5, 40]))
        drawn = {arm: sum(lost.values()) + analysed for arm, (lost, analysed) in arms.items()}
        steps.append(Step(project, "", "assessed", "", sum(excluded) + sum(drawn.values())))
        steps += [Step(project, "", "excluded", f"C{at}", n) for at, n in enumerate(excluded) if n]
        for arm, (lost, analysed) in arms.items():
            steps.append(Step(project, arm, "drawn", "", drawn[arm]))
            steps += [Step(project, arm, "lost", reason, n) for reason, n in lost.items()]
            steps.append(Step(project, arm, "analysed", "", analysed))
    return steps


@pytest.mark.parametrize("seed", range(40))
def test_no_small_count_of_any_flow_follows_from_what_is_shown(seed: int) -> None:
    rng = random.Random(seed)
    counts, wholes, sums = flow_cells(flow(rng, rng.choice([1, 2, 5, 12])))
    for one in sums:
        assert counts[one.total] == sum(counts[part] for part in one.parts)
    hidden = hide(counts, wholes, sums, LIMIT)
    assert {cell for cell, n in counts.items() if is_small(n, wholes[cell], LIMIT)} <= hidden
    assert following(hidden, sums) == set()
    assert following(hidden, sums, counts) == set()
    for one in sums:
        assert len([cell for cell in one.cells if cell in hidden]) != 1


def test_every_hidden_cell_of_a_small_table_can_have_had_another_value() -> None:
    """Counted one by one: other tables have the same shown cells, and other values in each hidden one."""
    steps = [
        Step("P", "", "assessed", "", 25),
        Step("P", "", "excluded", "C04", 5),
        Step("P", "participant", "drawn", "", 10),
        Step("P", "participant", "lost", "x", 3),
        Step("P", "participant", "analysed", "", 7),
        Step("P", "control", "drawn", "", 10),
        Step("P", "control", "analysed", "", 10),
    ]
    counts, wholes, sums = flow_cells(steps)
    hidden = sorted(hide(counts, wholes, sums, LIMIT))
    own = [cell for cell in hidden if cell[0] == "P"]
    seen: dict[tuple[str, str, str, str], set[int]] = {cell: set() for cell in own}
    for values in itertools.product(range(11), repeat=len(own)):
        told = counts | dict(zip(own, values, strict=True))
        told |= {cell: told["P", *cell[1:]] for cell in hidden if cell[0] != "P"}
        if all(told[one.total] == sum(told[part] for part in one.parts) for one in sums):
            for cell, value in zip(own, values, strict=True):
                seen[cell].add(value)
    assert own
    assert all(len(values) > 1 for values in seen.values())


def test_a_week_is_not_told_beside_a_count_of_another_table_that_it_is_near() -> None:
    weeks = [Week(25, 103, 110, *([1.234567] * 9)), Week(26, 101, 110, *([1.234567] * 9))]
    early, late = _public_weeks(weeks, set(), ({101}, {110}), LIMIT, 26)
    assert (early["participants"], early["controls"], early["low"]) == (HIDDEN, "110", "1.23")
    assert (late["participants"], late["controls"], late["low"]) == ("101", "110", "1.23457")


def test_a_hidden_figure_names_the_limit() -> None:
    assert [marked(text, 10) for text in (HIDDEN, "3", "")] == ["<10", "3", ""]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (0, "15% af deltagerne og 0% af kontrollerne er lodtrukket, men ikke registreret."),
        (3, "en større andel af deltagerne end af kontrollerne er lodtrukket, men ikke registreret."),
    ],
)
def test_a_warning_gives_no_share_of_a_hidden_count(other: int, told: str) -> None:
    """Six who are not registered are hidden where they would reveal the three of another reason."""
    steps = [
        Step("P", "participant", "drawn", "", 40),
        Step("P", "participant", "lost", "ikke_registreret", 6),
        Step("P", "participant", "analysed", "", 34 - other),
        Step("P", "control", "drawn", "", 40),
        Step("P", "control", "analysed", "", 40),
    ]
    if other:
        steps.append(Step("P", "participant", "lost", "kort_opfoelgning", other))
    trial: Any = SimpleNamespace(is_drawn=np.ones(80, bool), is_reported=False, hours_first_day=None)
    assert heads_of(trial, terms_of(load_rules()), [], steps, []) == [f"Flere er faldet fra i den ene gruppe: {told}"]


@pytest.mark.parametrize(("lost", "is_told"), [(20, False), (21, True)])
def test_shares_of_lost_that_are_five_points_apart_are_no_warning(lost: int, *, is_told: bool) -> None:
    """In floating point 20 of 100 less 15 of 100 is more than 0.05."""
    steps = []
    for arm, count in (("participant", lost), ("control", 15)):
        steps.append(Step("P", arm, "drawn", "", 100))
        steps.append(Step("P", arm, "lost", "ikke_registreret", count))
        steps.append(Step("P", arm, "analysed", "", 100 - count))
    trial: Any = SimpleNamespace(is_drawn=np.ones(200, bool), is_reported=False, hours_first_day=None)
    assert bool(heads_of(trial, terms_of(load_rules()), [], steps, [])) == is_told


def made_up(rng: random.Random) -> Trial:
    """Make up a trial of some projects, in which some citizens are lost for some reason."""
    people = []
    for code in range(rng.choice([1, 2, 5])):
        few = rng.random() < 0.5
        for arm in (True, False):
            for _ in range(rng.choice([7, 12, 13, 30])):
                is_lost = few and rng.random() < 0.1
                days = rng.choice([100, 150]) if few and rng.random() < 0.1 else rng.choice([182, 300, 364])
                people.append((code, arm, rng.randrange(2), days, not is_lost, rng.random() < 0.95))
    projects, arms, groups, days, accepted, known = np.array(people).T
    count = len(people)
    hours = np.array([rng.choice([0, 0, 3, 10]) for _ in people])
    if rng.random() < 0.5:
        # A project without any hours has no error, and is not pooled.
        hours[projects == 0] = 0
    weeks = np.clip(days[:, None] - 7 * np.arange(52), 0, 7) * hours[:, None].astype(float)
    is_reported = rng.random() < 0.5
    has_spell = (accepted > 0) & np.array([rng.random() < 0.7 for _ in people])
    names = tuple(f"JF-{at}" for at in range(int(projects.max()) + 1))
    return Trial(
        projects=names,
        groups=("aktivitetsparat", "ressourceforloeb"),
        project=projects.astype(np.intp),
        group=groups.astype(np.intp),
        strata=(2 * projects + groups).astype(np.intp),
        z=arms.astype(bool),
        is_drawn=np.ones(count, dtype=bool),
        days=days.astype(float),
        weeks=weeks,
        supposed=None,
        is_accepted=accepted > 0,
        has_spell=has_spell,
        has_started=has_spell & (arms > 0),
        took_part=has_spell & (arms > 0),
        has_employment=has_spell & (hours > 5),
        age=np.where(known > 0, 40.0 + 5 * groups + hours, np.nan),
        support_years=np.where(known > 0, 2.0, np.nan),
        benefit=np.where(known > 0, "kontanthjaelp", "").astype(object),
        withdrawn=np.full(count, "", dtype=object),
        excluded=tuple((name, "C03", rng.choice([1, 7])) for name in names if rng.random() < 0.5),
        cut=date(2017, 12, 31),
        first_day=date(2016, 3, 1),
        is_reported=is_reported,
        hours=None,
        hours_first_day=date(2016, 4, 1) if is_reported else None,
        strangers=0,
        first_received_at=None,
        contrasts={},
        small_contrasts=frozenset(),
    )


def of_the_analysed(public: Tables, arm: str) -> dict[tuple[str, ...], str]:
    """Give, by where they stand, the counts of an arm, of all projects, that are of those analysed."""
    column = ARMS[arm]
    found: dict[tuple[str, ...], str] = {
        ("effects", one["analysis"]): one[column] for one in public.files["effects.csv"] if one["analysis"] in OF_ALL
    }
    found |= {("weekly", one["week"]): one[column] for one in public.files["weekly.csv"] if one["week"] == "26"}
    return found


@pytest.mark.parametrize("seed", range(30))
def test_no_hidden_count_of_any_table_follows_from_those_of_all_tables(seed: int) -> None:
    """A reader subtracts across tables: week 26 holds those analysed, and earlier weeks some of the lost too."""
    terms = terms_of(load_rules()).model_copy(update={"redraws": 20})
    plan = Plan(terms, terms.sha256, None, "", is_in_force=False, freezes=0, hours_at=None)
    analysis = analyse(made_up(random.Random(seed)), plan, level=0.95, exploratory=())
    public = public_tables(analysis)
    counts, _, of_flow = flow_cells(analysis.flow)
    sums: list[Sum[tuple[str, ...]]] = [Sum(one.total, one.parts) for one in of_flow]
    keys = ("project_id", "arm", "step", "reason")
    shown: dict[tuple[str, ...], str] = dict(public.flow_of_all.items())
    shown |= {tuple(one[key] for key in keys): one["citizens"] for one in public.files["flow.csv"]}
    of_pool = [one.project_id for one in analysis.projects if one.shrunken is not None]
    for arm, column in ARMS.items():
        analysed = (ALL_PROJECTS, arm, "analysed", "")
        short = (ALL_PROJECTS, arm, "lost", "kort_opfoelgning")
        for cell, text in of_the_analysed(public, arm).items():
            shown[*cell, arm] = text
            sums.append(Sum((*cell, arm), (analysed,)))
        for one in public.files["projects.csv"]:
            cell = ("projects", one["project_id"], arm)
            shown[cell] = one[column]
            sums.append(Sum(cell, ((one["project_id"], arm, "analysed", ""),)))
        first = next(one for one in public.files["weekly.csv"] if one["week"] == "1")
        if analysis.weeks[0].participants == counts[analysed] + counts.get(short, 0):
            shown["weekly", "1", arm] = first[column]
            sums.append(Sum(("weekly", "1", arm), tuple(cell for cell in (analysed, short) if cell in counts)))
        for one in public.files["effects.csv"]:
            if one["analysis"] == POOLED:
                shown["effects", POOLED, arm] = one[column]
                parts = tuple((name, arm, "analysed", "") for name in of_pool)
                sums.append(Sum(("effects", POOLED, arm), parts))
        told = {int(text) for cell, text in shown.items() if cell[:2] == (ALL_PROJECTS, arm) and is_end(cell, text)}
        tables = [public.files[name] for name in ("effects.csv", "balance.csv", "weekly.csv")]
        told |= {int(one[column]) for table in tables for one in table if one[column].isdigit() and is_whole(one)}
        assert all(late - early >= LIMIT for early, late in itertools.pairwise(sorted(told)))
    # A table may hide more than it must: what follows of it alone is of nobody who is hidden.
    assert following({cell for cell, text in shown.items() if text == "<5"}, sums).isdisjoint(counts)
    page = page_of(analysis, public, sender="STAR")
    assert ("Timefilen begynder den 1. april 2016" in page) is analysis.trial.is_reported
    assert danish.dato(analysis.trial.first_day) not in page, "the first day of the draw is that of one citizen"
    assert not re.search(r"\d{4}-\d\d-\d\d", page), "a day is written as Danes write it"
    weeks = {one["week"]: [one[column] for column in ARMS.values()] for one in public.files["weekly.csv"]}
    count = r"<text[^>]*><tspan>([^<]*)</tspan></text>"
    followed = re.findall(rf">uge (\d+)</tspan></text>{count}{count}", page)
    assert followed
    assert all([html.unescape(text) for text in texts] == weeks[week] for week, *texts in followed)


GROUP_OF = {
    "kontanthjaelp": "aktivitetsparat",
    "integrationsydelse": "aktivitetsparat",
    "ressourceforloebsydelse": "ressourceforloeb",
}
"""The target group of each benefit; everybody knows it."""


def trial_of(citizens: Mapping[tuple[int, bool, str, str], int]) -> Trial:
    """Give a trial of so many citizens of each project, arm, target group and benefit."""
    people = [one for one, count in citizens.items() for _ in range(count)]
    base, count = made_up(random.Random(1)), len(people)
    projects = np.array([project for project, *_ in people])
    arms = np.array([arm for _, arm, *_ in people])
    groups = np.array([base.groups.index(group) for *_, group, _ in people])
    hours = np.arange(count) % 7.0
    everybody = np.ones(count, dtype=bool)
    return replace(
        base,
        projects=tuple(f"JF-{at}" for at in range(max(projects) + 1)),
        project=projects,
        group=groups,
        strata=2 * projects + groups,
        z=arms,
        is_drawn=everybody,
        days=364.0 * everybody,
        weeks=np.repeat(7 * hours[:, None], 52, axis=1),
        is_accepted=everybody,
        has_spell=everybody,
        has_started=arms,
        took_part=arms,
        has_employment=hours > 3,
        age=40 + hours,
        support_years=2 + hours,
        benefit=np.array([benefit for *_, benefit in people], dtype=object),
        withdrawn=np.full(count, "", dtype=object),
        excluded=(),
        is_reported=True,
    )


def both_arms(*citizens: tuple[int, str, str, int]) -> dict[tuple[int, bool, str, str], int]:
    """Give the same citizens (project, target group, benefit, count) in either arm."""
    return {(project, arm, group, benefit): n for project, group, benefit, n in citizens for arm in (True, False)}


def at_random(seed: int) -> dict[tuple[int, bool, str, str], int]:
    """Make up projects of one target group and of both, and citizens whose benefit is unknown."""
    rng = random.Random(seed)
    found = {}
    for project in range(rng.choice([1, 3, 5])):
        groups = rng.choice([["aktivitetsparat"], ["ressourceforloeb"], ["aktivitetsparat", "ressourceforloeb"]])
        for benefit, group in [*GROUP_OF.items(), ("", "aktivitetsparat"), ("", "ressourceforloeb")]:
            if group in groups:
                sizes = [0, 0, 1, 3] if not benefit else [0, 2, 3, 8, 20]
                found |= {(project, arm, group, benefit): rng.choice(sizes) for arm in (True, False)}
    enough = next(benefit for benefit, group in GROUP_OF.items() if group == groups[0])
    return found | both_arms((project, groups[0], enough, 12))


@pytest.mark.parametrize(
    "citizens",
    [
        pytest.param(
            both_arms(
                (0, "ressourceforloeb", "ressourceforloebsydelse", 8),
                (0, "aktivitetsparat", "kontanthjaelp", 20),
                (0, "aktivitetsparat", "integrationsydelse", 3),
            ),
            id="the target groups are sums of benefits",
        ),
        pytest.param(
            both_arms(
                (0, "ressourceforloeb", "ressourceforloebsydelse", 20),
                (0, "ressourceforloeb", "", 3),
                (0, "aktivitetsparat", "kontanthjaelp", 20),
                (0, "aktivitetsparat", "", 6),
            ),
            id="a target group less its benefits is of those whose benefit is unknown",
        ),
        pytest.param(
            both_arms(
                (0, "ressourceforloeb", "ressourceforloebsydelse", 3),
                (1, "ressourceforloeb", "ressourceforloebsydelse", 40),
                (2, "aktivitetsparat", "kontanthjaelp", 20),
                (3, "aktivitetsparat", "kontanthjaelp", 30),
            ),
            id="a target group is a sum of projects",
        ),
        pytest.param(
            both_arms(
                (0, "ressourceforloeb", "ressourceforloebsydelse", 20), (0, "aktivitetsparat", "kontanthjaelp", 20)
            )
            | {
                (1, True, "ressourceforloeb", "ressourceforloebsydelse"): 3,
                (1, False, "aktivitetsparat", "kontanthjaelp"): 7,
                (2, True, "aktivitetsparat", "kontanthjaelp"): 3,
                (2, False, "ressourceforloeb", "ressourceforloebsydelse"): 7,
            },
            id="some are in too small strata of their target group",
        ),
        *(pytest.param(at_random(seed), id=str(seed)) for seed in range(25)),
    ],
)
def test_no_small_count_follows_from_target_groups_benefits_and_projects(
    citizens: dict[tuple[int, bool, str, str], int],
) -> None:
    """A reader knows which benefits belong to which target group, and perhaps which project is of one alone."""
    trial = trial_of(citizens)
    terms = terms_of(load_rules()).model_copy(update={"redraws": 20})
    plan = Plan(terms, terms.sha256, None, "", is_in_force=False, freezes=0, hours_at=None)
    analysis = analyse(trial, plan, level=0.95, exploratory=())
    public = public_tables(analysis)
    analysed = Analyst(trial, plan, 0.95).analysed
    group = np.array(trial.groups)[trial.group]
    counts: dict[tuple[str, ...], int] = {}
    sums: list[Sum[tuple[str, ...]]] = []
    shown: set[tuple[str, ...]] = set()
    for arm, is_participant in (("participant", True), ("control", False)):
        own = analysed & (trial.z == is_participant)
        column = ARMS[arm]
        whole = (ALL_PROJECTS, arm, "analysed", "")
        sums.append(Sum(whole, tuple(("group", name, arm) for name in trial.groups)))
        for code, name in enumerate(trial.groups):
            here = own & (trial.group == code)
            benefits = [benefit for benefit, of in GROUP_OF.items() if of == name]
            counts["group", name, arm] = int(here.sum())
            counts |= {("benefit", one, arm): int((here & (trial.benefit == one)).sum()) for one in benefits}
            counts["unknown", name, arm] = int((here & (trial.benefit == "")).sum())
            parts = (*(("benefit", one, arm) for one in benefits), ("unknown", name, arm))
            sums.append(Sum(("group", name, arm), parts))
            apart = [code for code in range(len(trial.projects)) if set(group[trial.project == code]) == {name}]
            mixed = ("mixed", name, arm)
            counts[mixed] = int((here & ~np.isin(trial.project, apart)).sum())
            projects = tuple((trial.projects[code], arm, "analysed", "") for code in apart)
            sums.append(Sum(("group", name, arm), (*projects, mixed)))
            if not counts[mixed]:
                shown.add(mixed)
            row = analysis.row(GROUP, population=name)
            if row is not None and row.participants is not None:
                counts["estimated", name, arm] = getattr(row, column)
                counts["in small strata", name, arm] = counts["group", name, arm] - getattr(row, column)
                strata = (("estimated", name, arm), ("in small strata", name, arm))
                sums.append(Sum(("group", name, arm), strata))
        for line in public.files["balance.csv"]:
            if line["variable"] == "ydelse" and line[column] == str(int(own.sum())):
                shown |= {("unknown", name, arm) for name in trial.groups}
            if line["variable"] in ("maalgruppe", "ydelse") and line[f"mean_{column}"] != "<5":
                shown.add(("group" if line["variable"] == "maalgruppe" else "benefit", line["level"], arm))
        for line in public.files["effects.csv"]:
            if line["analysis"] == PRIMARY and line[column] != "<5":
                shown.add(whole)
            if line["analysis"] == GROUP and line[column] not in ("", "<5"):
                shown.add(("estimated", line["population"], arm))
        # A benefit that nobody of either arm has is on no row.
        known = set(trial.benefit[analysed])
        shown |= {("benefit", one, arm) for one in GROUP_OF if one not in known}
    of_flow, _, flow_sums = flow_cells(analysis.flow)
    counts |= of_flow
    sums += [Sum(one.total, one.parts) for one in flow_sums]
    keys = ("project_id", "arm", "step", "reason")
    told = {tuple(one[key] for key in keys): one["citizens"] for one in public.files["flow.csv"]}
    shown |= {cell for cell, text in (told | public.flow_of_all).items() if text != "<5"}
    few = {cell for cell, count in counts.items() if 0 < count < LIMIT}
    assert few.isdisjoint(shown)
    assert few.isdisjoint(following({cell for one in sums for cell in one.cells if cell not in shown}, sums))


def is_end(cell: tuple[str, ...], text: str) -> bool:
    return cell[2] in ("drawn", "analysed") and text.isdigit()


def is_whole(line: Mapping[str, str]) -> bool:
    """Return whether a line is of all groups, so that its citizens are some of those of another."""
    return line.get("analysis") != GROUP


def test_who_was_never_in_the_target_group_is_left_out_of_a_row_beside_the_primary() -> None:
    terms = terms_of(load_rules())
    plan = Plan(terms, terms.sha256, None, "", is_in_force=False, freezes=0, hours_at=None)
    trial = trial_of(both_arms((0, "aktivitetsparat", "kontanthjaelp", 10)))
    withdrawn = np.full(20, "", dtype=object)
    withdrawn[[0, 1, 10]], withdrawn[2] = "ikke_i_maalgruppe", "flyttet"
    rows = sensitivity(Analyst(replace(trial, withdrawn=withdrawn), plan, 0.95))
    assert [(one.population, one.participants, one.controls) for one in rows] == [("without_withdrawn", 8, 9)]
    assert sensitivity(Analyst(trial, plan, 0.95)) == [], "nobody withdrew"


def test_a_count_of_a_thousand_in_a_note_is_a_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The public note leaves counts out, and the page writes a point between digits as a comma."""
    terms = terms_of(load_rules()).model_copy(update={"redraws": 20})
    plan = Plan(terms, terms.sha256, None, "", is_in_force=False, freezes=0, hours_at=None)
    sample = Analyst.sample

    def of_many(analyst: Analyst, mask: Any) -> Any:
        found = sample(analyst, mask)
        return found and replace(found, left_out=1_234)

    monkeypatch.setattr(Analyst, "sample", of_many)
    trial = trial_of(both_arms((0, "aktivitetsparat", "kontanthjaelp", 40)))
    analysis = analyse(trial, plan, level=0.95, exploratory=())
    note = next(one.note for one in analysis.rows if one.analysis == PRIMARY)
    assert "1234 borgere i for små strata er ikke med" in note
    assert not any("234" in row["note"] for row in public_tables(analysis).files["effects.csv"])
