"""The report: one page in Danish that needs no other and no network, made only of what may leave the house."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from tasks.base import danish
from tasks.base.jinja import strict_environment
from tasks.base.moment import COPENHAGEN
from tasks.base.paths import TEMPLATES
from tasks.charts import plots
from tasks.charts.svg import figure
from tasks.evaluation.hide import HIDDEN, marked
from tasks.evaluation.results import (
    BOUND_NEEDED,
    BOUND_SUPPOSED,
    CONTRAST,
    POOLED,
    PRIMARY,
)
from tasks.evaluation.tables import ALL_PROJECTS, primary_line

if TYPE_CHECKING:
    from markupsafe import Markup

    from tasks.evaluation.results import Analysis, Row
    from tasks.evaluation.tables import Line, Tables

_TEMPLATES = TEMPLATES / "evaluation"
_MARKED_WEEKS = 13
_WIDE = plots.Size(736, 470)
Box = tuple[str, list[str]]
ANALYSES = {
    "primary": "Hovedresultat",
    "adjusted": "Justeret for baggrund",
    "randomisation": "Efter nye lodtrækninger",
    "took_part": "For dem, der deltog",
    "smallest_effect": "Mindste effekt, forsøget kunne finde",
    "supposed": "Hvis de tavse kontroller var som de andre",
    "needed": "Timer, der ville fjerne effekten",
    "secondary": "Andet udfald",
    "sensitivity": "Andet valg",
    "target_group": "Målgruppe",
    "target_groups_apart": "Forskel på målgrupper",
    "pooled": "Projekterne tilsammen",
    "fidelity_contrast": "Effekt og grundelementer, rangkorrelation",
}
OUTCOMES = {
    "weekly_hours": "timer om ugen",
    "any_hours": "nogen ordinære timer (andel)",
    "late_hours": "timer om ugen til sidst",
    "employment_begun": "ordinær ansættelse begyndt (andel)",
}
POPULATIONS = {
    "all": "alle",
    "without_withdrawn": "uden dem, der ikke var i målgruppen",
    "blank_hours": "blanke timetal som fuld tid",
}
REASONS = {
    "": "",
    "ikke_registreret": "ikke registreret",
    "kort_opfoelgning": "fulgt for kort",
    "intet_kontrolforloeb": "projekt uden kontrolforløb",
    "for_lille_stratum": "for lille stratum",
    "ikke_udtrukket": "ikke lodtrukket",
    "ikke_i_maalgruppe": "ikke i målgruppen",
    "traadt_ud": "trådt ud",
    "flyttet": "flyttet",
    "doed": "død",
}
ARMS = {"": "", "participant": "deltager", "control": "kontrol"}
STEPS = {
    "assessed": "vurderet",
    "excluded": "ikke med",
    "drawn": "lodtrukket",
    "started": "begyndt i JobFirst",
    "withdrawn": "udtrådt",
    "lost": "ikke analyseret",
    "analysed": "analyseret",
}
VARIABLES = {
    "alder": "Alder, år",
    "aar_paa_forsoergelse": "År på forsørgelse",
    "maalgruppe": "Målgruppe",
    "ydelse": "Ydelse",
}


def public_sentence(analysis: Analysis, public: Tables) -> str:
    """Give the sentence as it may leave the house: without the answer where the tables leave it out."""
    if primary_line(public.files["effects.csv"], PRIMARY) is None:
        limit = analysis.plan.terms.smallest_public_count
        return f"Svaret kan ikke vises: færre end {limit} borgere er analyseret i en af grupperne."
    return sentence(analysis)


def sentence(analysis: Analysis) -> str:
    """Say in one Danish sentence what was found, with its interval."""
    primary = analysis.row(PRIMARY)
    if primary is None or primary.estimate is None or primary.low is None or primary.high is None:
        return "Der er ikke nok til et svar."
    interval = f"{_level(analysis.level)}-interval {_hours(primary.low)} til {_hours(primary.high)}"
    found = f"{_hours(abs(primary.estimate))} {_hour_word(primary.estimate)}"
    if analysis.trial.is_reported:
        return f"{_verdict(primary, found)} ({interval})."
    if not _is_borne_out(primary.estimate, analysis.row(BOUND_SUPPOSED)):
        more = "flere" if primary.estimate >= 0 else "færre"
        return (
            f"Som registreret havde deltagerne {_hours(abs(primary.estimate))} {more} ordinære timer om ugen end "
            f"kontrolgruppen ({interval}), men registreringerne kan ikke afgøre, om JobFirst virkede."
        )
    return f"Som registreret: {_verdict(primary, found)} ({interval})."


def _is_borne_out(estimate: float, supposed: Row | None) -> bool:
    """Return whether the interval that supposes hours of silent controls lies on the estimate's side of 0."""
    if supposed is None or supposed.low is None or supposed.high is None:
        return False
    return supposed.low > 0 if estimate > 0 else supposed.high < 0


