"""Two made-up deliveries to try the page with: one in order, and one with errors as municipalities make them."""

from __future__ import annotations

from datetime import date
from functools import cache
from random import Random

from tasks.register.municipalities import municipalities
from tasks.rules.model import load_rules
from tasks.sample.errors import Planter
from tasks.sample.files import workbook_of
from tasks.sample.frame import Frame, Project
from tasks.sample.numbers import PersonNumbers
from tasks.sample.registrations import make_registrations
from tasks.sample.styles import Style

EXAMPLES = {"uden-fejl": 0.0, "med-fejl": 0.03}
"""The examples by name: the share of their rows that is wrong."""
CITIZENS = 220
_OLDEST, _YOUNGEST = date(1951, 1, 1), date(1985, 12, 31)


@cache
def example(name: str) -> bytes:
    """Give an example as a workbook: the same bytes each time, every person nobody's. Raises KeyError."""
    return workbook(name, CITIZENS)


def workbook(name: str, citizens: int) -> bytes:
    """Give an example of so many citizens. Raises KeyError."""
    share = EXAMPLES[name]
    rules = load_rules()
    first = rules.first_day
    day = date(first.year, 12, 31)
    frame = Frame(rules, (day,), 0.0)
    rng = Random(name)  # noqa: S311 - made-up data must repeat, not be secret
    code = next(iter(municipalities()))
    groups = sorted(rules.vocabulary.target_groups)
    project = Project(
        project_id=f"JF-{code}",
        name="Eksempel",
        case_number="",
        municipalities=(code,),
        start=date(first.year, 2, 1),
        target_participants=citizens // 2,
        commitment_dkk=int(rules.parameters["fixed_grant_max_dkk"].on(first)),
        contact="",
        email="",
        population={(code, group): 1_000 * at for at, group in enumerate(groups, start=1)},
    )
    registrations = make_registrations(project, frame, citizens, PersonNumbers(rng, _OLDEST, _YOUNGEST), rng)
    Planter.of(rng, share, frame).plant(project, registrations, frame, is_csv=False)
    tables = [table.as_of(day.toordinal(), is_first=True) for table in registrations.tables]
    return workbook_of(tables, Style(kind="xlsx", is_danish=True))
