"""What is to be checked: a delivery by its path, and what the path or the options say of project and as-of date."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tasks.base.cpr import mask
from tasks.base.days import iso_day
from tasks.base.errors import InputError
from tasks.base.system import told_by_system
from tasks.intake.inbox import ARCHIVE, Held, Place, as_of_text, is_archive_name, newest_of_project, printable

WORKBOOKS = (".xlsx", ".xlsm")
_UNTOLD_PROJECT = "projekt"


@dataclass(frozen=True)
class Asked:
    """The delivery to check.

    `place`: where it would lie in the inbox, with stand-ins for what is not given; `beside`: the name under which it
    lies there a second time, as folder and archive, if it does. `named_project`, `named_day`: what the path says where
    an option says something else.
    """

    place: Place
    is_project_told: bool
    is_as_of_told: bool
    beside: frozenset[str] = frozenset()
    named_project: str | None = None
    named_day: date | None = None


def asked(
    path: Path | Held, *, project_id: str | None, as_of: str | None, otherwise: date, option: str = "--as-of"
) -> Asked:
    """Find out what is to be checked.

    `otherwise`: the as-of date to use where none is given. `option`: the option that gave `as_of`.
    A folder whose name begins with a digit is taken to be named by its as-of date, and lies in its project's folder.

    Raises InputError when there is no delivery at `path`, or a project's folder of them, or `as_of` is no date.
    """
    found = _of_held(path, otherwise) if isinstance(path, Held) else _of_path(path, project_id, as_of, otherwise)
    if project_id is not None:
        named = found.place.project_folder if found.is_project_told else project_id
        found = replace(
            found,
            place=replace(found.place, project_folder=project_id),
            is_project_told=True,
            named_project=named if named != project_id else None,
        )
    if as_of is not None:
        folder = _date(as_of, option) + (ARCHIVE if found.place.is_archive else "")
        place = replace(found.place, as_of_folder=folder)
        day = found.place.as_of_date if found.is_as_of_told else None
        found = replace(found, place=place, is_as_of_told=True, named_day=day if day != place.as_of_date else None)
    return found


def _of_held(held: Held, otherwise: date) -> Asked:
    """Ask for a delivery in memory: an archive's name may give the as-of date, and nothing gives the project."""
    name = printable(held.name)
    is_archive = is_archive_name(name)
    is_named = is_archive and name[:1].isdigit()
    folder = name if is_named else otherwise.isoformat() + (ARCHIVE if is_archive else "")
    place = Place(_UNTOLD_PROJECT, folder, Path(name), held)
    return Asked(place, is_project_told=False, is_as_of_told=is_named)


def _of_path(path: Path, project_id: str | None, as_of: str | None, otherwise: date) -> Asked:
    path = _absolute(path)
    named = path.parent if path.suffix.lower() in WORKBOOKS else path
    name = printable(named.name)
    is_named = name[:1].isdigit()
    if not is_named and named == path:
        _refuse_project(path)
    place = Place(
        project_folder=printable(named.parent.name) if is_named else _UNTOLD_PROJECT,
        as_of_folder=name if is_named else otherwise.isoformat() + (ARCHIVE if is_archive_name(named.name) else ""),
        path=path,
    )
    found = Asked(place, is_project_told=is_named, is_as_of_told=is_named)
    if is_named and as_of is None and project_id is None and named == path:
        found = replace(found, beside=_beside(place))
    return found


def _beside(place: Place) -> frozenset[str]:
    """Give the names under which the delivery lies beside itself, as folder and archive."""
    try:
        names = {printable(entry.name) for entry in place.path.parent.iterdir()}
    except OSError as error:
        raise InputError(f"{mask(str(place.path.parent))} kan ikke læses ({told_by_system(error).da}).") from error
    return frozenset(name for name in names - {place.as_of_folder} if as_of_text(name) == place.as_of_text)


def _refuse_project(path: Path) -> None:
    try:
        newest = newest_of_project(path) if path.is_dir() else None
    except OSError as error:
        raise InputError(f"{mask(str(path))} kan ikke læses ({told_by_system(error).da}).") from error
    if newest is not None:
        raise InputError(
            f"{mask(str(path))} er et projekts mappe: angiv én indberetning i den, fx {mask(str(newest))}."
        )


def _absolute(path: Path) -> Path:
    shown = mask(str(path))
    try:
        # The names give project and day, so a link keeps its own.
        path = Path(os.path.normpath(path.absolute()))
        is_folder, is_file, is_there = path.is_dir(), path.is_file(), path.exists()
    except (OSError, ValueError) as error:
        raise InputError(f"{shown} kan ikke læses: angiv mappen, arkivet eller projektmappen.") from error
    if is_folder or (is_file and (is_archive_name(path.name) or path.suffix.lower() in WORKBOOKS)):
        return path
    if is_there:
        raise InputError(f"{shown} er ikke en indberetning: angiv en mappe, et arkiv (.zip) eller indberetning.xlsx.")
    raise InputError(f"{shown} findes ikke: angiv en mappe, et arkiv (.zip) eller indberetning.xlsx.")


def _date(text: str, option: str) -> str:
    if iso_day(text) is None:
        raise InputError(f'{option} er "{mask(text)}", som ikke er en dato: skriv den som åååå-mm-dd.')
    return text
