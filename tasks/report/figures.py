"""The report's figures, made from its rows: which values go into which chart, and the labels and axes around them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tasks.base import danish
from tasks.charts import axes, canvas, plots
from tasks.charts.canvas import WIDE, Size

Row = Mapping[str, Any]
Label = Callable[[str], str]

MILLION, THOUSAND = Decimal(1_000_000), Decimal(1000)
ARMS = {"participant": "Deltagergruppe", "control": "Kontrolgruppe"}
ARM_COLOURS = {"Deltagergruppe": canvas.BLUE, "Kontrolgruppe": canvas.ORANGE}
LONGEST_RULE_LABEL = 70
MONTHS_BETWEEN_LABELS = 6


def _millions(amount_dkk: Decimal) -> float:
    return float(amount_dkk / MILLION)


def _percent_axis(title: str, most: float) -> axes.Axis:
    step = 25 if most > 50 else 10
    end = step * math.ceil(most / step)
    # A little beyond the last mark, so that a dashed line on it shows whole.
    return axes.Axis(title, 0, end * 1.02, {float(at): str(at) for at in range(0, end + 1, step)})


def appropriation(years: Sequence[Row], size: Size = WIDE) -> list[str]:
    """Draw the grants of each year, in millions of DKK."""
    activity, fixed = "Aktivitetstilskud", "Fast tilskud"
    rows = [
        plots.Bar(
            str(y["year"]),
            {activity: _millions(y["activity_dkk"]), fixed: _millions(y["fixed_dkk"])},
            danish.millions(y["entitlement_dkk"]),
        )
        for y in years
    ]
    most = max(sum(row.values.values()) for row in rows)
    return plots.bars(
        rows,
        {activity: canvas.BLUE, fixed: canvas.TEAL},
        axes.millions_axis(most),
        row_height=40,
        size=size,
    )


def exposure(programme: Row, size: Size = WIDE) -> list[str]:
    """Draw the promised grants, split into decided, due and still possible, against the appropriation."""
    sums = exposed(programme)
    names = {"promised": "Tilsagn", "decided": "Afgjort", "due": "Skyldigt", "possible": "Endnu muligt"}
    colours = {"promised": canvas.ORANGE, "decided": canvas.BLUE, "due": canvas.TEAL, "possible": canvas.PALE}
    rows = [
        plots.Bar(title, {title: max(0.0, _millions(sums[name]))}, danish.millions(sums[name]))
        for name, title in names.items()
    ]
    limit = _millions(programme["appropriation_dkk"])
    return plots.bars(
        rows,
        {title: colours[name] for name, title in names.items()},
        axes.millions_axis(max(limit * 1.01, *(sum(row.values.values()) for row in rows))),
        limit=limit,
        row_height=34,
        has_legend=False,
        size=size,
    )


def exposed(programme: Row) -> dict[str, Decimal]:
    """Give in DKK what grants can come to (promised), and its parts: decided, due and still possible.

    Decided is posted; due is calculated and not posted, negative where more is posted than calculated.
    """
    decided = programme["posted_dkk"] + programme["posted_later_dkk"]
    calculated = programme["used_dkk"] + programme["posted_later_dkk"]
    return {
        "promised": programme["most_dkk"],
        "decided": decided,
        "due": calculated - decided,
        "possible": programme["most_dkk"] - calculated,
    }


def cap_use(projects: Sequence[Row], label: Label, size: Size = WIDE) -> list[str]:
    """Draw how much of its cap each project has used, and how far its registrations exceed it, in percent of it."""
    used, beyond = "Brugt af loftet", "Over loftet"
    rows = []
    for project in projects:
        shares = {used: project["cap_used_share"], beyond: project["beyond_cap_dkk"] / project["cap_dkk"]}
        unused = {"missing": "ukendt", "not_started": "ikke begyndt"}.get(project["status"])
        told = unused or f"{danish.percent(project['cap_used_share'], 0)} pct."
        over = danish.percent(shares[beyond], 0)
        if over != "0":
            told += f", {over} over"
        rows.append(
            plots.Bar(label(project["project_id"]), {part: 100 * float(share) for part, share in shares.items()}, told)
        )
    rows.sort(key=lambda bar: (-sum(bar.values.values()), bar.label))
    most = max([100.0, *(sum(bar.values.values()) for bar in rows)])
    return plots.bars(
        rows, {used: canvas.BLUE, beyond: canvas.ORANGE}, _percent_axis("Pct.", most), limit=100, size=size
    )


def year_on_year(rows: Sequence[Row], label: Label, size: Size = WIDE) -> list[str]:
    """Draw by how much each project's grant of the year differs from that of the year before, in 1 000 DKK."""
    more, less = "Mere end året før", "Mindre end året før"
    bars = []
    for row in rows:
        change = float(row["change_dkk"] / THOUSAND)
        whole = row["change_dkk"].quantize(Decimal(1), ROUND_HALF_UP)
        told = "ukendt" if row["is_missing"] else danish.signed_amount(whole).removesuffix(",00")
        part = more if change >= 0 else less
        bars.append(plots.Bar(label(row["project_id"]), {part: 0.0 if row["is_missing"] else change}, told))
    lengths = [value for bar in bars for value in bar.values.values()]
    up, down = max([1.0, *lengths]), -min([0.0, *lengths])
    axis = axes.nice_axis("1.000 kr.", max(up, down))
    step = sorted(axis.marks)[1]
    steps = range(-math.ceil(down / step), math.ceil(up / step) + 1)
    marks = {at * step: danish.number(int(at * step)) for at in steps}
    return plots.bars(
        bars,
        {more: canvas.TEAL, less: canvas.ORANGE},
        axes.Axis("1.000 kr.", min(marks), max(marks), marks),
        size=size,
    )


