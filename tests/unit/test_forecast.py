"""The forecast: a case by hand, its band and backtest shown in every output, and nothing forecast from too little."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pytest

from benchmarks.forecast_band import KINDS, portfolio
from tasks.artifacts.tables import forecast_table
from tasks.base.language import in_danish
from tasks.base.lines import amount
from tasks.forecast.estimate import CELL_DAYS
from tasks.forecast.forecast import Forecast
from tasks.forecast.forecast import forecast_of as _forecast_of
from tasks.forecast.life_table import life_tables
from tasks.forecast.report import section, write_report
from tasks.forecast.text import COLUMNS, as_object, backtest_sentence, csv_text, forecast_sentence, tell
from tasks.forecast.world import Grant, People, World
from tests.support.effort import times

NEVER = np.nan
MIDWAY = 500


CONNECTION = duckdb.connect()


def forecast_of(world: World) -> Forecast:
    return _forecast_of(CONNECTION, world)


def case(projects: int = 5, people: int = 20, *, cap: int = 1_000_000, as_of: int = 100, last_day: int = 200) -> World:
    """Give projects in which everybody is enrolled on day 0, half start on day 40, and none completes."""
    half = people // 2
    lived = People(
        np.zeros(people),
        np.array([40.0] * half + [NEVER] * (people - half)),
        np.full(people, NEVER),
        np.array([6000.0] * half + [0.0] * (people - half)),
        np.zeros(people),
    )
    names = [f"JF-{number:03}" for number in range(projects)]
    granted = Decimal(6000 * half)
    return World(
        date(2016, 1, 1),
        last_day,
        Decimal(900_000),
        tuple(
            Grant(name, "101", date(2016, 4, 10), as_of, 0, 60, people, granted, Decimal(cap), Decimal(0), Decimal(0))
            for name in names
        ),
        dict.fromkeys(names, lived),
        dict.fromkeys(names, np.zeros((0, 2))),
        {"start": [(0, last_day + 1, 6000.0)], "completion": [(0, last_day + 1, 10_000.0)]},
    )


def lived(kind: int = 0, as_of: int = MIDWAY) -> World:
    """Give a made-up portfolio as it is known on a day, with what it was granted by then."""
    world = portfolio(np.random.default_rng(187), KINDS[kind])
    grants = []
    for grant in world.grants:
        granted = min(world.people[grant.project_id].granted_by(np.array([float(as_of)]))[0], float(grant.cap_dkk))
        wages = world.wages[grant.project_id]
        spent = min(wages[wages[:, 0] <= as_of, 1].sum(), float(grant.fixed_max_dkk))
        grants.append(replace(grant, as_of_day=as_of, so_far_dkk=Decimal(f"{granted + spent:.2f}")))
    return replace(
        world,
        grants=tuple(grants),
        people={name: people.known_on(as_of) for name, people in world.people.items()},
        wages={name: wages[wages[:, 0] <= as_of] for name, wages in world.wages.items()},
    )


@pytest.fixture(scope="module")
def found() -> Forecast:
    return forecast_of(lived())


def test_a_life_table_by_hand() -> None:
    """Of four at risk one starts in the first step; of the three left one is lost sight of and one starts."""
    enrolled = np.array([0.0, 0.0, 50.0, 30.0])
    start = np.array([10.0, 40.0, NEVER, NEVER])
    people = People(enrolled, start, np.full(4, NEVER), np.zeros(4), np.zeros(4))
    world = replace(case(1), people={"JF-000": people})
    tables = life_tables(CONNECTION, world, {"JF-000": 100})
    for band in ("expected", "low"):
        table = tables[band].start
        assert table.survival(np.array([0.0]))[0] == 1.0
        assert table.survival(np.array([30.0]))[0] == pytest.approx(3 / 4)
        assert table.survival(np.array([60.0]))[0] == pytest.approx(3 / 4 * (1 - 1 / 2.5))
        assert table.survival(np.array([90.0, 900.0])) == pytest.approx([0.45, 0.45])
    high = tables["high"].start.survival(np.array([180.0]))[0]
    assert high == pytest.approx(0.45 * math.exp(math.log(0.45)))


def test_what_came_after_the_day_of_knowledge_is_in_no_table() -> None:
    """On day 30 nobody has started, and the one enrolled later is not there."""
    people = People(np.array([0.0, 40.0]), np.array([35.0, 60.0]), np.full(2, NEVER), np.zeros(2), np.zeros(2))
    tables = life_tables(CONNECTION, replace(case(1), people={"JF-000": people}), {"JF-000": 30})
    assert list(tables["expected"].start.accumulated) == [0.0, 0.0, 0.0]
    assert list(tables["expected"].completion.accumulated) == [0.0]


def test_low_is_the_table_of_the_project_at_the_tenth_percentile() -> None:
    """Of eleven projects the second lowest: in the first nobody started, in the second one of ten, and so on."""
    names = [f"P{number:02}" for number in range(11)]
    never = np.full(10, NEVER)
    people = {
        name: People(
            np.zeros(10), np.array([40.0] * number + [NEVER] * (10 - number)), never, np.zeros(10), np.zeros(10)
        )
        for number, name in enumerate(names)
    }
    tables = life_tables(CONNECTION, replace(case(1), people=people), dict.fromkeys(names, 100))
    assert tables["low"].start.survival(np.array([60.0]))[0] == pytest.approx(9 / 10)
    assert tables["expected"].start.survival(np.array([60.0]))[0] == pytest.approx(1 / 2)


def test_of_a_project_without_a_delivery_only_the_most_is_known() -> None:
    world = case()
    missing, *others = world.grants
    found = forecast_of(replace(world, grants=(replace(missing, as_of_date=None, so_far_dkk=Decimal(0)), *others)))
    one = found.projects[0]
    assert (one.so_far, one.low, one.expected, one.high, one.enrolled, one.events_so_far) == (None,) * 6
    assert one.most == missing.cap_dkk
    assert found.unknown == [missing.project_id]
    assert found.why_not, "four projects are too few"
    six = replace(case(6), grants=(replace(missing, as_of_date=None), *case(6).grants[1:]))
    found = forecast_of(six)
    assert found.in_all["expected"] == 5 * 60_000
    (row, *_) = csv.DictReader(io.StringIO(csv_text(found)))
    assert (row["so_far"], row["expected"], row["enrolled"], row["as_of"]) == ("", "", "", "")
    assert as_object(found)["rows"][0]["so_far"] is None
    assert tell(found).splitlines()[4].split() == [
        missing.project_id,
        *["unknown"] * 4,
        "1.000.000,00",
        "unknown",
        "20",
    ]
    assert forecast_table(found)[0]["So far, kr."] == "unknown"
    page = section(found)
    assert "ukendt af 1,00" in page
    assert f"ukendt for 1 projekt uden indberetning ({missing.project_id})" in page
    assert page.count('<td class="n" data-value="-1">ukendt</td>') == 5


@pytest.mark.parametrize("is_delivered", [False, True])
def test_of_a_project_that_has_not_begun_all_participants_are_to_come(is_delivered: bool) -> None:
    """By hand: it begins on day 140 and its window ends with the last day, 200, so its 20 come on day 170 on average.

    All others started at once and none completed: 20 starts are expected, each of 6000 kr.
    """
    world = case(6)
    at_once = People(*[np.zeros(20)] * 2, np.full(20, NEVER), np.full(20, 6000.0), np.zeros(20))
    later, *others = world.grants
    as_of = later.as_of_date if is_delivered else None
    later = replace(later, as_of_date=as_of, first_day=140, window_end_day=506, so_far_dkk=Decimal(0))
    people = dict.fromkeys(world.people, at_once) | {later.project_id: people_of_none()}
    found = forecast_of(replace(world, grants=(later, *others), people=people))
    one = found.projects[0]
    assert (one.so_far, one.enrolled, one.events_so_far, one.has_begun) == (0, 0, 0, False)
    assert found.unknown == []
    assert found.not_begun == as_object(found)["portfolio"]["not_begun"] == [later.project_id]
    assert (one.expected, one.events_expected) == (120_000, 20)
    assert found.in_all["expected"] == sum(one.expected or 0 for one in found.projects)
    assert f"1 project not begun ({later.project_id})" in tell(found)
    assert forecast_table(found)[0]["So far, kr."] == "0,00"
    page = section(found)
    assert "ukendt for" not in page
    assert f"1 projekt var ikke begyndt den 10. april 2016 ({later.project_id})" in page


def test_a_project_is_not_said_to_begin_later_than_it_does() -> None:
    """Its delivery ends before its first day; the others' end after it."""
    world = case(7)
    early, *others = world.grants
    assert early.as_of_date
    early = replace(early, first_day=60, window_end_day=426, as_of_day=50, so_far_dkk=Decimal(0),
                    as_of_date=early.as_of_date - timedelta(days=early.as_of_day - 50))  # fmt: skip
    later = replace(others[0], first_day=140, window_end_day=506, so_far_dkk=Decimal(0))
    people = {**world.people, early.project_id: people_of_none(), later.project_id: people_of_none()}
    found = forecast_of(replace(world, grants=(early, later, *others[1:]), people=people))
    assert found.not_begun == [early.project_id, later.project_id]
    page = section(found)
    assert f"1 projekt var ikke begyndt den 10. april 2016 ({later.project_id})" in page
    known = f"1 projekt var ikke begyndt den 20. februar 2016, da det sidst blev opgjort ({early.project_id})"
    assert known in page
    text = tell(found)
    assert f"1 project not begun ({later.project_id})" in text
    assert f"1 project not begun on 2016-02-20, the last day known of it ({early.project_id})" in text
    second = replace(early, project_id=later.project_id)
    text = tell(forecast_of(replace(world, grants=(early, second, *others[1:]), people=people)))
    both = f"{early.project_id}, {second.project_id}"
    assert f"2 projects not begun on 2016-02-20, the last day known of them ({both})" in text


