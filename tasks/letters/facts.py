"""What one letter says, before any wording: values of one project and year.

All money is `Decimal` in DKK, exact to the øre. Whether the values add up, `sums.py` checks; wording belongs in
`templates/letters/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tasks.letters.kind import Kind, outcome

ZERO = Decimal(0)
# Marks a field that steers the letter and does not stand in it.
STEERING = {"is_written": False}


@dataclass(frozen=True)
class LeadMunicipality:
    """The lead municipality, which gets the letter and the amount."""

    full_name: str
    cvr: str


@dataclass(frozen=True)
class Sender:
    """Who the letter is from; an empty part is left out."""

    name: str
    unit: str
    address: tuple[str, ...]
    email: str
    phone: str


@dataclass(frozen=True)
class StandardTexts:
    """Texts of the rules file's `letters`; an empty one is left out of the letter.

    `payment_guidance`, `repayment_guidance`: how and by when, where the decision leads to a payment or a repayment.
    """

    signature: str
    complaint_guidance: str
    legal_basis: str
    repayment_guidance: str = ""
    payment_guidance: str = ""

    @property
    def basis_in_sentence(self) -> str:
        """Give the basis in law as it stands within a sentence: bekendtgørelse, without the last period."""
        basis = self.legal_basis.strip().removesuffix(".")
        return basis[:1].lower() + basis[1:] if basis[1:2].islower() else basis


@dataclass(frozen=True)
class RateLine:
    """Events of the year paid at one rate: `count` x `rate_dkk`."""

    count: int
    rate_dkk: Decimal

    @property
    def amount_dkk(self) -> Decimal:
        """The line's amount."""
        return self.count * self.rate_dkk


@dataclass(frozen=True)
class Activity:
    """The activity grant of the year, and the cap over all years.

    `gross_cumulative_dkk` and `granted_earlier_dkk` run from the programme's first year; the latter to the year before.
    `citizen_max_dkk` x `cap_share` x the target is the cap. `completion_days`: unbroken days of a completion.
    """

    starts: tuple[RateLine, ...]
    completions: tuple[RateLine, ...]
    gross_dkk: Decimal
    gross_cumulative_dkk: Decimal
    granted_earlier_dkk: Decimal
    granted_dkk: Decimal
    cap_dkk: Decimal
    citizen_max_dkk: Decimal
    cap_share: Decimal
    completion_days: int

    @property
    def start_count(self) -> int:
        """Citizens who started in the year."""
        return sum(line.count for line in self.starts)

    @property
    def completion_count(self) -> int:
        """Citizens who completed in the year."""
        return sum(line.count for line in self.completions)

    @property
    def left_dkk(self) -> Decimal:
        """The rest of the cap after the year."""
        return self.cap_dkk - self.granted_earlier_dkk - self.granted_dkk


@dataclass(frozen=True)
class Fixed:
    """The fixed grant of the year: documented wages of project management, between zero and `max_dkk` over all years.

    The grant is the wages, less the amount by which more of them now lies above the maximum, plus the amount by which
    more of them now lies below zero. `vouchers`, `vouchers_cumulative`: how many count in the year, and in all years;
    they may come to zero.
    """

    wages_dkk: Decimal
    wages_cumulative_dkk: Decimal
    granted_earlier_dkk: Decimal
    granted_dkk: Decimal
    max_dkk: Decimal
    vouchers: int = field(default=0, metadata=STEERING)
    vouchers_cumulative: int = field(default=0, metadata=STEERING)

    @property
    def has_wages(self) -> bool:
        """Whether wages of the year count, also where they come to zero."""
        return self.wages_dkk != 0 or self.vouchers > 0

    @property
    def has_wages_of_all_years(self) -> bool:
        """Whether wages of any year count, also where they come to zero."""
        return self.has_wages or self.wages_cumulative_dkk != 0 or self.vouchers_cumulative > 0

    @property
    def wages_earlier_dkk(self) -> Decimal:
        """The wages of the years before."""
        return self.wages_cumulative_dkk - self.wages_dkk

    @property
    def above_earlier_dkk(self) -> Decimal:
        """The part of the earlier years' wages that lies above the maximum."""
        return max(self.wages_earlier_dkk - self.max_dkk, ZERO)

    @property
    def above_dkk(self) -> Decimal:
        """The part of all years' wages that lies above the maximum."""
        return max(self.wages_cumulative_dkk - self.max_dkk, ZERO)

    @property
    def by_maximum_dkk(self) -> Decimal:
        """What the maximum gives the year: below zero, it holds back; above, a correction takes what it held back."""
        return self.above_earlier_dkk - self.above_dkk

    @property
    def by_zero_dkk(self) -> Decimal:
        """What ending at zero gives the year: above zero, it spares; below, what it spared before is set off."""
        return min(self.wages_earlier_dkk, ZERO) - min(self.wages_cumulative_dkk, ZERO)