def events_by_month(months: Sequence[Row], size: Size = WIDE) -> list[str]:
    """Draw the starts and the completions of each month, in two drawings on one scale."""
    names = [danish.month(row["month"]) for row in months]
    most = max([1, *(max(row["starts"], row["completions"]) for row in months)])
    marked = names[::MONTHS_BETWEEN_LABELS]
    return [
        plots.monthly(
            names,
            [row[count] for row in months],
            colour,
            axes.nice_axis(title, most),
            marked=marked,
            size=size,
        )
        for count, colour, title in (
            ("starts", canvas.BLUE, "Påbegyndte"),
            ("completions", canvas.TEAL, "Gennemførte"),
        )
    ]


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_RULE_LABEL:
        return text
    return text[:LONGEST_RULE_LABEL].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"


def rejected_by_rule(rules: Sequence[Row], titles: Mapping[str, str], size: Size = WIDE) -> list[str]:
    """Draw the kroner at stake by the rules that reject, dearest first, and give the rows beside them.

    A rule that judges several tables has one bar. Where nothing was at stake the bars are the rows.
    """
    counts: Counter[str] = Counter()
    unreckoned: Counter[str] = Counter()
    lost: dict[str, Decimal] = defaultdict(Decimal)
    for rule in rules:
        counts[rule["code"]] += rule["row_count"]
        unreckoned[rule["code"]] += rule["unreckoned_count"]
        lost[rule["code"]] += rule["lost_dkk"]
    return _at_stake(
        {code: (lost[code], unreckoned[code], counts[code]) for code in counts},
        lambda code: _shortened(f"{code} {titles[code]}") if size.has_columns else code,
        size,
    )


def lost_by_project(rows: Sequence[Row], label: Label, size: Size = WIDE) -> list[str]:
    """Draw the kroner at stake in each project's rejected rows, dearest first, and give the rows beside them."""
    sums = {row["project_id"]: (row["lost_dkk"], row["unreckoned_count"], row["row_count"]) for row in rows}
    return _at_stake(sums, label, size)


def _at_stake(sums: Mapping[str, tuple[Decimal, int, int]], label: Label, size: Size) -> list[str]:
    """Draw the kroner at stake, or the rows where there are none.

    `sums`, by what `label` names: the kroner, the rows whose amount can't be computed, all rows.
    """
    ranked = sorted(sums.items(), key=lambda one: (-one[1][0], -one[1][2], one[0]))
    if any(lost for lost, *_ in sums.values()):
        name, unit = "Kroner, der ikke blev til tilskud", "1.000 kr."
        bars = [
            plots.Bar(
                label(key),
                {name: float(lost / THOUSAND)},
                f"{_stake(lost, unreckoned, count)}, {_counted(count)}"
                if size.has_columns
                else _stake(lost, unreckoned, count),
            )
            for key, (lost, unreckoned, count) in ranked
        ]
    else:
        name, unit = "Afviste rækker", "Rækker"
        bars = [plots.Bar(label(key), {name: float(count)}, _counted(count)) for key, (*_, count) in ranked]
    axis = axes.nice_axis(unit, max(1.0, *(bar.values[name] for bar in bars)))
    return plots.bars(bars, {name: canvas.BLUE}, axis, has_long_labels=True, size=size)


