"""The frozen, strict model of `rules/jobfirst.yaml`: what it may hold, and how to look up a value."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from tasks.base import strict_yaml
from tasks.base.errors import InputError
from tasks.base.paths import RULES
from tasks.base.system import told_by_system
from tasks.base.worded import phrase

RULES_FILE = RULES / "jobfirst.yaml"
LARGEST_BLOCK = 9_999
"""Of how many citizens a block of a draw can be: of a larger one nobody could draw the arms again."""
_OF_AMOUNT, _OF_SHARE = (15, 2), (1, 6)
"""How many digits an amount and a share may have before and behind the decimal point: as many as the tables keep."""
_ADDRESS = re.compile(r"https?://[^\s(){}<>\"'`\\]+")


class Kind(StrEnum):
    """The day that a parameter is looked up on."""

    EVENT = "event"
    PROJECT = "project"
    PROGRAMME = "programme"


def _exact(value: object) -> object:
    if isinstance(value, float):
        raise ValueError(f"{value} is a floating-point number: write it in quotes, so that it is exact")
    return value


def _number(value: object, digits: int, decimals: int) -> Decimal:
    """Read a number that the tables can hold as it is: what is too large for them, or they would round, is refused."""
    text = str(_exact(value))
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number") from None
    if not number.is_finite():
        raise ValueError(f"{text!r} is not a number")
    if abs(number) >= 10**digits:
        raise ValueError(f"{text} has too many digits before the decimals: {digits} at most")
    if number != round(number, decimals):
        raise ValueError(f"{text} has more than {decimals} decimals")
    return number


def _amount(value: object) -> Decimal:
    return _number(value, *_OF_AMOUNT)


def _share(value: object) -> Decimal:
    return _number(value, *_OF_SHARE)


Exact = Annotated[Decimal, BeforeValidator(_exact)]
Amount = Annotated[Decimal, BeforeValidator(_amount)]
"""An amount, or hours, that the tables keep."""
Share = Annotated[Decimal, BeforeValidator(_share)]
"""A share that the tables keep."""


def address(value: str) -> str:
    """Give the address of a page, as it stands in parentheses behind a message; may be blank. Raises ValueError."""
    if value and not _ADDRESS.fullmatch(value):
        raise ValueError(f"{value!r} is not the address of a page: write it as https://kontrol.example.dk/regler")
    return value


RulesUrl = Annotated[str, AfterValidator(address)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class SourceDocument(_Strict):
    """A document that rules are taken from.

    `published`, `updated`: None where it does not say; `last_checked`: the day it was last seen; `url`: blank where
    none is known.
    """

    title: str
    publisher: str
    published: date | None = None
    updated: date | None = None
    last_checked: date
    url: str = ""


class Source(_Strict):
    """Where a rule stands: document and heading."""

    document: str
    heading: str


class Parameter(_Strict):
    """One parameter with its values by the day that they hold from."""

    title_da: str
    kind: Kind
    unit: str
    source: Source
    choice: str | None = None
    values: dict[date, Any] = Field(min_length=1)

    @model_validator(mode="after")
    def _values_fit_the_unit(self) -> Parameter:
        for value in self.values.values():
            self._typed(value)
        return self

    def _typed(self, value: Any) -> Any:
        if value is None:
            return None
        if self.unit == "date":
            if not isinstance(value, date):
                raise ValueError(f"{value!r} is not a date")
            return value
        if self.unit == "share":
            return _share(value)
        if self.unit.startswith("DKK"):
            return _amount(value)
        if isinstance(value, list):
            return tuple(str(item) for item in value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"{value!r} is not a whole number ({self.unit})")
        return value

    def periods(self) -> list[tuple[date, date, Any]]:
        """Give (valid_from, valid_to, value) in order; the last one holds for ever; null ends a rule."""
        starts = sorted(self.values)
        ends = [date.fromordinal(day.toordinal() - 1) for day in starts[1:]] + [date.max]
        return [
            (start, end, self._typed(self.values[start]))
            for start, end in zip(starts, ends, strict=True)
            if self.values[start] is not None
        ]

    def on(self, day: date) -> Any:
        """Give the value that holds on `day`, in the parameter's unit.

        Raises InputError when no value holds on that day.
        """
        starts = sorted(self.values)
        at = bisect_right(starts, day) - 1
        value = self.values[starts[at]] if at >= 0 else None
        if value is None:
            raise InputError(
                phrase(
                    'The rules file has no value of "{title_da}" on {day}: add one under "values".',
                    title_da=self.title_da,
                    day=day.isoformat(),
                )
            )
        return self._typed(value)


class TargetGroup(_Strict):
    """A target group and the benefits that its citizens receive."""

    title_da: str
    benefits: tuple[str, ...]


class Arm(_Strict):
    """A delivery's word for an arm of the trial, and its name in the output."""

    title_da: str
    arm: str