@dataclass(frozen=True)
class Hold:
    """Why a project waits: the rule's code, the facts in Danish, and the reason given where it was waived.

    `page`: the address where the rule is explained; blank where the rules are published nowhere. `mend`: what the
    municipality is asked to do; blank in a decision, and where the letter already asks for all that it need do.
    """

    code: str
    explanation: str
    waiver_reason: str = ""
    page: str = ""
    mend: str = ""


@dataclass(frozen=True)
class Refusal:
    """A rule that a refused delivery breaks: the first `places`, how many more there are (`more_places`), and the mend.

    `delivery`: the name that the delivery came under.
    """

    delivery: str
    code: str
    places: tuple[str, ...]
    more_places: int
    mend: str


@dataclass(frozen=True)
class Refused:
    """The refused deliveries that stand: how many, the first `reasons`, and how many more there are."""

    deliveries: int
    reasons: tuple[Refusal, ...]
    more_reasons: int


@dataclass(frozen=True)
class RejectedGroup:
    """The rejected registrations of one table that break one rule.

    A registration that breaks several rules is in several groups; `lost_dkk`: the sum of what each of the group's
    registrations would have triggered, if it alone counted. `unreckoned_count`: those whose amount can't be computed
    and is not in the sum.
    """

    code: str
    table: str
    count: int
    reason: str
    mend: str
    lost_dkk: Decimal
    unreckoned_count: int = 0


@dataclass(frozen=True)
class Cause:
    """One cause of the difference to what was decided before; `has_rows`: the annex lists registrations behind it."""

    text: str
    amount_dkk: Decimal
    has_rows: bool = field(default=True, metadata=STEERING)


@dataclass(frozen=True)
class Hearing:
    """How the municipality was heard before a decision, or why it was not heard.

    Without `sent_on`, no letter was sent. `reply_by` is None where the letter is answered, or is about something else.
    `answer`: the paragraphs of what it wrote, none where it has nothing to remark; `is_cut`: there is more of it.
    `is_about_this`: the letter gave the same amounts, causes and rejections. `reason`: why a burden is decided before
    its hearing is over.
    """

    sent_on: date | None
    reply_by: date | None
    answered_on: date | None
    answer: tuple[str, ...]
    reason: str
    is_cut: bool = field(metadata=STEERING)
    is_about_this: bool = field(metadata=STEERING)
    is_over: bool = field(metadata=STEERING)
    is_burden: bool = field(metadata=STEERING)


@dataclass(frozen=True)
class OtherDecision:
    """What the same release decides of another project or year of the municipality; below zero it is paid back."""

    project_id: str
    year: int
    amount_dkk: Decimal


@dataclass(frozen=True)
class UndecidedYear:
    """A year before that is not decided yet, and what it gives by the same registrations."""

    year: int
    amount_dkk: Decimal


@dataclass(frozen=True)
class PostedTo:
    """What was posted to one lead municipality; below zero it was asked to pay back."""

    full_name: str
    amount_dkk: Decimal


@dataclass(frozen=True)
class OtherYear:
    """Another year of the project that is decided again with this one: what it gives now, and what was posted.

    `posted_to`: as in `LetterFacts`.
    """

    year: int
    entitlement_dkk: Decimal
    posted_dkk: Decimal
    posted_to: tuple[PostedTo, ...] = ()


@dataclass(frozen=True)
class Netted:
    """The other decisions that a decision's amount is added up with: one amount is paid, or asked for, for them all.

    `net_dkk`: that amount; below zero the municipality owes it.
    """

    others: tuple[OtherDecision, ...]
    net_dkk: Decimal


@dataclass(frozen=True)
class PostedEntry:
    """The ledger entry that a decision was posted as, or the newest of several (docs/ledger-format.md)."""

    number: int
    sha256: str