def _verdict(row: Row, found: str) -> str:
    if row.low is not None and row.high is not None and row.low <= 0 <= row.high:
        return f"Forsøget kan ikke afgøre, om JobFirst gav timer i ordinært arbejde: forskellen var {found} om ugen"
    return f"JobFirst gav {found} om ugen i ordinært arbejde"


def page_of(analysis: Analysis, public: Tables, *, sender: str) -> str:
    """Write the page."""
    tables = public.files
    plan, trial = analysis.plan, analysis.trial
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            sender=sender,
            sentence=public_sentence(analysis, public),
            exploratory=analysis.exploratory,
            heads=analysis.heads,
            plan=plan,
            trial=trial,
            level=_level(analysis.level),
            frozen=_moment(plan.frozen_at),
            received=_moment(trial.first_received_at),
            hours_at=_moment(plan.hours_at),
            is_first=_is_first(analysis),
            flow=_flow(public.flow_of_all),
            flow_rows=[
                {"arm": arm, "step": step, "reason": reason, "citizens": text}
                for (_, arm, step, reason), text in public.flow_of_all.items()
            ],
            curve=_curve(tables["weekly.csv"]),
            gap=_gap(tables["weekly.csv"]),
            contrast=_contrast(tables["projects.csv"]),
            correlation=primary_line(tables["effects.csv"], CONTRAST),
            forest=_forest(tables["projects.csv"], primary_line(tables["effects.csv"], POOLED)),
            effects=tables["effects.csv"],
            weeks=[one for one in tables["weekly.csv"] if int(one["week"]) % 4 == 0],
            projects=tables["projects.csv"],
            balance=tables["balance.csv"],
            needed=primary_line(tables["effects.csv"], BOUND_NEEDED),
            hidden=marked(HIDDEN, plan.terms.smallest_public_count),
            names={
                "analyses": ANALYSES,
                "outcomes": OUTCOMES,
                "populations": POPULATIONS,
                "reasons": REASONS,
                "arms": ARMS,
                "steps": STEPS,
                "variables": VARIABLES,
            },
        )
    )


def _is_first(analysis: Analysis) -> bool | None:
    """Return whether the plan was frozen before any data came; None where it never was."""
    frozen, trial = analysis.plan.frozen_at, analysis.trial
    if frozen is None:
        return None
    return all(moment is None or frozen < moment for moment in (trial.first_received_at, analysis.plan.hours_at))


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(COPENHAGEN)
    return f"{danish.dato(local.date())} kl. {local:%H.%M}"


def _level(level: float) -> str:
    return f"{danish.decimal(100 * level, 0 if abs(100 * level - round(100 * level)) < 1e-9 else 1)} %"


def _hours(value: float) -> str:
    return danish.decimal(round(value, 2) + 0.0, 2)


def _hour_word(value: float) -> str:
    return "timer mere" if value >= 0 else "timer mindre"


def _flow(cells: Mapping[tuple[str, str, str, str], str]) -> dict[str, list[Any]]:
    """Give the boxes of the flow, each a title and lines: those above the draw, and those of each arm below it."""

    def count(arm: str, step: str) -> str:
        return cells.get((ALL_PROJECTS, arm, step, ""), "0")

    def reasons(arm: str, step: str) -> list[str]:
        return [
            f"{REASONS.get(reason, reason)}: {text}"
            for (_, own, at, reason), text in sorted(cells.items())
            if own == arm and at == step
        ]

    top: list[Box] = [(f"Vurderet: {count('', 'assessed')}", [])]
    if excluded := reasons("", "excluded"):
        top.append(("Ikke med", excluded))
    arms = []
    for arm, name in (("participant", "Deltagere"), ("control", "Kontroller")):
        drawn = [f"{STEPS['started']}: {count(arm, 'started')}"]
        if withdrawn := reasons(arm, "withdrawn"):
            drawn += ["udtrådt, men regnet med:", *withdrawn]
        boxes: list[Box] = [(f"{name}: {count(arm, 'drawn')}", drawn)]
        if lost := reasons(arm, "lost"):
            boxes.append(("Ikke analyseret", lost))
        boxes.append((f"Analyseret: {count(arm, 'analysed')}", []))
        arms.append(boxes)
    return {"top": top, "arms": arms}


