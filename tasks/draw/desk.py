"""STAR's desk for a draw: open, give the beacon, draw a batch, withdraw, take in, reveal.

Source: docs/draw-format.md, 'Commands'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.base.days import add_years
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.lines import count_of_citizens
from tasks.base.moment import Moment
from tasks.base.worded import joined, phrase
from tasks.chain.line import own_hash, written_at
from tasks.draw.answers import Answers
from tasks.draw.beacon import require_name, value_of
from tasks.draw.drawn_before import distinct, drawn_as, not_drawn
from tasks.draw.form import NO_BEACON
from tasks.draw.listed import Citizen, LeftOut, Listed, read_import, read_list
from tasks.draw.record import (
    BATCH,
    BEACON,
    IMPORT,
    OPEN,
    REVEAL,
    WITHDRAW,
    DrawRecord,
    folder_of,
    record_of,
    write,
)
from tasks.draw.sequence import (
    CONTROL,
    PARTICIPANT,
    commitment_of,
    draw,
    list_sha256,
    seed_of,
    sequence_key,
)
from tasks.draw.verify import require_sound

if TYPE_CHECKING:
    import duckdb

    from tasks.intake.key import PseudonymKey
    from tasks.register.read import Project
    from tasks.rules.model import DrawTerms, Rules


@dataclass(frozen=True)
class Receipt:
    """The receipt that a municipality gets with its answer. `file`: who got which arm; hashes: 64 hex digits."""

    batch: int
    list_sha256: str
    head: str
    file: Path
    participants: int
    controls: int
    left_out: tuple[LeftOut, ...] = ()
    is_again: bool = False
    warnings: tuple[str, ...] = ()


@dataclass
class Desk:
    """A project's draw, and who draws when. `secret`: the operator's key; its holder holds the lock of `home`.

    Every method raises BusinessRefusal where the record does not verify, or the request can't be met now.
    """

    connection: duckdb.DuckDBPyConnection
    home: Path
    project: Project
    rules: Rules
    secret: bytes = field(repr=False)
    key: PseudonymKey = field(repr=False)
    now: Moment
    by: str
    is_rehearsal: bool = False

    def __post_init__(self) -> None:
        """Read the record, once it verifies."""
        self.record = record_of(self.connection, self.home, self.project_id, is_rehearsal=self.is_rehearsal)
        self.said: DrawRecord = require_sound(self.record, self.project_id)
        self.answers = Answers(folder_of(self.home, is_rehearsal=self.is_rehearsal), self.project_id)

    @property
    def project_id(self) -> str:
        """The project's id."""
        return self.project.project_id

    @property
    def terms(self) -> DrawTerms:
        """How citizens are drawn. Raises InputError where the rules file does not say."""
        if self.rules.draw is None:
            raise InputError(phrase("The rules file has no section draw: add it, and draw then."))
        return self.rules.draw

    @property
    def window_end(self) -> date:
        """The day after the draw window closes."""
        years = self.rules.parameters["enrolment_window_years"].on(self.project.start_date)
        return min(add_years(self.project.start_date, years), date.fromordinal(self.rules.last_day.toordinal() + 1))

    @property
    def is_over(self) -> bool:
        """Whether the draw window has closed; a rehearsal has none."""
        return not self.is_rehearsal and self.now.today >= self.window_end

    def open(self, beacon: str) -> str:
        """Commit to the seed before anybody is known, and give the commitment. Raises InputError for another beacon."""
        self._require_own()
        if self.said.is_open:
            raise BusinessRefusal(
                phrase(
                    "The draw of {project} is open: its commitment is {commitment}.",
                    project=self.project_id,
                    commitment=self.said.entries[0]["commitment"],
                )
            )
        require_name(beacon)
        commitment = commitment_of(self._seed, self.project_id)
        self._write(
            OPEN,
            project_id=self.project_id,
            commitment=commitment,
            beacon="" if beacon == NO_BEACON else beacon,
            block_sizes=list(self.terms.block_sizes),
        )
        return commitment

    def give_beacon(self, value: str, signature: str | None) -> str:
        """Record the beacon's value, which nobody knew when the draw was opened, and return it as recorded.

        Raises InputError when it is not of the kind that was named.
        """
        self._require_open()
        self._require_own()
        self._require_unrevealed()
        named = str(self.said.entries[0]["beacon"])
        if not named or self.said.beacon_value is not None:
            told = (
                phrase("The draw of {project} has its beacon's value already: draw a batch.", project=self.project_id)
                if named
                else phrase("The draw of {project} has no beacon: draw a batch.", project=self.project_id)
            )
            raise BusinessRefusal(told)
        value, signature = value_of(named, value, signature, least=self.terms.beacon_min_characters)
        self._write(BEACON, value=value, signature=signature)
        return value

    def batch(self, path: Path, *, is_last: bool, is_small: bool) -> Receipt:
        """Draw the citizens of a list; the same list again draws nobody, and with `is_last` closes the draw.

        Raises InputError for an unreadable file.
        """
        self._require_open()
        self._require_own()
        if self.said.beacon_value is None:
            raise BusinessRefusal(
                phrase(
                    "The value of {project}'s beacon is missing: give it with `{command}` first.",
                    project=self.project_id,
                    command=self._command("beacon"),
                )
            )
        listed = read_list(path, self.project, self.rules, self.key, self.now, has_window=not self.is_rehearsal)
        citizens, left_out = not_drawn(self.connection, self.project_id, self.said, listed)
        again = None if citizens else self._again(listed)
        if again is not None:
            may_close = is_last and not self.said.is_closed and self.said.seed is None
            return self._close(again) if may_close else again
        self._require_drawable(path, citizens, left_out, may_be_few=is_last or is_small)
        number = len(self.said.of_kind(BATCH)) + 1
        key = sequence_key(self._seed, self.project_id, self.said.beacon_value)
        sizes = self.said.entries[0]["block_sizes"]
        drawn = draw(key, sizes, self.said.members, number, {one.ref: one.stratum for one in citizens}, is_last=is_last)
        list_hash = list_sha256((one.ref, one.stratum) for one in drawn)
        head = self._write(
            BATCH,
            persons={one.ref: one.person for one in citizens},
            batch=number,
            last=is_last,
            list_sha256=list_hash,
            members=[vars(one) for one in drawn],
        )
        arms = {one.ref: one.arm for one in drawn}
        return self._answer(number, list_hash, head, citizens, arms, left_out)

    def _require_drawable(
        self, path: Path, citizens: Sequence[Citizen], left_out: tuple[LeftOut, ...], *, may_be_few: bool
    ) -> None:
        """Refuse a batch of a draw that is over, and one of nobody or of too few; `path`: the list it is of."""
        self._require_unrevealed()
        # First: by a clock that is behind, everybody is too young, or outside the window.
        self._require_clock()
        if self.said.is_closed:
            raise BusinessRefusal(
                phrase("The last batch of {project} was drawn: no more citizens can be drawn.", project=self.project_id)
            )
        if self.is_over:
            raise BusinessRefusal(
                phrase(
                    "The draw window of {project} closed on {end}: no more citizens can be drawn.",
                    project=self.project_id,
                    end=self.window_end,
                )
            )
        smallest = self.terms.smallest_batch_citizens
        if not citizens and not left_out:
            raise BusinessRefusal(
                phrase("{file} has no citizens: hand in a list with a row for each.", file=mask(path.name))
            )
        if not citizens:
            raise BusinessRefusal(
                phrase(
                    "No citizen in {file} can be drawn: every row is excluded{codes}.",
                    file=mask(path.name),
                    codes=_by_code(left_out),
                )
            )
        if len(citizens) < smallest and not may_be_few:
            raise BusinessRefusal(
                phrase(
                    "{citizens}: too few to be drawn together, since the next arm could be guessed: "
                    "wait for {least}, or say --last where nobody follows, or --small where it can't wait.",
                    citizens=count_of_citizens(len(citizens)),
                    least=smallest,
                )
            )

    def withdraw(self, citizen: str, reason: str) -> str:
        """Write down that a citizen left; nobody leaves the sequence. Give the ref.

        citizen: the ref, or the municipality's own id. Raises InputError when nobody was drawn so, or several were.
        """
        self._require_open()
        ref = drawn_as(self.connection, self.project_id, self.said, self.answers, citizen)
        if ref is None or ref not in {one.ref for one in self.said.drawn}:
            raise InputError(
                phrase(
                    "Nobody of {project} was drawn as {citizen}: give the borger_id of the list, or the ref.",
                    project=self.project_id,
                    citizen=mask(citizen),
                )
            )
        if ref in self.said.withdrawn:
            raise BusinessRefusal(phrase("{citizen} has withdrawn already.", citizen=mask(citizen)))
        self._write(WITHDRAW, ref=ref, reason=reason)
        return ref

    def take_in(self, path: Path) -> Receipt:
        """Take in citizens that were drawn elsewhere; the same list again takes in nobody, and answers again.

        Who was given which arm can't be verified.

        Raises InputError for an unreadable file.
        """
        listed = read_import(path, self.project, self.rules, self.key, self.now)
        again = self._taken_in(listed)
        if again is not None:
            return again
        # An import that was interrupted may have left only its opening.
        is_opened_for_it = self.said.is_elsewhere and not self.said.of_kind(IMPORT)
        if self.said.is_open and not is_opened_for_it:
            raise BusinessRefusal(
                phrase(
                    "{project} has a draw already: a list from elsewhere can't be taken in.", project=self.project_id
                )
            )
        citizens, left_out = not_drawn(self.connection, self.project_id, self.said, listed)
        if not citizens:
            raise BusinessRefusal(
                phrase("Nobody of {file} can be taken in{codes}.", file=mask(path.name), codes=_by_code(left_out))
            )
        if not is_opened_for_it:
            sizes = list(self.terms.block_sizes)
            self._write(OPEN, project_id=self.project_id, commitment="", beacon="", block_sizes=sizes)
        members = [
            {"ref": one.ref, "stratum": one.stratum, "arm": one.gruppe, "date": one.day.isoformat()}
            for one in sorted(citizens, key=lambda one: one.ref)
        ]
        list_hash = list_sha256((one.ref, one.stratum) for one in citizens)
        head = self._write(
            IMPORT, persons={one.ref: one.person for one in citizens}, list_sha256=list_hash, members=members
        )
        return self._answer(0, list_hash, head, citizens, {one.ref: one.gruppe for one in citizens}, left_out)

    def reveal(self) -> str:
        """Reveal the seed, once no more citizens can be drawn."""
        self._require_open()
        if self.said.is_elsewhere:
            raise BusinessRefusal(
                phrase(
                    "The arms of {project} were drawn elsewhere: there is no seed to reveal.", project=self.project_id
                )
            )
        if self.said.seed is not None:
            return self.said.seed
        if not self.said.is_closed and not self.is_over:
            raise BusinessRefusal(
                phrase(
                    "The seed of {project} would give away the arms still to be drawn: draw the last batch "
                    "(--last), or wait for {end}.",
                    project=self.project_id,
                    end=self.window_end,
                )
            )
        seed = self._seed.hex()
        self._write(REVEAL, seed=seed)
        return seed

    @property
    def _seed(self) -> bytes:
        """The secret of the draw.

        A rehearsal opened while citizens can still be drawn has a secret of its own: the true one would give away their
        arms.
        """
        own, rehearsed = seed_of(self.secret, self.project_id), seed_of(self.secret, f"rehearsal|{self.project_id}")
        if self.said.is_open:
            is_own = commitment_of(own, self.project_id) == self.said.entries[0]["commitment"]
        else:
            is_own = self.now.today >= self.window_end
        return own if is_own or not self.is_rehearsal else rehearsed

    def _require_open(self) -> None:
        if not self.said.is_open:
            raise BusinessRefusal(
                phrase(
                    "The draw of {project} is not open: `{command}`.",
                    project=self.project_id,
                    command=self._command("open"),
                )
            )

    def _command(self, action: str) -> str:
        """Name a command to copy: one without the mark of a rehearsal would act on the draw that counts."""
        return f"jobfirst draw {action} {self.project_id}{' --rehearsal' if self.is_rehearsal else ''}"

    def _require_unrevealed(self) -> None:
        if self.said.seed is not None:
            raise BusinessRefusal(
                phrase("The seed of {project} was revealed: no more citizens can be drawn.", project=self.project_id)
            )

    def _require_own(self) -> None:
        if self.said.is_elsewhere:
            raise BusinessRefusal(
                phrase("The arms of {project} were drawn elsewhere: nobody is drawn here.", project=self.project_id)
            )

    def _require_clock(self) -> None:
        # A record whose moments go backwards does not verify.
        newest = Moment(written_at(self.said.entries[-1])) if self.said.is_open else self.now
        if self.now.utc < newest.utc:
            raise BusinessRefusal(
                phrase(
                    "The newest entry of {project}'s draw was written at {at}, and it is {now} now: "
                    "set the clock right.",
                    project=self.project_id,
                    at=newest.as_text(),
                    now=self.now.as_text(),
                )
            )

    def _write(self, kind: str, persons: dict[str, str] | None = None, **fields: object) -> str:
        self._require_clock()
        line = write(
            self.connection,
            self.record,
            self.project_id,
            {"kind": kind, **fields},
            now=self.now,
            by=self.by,
            persons=None if self.is_rehearsal else persons,
        )
        self.said = require_sound(self.record, self.project_id)
        return own_hash(line)

    def _close(self, again: Receipt) -> Receipt:
        """Close the draw by a batch of nobody: --last was forgotten when the last list was drawn."""
        number = len(self.said.of_kind(BATCH)) + 1
        head = self._write(BATCH, batch=number, last=True, list_sha256=list_sha256(()), members=[])
        closed = phrase("Nobody was drawn: the draw of {project} is closed.", project=self.project_id)
        return replace(again, head=head, warnings=(*again.warnings, closed, *self._warnings()))

    def _again(self, listed: Listed) -> Receipt | None:
        """Return the receipt of the newest batch whose citizens are all on this list, if any.

        The newest: a list that grows holds those of earlier batches, too. Citizens whom only today's date refuses (the
        window, the age) count if they were drawn: a municipality can ask for an answer later.
        """
        for entry in (one for one in reversed(self.said.of_kind(BATCH)) if one["members"]):
            arms = {member["ref"]: member["arm"] for member in entry["members"]}
            same = distinct([one for one in (*listed.citizens, *listed.refused_today) if one.ref in arms])
            if list_sha256((one.ref, one.stratum) for one in same) == entry["list_sha256"]:
                day = next(one.day for one in self.said.drawn if one.number == entry["number"])
                return self._answer(
                    entry["batch"], entry["list_sha256"], entry["sha256"], same, arms, (), is_again=True, day=day
                )
        return None

    def _taken_in(self, listed: Listed) -> Receipt | None:
        """Return the receipt of the import that took in just these citizens, if any."""
        citizens = distinct(listed.citizens)
        same = {(one.ref, one.stratum, one.gruppe, one.day.isoformat()) for one in citizens}
        for entry in self.said.of_kind(IMPORT):
            if same == {(one["ref"], one["stratum"], one["arm"], one["date"]) for one in entry["members"]}:
                arms = {one.ref: one.gruppe for one in citizens}
                return self._answer(0, entry["list_sha256"], entry["sha256"], citizens, arms, (), is_again=True)
        return None

    def _answer(
        self,
        batch: int,
        list_hash: str,
        head: str,
        citizens: list[Citizen],
        arms: dict[str, str],
        left_out: tuple[LeftOut, ...],
        *,
        is_again: bool = False,
        day: date | None = None,
    ) -> Receipt:
        """Write who got which arm, for the municipality, and give the receipt."""
        drawn_on = {one.ref: one.day if batch == 0 else day or self.now.today for one in citizens}
        file = self.answers.write(batch, citizens, arms, drawn_on)
        given = [arms[one.ref] for one in citizens]
        return Receipt(
            batch,
            list_hash,
            head,
            file,
            given.count(PARTICIPANT),
            given.count(CONTROL),
            left_out,
            is_again=is_again,
            warnings=(*self.answers.same_ids(file.name, citizens), *self.answers.unread(), *self._warnings()),
        )

    def _warnings(self) -> tuple[str, ...]:
        """Warn of a draw that ends with too few citizens in an arm (P02)."""
        if not self.said.is_closed:
            return ()
        least = self.rules.parameters["arm_min_citizens"].on(self.project.start_date)
        arms = [one.arm for one in self.said.drawn]
        few = [
            phrase("{arm} has {count}", arm=arm, count=arms.count(arm))
            for arm in (PARTICIPANT, CONTROL)
            if arms.count(arm) < least
        ]
        if not few:
            return ()
        return (
            phrase(
                "The draw has ended below {least} citizens per arm: {few} (P02).", least=least, few=joined(", ", few)
            ),
        )


def _by_code(left_out: tuple[LeftOut, ...]) -> str:
    codes = sorted({code for one in left_out for code in one.codes})
    return f" ({', '.join(codes)})" if codes else ""
