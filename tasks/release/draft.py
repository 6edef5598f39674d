"""The draft that a release goes by, and whether it still stands.

Source: the settlement, 'Deciding, posting, correcting', 2.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.base.errors import BusinessRefusal, InternalFailure
from tasks.base.lines import short, some
from tasks.base.moment import Moment
from tasks.base.person import is_same_person
from tasks.base.worded import joined, phrase
from tasks.draft.fingerprint import Parts
from tasks.register.read import MAALGRUPPER, PROJEKTER
from tasks.rules.model import RULES_FILE
from tasks.validation.catalogue import TOGETHER
from tasks.warehouse.rows import rows_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Draft:
    """A draft: what its fingerprint is made of, who prepared it and when.

    `registrations_known_at`: the earlier moment that it was made from (None: when it was made).
    `prepared_as`: the account of the operating system (None: an older draft).
    """

    parts: Parts
    prepared_by: str
    prepared_at: Moment
    registrations_known_at: Moment | None
    prepared_as: str | None

    @property
    def year(self) -> int:
        """The settled year."""
        return self.parts.year

    @property
    def fingerprint(self) -> str:
        """Its fingerprint."""
        return self.parts.fingerprint

    @property
    def projects(self) -> tuple[str, ...] | None:
        """The only projects that it covers; None: all of the register."""
        return None if self.parts.projects is None else tuple(self.parts.projects)


def draft_for_approval(connection: duckdb.DuckDBPyConnection, year: int, approved_by: str) -> Draft:
    """Give the newest draft of a year, for someone to approve.

    Raises BusinessRefusal when there is none, or when the approver prepared it, or an earlier draft with the same
    fingerprint that somebody else has made once more since.
    """
    draft = _read(connection, "draft/newest", year=year)
    if draft is None:
        raise BusinessRefusal(
            phrase("There is no draft of {year} to release: make one with jobfirst settle {year}.", year=year)
        )
    for (prepared_by,) in execute(connection, "release/preparers", fingerprint=draft.fingerprint).fetchall():
        if is_same_person(prepared_by, approved_by):
            raise BusinessRefusal(
                phrase(
                    "{prepared_by} prepared the draft of {year} and can't approve it: let another person approve.",
                    prepared_by=mask(prepared_by),
                    year=year,
                )
            )
    return draft


def left_standing(connection: duckdb.DuckDBPyConnection, draft: Draft, now: Moment) -> list[str]:
    """Give the projects that a draft leaves as the ledger has them; none where it does not remember its projects."""
    values = {"fingerprint": draft.fingerprint, "known_at": now.timestamp, "together": TOGETHER}
    rows = rows_of(connection, "release/awaits", **values)
    return [row["project_id"] for row in rows if not row["is_decision"]]


def preparing_accounts(connection: duckdb.DuckDBPyConnection, fingerprints: Iterable[str]) -> list[str]:
    """Give every account of the operating system that ever prepared one of these drafts: each has seen it made."""
    return [
        name
        for fingerprint in fingerprints
        for (name,) in execute(connection, "release/prepared_as", fingerprint=fingerprint).fetchall()
    ]


def require_approved(drafts: Sequence[Draft], named: Sequence[str]) -> None:
    """Check that each draft's fingerprint starts with one of `named`; an empty `named` accepts any.

    Raises BusinessRefusal, naming both, when another draft of a year is the newest.
    """
    if not named:
        return
    others = [draft for draft in drafts if not draft.fingerprint.startswith(tuple(named))]
    unmet = [one for one in named if not any(draft.fingerprint.startswith(one) for draft in drafts)]
    if others or unmet:
        newest = joined(
            phrase(" and "),
            [
                phrase("of {year} is {fingerprint}", year=draft.year, fingerprint=short(draft.fingerprint))
                for draft in others or drafts
            ],
        )
        approved = joined(phrase(" and "), [mask(short(one)) for one in unmet or named])
        raise BusinessRefusal(
            phrase(
                "The newest draft {newest}, and --draft approves {approved}: look at the newest before you approve it.",
                newest=newest,
                approved=approved,
            )
        )


def draft_of(connection: duckdb.DuckDBPyConnection, fingerprint: str, posted_at: Moment) -> Draft:
    """Give the draft that was released at a moment.

    Raises InternalFailure when it is not there.
    """
    draft = _read(connection, "release/draft", fingerprint=fingerprint, posted_at=posted_at.timestamp)
    if draft is None:
        raise InternalFailure(f"The draft {fingerprint} was released, and the warehouse does not hold it.")
    return draft


def _read(connection: duckdb.DuckDBPyConnection, name: str, **values: object) -> Draft | None:
    rows = rows_of(connection, name, **values)
    if not rows:
        return None
    row = rows[0]
    return Draft(
        Parts(**json.loads(row["parts"])),
        mask(row["prepared_by"]),
        Moment(row["prepared_at"]),
        row["registrations_known_at"] and Moment(row["registrations_known_at"]),
        row["prepared_as"],
    )


def require_unchanged(draft: Draft, now: Parts, released_before: Sequence[str]) -> None:
    """Check that today's state still gives this draft.

    Raises BusinessRefusal that names what changed.
    """
    if now == draft.parts:
        return
    stands = (
        phrase(" What was released from it before stands: {projects}.", projects=some(released_before))
        if released_before
        else ""
    )
    raise BusinessRefusal(
        phrase(
            "The draft of {year} can't be released, because this changed since it was made: {changes}. Settle {year} "
            "again and look at the new draft.{stands}",
            year=draft.year,
            changes=joined("; ", changes(draft.parts, now)),
            stands=stands,
        )
    )


def is_same_result(before: Parts, now: Parts) -> bool:
    """Return whether two states give the same dates and amounts to the same persons and projects.

    Only these: an earlier version may have hashed something else of the inputs or of the violations.
    """
    return (before.settlement, before.citizens) == (now.settlement, now.citizens)


def changes(before: Parts, now: Parts) -> list[str]:
    """Say what differs between the state that a draft was made from and today's; where no input does, it is the result.

    The inputs of a draft of some projects are theirs alone, and yet a citizen of theirs may be in another's delivery.
    """
    found: list[str] = []
    came = sorted(set(now.deliveries) - set(before.deliveries))
    went = sorted(set(before.deliveries) - set(now.deliveries))
    changed = sorted(
        name for name in set(before.deliveries) & set(now.deliveries) if before.deliveries[name] != now.deliveries[name]
    )
    if came:
        found.append(phrase("a delivery came from {projects}", projects=some(came)))
    if changed:
        found.append(phrase("a delivery came or changed from {projects}", projects=some(changed)))
    if went:
        found.append(phrase("no delivery counts any more from {projects}", projects=some(went)))
    draws_before, draws_now = before.draws or {}, now.draws or {}
    drawn = sorted(name for name in {*draws_before, *draws_now} if draws_before.get(name) != draws_now.get(name))
    if drawn:
        found.append(phrase("the draw's record of {projects}", projects=some(drawn)))
    found += [
        what
        for part, what in (
            ("rules", phrase("the rules ({file})", file=RULES_FILE.name)),
            ("projekter", phrase("the register ({file})", file=PROJEKTER)),
            ("maalgrupper", phrase("the register ({file})", file=MAALGRUPPER)),
            ("ledger", phrase("the ledger, which has other entries of {year} now", year=now.year)),
        )
        if getattr(before, part) != getattr(now, part)
    ]
    if found:
        return found
    if before.projects is not None:
        return [
            phrase(
                "the result, which other projects' deliveries may have changed (the draft covers {projects} alone), or "
                "the program",
                projects=some(before.projects),
            )
        ]
    return [phrase("the result, which the program now computes otherwise from the same inputs")]
