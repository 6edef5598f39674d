"""The check: one delivery through the settlement's own intake, rules and statements, in a database in memory.

Nothing is written anywhere, and no key is needed: the pseudonyms by which persons are compared are made with a random
one and forgotten with the database.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.base.danish import short_day
from tasks.base.errors import InputError
from tasks.base.nearest import nearest
from tasks.base.progress import Silence
from tasks.base.worded import Both
from tasks.check import gathered, not_made
from tasks.check.asked import Asked, asked
from tasks.check.findings import ZERO, Before, BrokenRule, BrokenWhole, Checked, NotMade
from tasks.intake.key import PseudonymKey
from tasks.intake.receive import receive_places
from tasks.intake.tables import BORGERE
from tasks.register.municipalities import municipalities
from tasks.register.read import Project, Register, read_register, register_files
from tasks.rules.model import load_rules
from tasks.settlement.parts import settle_here
from tasks.settlement.world import build_world
from tasks.validation.catalogue import NO_SUCH_PROJECT, rule_of
from tasks.validation.own_sql import judge_by_own_sql
from tasks.validation.stages import judge_elements, judge_projects
from tasks.validation.violations import report
from tasks.warehouse.connection import in_memory
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.moment import Moment
    from tasks.intake.contents import Delivery, TableText
    from tasks.intake.inbox import Held
    from tasks.rules.model import Rules

KEY_BYTES = 32
_TOLD_SUITES = ("rows", "borgere", "forloeb", "udgifter", "project", "grundelementer")
# So many participants that no cap binds, where the target is not known, and few enough for DECIMAL(18, 8).
_NO_TARGET = 600_000


@dataclass(frozen=True)
class _Grant:
    """The project that the delivery is for: the register's, or a stand-in that no rule is stricter on.

    `project_ids`: the folders that count as known projects'.
    """

    register: Register
    project_ids: frozenset[str]
    is_known: bool


def check(
    path: Path | Held,
    *,
    project_id: str | None,
    as_of: str | None,
    register: Path | None,
    now: Moment,
    before: Path | Held | None = None,
    before_as_of: str | None = None,
) -> Checked:
    """Check the delivery at `path`: a folder, an archive or a workbook; or one that is held in memory.

    `project_id`, `as_of` (yyyy-mm-dd): where the path does not give them. `register`: the register's folder, if there
    is one. `before`: the delivery before, to compare with; `before_as_of`: where its path does not give it.

    Raises InputError for an unusable path or option, an error in the register, or a JOBFIRST_MEMORY that is no size.
    """
    rules = load_rules()
    what = asked(path, project_id=project_id, as_of=as_of, otherwise=min(now.today, rules.last_day))
    if before is None and before_as_of is not None:
        raise InputError("--before-as-of er den forriges opgørelsesdato: angiv den forrige med --before.")
    earlier = None if before is None else _earlier(before, before_as_of, what, rules, register, now)
    with in_memory() as connection:
        grant = _grant(connection, what, register, rules)
        intake = _Intake(connection, grant.project_ids, rules, now)
        before_no = None
        if earlier is not None and earlier.found.is_accepted:
            before_no, _ = intake.take(earlier.what, keeps_refused=False)
        delivery_no, is_accepted = intake.take(what, keeps_refused=True)
        gaps = _gaps(what, grant, rules, has_register=register is not None, has_before=before_no is not None)
        if earlier is not None and before_no is None:
            gaps = (not_made.before_refused(earlier.found.name), *gaps)
        elif earlier is not None and earlier.assumed is not None:
            gaps = (*gaps, not_made.before_without_as_of(earlier.assumed))
        found = replace(_received(connection, what, grant, gaps, is_accepted=is_accepted), texts=intake.texts)
        if not is_accepted:
            return _judged_in_part(connection, found, what, grant, rules, now, delivery_no)
        found = _judged(connection, found, what, grant, rules, now, has_before=before_no is not None)
        if earlier is not None and before_no is not None:
            found = replace(found, before=_compared(connection, earlier, found, before_no, delivery_no))
        return found


@dataclass
class _Intake:
    """Receives deliveries into the database in memory. `texts`: the whole tables of the one that was read last."""

    connection: duckdb.DuckDBPyConnection
    project_ids: frozenset[str]
    rules: Rules
    now: Moment
    texts: dict[str, TableText] = field(default_factory=dict)
    _key: PseudonymKey = field(default_factory=lambda: PseudonymKey.of(secrets.token_bytes(KEY_BYTES)), repr=False)

    def take(self, one: Asked, *, keeps_refused: bool) -> tuple[int, bool]:
        """Receive a delivery; give its number, and whether it is accepted."""
        receive_places(
            self.connection,
            [one.place],
            beside=one.beside,
            project_ids=self.project_ids,
            words=self.rules.vocabulary.words,
            now=self.now,
            key=self._key,
            progress=Silence().step("deliveries"),
            show=self._show,
            keeps_refused=keeps_refused,
        )
        ((number, is_accepted),) = execute(self.connection, "check/receipt").fetchall()
        return number, is_accepted

    def _show(self, read: Delivery) -> None:
        # One that equals the delivery before is not read again, and its texts are the same.
        self.texts = {name: text for name, text in read.tables.items() if text.is_whole}


@dataclass(frozen=True)
class _Earlier:
    """The delivery before, and what a check of it found. `assumed`: its as-of date where none is given."""

    what: Asked
    found: Checked
    assumed: date | None


def _earlier(
    before: Path | Held, before_as_of: str | None, what: Asked, rules: Rules, register: Path | None, now: Moment
) -> _Earlier:
    """Check the delivery before. Raises InputError when it is later than the one that is checked."""
    project_id = what.place.project_folder if what.is_project_told else None
    earlier = asked(
        before,
        project_id=None,
        as_of=before_as_of,
        otherwise=what.place.as_of_date or rules.last_day,
        option="--before-as-of",
    )
    day, own_day = earlier.place.as_of_date, what.place.as_of_date
    if day is not None and own_day is not None and day > own_day:
        raise InputError(
            f"--before er opgjort pr. {short_day(day)}, senere end indberetningen, der kontrolleres "
            f"({short_day(own_day)}): byt dem om."
        )
    earlier = replace(
        earlier, place=replace(earlier.place, project_folder=what.place.project_folder), is_project_told=True
    )
    assumed = None if earlier.is_as_of_told else day
    as_of = assumed.isoformat() if assumed else before_as_of
    found = check(before, project_id=project_id, as_of=as_of, register=register, now=now)
    return _Earlier(earlier, found, assumed)


def _grant(connection: duckdb.DuckDBPyConnection, what: Asked, register: Path | None, rules: Rules) -> _Grant:
    if register is not None:
        known = read_register(connection, register_files(register), rules)
        if what.is_project_told:
            return _Grant(known, known.project_ids, is_known=True)
    stand_in = Project(
        project_id=mask(what.place.project_folder),
        project_name="",
        case_number="",
        lead_municipality="",
        municipalities=tuple(sorted(municipalities())),
        start_date=rules.first_day,
        target_participants=_NO_TARGET,
        commitment_dkk=rules.parameters["fixed_grant_max_dkk"].on(rules.first_day),
        contact="",
        email="",
    )
    return _Grant(Register((stand_in,), (), {}), frozenset({what.place.project_folder}), is_known=False)


def _gaps(what: Asked, grant: _Grant, rules: Rules, *, has_register: bool, has_before: bool) -> tuple[NotMade, ...]:
    gaps = not_made.ALWAYS if has_before else (*not_made.ALWAYS, not_made.WITHOUT_BEFORE)
    if not grant.is_known:
        gaps = (*not_made.without_register(rules, has_register=has_register), *gaps)
    if not what.is_as_of_told and what.place.as_of_date is not None:
        gaps = (*not_made.without_as_of(what.place.as_of_date), *gaps)
    # Without the register nobody knows whether the folder's name is a project's.
    if what.named_project is not None and grant.is_known and what.named_project in grant.project_ids:
        gaps = (not_made.named_of_another_project(what.named_project, what.place.project_folder), *gaps)
    if what.named_day is not None and what.place.as_of_date is not None:
        gaps = (not_made.named_of_another_day(what.named_day, what.place.as_of_date), *gaps)
    return gaps


def _received(
    connection: duckdb.DuckDBPyConnection,
    what: Asked,
    grant: _Grant,
    gaps: tuple[NotMade, ...],
    *,
    is_accepted: bool,
) -> Checked:
    places: dict[str, list[Both]] = defaultdict(list)
    for code, da, en in execute(connection, "check/faults").fetchall():
        places[code].append(_beside_the_nearest(Both(da, en), what, grant) if code == NO_SUCH_PROJECT else Both(da, en))
    return Checked(
        name=mask(what.place.path.name),
        project_id=mask(what.place.project_folder) if what.is_project_told else None,
        as_of_date=what.place.as_of_date if what.is_as_of_told else None,
        is_accepted=is_accepted,
        faults=tuple(BrokenWhole(rule_of(code), tuple(of_code)) for code, of_code in places.items()),
        not_made=gaps if is_accepted else not_made.where_refused(gaps),
    )


def _beside_the_nearest(said: Both, what: Asked, grant: _Grant) -> Both:
    """Add the register's nearest projects to the message about one that is not in it; a settlement adds none."""
    near = nearest(what.place.project_folder, grant.project_ids)
    return Both(f"{said.da}; de nærmeste er {near}", f"{said.en}; the nearest are {near}") if near else said


