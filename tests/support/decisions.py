"""STAR's two persons decide on two projects, and correct it: each command, and the place as it was before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.crashing import Command, Step, copied, left, perform
from tests.support.plain_command import ANY_DRAFT
from tests.support.portfolio import Portfolio, Project

NEWEST = ("--draft", ANY_DRAFT)
ANNA, BO = "Anna Hansen", "Bo Holm"
WAIVER = ("--waive", "JF-2:P04", "--reason", "December følger.")
REASON = ("--reason", "En prøve på én maskine.")
ACCEPTED, ACCEPTED_BOTH = ("--accept", "H03", *REASON), ("--accept", "H01,H02,H03", *REASON)
SETTLE = Command("2017-02-15T12:00", ANNA, ("settle", "2016"))
SETTLE_AGAIN = Command("2017-02-16T12:00", ANNA, ("settle", "2016"))
RELEASE = Command("2017-03-08T12:00", ANNA, ("release", "2016", *NEWEST, "--approved-by", BO, *WAIVER, *ACCEPTED))
PROJECTS = ("--project", "JF-1", "--project", "JF-2")
BACKFILL = Command("2018-02-15T12:00", ANNA, ("backfill", "2016", "2017", "--reason", "en rettelse", *PROJECTS))
WAIVERS = ("--waive", "JF-1:P02", "--reason", "Set og godkendt.", "--waive", "JF-2:P02", "--reason", "Set og godkendt.")
RELEASE_DIFFERENCES = Command(
    "2018-03-08T12:00",
    ANNA,
    ("release", "2016", "2017", *NEWEST, *NEWEST, "--approved-by", BO, *WAIVERS, *ACCEPTED_BOTH),
)


@dataclass(frozen=True)
class Stage:
    """A command, the place before it, and what it makes of a copy that nothing disturbs: its steps and its files."""

    name: str
    command: Command
    place: Path
    steps: list[Step]
    left: dict[str, str]


def stages(folder: Path) -> Iterator[Stage]:
    """Settle 2016, twice, and release it; receive a correction, backfill both years and release the differences."""
    place = folder / "begin"
    office = Portfolio(place)
    first = office.project("JF-1", start="2016-01-01", target=2)
    second = office.project("JF-2", start="2016-01-01", municipalities=("253",))
    _deliver(office, first, "2016-12-31", starts=2)
    _deliver(office, second, "2016-11-30", starts=1)
    office.write_register()
    for name, command in (("settle", SETTLE), ("settle again", SETTLE_AGAIN), ("release", RELEASE)):
        stage = _undisturbed(folder, name, command, place)
        yield stage
        place = folder / name
    corrected = Portfolio(place)
    _deliver(corrected, first, "2017-12-31", starts=1)
    _deliver(corrected, second, "2017-12-31", starts=2)
    for name, command in (("backfill", BACKFILL), ("release the differences", RELEASE_DIFFERENCES)):
        yield _undisturbed(folder, name, command, place)
        place = folder / name


def _deliver(office: Portfolio, project: Project, as_of: str, starts: int) -> None:
    delivery = project.delivery(as_of)
    delivery.completed(1, "2016-03-01", "2016-09-30")
    delivery.started(starts, "2016-05-02")
    for number in range(100):
        delivery.citizen(f"K{number}", gruppe="kontrol")
    delivery.wages("2016-05-31", "1.000,50")
    if as_of > "2017":
        delivery.wages("2017-05-31", "2.000,00")
    delivery.write(office.inbox)


def _undisturbed(folder: Path, name: str, command: Command, place: Path) -> Stage:
    done = copied(place, folder / name)
    ended = perform(command, done)
    assert ended.status == 0, ended.printed
    return Stage(name, command, place, ended.steps, left(done))