def at_stake(row: Row) -> str:
    """Say what the rejected rows of a rule or a project would have given, to the krone."""
    return _stake(row["lost_dkk"], row["unreckoned_count"], row["row_count"])


def most_at_stake(rows: Sequence[Row], name: str) -> list[Row]:
    """Give those that had the most at stake, added up by the column `name`: several where it is the same for them."""
    sums: dict[str, dict[str, Any]] = {}
    for row in rows:
        one = sums.setdefault(row[name], {name: row[name]})
        for column in ("lost_dkk", "unreckoned_count", "row_count"):
            one[column] = one.get(column, 0) + row[column]
    most_dkk = max((one["lost_dkk"] for one in sums.values()), default=Decimal(0))
    return [one for one in sums.values() if one["lost_dkk"] == most_dkk]


def none_at_stake(rows: Sequence[Row]) -> str:
    """Say that the rejected rows would have given nothing, or that the amount can't be computed."""
    if any(row["unreckoned_count"] for row in rows):
        whose = "de" if all(row["unreckoned_count"] == row["row_count"] for row in rows) else "nogle af de"
        return f"Hvad {whose} afviste rækker ville have udløst, {danish.UNRECKONED}"
    return "De afviste rækker ville ikke have udløst noget"


def _stake(lost_dkk: Decimal, unreckoned: int, rows: int) -> str:
    if not unreckoned:
        return whole_kroner(lost_dkk)
    return f"mindst {whole_kroner(lost_dkk)}" if lost_dkk else danish.unreckoned(unreckoned, rows)


def _counted(rows: int) -> str:
    return danish.antal(rows, "række", "rækker")


def whole_kroner(amount_dkk: Decimal) -> str:
    """Write an amount of a title or a bar, to the krone."""
    return danish.kroner(amount_dkk.quantize(Decimal(1), ROUND_HALF_UP))


def rejected_by_project(rows: Sequence[Row], label: Label, size: Size = WIDE) -> list[str]:
    """Draw the largest share of rejected rows in any of each project's three tables, in percent."""
    within, above = "Under grænsen", "Over grænsen"
    bars = []
    for row in rows:
        part = above if row["is_above"] else within
        told = f"{danish.percent(row['largest_share'])} pct."
        bars.append(plots.Bar(label(row["project_id"]), {part: 100 * float(row["largest_share"])}, told))
    bars.sort(key=lambda bar: (-sum(bar.values.values()), bar.label))
    limit = 100 * float(rows[0]["hold_rejected_share"])
    most = max([limit, *(sum(bar.values.values()) for bar in bars)])
    return plots.bars(
        bars,
        {within: canvas.BLUE, above: canvas.ORANGE},
        _percent_axis("Pct. af rækkerne", most),
        limit=limit,
        size=size,
    )


def proportions(rows: Sequence[Row], label: Label, size: Size = WIDE) -> list[str]:
    """Draw each project's deviation in one target group, by arm, in percentage points with standard error."""
    by_project: dict[str, list[plots.Interval]] = {}
    for row in rows:
        deviation, error = 100 * float(row["deviation"]), 100 * float(row["standard_error"])
        by_project.setdefault(row["project_id"], []).append(
            plots.Interval(label(row["project_id"]), ARMS[row["arm"]], deviation, deviation - error, deviation + error)
        )
    tolerance = 100 * float(rows[0]["tolerance_share"])
    intervals = [interval for group in by_project.values() for interval in group]
    reach = max([tolerance, *(max(-interval.low, interval.high) for interval in intervals)])
    end = 10 * math.ceil(reach / 10)
    marks = {float(at): danish.signed_percent(Decimal(at) / 100, 0) for at in range(-end, end + 1, 10)}
    return plots.intervals(
        list(by_project.values()),
        ARM_COLOURS,
        axes.Axis("Afvigelse i procentpoint", -end, end, marks),
        tolerance=tolerance,
        size=size,
    )