def _curve(weeks: Sequence[Line]) -> Markup | None:
    told = [one for one in weeks if one["estimate"]]
    if not told:
        return None
    series = {
        name: [
            plots.BandPoint(int(one["week"]), *(float(one[f"{part}_{arm}"]) for part in ("low", "hours", "high")))
            for one in told
        ]
        for name, arm in (("Deltagere", "participants"), ("Kontroller", "controls"))
    }
    last = told[-1]
    return _curves(
        series,
        told,
        f"Samlede ordinære timer pr. borger efter uge. Uge {last['week']}: deltagere "
        f"{_hours(float(last['hours_participants']))}, kontroller {_hours(float(last['hours_controls']))}.",
    )


def _gap(weeks: Sequence[Line]) -> Markup | None:
    told = [one for one in weeks if one["estimate"]]
    if not told:
        return None
    points = [
        plots.BandPoint(int(one["week"]), float(one["low"]), float(one["estimate"]), float(one["high"])) for one in told
    ]
    last = points[-1]
    return _curves(
        {"Deltagere minus kontroller": points},
        told,
        f"Forskel i samlede timer efter uge med interval. Uge {last.at}: {_hours(last.value)}, "
        f"mellem {_hours(last.low)} og {_hours(last.high)}.",
    )


def _curves(series: dict[str, list[plots.BandPoint]], told: Sequence[Line], spoken: str) -> Markup:
    """Draw curves by week; under each marked week how many of each arm were followed, as the table shows it."""
    weeks = {int(one["week"]): one for one in told}
    along = plots.Axis(
        "Fulgt: deltagere over kontroller",
        0,
        max(weeks),
        {
            week: f"uge {week}\n{one['participants']}\n{one['controls']}"
            for week, one in weeks.items()
            if week % _MARKED_WEEKS == 0
        },
    )
    up = plots.spanning_axis("Timer", [end for own in series.values() for one in own for end in (one.low, one.high)])
    colours = dict(zip(series, (plots.BLUE, plots.ORANGE), strict=False))
    return _figure(lambda size: [plots.curves(series, colours, along, up, size=size)], spoken)


def _forest(projects: Sequence[Line], whole: Mapping[str, str] | None) -> Markup | None:
    effects = [
        plots.Interval(one["project_id"], "Projekterne", float(one["estimate"]), float(one["low"]), float(one["high"]))
        for one in projects
        if one["estimate"] and one["low"]
    ]
    if not effects:
        return None
    spoken = "; ".join(f"{one.label} {_hours(one.value)}" for one in effects)
    colours = {"Projekterne": plots.BLUE}
    if whole is not None and whole["estimate"]:
        ends = float(whole["estimate"]), float(whole["low"]), float(whole["high"])
        effects.append(plots.Interval("Tilsammen", "Tilsammen", *ends))
        colours["Tilsammen"] = plots.ORANGE
        spoken += f"; tilsammen {_hours(ends[0])}"
    axis = plots.spanning_axis(
        "Timer om ugen; til højre for 0 gav JobFirst flere", [end for one in effects for end in (one.low, one.high)]
    )
    return _figure(
        lambda size: plots.intervals([[one] for one in effects], colours, axis, size=size),
        f"Effekt i timer om ugen for hvert projekt med interval: {spoken}.",
    )


def _contrast(projects: Sequence[Line]) -> Markup | None:
    dots = [
        plots.Dot(one["project_id"], 100 * float(one["contrast"]), float(one["estimate"]))
        for one in projects
        if one["estimate"] and one["contrast"] and not one["contrast"].startswith(HIDDEN)
    ]
    if not dots:
        return None
    along = plots.spanning_axis("Kontrast i procentpoint", [one.along for one in dots])
    up = plots.spanning_axis("Effekt, timer om ugen", [one.up for one in dots])
    spoken = "; ".join(f"{one.label}: {one.along:.0f} % og {_hours(one.up)}" for one in dots)
    return _figure(
        lambda size: [plots.scatter(dots, plots.BLUE, along, up, size=size)],
        f"Kontrast i grundelementer og effekt i timer om ugen for hvert projekt: {spoken}.",
    )


def _figure(draw: Callable[[plots.Size], Sequence[str]], spoken: str) -> Markup:
    return figure(plots.Drawings(draw(_WIDE), draw(plots.NARROW)), spoken)


def shown(text: str, decimals: int = 2) -> str:
    """Write a figure of a table in Danish; a hidden one and a blank one as they are."""
    try:
        value = Decimal(text)
    except ArithmeticError:
        return text
    if value == value.to_integral_value() and "." not in text:
        return danish.number(value)
    return danish.decimal(float(value), decimals)


def shown_p(text: str) -> str:
    """Write a p-value of a table in Danish."""
    try:
        return danish.p_value(float(text))
    except ValueError:
        return text


@cache
def _environment() -> Environment:
    environment = strict_environment(_TEMPLATES, Environment)
    environment.filters |= {"shown": shown, "shown_p": shown_p, "day": danish.dato, "list": danish.liste}
    return environment
