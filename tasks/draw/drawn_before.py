"""Who of a list, or under a name, was drawn before. Source: docs/draw-format.md, 'Commands'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.base.errors import InputError
from tasks.base.worded import joined, phrase
from tasks.draw.listed import Citizen, LeftOut, Listed
from tasks.draw.sequence import ref_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.draw.answers import Answers
    from tasks.draw.record import DrawRecord

DRAWN_BEFORE = "D01"


def distinct(citizens: Sequence[Citizen]) -> list[Citizen]:
    """Give each person once, on the first row."""
    return list({one.ref: one for one in reversed(citizens)}.values())[::-1]


def not_drawn(
    connection: duckdb.DuckDBPyConnection, project_id: str, said: DrawRecord, listed: Listed
) -> tuple[list[Citizen], tuple[LeftOut, ...]]:
    """Give the citizens who were never drawn, in this project or another, and those left out with why."""
    persons = [one.person for one in listed.citizens]
    found = execute(connection, "draw/drawn_elsewhere", project_id=project_id, persons=persons)
    before, elsewhere = {one.ref for one in said.drawn}, {person for (person,) in found.fetchall()}
    citizens = distinct([one for one in listed.citizens if one.ref not in before and one.person not in elsewhere])
    rows = {one.row_no for one in citizens}
    again = [LeftOut(one.row_no, one.borger_id, (DRAWN_BEFORE,)) for one in listed.citizens if one.row_no not in rows]
    return citizens, tuple(sorted([*listed.left_out, *again], key=lambda one: one.row_no))


def drawn_as(
    connection: duckdb.DuckDBPyConnection, project_id: str, said: DrawRecord, answers: Answers, citizen: str
) -> str | None:
    """Give the ref of a citizen by it, or by the municipality's own id: from the answers, else from the deliveries.

    Raises InputError where an answer can't be read, or several who were drawn are known by that id.
    """
    drawn = {one.ref for one in said.drawn}
    if citizen in drawn:
        return citizen
    unread = answers.unread()
    if unread:
        raise InputError(unread[0])
    answered = answers.of(citizen)
    refs = {ref for _, ref in answered}
    if len(refs) > 1:
        raise InputError(
            phrase(
                "{citizen} is another person in each of {files}: give the ref that stands there after --citizen.",
                citizen=mask(citizen),
                files=joined(", ", [name for name, _ in answered]),
            )
        )
    if refs:
        return refs.pop()
    delivered = execute(connection, "draw/delivered_persons", project_id=project_id, borger_id=citizen).fetchall()
    refs = drawn & {ref_of(project_id, person) for (person,) in delivered}
    if len(refs) > 1:
        raise InputError(
            phrase(
                "{citizen} is another person in some delivery of {project} than in another: give the ref that "
                "stands in the draw's answer after --citizen.",
                citizen=mask(citizen),
                project=project_id,
            )
        )
    return next(iter(refs), None)
