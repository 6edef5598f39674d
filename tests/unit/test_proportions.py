"""Each arm's shares of the target groups against those of the population.

Source: the settlement, 'Group proportions'.
"""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from tasks.warehouse.statements import execute

AKTIV, RESSOURCE = "aktivitetsparat", "ressourceforloeb"


def proportions(
    arms: dict[str, tuple[int, int]], populations: dict[str, tuple[int | None, int | None]]
) -> dict[tuple[str, str], tuple[Decimal, Decimal, Decimal, bool]]:
    """Give share, share of the population, deviation and verdict by arm and target group.

    Both arguments: of aktivitetsparat and of ressourceforloeb, by arm and by municipality.
    """
    groups = (AKTIV, RESSOURCE)
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        opened.execute("CREATE TABLE run.projects AS SELECT 'JF-187' AS project_id, 0.1 AS proportion_tolerance_share")
        opened.execute("CREATE TABLE run.target_groups AS SELECT unnest($1::VARCHAR[]) AS maalgruppe", [list(groups)])
        opened.execute("CREATE TABLE run.project_municipalities (project_id VARCHAR, kommunekode VARCHAR)")
        opened.execute("CREATE TABLE run.population (kommunekode VARCHAR, maalgruppe VARCHAR, population BIGINT)")
        opened.execute("CREATE TABLE run.accepted_citizens (project_id VARCHAR, arm VARCHAR, maalgruppe VARCHAR)")
        for code, of_groups in populations.items():
            opened.execute("INSERT INTO run.project_municipalities VALUES ('JF-187', ?)", [code])
            for group, population in zip(groups, of_groups, strict=True):
                if population is not None:
                    opened.execute("INSERT INTO run.population VALUES (?, ?, ?)", [code, group, population])
        opened.execute("INSERT INTO run.population VALUES ('101', ?, 1000000)", [AKTIV])
        for arm, counts in arms.items():
            for group, count in zip(groups, counts, strict=True):
                opened.execute(
                    "INSERT INTO run.accepted_citizens SELECT 'JF-187', $1, $2 FROM range($3)", [arm, group, count]
                )
        execute(opened, "settlement/proportions")
        columns = "arm, maalgruppe, share, population_share, deviation, is_beyond_tolerance"
        found = opened.execute(f"SELECT {columns} FROM run.proportions").fetchall()  # noqa: S608 - of this test
    return {(arm, group): tuple(figures) for arm, group, *figures in found}


def test_an_arm_is_held_against_the_population_of_all_its_municipalities() -> None:
    found = proportions({"participant": (60, 40), "control": (1, 3)}, {"187": (100, 300), "183": (500, 100)})
    assert found == {
        ("participant", AKTIV): (Decimal("0.6"), Decimal("0.6"), 0, False),
        ("participant", RESSOURCE): (Decimal("0.4"), Decimal("0.4"), 0, False),
        ("control", AKTIV): (Decimal("0.25"), Decimal("0.6"), Decimal("-0.35"), True),
        ("control", RESSOURCE): (Decimal("0.75"), Decimal("0.4"), Decimal("0.35"), True),
    }


@pytest.mark.parametrize(
    ("counts", "is_beyond"), [((70, 30), False), ((71, 29), True), ((50, 50), False), ((49, 51), True)]
)
def test_the_tolerance_itself_is_within_it(counts: tuple[int, int], *, is_beyond: bool) -> None:
    found = proportions({"participant": counts}, {"187": (600, 400)})
    assert {verdict for *_, verdict in found.values()} == {is_beyond}


def test_a_group_without_a_citizen_in_an_arm_is_held_against_the_population_too() -> None:
    found = proportions({"participant": (0, 5)}, {"187": (600, 400)})
    assert found["participant", AKTIV] == (Decimal(0), Decimal("0.6"), Decimal("-0.6"), True)


@pytest.mark.parametrize("populations", [{"187": (600, None)}, {"187": (600, 400), "183": (None, 1)}, {"187": (0, 0)}])
def test_nothing_is_held_against_an_unknown_population(populations: dict[str, tuple[int | None, int | None]]) -> None:
    assert proportions({"participant": (1, 1)}, populations) == {}