@dataclass(frozen=True)
class LetterFacts:
    """Everything that the letter of one project and year says.

    `members`: names of a joint project's municipalities, the lead among them; empty where there is only the lead.
    `as_of_date` is None where the project has no accepted delivery or begins after the year, `reply_deadline` where it
    is no partshøring.
    `begins_on`: the project's first day, where it lies after the year (the register moved it); else None.
    The partshøring of a year that was decided before, or `is_late` (made when the calendar's day had passed), prints no
    day, only how long there is to answer.
    `posted_entry` is None where nothing is posted yet. `rules_url`: where the rules are explained, or blank.
    `rejected_count`, `rejected_lost_dkk`: distinct registrations, and the sum of what each alone would have triggered;
    `rejected_unreckoned_count`: those whose amount can't be computed. The letter lists the groups that cost something.
    `posted_activity_dkk`: of `posted_dkk`, the activity grant; the rest is the fixed grant. `hearing` is None in a
    partshøring, and where nobody was heard and nobody is burdened. `netted` is None in a partshøring, and where the
    amount is paid, or asked for, by itself. `refused` is None where no refused delivery stands. `undecided`: the years
    before that neither the ledger nor the same release decides; named where money is asked back. `other_years`: empty
    in a decision, which has `netted`. `posted_to`: the lead municipalities that `posted_dkk` went to, the present one
    last; empty where all of it went to that one.
    """

    kind: Kind = field(metadata=STEERING)
    is_settled_before: bool = field(metadata=STEERING)
    project_id: str
    project_name: str
    case_number: str
    lead: LeadMunicipality
    members: tuple[str, ...]
    contact: str
    year: int
    letter_date: date
    reply_deadline: date | None
    as_of_date: date | None
    target_participants: int
    participants: int
    controls: int
    activity: Activity
    fixed: Fixed
    entitlement_dkk: Decimal
    posted_dkk: Decimal
    payable_dkk: Decimal
    holds: tuple[Hold, ...]
    rejected: tuple[RejectedGroup, ...] = field(metadata=STEERING)
    rejected_count: int
    rejected_lost_dkk: Decimal
    causes: tuple[Cause, ...]
    sender: Sender
    texts: StandardTexts
    posted_entry: PostedEntry | None = None
    posted_activity_dkk: Decimal = ZERO
    rejected_unreckoned_count: int = 0
    is_first_year: bool = field(default=False, metadata=STEERING)
    is_late: bool = field(default=False, metadata=STEERING)
    rules_url: str = field(default="", metadata=STEERING)
    hearing: Hearing | None = None
    netted: Netted | None = None
    refused: Refused | None = None
    undecided: tuple[UndecidedYear, ...] = ()
    other_years: tuple[OtherYear, ...] = ()
    posted_to: tuple[PostedTo, ...] = ()
    begins_on: date | None = None

    @property
    def outcome(self) -> Kind:
        """The decision that the letter holds, or a partshøring intends."""
        return outcome(self.payable_dkk, is_settled_before=self.is_settled_before)

    @property
    def all_years_dkk(self) -> Decimal:
        """What is payable for the year and `other_years` together; below zero it is asked back."""
        return self.payable_dkk + sum((one.entitlement_dkk - one.posted_dkk for one in self.other_years), ZERO)

    @property
    def costly(self) -> tuple[RejectedGroup, ...]:
        """The groups of rejected registrations that cost money, or may have."""
        return tuple(group for group in self.rejected if group.lost_dkk > 0 or group.unreckoned_count)

    @property
    def counts_a_registration_twice(self) -> bool:
        """Whether a rejected registration stands in several groups, so that the groups come to more than the total."""
        return sum(group.count for group in self.rejected) != self.rejected_count

    @property
    def year_last_day(self) -> date:
        """The as-of date of a delivery of the whole year."""
        return date(self.year, 12, 31)

    @property
    def is_cut_short(self) -> bool:
        """Whether the delivery ends before the year does, and the year is one of the project's."""
        return self.begins_on is None and self.as_of_date is not None and self.as_of_date < self.year_last_day

    @property
    def lacks_delivery(self) -> bool:
        """Whether a delivery of the whole year is asked for: there is none, and the year is one of the project's."""
        return self.is_cut_short or (self.begins_on is None and self.as_of_date is None)

    @property
    def is_unknown(self) -> bool:
        """Whether a partshøring can't compute the grant yet: there is no accepted delivery, and nothing is posted."""
        return self.is_draft and self.as_of_date is None and self.begins_on is None and self.posted_dkk == 0

    @property
    def annexed(self) -> tuple[str, ...]:
        """What the annex holds, in words."""
        has = {
            "beregningen": True,
            "borgerne": self.activity.gross_cumulative_dkk != 0,
            "lønbilagene": self.fixed.has_wages_of_all_years,
            "ændringerne": any(cause.has_rows for cause in self.causes),
            f"{'den registrering' if self.rejected_count == 1 else 'de registreringer'}, der ikke tæller": (
                self.rejected_count > 0
            ),
        }
        return tuple(name for name, is_there in has.items() if is_there)

    @property
    def posted_fixed_dkk(self) -> Decimal:
        """The posted part of the fixed grant for the year."""
        return self.posted_dkk - self.posted_activity_dkk

    @property
    def has_no_day(self) -> bool:
        """Whether the time to answer is counted from the letter, since no day of the calendar is ahead of it."""
        return self.is_settled_before or self.is_late

    @property
    def is_draft(self) -> bool:
        """Whether the letter is a partshøring."""
        return self.kind is Kind.PARTSHOERING
