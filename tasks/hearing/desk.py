"""STAR's desk for hearings: keep which letters were sent, and what was answered.

Source: the settlement, 'Hearing'.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.base.cpr import mask
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.lines import some
from tasks.base.moment import Moment
from tasks.base.nearest import nearest_are
from tasks.base.worded import phrase
from tasks.hearing.answer import AnswerText
from tasks.hearing.letters import letters_of_draft, newest_draft
from tasks.hearing.record import REPLY, SENT, Answer, Hearings, SentLetter, read, require_sound, write
from tasks.register.municipalities import known_code, municipalities
from tasks.warehouse.rows import Row, rows_of

if TYPE_CHECKING:
    import duckdb

    from tasks.rules.model import SettlementDays


@dataclass(frozen=True)
class Kept:
    """The letters that were kept. `before`: those that the record had already. `warnings`: what to look at twice."""

    sent: tuple[SentLetter, ...]
    before: tuple[SentLetter, ...]
    warnings: tuple[str, ...]


@dataclass
class Desk:
    """Who keeps what and when; its holder holds the lock of `home`. Raises BusinessRefusal for an unsound record."""

    connection: duckdb.DuckDBPyConnection
    home: Path
    now: Moment
    by: str

    def __post_init__(self) -> None:
        """Read the record, once it verifies."""
        self.said: Hearings = require_sound(self.connection, self.home)

    def sent(self, year: int, days: SettlementDays, on: date, projects: Collection[str] | None) -> Kept:
        """Record that the hearing letters of a year's newest draft were sent; `projects`: only these (None: all).

        Raises InputError for a day to come or before the year, and an unknown project; BusinessRefusal where there is
        no draft, no letter, or the letters are not the draft's.
        """
        self._require_past(on)
        if on.year < year:
            raise InputError(
                phrase("--on {on}: {year} had not begun: name the day on which the letter was sent.", on=on, year=year)
            )
        fingerprint, first_day = newest_draft(self.connection, year)
        intended = {
            row["project_id"]: row for row in rows_of(self.connection, "hearing/intended", fingerprint=fingerprint)
        }
        letters = letters_of_draft(self.home, year, fingerprint)
        entries: list[dict[str, Any]] = []
        before: list[SentLetter] = []
        for project_id in self._chosen(year, letters, intended, projects):
            entry = self._entry(year, project_id, fingerprint, letters[project_id], intended[project_id], on, days)
            same = self._kept_before(entry)
            if same is None:
                entries.append(entry)
            else:
                before.append(same)
        fresh = self._write(entries)
        warnings = (
            [phrase("the draft was made on {day}, after {on}: is the day right?", day=first_day, on=on)]
            if on < first_day
            else []
        )
        decided = [one["project_id"] for one in entries if intended[one["project_id"]]["is_decided"]]
        if decided:
            warnings.append(
                phrase(
                    "the draft of {year} is released already for {projects}: the letter is kept, and no decision goes "
                    "by it",
                    year=year,
                    projects=some(decided),
                )
            )
        return Kept(tuple(one for one in fresh.sent if one.number > self._entries), tuple(before), tuple(warnings))

    def reply(
        self, project_id: str, year: int, on: date, text: AnswerText, municipality: str | None = None
    ) -> tuple[Answer, bool]:
        """Keep what a municipality answered, and return whether the record had it already.

        It answers the newest letter that was sent to it by then. `municipality`: its code; None where letters about the
        project's year went to one alone.

        Raises InputError for a day to come or before the letter, where no letter was sent to it, and where more than
        one municipality may have answered.
        """
        self._require_past(on)
        letter = self._letter_answered(project_id, year, on, municipality)
        newest = self.said.answer_to(letter)
        if newest is not None and (newest.answered_on, newest.text_sha256) == (on, text.sha256):
            return newest, True
        entry = {
            "kind": REPLY,
            "project_id": project_id,
            "year": year,
            "to": letter.number,
            "answered_on": on.isoformat(),
            "text_sha256": text.sha256,
            "characters": text.characters,
            "text": text.beginning,
        }
        return self._write([entry]).answers[-1], False

    def _letter_answered(self, project_id: str, year: int, on: date, municipality: str | None) -> SentLetter:
        """Give the newest letter that was sent to a municipality by the day of its answer."""
        letters = self.said.letters_about(project_id, year)
        if not letters:
            near = nearest_are(project_id, {one.project_id for one in self.said.sent if one.year == year})
            raise InputError(
                phrase(
                    "No hearing letter about {year} was sent to {project_id}{near}: keep first that it was, with "
                    "jobfirst hearing sent {year} --project {project_id} --on DATE.",
                    year=year,
                    project_id=mask(project_id),
                    near=near,
                )
            )
        letters = _letters_to(municipality, letters)
        answered = [one for one in letters if one.sent_on <= on]
        if not answered:
            raise InputError(
                phrase(
                    "--on {on}: the letter to {project_id} was sent on {sent_on}, after that.",
                    on=on,
                    project_id=project_id,
                    sent_on=letters[-1].sent_on,
                )
            )
        if len({one.recipient_cvr for one in answered}) > 1:
            raise InputError(
                phrase(
                    "Letters about {project_id} {year} went to more than one municipality ({recipients}): name the one "
                    "that answered with --from CODE.",
                    project_id=project_id,
                    year=year,
                    recipients=_recipients(answered),
                )
            )
        return answered[-1]

    @property
    def _entries(self) -> int:
        return len(self.said.sent) + len(self.said.answers)

    def _write(self, entries: Sequence[dict[str, Any]]) -> Hearings:
        """Write, and give what the record says then."""
        write(self.connection, self.home, entries, now=self.now, by=self.by)
        return read(self.connection)

    def _require_past(self, on: date) -> None:
        if on > self.now.today:
            raise InputError(phrase("--on {on}: the day is still to come; keep it once it has happened.", on=on))

    @staticmethod
    def _chosen(
        year: int, letters: dict[str, str], intended: dict[str, Row], projects: Collection[str] | None
    ) -> list[str]:
        for project_id in projects or ():
            if project_id not in intended:
                raise InputError(
                    phrase(
                        "--project {project_id}: the draft of {year} has no such project{nearest}.",
                        project_id=mask(project_id),
                        year=year,
                        nearest=nearest_are(project_id, letters),
                    )
                )
            if project_id not in letters:
                raise BusinessRefusal(
                    phrase(
                        "{project_id} has no hearing letter in the newest draft of {year}: its year stands as it was "
                        "decided, or has not begun.",
                        project_id=project_id,
                        year=year,
                    )
                )
        if not letters:
            raise BusinessRefusal(
                phrase("The newest draft of {year} has no hearing letter: nothing was sent.", year=year)
            )
        return [project_id for project_id in sorted(letters) if projects is None or project_id in projects]

    @staticmethod
    def _entry(
        year: int, project_id: str, fingerprint: str, letter: str, intended: Row, on: date, days: SettlementDays
    ) -> dict[str, Any]:
        if intended["gives_sha256"] is None:
            raise BusinessRefusal(
                phrase(
                    "The draft of {year} was made before hearings were kept: settle {year} again, and its letters "
                    "stand.",
                    year=year,
                )
            )
        lead = municipalities()[intended["lead_municipality"]]
        reply_by = reply_day(days, on, is_settled_before=intended["is_settled_before"])
        return {
            "kind": SENT,
            "project_id": project_id,
            "year": year,
            "draft_fingerprint": fingerprint,
            "letter_sha256": letter,
            "gives_sha256": intended["gives_sha256"],
            "recipient": lead.full_name,
            "recipient_cvr": lead.cvr,
            "sent_on": on.isoformat(),
            "reply_by": reply_by.isoformat(),
        }

    def _kept_before(self, entry: dict[str, Any]) -> SentLetter | None:
        """Give the entry that says the same about the newest letter for the project's year."""
        letters = self.said.letters_about(entry["project_id"], entry["year"])
        if not letters:
            return None
        newest = letters[-1]
        same = (newest.letter_sha256, newest.gives_sha256, newest.sent_on.isoformat())
        return newest if same == (entry["letter_sha256"], entry["gives_sha256"], entry["sent_on"]) else None