def _judged_in_part(
    connection: duckdb.DuckDBPyConnection,
    found: Checked,
    what: Asked,
    grant: _Grant,
    rules: Rules,
    now: Moment,
    delivery_no: int,
) -> Checked:
    """Judge the rows of a refused delivery's files that could be read; no project and no money."""
    is_known = mask(what.place.project_folder) in grant.register.project_ids
    if not found.texts or what.place.as_of_date is None or not is_known:
        return replace(found, texts={})
    execute(connection, "check/judge_refused", delivery_no=delivery_no)
    _build(connection, what, grant, rules, now)
    without = frozenset() if BORGERE.name in found.texts else not_made.CITIZENS
    settle_here(connection, judge_by_own_sql)
    judge_elements(connection, judge_by_own_sql)
    for name in ("forget_codes", "forget_element_codes"):
        execute(connection, f"check/{name}", codes=sorted(without))
    report(connection, _TOLD_SUITES)
    return replace(
        found,
        not_made=not_made.where_judged_in_part(
            found.not_made,
            without,
            is_all_read=not any(fault.rule.code in not_made.UNREAD for fault in found.faults),
        ),
        broken=tuple(_without_money(broken) for broken in gathered.broken_rules(connection, found.texts)),
        tables=tuple(replace(table, costly=0, lost_dkk=ZERO) for table in gathered.tables(connection, found.texts)),
    )


