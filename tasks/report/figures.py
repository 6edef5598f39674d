"""The report's figures, made from its rows: which values go into which chart, and the labels and axes around them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tasks.base import danish
from tasks.report import charts

Row = Mapping[str, Any]
Label = Callable[[str], str]

MILLION = Decimal(1_000_000)
ARMS = {"participant": "Deltagergruppe", "control": "Kontrolgruppe"}
ARM_COLOURS = {"Deltagergruppe": charts.BLUE, "Kontrolgruppe": charts.ORANGE}
LONGEST_RULE_LABEL = 70
MONTHS_BETWEEN_LABELS = 6


def _millions(amount_dkk: Decimal) -> float:
    return float(amount_dkk / MILLION)


def _percent_axis(title: str, most: float) -> charts.Axis:
    step = 25 if most > 50 else 10
    end = step * math.ceil(most / step)
    # A little beyond the last mark, so that a dashed line on it is seen whole.
    return charts.Axis(title, 0, end * 1.02, {float(at): str(at) for at in range(0, end + 1, step)})


def appropriation(years: Sequence[Row], programme: Row) -> list[str]:
    """Draw the grants of each year, and of all of them within the appropriation, in millions of DKK."""
    activity, fixed, left = "Aktivitetstilskud", "Fast tilskud", "Ikke brugt af bevillingen"
    rows = [
        charts.Bar(str(y["year"]), {activity: _millions(y["activity_dkk"]), fixed: _millions(y["fixed_dkk"])})
        for y in years
    ]
    total = charts.Bar(
        "I alt",
        {
            activity: _millions(sum((y["activity_dkk"] for y in years), Decimal(0))),
            fixed: _millions(sum((y["fixed_dkk"] for y in years), Decimal(0))),
            left: max(0.0, _millions(programme["left_dkk"])),
        },
    )
    appropriation_dkk = _millions(programme["appropriation_dkk"])
    most = max(appropriation_dkk, sum(total.values.values()))
    axis = charts.nice_axis("Mio. kr. (den stiplede linje er bevillingen)", most)
    return charts.bars(
        [*rows, total],
        {activity: charts.BLUE, fixed: charts.TEAL, left: charts.PALE},
        axis,
        limit=appropriation_dkk,
        row_height=40,
    )


def cap_use(projects: Sequence[Row], label: Label) -> list[str]:
    """Draw each project's share of its cap, in percent, and what its registrations came to above it."""
    used, beyond = "Brugt af loftet", "Over loftet"
    rows = []
    for project in projects:
        shares = {used: project["cap_used_share"], beyond: project["beyond_cap_dkk"] / project["cap_dkk"]}
        rows.append(
            charts.Bar(label(project["project_id"]), {part: 100 * float(share) for part, share in shares.items()})
        )
    rows.sort(key=lambda bar: (-sum(bar.values.values()), bar.label))
    most = max([100.0, *(sum(bar.values.values()) for bar in rows)])
    return charts.bars(
        rows,
        {used: charts.BLUE, beyond: charts.ORANGE},
        _percent_axis("Pct. af loftet (stiplet linje: 100 pct.)", most),
        limit=100,
    )


def events_by_month(months: Sequence[Row]) -> list[str]:
    """Draw the starts and the completions of each month, in two drawings on one scale."""
    names = [danish.month(row["month"]) for row in months]
    most = max([1, *(max(row["starts"], row["completions"]) for row in months)])
    marked = names[::MONTHS_BETWEEN_LABELS]
    return [
        charts.monthly(names, [row[count] for row in months], colour, charts.nice_axis(title, most), marked=marked)
        for count, colour, title in (
            ("starts", charts.BLUE, "Påbegyndte"),
            ("completions", charts.TEAL, "Gennemførte"),
        )
    ]


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_RULE_LABEL:
        return text
    return text[:LONGEST_RULE_LABEL].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"


def rejected_by_rule(rules: Sequence[Row], titles: Mapping[str, str]) -> list[str]:
    """Draw how many rows break each rejecting rule; one that judges several tables has one bar."""
    counts: Counter[str] = Counter()
    for rule in rules:
        counts[rule["code"]] += rule["row_count"]
    rows = [
        charts.Bar(_shortened(f"{code} {titles[code]}"), {"Afviste": float(count)})
        for code, count in counts.most_common()
    ]
    axis = charts.nice_axis("Afviste rækker", max(bar.values["Afviste"] for bar in rows))
    return charts.bars(rows, {"Afviste": charts.BLUE}, axis, has_long_labels=True)


def rejected_by_project(rows: Sequence[Row], label: Label) -> list[str]:
    """Draw the largest share of rejected rows in any of each project's three tables, in percent."""
    within, above = "Under grænsen", "Over grænsen"
    bars = []
    for row in rows:
        part = above if row["is_above"] else within
        bars.append(charts.Bar(label(row["project_id"]), {part: 100 * float(row["largest_share"])}))
    bars.sort(key=lambda bar: (-sum(bar.values.values()), bar.label))
    limit = 100 * float(rows[0]["hold_rejected_share"])
    most = max([limit, *(sum(bar.values.values()) for bar in bars)])
    return charts.bars(
        bars,
        {within: charts.BLUE, above: charts.ORANGE},
        _percent_axis("Pct. af rækkerne i den tabel, der har størst andel afviste", most),
        limit=limit,
    )


def proportions(rows: Sequence[Row], label: Label) -> list[str]:
    """Draw each project's deviation in one target group, by arm, in percentage points with standard error."""
    by_project: dict[str, list[charts.Deviation]] = {}
    for row in rows:
        by_project.setdefault(row["project_id"], []).append(
            charts.Deviation(
                label(row["project_id"]),
                ARMS[row["arm"]],
                100 * float(row["deviation"]),
                100 * float(row["standard_error"]),
            )
        )
    tolerance = 100 * float(rows[0]["tolerance_share"])
    points = [point for group in by_project.values() for point in group]
    reach = max([tolerance, *(abs(point.deviation) + point.standard_error for point in points)])
    end = 10 * math.ceil(reach / 10)
    marks = {float(at): danish.signed_percent(Decimal(at) / 100, 0) for at in range(-end, end + 1, 10)}
    return charts.deviations(
        list(by_project.values()),
        ARM_COLOURS,
        charts.Axis("Afvigelse i procentpoint (gråt bånd: inden for tolerancen)", -end, end, marks),
        tolerance=tolerance,
    )