@pytest.mark.parametrize(
    ("changes", "mark", "other"), [([], "PROGNOSE", "HVAD NU HVIS"), (["a=1"], "HVAD NU HVIS", "PROGNOSE")]
)
def test_a_page_has_its_own_mark_alone_in_its_style_too(
    tmp_path: Path, changes: list[str], mark: str, other: str
) -> None:
    page = (write_report(forecast_of(case(6)), changes, tmp_path) / "forecast.html").read_text(encoding="utf-8")
    assert page.count(f'content: "{mark}"') == 2
    assert f"<strong>{mark}</strong> Et skøn og ingen afgørelse" in page
    assert other not in page


def test_each_part_of_a_long_figure_is_read_aloud_as_that_part() -> None:
    page = section(forecast_of(case(31)))
    for part in (1, 2):
        assert page.count(f'aria-label="Del {part} af 2. Liggende søjler, en for hvert projekt') == 1


def people_of_none() -> People:
    return People(*[np.zeros(0)] * 5)


def test_those_yet_to_be_enrolled_are_the_target_less_the_enrolled() -> None:
    """Of a target of 25, 20 are enrolled and started at once; so will the 5 that come before the window ends."""
    world = case(6)
    at_once = People(*[np.zeros(20)] * 2, np.full(20, NEVER), np.full(20, 6000.0), np.zeros(20))
    open_still, *others = (replace(grant, so_far_dkk=Decimal(120_000)) for grant in world.grants)
    open_still = replace(open_still, window_end_day=180, target=25)
    found = forecast_of(replace(world, grants=(open_still, *others), people=dict.fromkeys(world.people, at_once)))
    assert [(one.expected, one.events_expected) for one in found.projects] == [(150_000, 5), *[(120_000, 0)] * 5]