def _without_money(broken: BrokenRule) -> BrokenRule:
    """Leave out what a row would give: it can't be computed while another file is not read."""
    return replace(broken, spots=tuple(replace(spot, lost_dkk=None) for spot in broken.spots))


def _build(connection: duckdb.DuckDBPyConnection, what: Asked, grant: _Grant, rules: Rules, now: Moment) -> int:
    """Make the world of the delivery; give the year that it is due for."""
    as_of_date = what.place.as_of_date
    assert as_of_date is not None  # noqa: S101 - else F05 had refused it
    own = _only(grant.register, mask(what.place.project_folder))
    # Nothing is due for a year before the project.
    due_year = max([_due_year(as_of_date, rules), *(one.start_date.year for one in own.projects)])
    build_world(
        connection,
        year=min(max(as_of_date.year, rules.years[0]), rules.years[-1]),
        register=own,
        rules=rules,
        known_at=now,
    )
    execute(connection, "check/judge_due_year", due_year=due_year)
    if not grant.is_known:
        execute(connection, "check/window_to_end")
    return due_year


def _judged(
    connection: duckdb.DuckDBPyConnection,
    found: Checked,
    what: Asked,
    grant: _Grant,
    rules: Rules,
    now: Moment,
    *,
    has_before: bool,
) -> Checked:
    """Judge an accepted delivery's rows and its project, and compute its money."""
    due_year = _build(connection, what, grant, rules, now)
    settle_here(connection, judge_by_own_sql)
    judge_projects(connection, judge_by_own_sql, without=_left_out(what, grant, has_before=has_before))
    report(connection, _TOLD_SUITES)
    return replace(
        found,
        broken=gathered.broken_rules(connection, found.texts),
        holds=gathered.holds(connection),
        tables=gathered.tables(connection, found.texts),
        due_year=due_year,
        money=gathered.money(connection, is_cap_known=grant.is_known),
    )


def _only(register: Register, project_id: str) -> Register:
    """Give the register with just one project, so that no other is judged beside it."""
    return replace(register, projects=tuple(one for one in register.projects if one.project_id == project_id))


def _due_year(as_of_date: date, rules: Rules) -> int:
    """Give the last year that a delivery covers to its end; the first, where it covers none."""
    return max((year for year in rules.years if date(year, 12, 31) <= as_of_date), default=rules.years[0])


def _left_out(what: Asked, grant: _Grant, *, has_before: bool) -> frozenset[str]:
    left_out = not_made.OTHER_DELIVERIES
    if not has_before:
        left_out |= not_made.BEFORE
    if not grant.is_known:
        left_out |= not_made.REGISTER
    if not what.is_as_of_told:
        left_out |= not_made.AS_OF
    return left_out


def _compared(
    connection: duckdb.DuckDBPyConnection, earlier: _Earlier, found: Checked, before_no: int, now_no: int
) -> Before:
    before_money, now_money = earlier.found.money, found.money
    assert before_money is not None  # noqa: S101 - it was accepted
    assert now_money is not None  # noqa: S101 - it was accepted
    return Before(
        earlier.found.name,
        None if earlier.assumed else earlier.found.as_of_date,
        gathered.differences(connection, before_no, now_no),
        before_money.entitlement_dkk,
        now_money.entitlement_dkk,
    )
