"""What controls' missing registrations could hide. Source: docs/trial.md, 'Evaluation'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.evaluation.results import BOUND_NEEDED, BOUND_SUPPOSED, EVERYBODY, NO_CONTROL_SPELL, WEEKLY_HOURS, Row
from tasks.evaluation.stratified import Codes, Flags, Floats, difference

if TYPE_CHECKING:
    from tasks.evaluation.analyst import Analyst


def bounds(analyst: Analyst) -> list[Row]:
    """Give what controls' missing registrations could hide; none where hours were reported."""
    sample = None if analyst.trial.is_reported else analyst.sample(analyst.base)
    if sample is None:
        return []
    own, has_spell = analyst.trial.mean_hours[sample.who], analyst.trial.has_spell[sample.who]
    y, silent_share, is_known = supposed(own, has_spell, sample.z, sample.strata)
    if not is_known:
        return [Row(BOUND_SUPPOSED, WEEKLY_HOURS, EVERYBODY, note=NO_CONTROL_SPELL)]
    note = "kontroller uden forløb sat til gennemsnittet af deres stratums kontroller med forløb"
    rows = [analyst.row_of(BOUND_SUPPOSED, WEEKLY_HOURS, EVERYBODY, difference(y, sample.z, sample.strata), note)]
    estimate = difference(own, sample.z, sample.strata).estimate
    needed = estimate / silent_share if silent_share else None
    note = "ugentlige timer, som kontroller uden forløb skulle have haft, for at der ingen effekt er"
    rows.append(
        Row(
            BOUND_NEEDED,
            WEEKLY_HOURS,
            EVERYBODY,
            rows[0].participants,
            rows[0].controls,
            estimate=needed,
            note=note if silent_share else "alle kontroller har et forløb",
        )
    )
    return rows


def supposed(y: Floats, has_spell: Flags, z: Flags, strata: Codes) -> tuple[Floats, float, bool]:
    """Give controls without a spell the mean of their stratum's controls with one, or the arm's where there is none.

    Gives the outcomes, the sum of n_s/N x the share of the stratum's controls without a spell, and whether any control
    has one.
    """
    spoken, silent = ~z & has_spell, ~z & ~has_spell
    given, share = y.copy(), 0.0
    if not spoken.any():
        return given, 1.0, False
    for code in range(int(strata.max()) + 1):
        here = strata == code
        own = y[here & spoken]
        given[here & silent] = own.mean() if len(own) else y[spoken].mean()
        share += here.mean() * (here & silent).sum() / (here & ~z).sum()
    return given, float(share), True