def reply_day(days: SettlementDays, sent_on: date, *, is_settled_before: bool) -> date:
    """Give the day by which a letter asks for a reply.

    The calendar's day; where that is past, or the year was decided before, as many days after the letter as the
    calendar has between settlement and reply. Source: the settlement, 'Hearing'.
    """
    if is_settled_before or days.is_late(sent_on):
        return sent_on + timedelta(days=(days.reply_deadline - days.settlement_date).days)
    return days.reply_deadline


def _letters_to(code: str | None, letters: Sequence[SentLetter]) -> list[SentLetter]:
    """Give the letters to the municipality with a code, all where it is None; raise InputError where there is none."""
    if code is None:
        return list(letters)
    known = municipalities().get(known_code(code) or "")
    to_it = [one for one in letters if known is not None and one.recipient_cvr == known.cvr]
    if not to_it:
        raise InputError(
            phrase(
                "--from {code}: no letter about {project_id} {year} went to a municipality with that code, but to "
                "{recipients}: name the one that answered.",
                code=mask(code),
                project_id=letters[0].project_id,
                year=letters[0].year,
                recipients=_recipients(letters),
            )
        )
    return to_it


def _recipients(letters: Sequence[SentLetter]) -> str:
    """List who was sent letters, each with its code."""
    codes = {one.cvr: one.code for one in municipalities().values()}
    return ", ".join(dict.fromkeys(f"{codes.get(one.recipient_cvr, '?')} {one.recipient}" for one in letters))
