"""What a check found, as the one object that `--json` prints, in Danish and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tasks.base.worded import Both
    from tasks.check.findings import Before, BrokenRule, BrokenWhole, Checked, Money, Spot
    from tasks.validation.catalogue import Rule


def as_object(found: Checked) -> dict[str, Any]:
    """Give what was found, every place of it."""
    return {
        "name": found.name,
        "project_id": found.project_id,
        "as_of_date": found.as_of_date,
        "is_accepted": found.is_accepted,
        "is_clean": found.is_clean,
        "received": found.received,
        "rejected": found.rejected,
        "tables": [
            {
                "table": table.table,
                "file": table.file,
                "received": table.received,
                "rejected": table.rejected,
                "lost_dkk": table.lost_dkk,
                "unreckoned": table.unreckoned,
            }
            for table in found.tables
        ],
        "faults": [_whole(fault) for fault in found.faults],
        "rows": [_rows(broken) for broken in found.broken],
        "due_year": found.due_year,
        "project": [_whole(hold) for hold in found.holds],
        "before": _before(found.before) if found.before else None,
        "money": _money(found.money) if found.money else None,
        "lost_dkk": found.lost_dkk,
        "unreckoned": found.unreckoned,
        "not_checked": [{"codes": gap.codes, **_said("reason", gap.reason)} for gap in found.not_made],
    }


def _said(name: str, said: Both) -> dict[str, str]:
    return {f"{name}_da": said.da, f"{name}_en": said.en}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "severity": rule.action,
        "title_da": rule.title_da,
        "title_en": rule.title_en,
        "mend_da": rule.mend_da,
        "mend_en": rule.mend_en,
        "page": rule.page,
    }


def _whole(broken: BrokenWhole) -> dict[str, Any]:
    return {**_rule(broken.rule), "places": [_said("message", place) for place in broken.places]}


def _rows(broken: BrokenRule) -> dict[str, Any]:
    return {
        **_rule(broken.rule),
        "table": broken.table,
        "file": broken.file,
        "columns": broken.columns,
        "lost_dkk": broken.lost_dkk,
        "unreckoned": broken.unreckoned,
        "places": [_spot(spot) for spot in broken.spots],
    }


def _spot(spot: Spot) -> dict[str, Any]:
    return {
        "row": spot.row_no,
        "cell": spot.cell,
        "key": spot.key,
        **_said("message", spot.message),
        "lost_dkk": spot.lost_dkk,
    }


def _before(before: Before) -> dict[str, Any]:
    return {
        "name": before.name,
        "as_of_date": before.as_of_date,
        "differences": [
            {
                "table": one.table,
                "how": one.how,
                "count": one.count,
                "before_dkk": one.before_dkk,
                "now_dkk": one.now_dkk,
                "keys": one.keys,
            }
            for one in before.differences
        ],
        "entitlement_before_dkk": before.before_dkk,
        "entitlement_now_dkk": before.now_dkk,
    }


def _money(money: Money) -> dict[str, Any]:
    return {
        "years": [
            {
                "year": year.year,
                "starts": year.starts,
                "completions": year.completions,
                "gross_activity_dkk": year.gross_activity_dkk,
                "activity_dkk": year.activity_dkk,
                "wages_dkk": year.wages_dkk,
                "fixed_dkk": year.fixed_dkk,
                "entitlement_dkk": year.entitlement_dkk,
            }
            for year in money.years
        ],
        "cap_dkk": money.cap_dkk,
        "fixed_max_dkk": money.fixed_max_dkk,
        "entitlement_dkk": money.entitlement_dkk,
    }
