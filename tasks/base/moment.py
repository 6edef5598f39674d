"""The moment of a run: read from the clock once, and passed in everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tasks.base.errors import InputError
from tasks.base.worded import phrase

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True)
class Moment:
    """A moment, in UTC."""

    utc: datetime

    @classmethod
    def now(cls) -> Moment:
        """Read the clock."""
        return cls(datetime.now(UTC))

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Read an ISO timestamp; one without a zone is Europe/Copenhagen.

        Raises InputError when it is none.
        """
        try:
            moment = datetime.fromisoformat(text)
            return cls((moment if moment.tzinfo else moment.replace(tzinfo=COPENHAGEN)).astimezone(UTC))
        except (ValueError, OverflowError) as error:
            raise InputError(
                phrase('"{text}" is not a moment: write it as 2017-02-01T12:00, with or without a zone.', text=text)
            ) from error

    @classmethod
    def earlier(cls, text: str | None) -> Moment | None:
        """Read the earlier moment whose state is wanted; None where none is named.

        Raises InputError when it is no moment, or is still to come: its state can't be known.
        """
        if text is None:
            return None
        moment = cls.parse(text)
        if moment.utc > cls.now().utc:
            raise InputError(phrase('"{text}" is still to come: name a moment whose state can be known.', text=text))
        return moment

    @property
    def today(self) -> date:
        """The date in Copenhagen."""
        return self.utc.astimezone(COPENHAGEN).date()

    @property
    def timestamp(self) -> datetime:
        """The moment as the warehouse keeps it: UTC, without a zone."""
        return self.utc.replace(tzinfo=None)

    def in_danish(self) -> str:
        """Write the moment in a Danish table: Copenhagen time, `15.02.2018 kl. 09.00`."""
        return self.utc.astimezone(COPENHAGEN).strftime("%d.%m.%Y kl. %H.%M")

    def as_text(self) -> str:
        """Write the moment for a person: Copenhagen time, to the second."""
        return self.utc.astimezone(COPENHAGEN).strftime("%Y-%m-%d %H:%M:%S %Z")