def test_newcomers_come_in_the_middle_of_what_is_left_of_the_window() -> None:
    """One that begins on day 140 has 60 days for them: on average they are there for 30, so none waits for longer."""
    world = case(6)
    slow = replace(world.people["JF-000"], start=np.array([40.0] * 20), start_dkk=np.array([6000.0] * 20))
    later, *others = world.grants
    later = replace(later, first_day=140, window_end_day=506, so_far_dkk=Decimal(0))
    people = dict.fromkeys(world.people, slow) | {later.project_id: people_of_none()}
    found = forecast_of(replace(world, grants=(later, *others), people=people))
    assert found.projects[0].events_expected == 0, "nobody starts within the first 30 days"


def test_a_rate_that_is_set_anew_at_the_same_amount_changes_nothing() -> None:
    """It is set on the day after the middle of the first fortnight that is forecast."""
    world = lived()
    last = MIDWAY + CELL_DAYS // 2
    anew = {
        name: [(start, last, amount), (last + 1, end, amount)] for name, ((start, end, amount),) in world.rates.items()
    }
    assert forecast_of(replace(world, rates=anew)).projects == forecast_of(world).projects


def test_a_project_that_has_not_begun_is_not_in_the_backtest() -> None:
    world = lived()
    later = replace(world.grants[0], first_day=MIDWAY + 50, window_end_day=MIDWAY + 415, so_far_dkk=Decimal(0))
    people = {**world.people, later.project_id: people_of_none()}
    wages = {**world.wages, later.project_id: np.zeros((0, 2))}
    found = forecast_of(replace(world, grants=(later, *world.grants[1:]), people=people, wages=wages))
    assert found.backtest
    assert found.backtest.projects == len(world.grants) - 1


