"""SIGKILL at every step of settle, release and backfill, and at any moment: run again, it is as if undisturbed."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import prefect
import pytest

import flows
from tasks.ledger.record import verify
from tasks.warehouse.connection import open_warehouse
from tests.support.crashing import COMMAND, KILLED, LASTING, WITHIN, Death, copied, deaths, left, perform
from tests.support.decisions import Stage, stages
from tests.support.effort import IS_LONG, seeded, times

# The short form of what is tried here, without processes, is tests/spec/test_release_crash.py.
pytestmark = pytest.mark.long

NAMES = ("settle", "settle again", "release", "backfill", "release the differences")
COMMANDS = ("backfill", "release", "settle")
AT_STEPS = 1
"""How many of the deaths at a stage's steps the short form tries; the long one tries all."""
AT_MOMENTS = times(1, 40)
"""How many random moments of each stage are tried."""
# It shows refused deliveries on a run's page, where there are any, and writes to no home.
UNNEEDED = {"show what came in"}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Stage]:
    return {stage.name: stage for stage in stages(tmp_path_factory.mktemp("undisturbed"))}


def test_every_step_of_the_flows_is_passed(undisturbed: dict[str, Stage]) -> None:
    """A step that no command here passes would be one that no death is tried at."""
    assert tuple(undisturbed) == NAMES
    passed = {step.name for stage in undisturbed.values() for step in stage.steps}
    modules = [module for command in COMMANDS for module in modules_of(command)]
    named = {one.name for module in modules for one in vars(module).values() if is_task(one)}
    assert len(named) > 35
    assert named - UNNEEDED | set(LASTING) <= passed
    assert sum(len(deaths(stage.steps)) for stage in undisturbed.values()) > 300
    for stage in undisturbed.values():
        posts = sum(step.name == "append to ledger.jsonl" for step in stage.steps)
        assert posts == (1 if stage.command.arguments[0] == "release" else 0), stage.name


def modules_of(command: str) -> list[ModuleType]:
    """Give the modules of flows/ that are a command: of release, release.py, release_writing.py and so on."""
    names = [one.name for one in pkgutil.iter_modules(flows.__path__) if one.name.split("_")[0] == command]
    return [import_module(f"flows.{name}") for name in names]


def is_task(one: Any) -> bool:
    return isinstance(one, prefect.Task)


@pytest.mark.parametrize("name", NAMES)
def test_killed_at_every_step(undisturbed: dict[str, Stage], name: str, tmp_path: Path) -> None:
    stage = undisturbed[name]
    tried = deaths(stage.steps)
    if not IS_LONG:
        tried = seeded(f"{name}, killed at every step").sample(tried, AT_STEPS)
    for number, death in enumerate(tried):
        survive(stage, death, tmp_path / f"{number}")


@pytest.mark.parametrize("name", NAMES)
def test_killed_at_any_moment(undisturbed: dict[str, Stage], name: str, tmp_path: Path) -> None:
    stage, dice = undisturbed[name], seeded(f"{name}, killed at any moment")
    longest = next(step.seconds for step in stage.steps if step.name == COMMAND)
    for number in range(AT_MOMENTS):
        survive(stage, Death(COMMAND, 1, WITHIN, dice.uniform(0, longest)), tmp_path / f"{number}")


def survive(stage: Stage, death: Death, folder: Path) -> None:
    """Die, and run again: the same files and the same ledger as where nothing disturbed."""
    place = copied(stage.place, folder)
    told = f"{stage.name} killed {death.when} {death.name!r}, passing {death.passing}, {death.seconds:.3f} s"
    killed = perform(stage.command, place, death)
    assert killed.status == KILLED, f"{told}: {killed.printed}"
    again = perform(stage.command, place)
    assert again.status == 0, f"{told}: {again.printed}"
    assert left(place) == stage.left, told
    with open_warehouse(place / "home") as connection:
        assert verify(connection, place / "home").is_sound, told
