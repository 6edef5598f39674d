"""Two to four commands that start at once: one of them writes, the others leave and say why."""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path
from typing import NoReturn

import prefect
import pytest

from flows.commands import cli
from tasks.base.moment import Moment
from tasks.ledger.record import verify
from tasks.warehouse.connection import open_warehouse
from tasks.warehouse.lock import HomeHeld
from tests.support.crashing import MODULES, Command, copied, left, settings
from tests.support.decisions import BACKFILL, RELEASE, SETTLE, Stage, stages
from tests.support.effort import seeded, times
from tests.support.plain_command import approve_any, call_plainly

RACES = times(4, 100)
LONGEST_SECONDS = 900
PURPOSES = {SETTLE: "settle 2016", RELEASE: "release 2016", BACKFILL: "backfill 2016-2017"}
HOLDER = re.compile(r"Another run writes to \S+: .*, process (\d+) \((.*)\), since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


@dataclass(frozen=True)
class Outcome:
    """How a racer ended, and the words that refused it."""

    command: Command
    pid: int
    status: int
    refusal: str = ""


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Give the release of a draft, and what it leaves."""
    return next(stage for stage in stages(tmp_path_factory.mktemp("drafted")) if stage.command is RELEASE)


@pytest.mark.long
def test_one_wins_and_the_others_leave_with_the_reason(drafted: Stage, tmp_path: Path) -> None:
    dice = seeded("races")
    for number in range(RACES):
        commands = dice.choices((RELEASE, RELEASE, SETTLE, BACKFILL), k=dice.randint(2, 4))
        place = copied(drafted.place, tmp_path / f"{number}")
        outcomes = race(commands, place)
        winners = [one for one in outcomes if one.status == 0]
        assert len(winners) == 1, outcomes
        (winner,) = winners
        for loser in outcomes:
            if loser is not winner:
                assert loser.status == 1, loser
                named = HOLDER.search(loser.refusal)
                assert named is not None, loser
                assert named.groups() == (str(winner.pid), PURPOSES[winner.command]), (loser, winner)
        if winner.command is RELEASE:
            assert left(place) == drafted.left
        with open_warehouse(place / "home") as connection:
            assert verify(connection, place / "home").is_sound


def race(commands: Sequence[Command], place: Path) -> list[Outcome]:
    """Start all at once; whoever wins goes on when all others have left."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(MODULES))
    start, others_left = context.Barrier(len(commands)), context.Event()
    pipes = [context.Pipe(duplex=False) for _ in commands]
    racers = [
        context.Process(target=_race, args=(command, place, start, others_left, told))
        for command, (_, told) in zip(commands, pipes, strict=True)
    ]
    for racer in racers:
        racer.start()
    running = [racer.sentinel for racer in racers]
    while len(running) > 1:
        ended = wait(running, LONGEST_SECONDS)
        assert ended, "nobody left"
        running = [one for one in running if one not in ended]
    others_left.set()
    for racer in racers:
        racer.join(LONGEST_SECONDS)
    return [heard.recv() for heard, _ in pipes]


def _race(command: Command, place: Path, start: Barrier, others_left: Event, told: Connection) -> NoReturn:
    refused = [""]
    with pytest.MonkeyPatch.context() as patch, (place / f"printed by {os.getpid()}.txt").open("w") as printed:
        for stream in (1, 2):
            os.dup2(printed.fileno(), stream)
        settings(command, place)
        call_plainly(patch, Moment.parse(command.now))
        approve_any(patch)
        plainly = prefect.Task.__call__

        def holding_on(task: prefect.Task[..., object], *given: object, **named: object) -> object:
            try:
                result = plainly(task, *given, **named)
            except HomeHeld as held:
                refused[:] = [str(held)]
                raise
            if task.name == "take the warehouse":
                others_left.wait(LONGEST_SECONDS)
            return result

        patch.setattr(prefect.Task, "__call__", holding_on)
        start.wait(LONGEST_SECONDS)
        status = cli.command(list(command.arguments))
    told.send(Outcome(command, os.getpid(), status, *refused))
    sys.exit(status)
