"""The what-if as files, for those who decide: `HOME/what-if/<name>/`, and no release or settlement reads them.

No citizen is named; a count of one to four is reported as under 5.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from tasks.base import cells, danish
from tasks.base.durable import write_folder_durably
from tasks.base.errors import BusinessRefusal
from tasks.base.jinja import strict_environment
from tasks.base.language import in_danish
from tasks.base.moment import COPENHAGEN, Moment
from tasks.base.paths import TEMPLATES
from tasks.base.worded import phrase, shown
from tasks.charts import axes, canvas, plots
from tasks.charts.svg import figure
from tasks.register.municipalities import municipalities
from tasks.validation.catalogue import ACTIONS, load_catalogue
from tasks.whatif.compare import ALL, CAUSES, Difference, WhatIf, labels_of
from tasks.whatif.overlay import Overlay, lasting, overlay_text
from tasks.whatif.text import COLUMNS, UNDER, count, portfolio, row, sentence, sum_of, told_sum

FOLDER = "what-if"
CSV, OVERLAY, PAGE = "whatif.csv", "overlay.yaml", "whatif.html"
_TEMPLATES = TEMPLATES / "whatif"
_LONGEST_NAME = 60
_HASH_DIGITS = 8
_STEPS = 6
_PARTS = {
    "by_rows": ("Rækker, der tæller", canvas.INK),
    "by_events": ("Påbegyndte og gennemførte", canvas.BLUE),
    "by_rates": ("Satser", canvas.TEAL),
    "by_ceiling": ("Lofter", canvas.ORANGE),
    "by_expenses": ("Dokumenterede udgifter", "#8a97a5"),
}
_STATUS = {"ready": "Klar", "hold": "I bero", "missing": "Ingen indberetning", "not_started": "Ikke begyndt"}


@dataclass(frozen=True)
class _Change:
    """A change as the page shows it: its title, what it changes, and its rows."""

    label: str
    title: str
    rows: Sequence[Difference]


def free_folder(
    home: Path, year: int, overlay: Overlay, project: str | None, as_known_at: str | None, is_each: bool
) -> Path:
    """Give the folder of a report, named after its changes.

    Raises BusinessRefusal when there is one already: an answer is not overwritten.
    """
    asked = repr(
        (year, overlay_text(overlay.changes), [one.label for one in overlay.changes], project, as_known_at, is_each)
    )
    words = re.sub(r"[^a-z0-9]+", "-", " ".join([str(year), *(one.label for one in overlay.changes)]).lower())
    name = f"{words.strip('-')[:_LONGEST_NAME].rstrip('-')}-{hashlib.sha256(asked.encode()).hexdigest()[:_HASH_DIGITS]}"
    folder = home / FOLDER / name
    if folder.exists():
        raise BusinessRefusal(
            phrase("The report {folder} is there already: move or delete it, and run again.", folder=folder)
        )
    return folder


def write_report(answer: WhatIf, folder: Path) -> None:
    """Write the table, the changes and the page: all of them, or no folder."""
    overlay = overlay_text(lasting(answer.state.rules, answer.changes))
    write_folder_durably(folder, {CSV: csv_text(answer), OVERLAY: overlay, PAGE: page(answer)})


def csv_text(answer: WhatIf) -> str:
    """Give every row shown, by column."""
    return cells.csv_text(COLUMNS, map(row, answer.shown))


def page(answer: WhatIf) -> str:
    """Write the page: one HTML file in Danish that needs no other, and no network."""
    rows = [one for one in answer.shown if one.change == ALL]
    names = {code: one.name for code, one in municipalities().items()}
    labels = labels_of(answer.changes)
    titles = dict(zip(labels, [_title(answer, at) for at in range(len(labels))], strict=True))
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            answer=answer,
            sender=answer.state.rules.letters.sender.name,
            sentence=_sentence(answer),
            sums=portfolio(answer),
            changes=[_Change(label, titles[label], [r for r in answer.shown if r.change == label]) for label in labels],
            rows=rows,
            names=names,
            figure=_figure(rows, names),
            rules=answer.rules,
            causes={name: title for name, (title, _) in _PARTS.items()},
            statuses=_STATUS,
            actions=ACTIONS,
            titles={rule.code: rule.title_da for suite in load_catalogue().values() for rule in suite.rules},
        )
    )


def _sentence(answer: WhatIf) -> str:
    """Say in one Danish sentence what all changes come to."""
    with in_danish():
        text = str(shown(sentence(answer)))
    return f"{text[0].upper()}{text[1:]}."


def _title(answer: WhatIf, at: int) -> str:
    change = answer.changes[at]
    if change.action is not None:
        rule = next(r for suite in load_catalogue().values() for r in suite.rules if r.code == change.name)
        return f"{change.name}, {rule.title_da}: {ACTIONS[change.action].lower()}"
    return answer.state.rules.parameters[change.name].title_da


def _figure(rows: Sequence[Difference], names: dict[str, str]) -> Markup:
    changed = sorted(
        (one for one in rows if any(getattr(one, cause) for cause in CAUSES)),
        key=lambda one: (-one.difference, one.project_id),
    )
    if not changed:
        return Markup()
    bars = [
        plots.Bar(
            f"{one.project_id} {names[one.lead_municipality]}",
            {_PARTS[cause][0]: float(getattr(one, cause) / 1000) for cause in CAUSES},
        )
        for one in changed
    ]
    least = min(sum(value for value in bar.values.values() if value < 0) for bar in bars)
    most = max(sum(value for value in bar.values.values() if value > 0) for bar in bars)
    axis = axes.spanning_axis("1.000 kr.", [least, most], steps=_STEPS, is_whole=True)
    limit = 0 if least < 0 else None
    differences = "; ".join(f"{one.project_id} {danish.signed_amount(one.difference)} kr." for one in changed)
    return figure(
        canvas.sized(lambda size: plots.bars(bars, dict(_PARTS.values()), axis, limit=limit, size=size)),
        f"Liggende søjler med forskellen for hvert projekt, delt efter årsag. {differences}.",
    )


def _moment(moment: Moment) -> str:
    return f"{danish.dato(moment.today)} kl. {moment.utc.astimezone(COPENHAGEN):%H.%M}"


@cache
def _environment() -> Environment:
    environment = strict_environment(_TEMPLATES, Environment)
    environment.filters |= {
        "amount": danish.amount,
        "counted": danish.antal,
        "kroner": danish.kroner,
        "signed_amount": danish.signed_amount,
        "told_count": lambda number: "under 5" if count(number) == UNDER else danish.number(number),
        "told_sum": lambda numbers: told_sum(numbers, danish.number),
        "moment": _moment,
        "total": sum_of,
    }
    return environment