class SpellType(_Strict):
    """A spell type; `must_end`: it has to be over when the programme is."""

    title_da: str
    must_end: bool


class ExpenseCategory(_Strict):
    """A category of expense that the call names."""

    title_da: str


class Limits(_Strict):
    """The least and the most that a number may be, both included."""

    least: Amount
    most: Amount


class Vocabulary(_Strict):
    """The codes that a delivery may write in its code columns."""

    source: Source
    target_groups: dict[str, TargetGroup]
    arms: dict[str, Arm]
    spell_types: dict[str, SpellType]
    expense_categories: dict[str, ExpenseCategory]
    weekly_hours: Limits

    @property
    def words(self) -> tuple[str, ...]:
        """Every code, as it is compared."""
        benefits = (benefit for group in self.target_groups.values() for benefit in group.benefits)
        return (*self.target_groups, *benefits, *self.arms, *self.spell_types, *self.expense_categories)


class SettlementDays(_Strict):
    """The days of one year's settlement."""

    delivery_deadline: date
    settlement_date: date
    reply_deadline: date

    def is_late(self, day: date) -> bool:
        """Return whether the day to reply by has passed on `day`, so that a letter made then can't ask for it."""
        return day > self.reply_deadline


class Calendar(_Strict):
    """The days of every settlement, by settled year."""

    choice: str
    years: dict[int, SettlementDays]

    def settled_on(self, day: date) -> int | None:
        """Give the year that is settled on `day`."""
        return next((year for year, days in self.years.items() if days.settlement_date == day), None)

    def has_ended(self, day: date) -> bool:
        """Return whether every year's settlement day lies before `day`."""
        return all(days.settlement_date < day for days in self.years.values())


class Sender(_Strict):
    """Who the letters are from. `cvr`: eight digits; without it no Digital Post message is made."""

    name: str
    cvr: str
    unit: str
    address: tuple[str, ...]
    email: str
    phone: str


class LetterTexts(_Strict):
    """Standard texts of the letters; an empty one is left out."""

    sender: Sender
    signature: str
    complaint_guidance: str
    repayment_guidance: str
    legal_basis: str
    payment_guidance: str = ""


class DrawTerms(_Strict):
    """How citizens are drawn. Counts are of citizens; the share is of an arm's drawn."""

    source: Source
    choice: str
    block_sizes: tuple[Annotated[int, Field(gt=0, le=LARGEST_BLOCK, multiple_of=2)], ...] = Field(min_length=1)
    smallest_batch_citizens: Annotated[int, Field(gt=0)]
    beacon_min_characters: Annotated[int, Field(gt=0)]
    hold_undelivered_share: Share