def test_a_forecast_by_hand() -> None:
    """Fifty of a hundred started in the second step; none later.

    Whoever waits has waited 100 days, past every step in which anybody started: nothing more is expected. Those who
    started have waited 60 days, and none completed. So what is expected is what is granted.
    """
    forecast = forecast_of(case())
    assert forecast.why_not is None
    for one in forecast.projects:
        assert one.so_far == one.expected == 60_000
        assert (one.enrolled, one.events_so_far, one.events_expected) == (20, 10, 0)
    assert forecast.in_all["expected"] == 300_000
    assert forecast.passes_on is None


def test_those_who_have_not_waited_so_long_are_expected_by_the_table() -> None:
    """Ten more of each project, enrolled 30 days before the as-of day, have the second step before them.

    In it 50 started, of 100 who went through it and of 50 who are lost sight of at its beginning and count by half: so
    50 of 125, and of the ten four start by the last day, at 6 000 kr. each.
    """
    world = case(last_day=130)
    late = People(np.full(10, 70.0), np.full(10, NEVER), np.full(10, NEVER), np.zeros(10), np.zeros(10))
    both = {
        name: People(*(np.concatenate([getattr(one, column), getattr(late, column)]) for column in vars(one)))
        for name, one in world.people.items()
    }
    grants = tuple(replace(one, target=30) for one in world.grants)
    forecast = forecast_of(replace(world, people=both, grants=grants))
    assert forecast.projects
    for one in forecast.projects:
        assert one.expected == 60_000 + 4 * 6000
        assert one.events_expected == 4


def test_the_ceiling_holds_what_is_expected_and_what_is_most() -> None:
    world = lived()
    low_ceiling = replace(
        world, grants=tuple(replace(one, cap_dkk=Decimal(50_000), so_far_dkk=Decimal(20_000)) for one in world.grants)
    )
    assert low_ceiling.grants
    for one, grant in zip(forecast_of(low_ceiling).projects, low_ceiling.grants, strict=True):
        assert one.expected is not None
        assert one.most == 50_000 + grant.fixed_max_dkk
        assert one.expected <= one.most


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_every_forecast_is_in_order(kind: int) -> None:
    forecast = forecast_of(lived(kind))
    for one in forecast.projects:
        assert one.low is not None
        assert one.expected is not None
        assert one.high is not None
        assert one.so_far <= one.low <= one.expected <= one.high <= one.most
    sums = forecast.in_all
    assert sums["so_far"] <= sums["low"] <= sums["expected"] <= sums["high"] <= sums["most"]
    points = [point for point in forecast.points if point.day >= forecast.as_of]
    assert forecast.projects
    assert points
    assert all(point.low <= point.expected <= point.high for point in points)


def test_at_the_last_day_it_is_what_was_granted() -> None:
    projects = forecast_of(lived(as_of=730)).projects
    assert projects
    for one in projects:
        assert one.low == one.expected == one.high == one.so_far


def test_the_same_state_gives_the_same_bytes(found: Forecast) -> None:
    again = forecast_of(lived())
    assert again == found
    assert section(again) == section(found)


