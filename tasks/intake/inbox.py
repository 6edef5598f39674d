"""The inbox: which deliveries lie in it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tasks.base.days import iso_day
from tasks.base.errors import InputError
from tasks.base.system import told_by_system
from tasks.base.worded import phrase

ARCHIVE = ".zip"
_LEFT_BY_SYSTEMS = frozenset({"__macosx", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Held:
    """A delivery that lies in memory and nowhere else.

    `name`: its folder's, or its one file's. `files`: names within it, and bytes; one name may come twice.
    """

    name: str
    files: tuple[tuple[str, bytes], ...] = field(repr=False)


@dataclass(frozen=True)
class Place:
    """Where a delivery lies: its project's folder and its own folder or archive, by name.

    `held`: the delivery itself, where it lies in memory; `path` is then its name alone.
    """

    project_folder: str
    as_of_folder: str
    path: Path
    held: Held | None = None

    @property
    def is_archive(self) -> bool:
        """Whether the delivery is one archive."""
        return is_archive_name(self.as_of_folder)

    @property
    def is_link(self) -> bool:
        """Whether a symbolic link lies where the delivery belongs. None is followed: it may lead anywhere."""
        return self.held is None and self.path.is_symlink()

    @property
    def as_of_text(self) -> str:
        """The as-of date that the name gives."""
        return as_of_text(self.as_of_folder)

    @property
    def as_of_date(self) -> date | None:
        """The as-of date; none where the name is not exactly yyyy-mm-dd."""
        return iso_day(self.as_of_text)


def is_archive_name(name: str) -> bool:
    """Return whether a delivery of this name is one archive."""
    return name.lower().endswith(ARCHIVE)


def as_of_text(name: str) -> str:
    """Give the as-of date that the name of a delivered folder or archive holds."""
    return name[: -len(ARCHIVE)] if is_archive_name(name) else name


def places_of(inbox: Path) -> tuple[list[Place], list[str], list[str]]:
    """Find the deliveries of an inbox, in the order of their names; what lies there but is none; unreadable projects.

    A project's folder may be a symbolic link: it is the operator's. Pipes, sockets and devices are no deliveries.

    Raises InputError when the inbox can't be read.
    """
    places: list[Place] = []
    strays: list[str] = []
    unreadable: list[str] = []
    try:
        projects = _entries(inbox)
    except OSError as error:
        raise InputError(
            phrase(
                "The inbox {inbox} can't be read ({strerror}): name a readable folder with --inbox or JOBFIRST_INBOX.",
                inbox=inbox,
                strerror=told_by_system(error),
            )
        ) from error
    for project in projects:
        name = printable(project.name)
        try:
            if not project.is_dir():
                strays.append(name)
                continue
            entries = [(entry, _is_delivery(entry)) for entry in _entries(project)]
        except OSError as error:
            # One project's rights are no reason to leave the others waiting.
            unreadable.append(f"{name} ({told_by_system(error)})")
            continue
        for entry, is_delivery in entries:
            if is_delivery:
                places.append(Place(name, printable(entry.name), entry))
            else:
                strays.append(f"{name}/{printable(entry.name)}")
    return places, strays, unreadable


def require_outside(home: Path, inbox: Path) -> None:
    """Raise InputError where the home lies in the inbox: every run would receive what the run before it wrote."""
    if home.resolve().is_relative_to(inbox.resolve()):
        raise InputError(
            phrase(
                "The home {home} lies in the inbox {inbox}, where its files would be taken for deliveries: name a home "
                "outside it with --home.",
                home=home,
                inbox=inbox,
            )
        )


def newest_of_project(folder: Path) -> Path | None:
    """Give a project's delivery of the latest as-of date; None unless the folder holds deliveries and nothing else."""
    places = [Place(folder.name, printable(entry.name), entry) for entry in _entries(folder)]
    dated = [
        (place.as_of_date, place.path) for place in places if place.as_of_date is not None and _is_delivery(place.path)
    ]
    return max(dated)[1] if dated and len(dated) == len(places) else None


def _is_delivery(entry: Path) -> bool:
    # A link is one, to be refused: whether it leads to a folder is not asked.
    return entry.is_symlink() or entry.is_dir() or (is_archive_name(entry.name) and entry.is_file())


def _entries(folder: Path) -> list[Path]:
    return sorted(
        (entry for entry in folder.iterdir() if not is_left_by_a_system(entry.name)),
        key=lambda entry: entry.name,
    )


def is_left_by_a_system(*parts: str) -> bool:
    """Return whether a file, by its path within an inbox, a delivery or an archive, is to be ignored."""
    return any(part.startswith(".") or part.lower() in _LEFT_BY_SYSTEMS for part in parts)


def printable(name: str) -> str:
    """Write a file name as text also where its bytes are none."""
    return os.fsencode(name).decode("utf-8", "replace")