class EvaluationTerms(_Strict):
    """How the trial is evaluated: the plan. Weeks count from the day drawn; shares are of 1; hours are a week's.

    `subsidised_types`: spells that are no ordinary work; `employment_types`: those that are a job; `tasting_types`:
    those in which a company is tried out. `blank_hours_supposed`: for a job without hours, in a sensitivity row.
    `early_interval_share`: of intervals before `earliest_day`.
    """

    source: Source
    choice: str
    earliest_day: date
    follow_up_weeks: Annotated[int, Field(gt=0)]
    minimum_weeks: Annotated[int, Field(gt=0)]
    late_first_week: Annotated[int, Field(gt=0)]
    stratum_min_citizens: Annotated[int, Field(gt=1)]
    subsidised_types: tuple[str, ...]
    employment_types: tuple[str, ...]
    tasting_types: tuple[str, ...]
    blank_hours_supposed: Exact
    reasons_left_out: tuple[str, ...]
    interval_share: Exact
    early_interval_share: Exact
    power_share: Exact
    redraws: Annotated[int, Field(gt=0)]
    lost_difference_share: Exact
    uneven_arms_p: Exact
    smallest_public_count: Annotated[int, Field(gt=1)]

    @cached_property
    def sha256(self) -> str:
        """The hash of the plan: of its values as JSON, keys sorted, so that a comment in the file changes nothing."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class CoreElement(_Strict):
    """A core element of JobFirst: how it is judged, and in which week from visitationsdato it is due."""

    number: Annotated[int, Field(ge=1)]
    title_da: str
    judged_by: Literal["registered", "forloeb"]
    due_week: Annotated[int, Field(gt=0)]


class FidelityTerms(_Strict):
    """When a core element is fulfilled, and how a project is graded.

    Days are calendar days. `grade_shares`: from which share the grades 5, 4, 3 and 2 are given. `bands`: the least sum
    of the grades of each, the best first. `smallest_courses`: courses due, below which an element has no grade;
    `smallest_pairs`: judgements, below which there is no kappa; `smallest_shown`: the least count above 0 on a public
    page.
    """

    source: Source
    choice: str
    elements: dict[str, CoreElement]
    snuse_type: str
    snuse_max_days: int
    subsidised_types: tuple[str, ...]
    kickstart_days: int
    covered_days: int
    grade_shares: tuple[Share, Share, Share, Share]
    bands: dict[str, int]
    smallest_courses: int
    smallest_pairs: int
    smallest_shown: int


class Rules(_Strict):
    """The whole rules file.

    `draw`, `evaluation`, `fidelity`: None in a file older than the section. `rules_url`: where those who read a
    message, a letter or an annex find the rules explained (`tasks.validation.catalogue.page_of`); blank where they are
    published nowhere.
    """

    sources: dict[str, SourceDocument]
    parameters: dict[str, Parameter]
    vocabulary: Vocabulary
    calendar: Calendar
    letters: LetterTexts
    draw: DrawTerms | None = None
    fidelity: FidelityTerms | None = None
    rules_url: RulesUrl = ""
    evaluation: EvaluationTerms | None = None
    text: str = Field(repr=False)

    @model_validator(mode="after")
    def _sources_are_known(self) -> Rules:
        for name, parameter in self.parameters.items():
            if parameter.source.document not in self.sources:
                raise ValueError(f"{name}: the source {parameter.source.document!r} is not under sources")
        return self

    @model_validator(mode="after")
    def _programme_has_a_day(self) -> Rules:
        first = self.first_day
        if first is None:
            raise ValueError("programme_first_day: null is no day, and every programme has a first one")
        of_last = self.parameters["programme_last_day"].periods()
        last = next((value for start, end, value in of_last if start <= first <= end), None)
        if last is not None and last < first:
            raise ValueError(f"programme_last_day: {last} is before the programme's first day, {first}")
        return self

    @property
    def settlement_sources(self) -> dict[str, SourceDocument]:
        """The documents that some parameter of a settlement is taken from."""
        used = {parameter.source.document for parameter in self.parameters.values()}
        return {name: one for name, one in self.sources.items() if name in used}

    @cached_property
    def sha256(self) -> str:
        """The hash of the file's text: the rules' version."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def first_day(self) -> date:
        """The programme's first day."""
        days: list[date] = list(self.parameters["programme_first_day"].values.values())
        return days[0]

    @property
    def last_day(self) -> date:
        """The programme's last day."""
        last_day: date = self.programme("programme_last_day")
        return last_day

    @property
    def years(self) -> range:
        """The years that can be settled."""
        return range(self.first_day.year, self.last_day.year + 1)

    def check_year(self, year: int) -> None:
        """Raise InputError when the year is outside the programme."""
        if year not in self.years:
            raise InputError(
                phrase(
                    "{year} is outside the programme: name a year from {first} to {last}.",
                    year=year,
                    first=self.years[0],
                    last=self.years[-1],
                )
            )

    def programme(self, name: str) -> Any:
        """Give a parameter of the programme as a whole."""
        return self.parameters[name].on(self.first_day)


@lru_cache(maxsize=8)
def parse_rules(text: str, where: str) -> Rules:
    """Read the rules from YAML text; the same text is read once, since the rules never change.

    Raises InputError, in one sentence that names the place, when the text does not fit the model.
    """
    try:
        return Rules(**strict_yaml.load(text), text=text)
    except yaml.YAMLError as error:
        raise InputError(
            phrase("{where} is not readable as YAML: {why}.", where=where, why=" ".join(str(error).split()))
        ) from error
    except (ValidationError, TypeError) as error:
        if isinstance(error, ValidationError):
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"]) or phrase("the file")
            raise InputError(
                phrase("{where}, {place}: {why}; correct it and run again.", where=where, place=place, why=first["msg"])
            ) from error
        raise InputError(
            phrase("{where} does not hold a mapping of sections; correct it and run again.", where=where)
        ) from error


def load_rules() -> Rules:
    """Read the rules file.

    Raises InputError when it can't be read or does not fit the model.
    """
    try:
        return parse_rules(RULES_FILE.read_text(encoding="utf-8"), RULES_FILE.name)
    except OSError as error:
        raise InputError(
            phrase("The rules file {path} can't be read: {strerror}.", path=RULES_FILE, strerror=told_by_system(error))
        ) from error


def terms_of(rules: Rules) -> EvaluationTerms:
    """Give the plan of a rules file. Raises InputError where it has none."""
    if rules.evaluation is None:
        raise InputError(phrase("The rules file has no section evaluation: add it, freeze it, and evaluate then."))
    return rules.evaluation