def test_the_day_on_which_it_passes_the_appropriation() -> None:
    world = lived()
    sums = forecast_of(world).in_all
    between = replace(world, appropriation_dkk=Decimal(int(sums["so_far"] + sums["expected"]) // 2))
    passes_on = forecast_of(between).passes_on
    assert passes_on is not None
    assert date(2017, 5, 15) < passes_on <= date(2017, 12, 31)
    lines = tell(forecast_of(between)).splitlines()
    assert f"Expected passes it on {passes_on}." in lines
    assert f"Expected is {amount(sums['expected'] - between.appropriation_dkk)} kr. beyond it." in lines


@pytest.mark.parametrize("last_day", [100, 200])
def test_an_appropriation_that_is_passed_already_is_not_said_to_hold_nor_to_be_passed_later(last_day: int) -> None:
    """The five projects came to 300 000 kr. by day 100, and nothing more is expected."""
    passed = forecast_of(replace(case(last_day=last_day), appropriation_dkk=Decimal(200_000)))
    assert passed.passes_on == passed.as_of
    page = section(passed)
    assert "Det er 0,1 mio. kr. mere end rammen på 0,2 mio. kr." in page
    assert "holder" not in page
    lines = tell(passed).splitlines()
    assert "Appropriation 200.000,00 kr.: what is computed so far is 100.000,00 kr. beyond it." in lines
    assert "Expected is 100.000,00 kr. beyond it." in lines
    holds = forecast_of(case(last_day=last_day))
    assert "Rammen på 0,9 mio. kr. holder." in section(holds)
    assert "Expected leaves 600.000,00 kr. of it." in tell(holds)


@pytest.mark.parametrize(("projects", "people"), [(4, 100), (5, 19)])
def test_of_too_little_nothing_is_expected_and_it_says_why(projects: int, people: int) -> None:
    forecast = forecast_of(case(projects, people))
    assert forecast.why_not
    assert forecast.points == ()
    assert all(one.low is one.expected is one.high is None for one in forecast.projects)
    assert as_object(forecast)["portfolio"]["expected"] is None
    assert forecast.why_not in tell(forecast)
    page = section(forecast)
    assert "Der er for lidt at regne en prognose af: mindst 5 projekter og 100 deltagere skal der til." in page
    assert "Så godt ramte den sidst" in page
    rows = forecast_table(forecast)
    assert rows[-1]["Project"] == "all"
    assert all(row["Expected, kr."] == "" for row in rows)


def test_what_is_computed_is_not_called_granted(found: Forecast) -> None:
    """Years that nobody has decided are in it, too."""
    assert "bevilget" not in section(found).lower()
    assert "Beregnet indtil nu" in section(found)
    assert "what is computed so far leaves" in tell(found)
    with in_danish():
        assert "det beregnede indtil nu lader" in tell(found)


def test_its_backtest_stands_in_every_output(found: Forecast) -> None:
    test = found.backtest
    assert test is not None
    sentence = backtest_sentence(found)
    assert f"of {test.projects} projects {test.within} came within the band" in sentence
    assert sentence in tell(found)
    assert as_object(found)["backtest"]["within"] == test.within
    assert f"kom {test.within} af {test.projects} projekter inden for spændet" in section(found)
    assert forecast_sentence(found) in tell(found)


def test_the_files_are_the_forecast(found: Forecast) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_text(found))))
    assert tuple(rows[0]) == COLUMNS
    assert [Decimal(row["expected"]) for row in rows] == [one.expected for one in found.projects]
    table = forecast_table(found)
    assert [row["Project"] for row in table[:-1]] == [row["project_id"] for row in rows]


def test_the_band_holds_about_as_often_as_its_page_says() -> None:
    """Of portfolios of all kinds; of 200, the page says that 81 % of the projects were within."""
    rng = np.random.default_rng(20171231)
    tests = [forecast_of(portfolio(rng, KINDS[number % len(KINDS)])).backtest for number in range(times(20, 200))]
    projects = sum(test.projects for test in tests if test)
    within = sum(test.within for test in tests if test) / projects
    assert 0.72 < within < 0.90
