"""The report: one page in Danish that needs no other and no network, made only of what may leave the house."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from tasks.base import danish
from tasks.base.jinja import strict_environment
from tasks.base.moment import COPENHAGEN
from tasks.base.paths import TEMPLATES
from tasks.evaluation import figures
from tasks.evaluation.figures import hours
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
    from tasks.evaluation.results import Analysis, Row
    from tasks.evaluation.tables import Tables

_TEMPLATES = TEMPLATES / "evaluation"
_DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
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
    "fidelity_contrast": "Effekt og grundelementer",
}
OUTCOMES = {
    "weekly_hours": "timer om ugen",
    "any_hours": "nogen ordinære timer (andel)",
    "late_hours": "timer om ugen til sidst",
    "employment_begun": "ordinær ansættelse begyndt (andel)",
}
UNITS = {CONTRAST: "rangkorrelation, −1 til 1"}
"""The unit of an analysis's figure, where it is not its outcome's."""
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
    "maalgruppe": "Målgruppe, andel",
    "ydelse": "Ydelse, andel",
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
    interval = f"{_level(analysis.level)}-interval {hours(primary.low)} til {hours(primary.high)}"
    found = f"{hours(abs(primary.estimate))} {_hour_word(primary.estimate)}"
    if analysis.trial.is_reported:
        return f"{_verdict(primary, found)} ({interval})."
    if not _is_borne_out(primary.estimate, analysis.row(BOUND_SUPPOSED)):
        more = "flere" if primary.estimate >= 0 else "færre"
        return (
            f"Som registreret havde deltagerne {hours(abs(primary.estimate))} {more} ordinære timer om ugen end "
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
                for (_, arm, step, reason), text in sorted(public.flow_of_all.items(), key=_place)
            ],
            curve=figures.curve(tables["weekly.csv"]),
            gap=figures.gap(tables["weekly.csv"]),
            contrast=figures.contrast(tables["projects.csv"]),
            correlation=primary_line(tables["effects.csv"], CONTRAST),
            forest=figures.forest(tables["projects.csv"], primary_line(tables["effects.csv"], POOLED)),
            effects=tables["effects.csv"],
            weeks=[one for one in tables["weekly.csv"] if int(one["week"]) % 4 == 0],
            projects=tables["projects.csv"],
            balance=tables["balance.csv"],
            needed=primary_line(tables["effects.csv"], BOUND_NEEDED),
            hidden=marked(HIDDEN, plan.terms.smallest_public_count),
            names={
                "analyses": ANALYSES,
                "outcomes": OUTCOMES,
                "units": UNITS,
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


def _place(cell: tuple[tuple[str, str, str, str], str]) -> tuple[int, int, str]:
    """Give where a count of the flow stands: as the citizens' way goes, arm by arm."""
    (_, arm, step, reason), _ = cell
    return list(ARMS).index(arm), list(STEPS).index(step), reason


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(COPENHAGEN)
    return f"{danish.dato(local.date())} kl. {local:%H.%M}"


def _level(level: float) -> str:
    return f"{danish.decimal(100 * level, 0 if abs(100 * level - round(100 * level)) < 1e-9 else 1)} %"


def _hour_word(value: float) -> str:
    return "timer mere" if value >= 0 else "timer mindre"


def _flow(cells: Mapping[tuple[str, str, str, str], str]) -> dict[str, list[Any]]:
    """Give the boxes of the flow, each a title and lines: those above the draw, and those of each arm below it."""

    def count(arm: str, step: str) -> str:
        return shown(cells.get((ALL_PROJECTS, arm, step, ""), "0"))

    def reasons(arm: str, step: str) -> list[str]:
        return [
            f"{REASONS.get(reason, reason)}: {shown(text)}"
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


def shown_note(text: str) -> str:
    """Write a table's note in Danish: its figures have the table's decimal point."""
    return _DECIMAL_POINT.sub(",", text)


@cache
def _environment() -> Environment:
    environment = strict_environment(_TEMPLATES, Environment)
    environment.filters |= {
        "shown": shown,
        "shown_p": shown_p,
        "note": shown_note,
        "day": danish.dato,
        "list": danish.liste,
    }
    return environment
