"""From the tables of a settlement to the facts of its letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tasks.base.danish import in_prose
from tasks.base.lines import visible
from tasks.letters.facts import (
    ZERO,
    Activity,
    Cause,
    Fixed,
    Hold,
    LeadMunicipality,
    LetterFacts,
    Netted,
    OtherYear,
    PostedTo,
    RateLine,
    Refusal,
    Refused,
    RejectedGroup,
    Sender,
    StandardTexts,
    UndecidedYear,
)
from tasks.letters.kind import Kind, outcome
from tasks.register.municipalities import municipalities
from tasks.validation.catalogue import PORTFOLIO, TOGETHER, refusals_of_deliveries, rule_of, without_page
from tasks.warehouse.rows import Row, rows_of

if TYPE_CHECKING:
    import duckdb

    from tasks.rules.model import LetterTexts, Rules


# A letter is short: it shows the first rules that a refused delivery breaks, and the first places of each.
_MOST_PLACES, _MOST_REASONS = 3, 5
# P07 and P08 are for STAR to mend. The letter asks by itself, with the day, for a delivery of the whole year (P04), and
# for rejected rows to be mended (P06).
_NOT_ASKED = frozenset({"P04", "P06", "P07", "P08"})


@dataclass(frozen=True)
class _Occasion:
    """What the letters that are made together have in common; the arguments of `read_letters`."""

    rules: Rules
    year: int
    letter_date: date
    reply_deadline: date | None
    is_late: bool
    waivers: Mapping[tuple[str, str], str]
    netted: Mapping[tuple[str, int], Netted]


def _rows(connection: duckdb.DuckDBPyConnection, name: str, **values: Any) -> list[Row]:
    return rows_of(connection, f"letters/{name}", **values)


def _by_project(rows: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["project_id"]].append(row)
    return grouped


def _rates(rows: list[Row], event: str) -> tuple[RateLine, ...]:
    return tuple(RateLine(row["event_count"], row["rate_dkk"]) for row in rows if row["event"] == event)


def _activity(row: Row, rates: list[Row]) -> Activity:
    return Activity(
        starts=_rates(rates, "start"),
        completions=_rates(rates, "completion"),
        gross_dkk=row["gross_activity_dkk"],
        gross_cumulative_dkk=row["gross_cumulative_dkk"],
        granted_earlier_dkk=row["activity_earlier_dkk"],
        granted_dkk=row["activity_dkk"],
        cap_dkk=row["cap_dkk"],
        citizen_max_dkk=row["activity_grant_per_citizen_max_dkk"],
        cap_share=row["activity_cap_share"],
        completion_days=row["completion_days"],
    )


def _fixed(row: Row) -> Fixed:
    return Fixed(
        wages_dkk=row["wages_dkk"],
        wages_cumulative_dkk=row["wages_cumulative_dkk"],
        granted_earlier_dkk=row["fixed_earlier_dkk"],
        granted_dkk=row["fixed_dkk"],
        max_dkk=row["fixed_max_dkk"],
        vouchers=row["vouchers"],
        vouchers_cumulative=row["vouchers_cumulative"],
    )


def _hold(row: Row, waivers: Mapping[tuple[str, str], str], *, is_draft: bool) -> Hold:
    rule = rule_of(row["code"])
    is_asked = is_draft and row["holder"] and rule.code not in _NOT_ASKED
    return Hold(
        code=rule.code,
        explanation=in_prose(without_page(row["message_da"])),
        waiver_reason=waivers.get((row["holder"] or PORTFOLIO, rule.code), ""),
        page=rule.public_page,
        mend=rule.mend_da if is_asked else "",
    )


def _refused(rows: list[Row]) -> Refused | None:
    if not rows:
        return None
    reasons = tuple(
        Refusal(
            delivery=visible(row["as_of_folder"]),
            code=row["code"],
            places=tuple(map(visible, row["places_da"][:_MOST_PLACES])),
            more_places=max(len(row["places_da"]) - _MOST_PLACES, 0),
            mend=rule_of(row["code"]).mend_da,
        )
        for row in rows[:_MOST_REASONS]
    )
    return Refused(len({row["as_of_folder"] for row in rows}), reasons, len(rows) - len(reasons))


def _undecided(row: Row, together: Netted | None) -> tuple[UndecidedYear, ...]:
    of_run = {(one.project_id, one.year) for one in together.others} if together else set()
    years = [UndecidedYear(**one) for one in row["undecided"]]
    return tuple(one for one in years if (row["project_id"], one.year) not in of_run)


def _posted_to(posted: list[Row]) -> tuple[PostedTo, ...]:
    return tuple(PostedTo(municipalities()[one["lead_municipality"]].full_name, one["amount_dkk"]) for one in posted)


def _other_years(row: Row) -> tuple[OtherYear, ...]:
    return tuple(OtherYear(**one | {"posted_to": _posted_to(one["posted_to"])}) for one in row["other_years"])


def _group(row: Row) -> RejectedGroup:
    rule = rule_of(row["code"])
    return RejectedGroup(
        code=rule.code,
        table=row["table_name"],
        count=row["row_count"],
        reason=rule.title_da,
        mend=rule.mend_da,
        lost_dkk=row["lost_dkk"],
        unreckoned_count=row["unreckoned_count"],
    )


def _sender(texts: LetterTexts) -> Sender:
    one = texts.sender
    return Sender(one.name, one.unit, one.address, one.email, one.phone)


def _standard(texts: LetterTexts, paid_dkk: Decimal) -> StandardTexts:
    """Give the texts of a letter; `paid_dkk`: what is paid because of it, below zero asked for, zero in a draft."""
    return StandardTexts(
        texts.signature,
        texts.complaint_guidance,
        texts.legal_basis,
        texts.repayment_guidance if paid_dkk < 0 else "",
        texts.payment_guidance if paid_dkk > 0 else "",
    )


def read_letters(
    connection: duckdb.DuckDBPyConnection,
    rules: Rules,
    year: int,
    *,
    letter_date: date,
    reply_deadline: date | None = None,
    is_late: bool = False,
    projects: Collection[str] | None = None,
    waivers: Mapping[tuple[str, str], str] | None = None,
    netted: Mapping[tuple[str, int], Netted] | None = None,
) -> list[LetterFacts]:
    """Read the facts of a year's letters from schema `run`, in the order of the projects.

    A `reply_deadline` makes them drafts (partshøring); without one they are decisions. `is_late`: it had passed when
    the letters were made, so the time to answer is counted from them. `projects`: only these (None: all of the
    register). `waivers`: the reason for which a hold was waived, by project (or PORTFOLIO) and code. `netted`: the
    other decisions that a decision is added up with, by project and year.
    """
    occasion = _Occasion(rules, year, letter_date, reply_deadline, is_late, waivers or {}, netted or {})
    rows_by_project = {
        "members": _by_project(_rows(connection, "members")),
        "rates": _by_project(_rows(connection, "rates", year=year)),
        # Other years that wait to be released are for STAR to mend, and the hold is gone once a decision is made.
        "holds": _by_project([row for row in _rows(connection, "holds") if row["code"] != TOGETHER]),
        "rejected": _by_project(_rows(connection, "rejected")),
        "causes": _by_project(_rows(connection, "causes", year=year)),
        "refused": _by_project(_rows(connection, "refused", refusing=refusals_of_deliveries())),
    }
    return [
        _letter(row, {name: grouped[row["project_id"]] for name, grouped in rows_by_project.items()}, occasion)
        for row in _rows(connection, "projects", year=year)
        if projects is None or row["project_id"] in projects
    ]


def _letter(row: Row, own: Mapping[str, list[Row]], occasion: _Occasion) -> LetterFacts:
    """Give a letter's facts; `own`: the project's rows of each table that has several."""
    project_id, year, reply_deadline = row["project_id"], occasion.year, occasion.reply_deadline
    lead = municipalities()[row["lead_municipality"]]
    payable = row["entitlement_dkk"] - row["posted_dkk"]
    decided = outcome(payable, is_settled_before=row["is_settled_before"])
    kind = Kind.PARTSHOERING if reply_deadline else decided
    together = occasion.netted.get((project_id, year))
    paid = ZERO if kind is Kind.PARTSHOERING else together.net_dkk if together else payable
    total = next((group for group in own["rejected"] if not group["code"]), None)
    return LetterFacts(
        kind=kind,
        is_settled_before=row["is_settled_before"],
        project_id=project_id,
        project_name=row["project_name"],
        case_number=row["case_number"],
        lead=LeadMunicipality(lead.full_name, lead.cvr),
        members=tuple(municipalities()[one["kommunekode"]].name for one in own["members"]),
        contact=row["contact"],
        year=year,
        letter_date=occasion.letter_date,
        reply_deadline=reply_deadline,
        as_of_date=row["as_of_date"],
        target_participants=row["target_participants"],
        participants=row["participants"],
        controls=row["controls"],
        activity=_activity(row, own["rates"]),
        fixed=_fixed(row),
        entitlement_dkk=row["entitlement_dkk"],
        posted_dkk=row["posted_dkk"],
        payable_dkk=payable,
        holds=tuple(_hold(one, occasion.waivers, is_draft=kind is Kind.PARTSHOERING) for one in own["holds"]),
        rejected=tuple(_group(one) for one in own["rejected"] if one["code"]),
        rejected_count=total["row_count"] if total else 0,
        rejected_lost_dkk=total["lost_dkk"] if total else ZERO,
        rejected_unreckoned_count=total["unreckoned_count"] if total else 0,
        causes=tuple(Cause(one["text_da"], one["amount_dkk"], one["has_rows"]) for one in own["causes"]),
        sender=_sender(occasion.rules.letters),
        texts=_standard(occasion.rules.letters, paid),
        posted_activity_dkk=row["posted_activity_dkk"],
        is_late=occasion.is_late,
        is_first_year=year == occasion.rules.first_day.year,
        rules_url=occasion.rules.rules_url,
        netted=together,
        refused=_refused(own["refused"]),
        undecided=_undecided(row, together) if decided is Kind.TILBAGEBETALING else (),
        other_years=_other_years(row) if reply_deadline else (),
        posted_to=_posted_to(row["posted_to"]),
        begins_on=row["begins_on"],
    )
