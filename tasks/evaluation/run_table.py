"""The table of a run's page: a row for each estimate, its numbers as Danes write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tasks.evaluation.page import shown, shown_note, shown_p


def evaluation_table(effects: Sequence[Mapping[str, str]]) -> list[dict[str, str | int]]:
    """Give a row for each row of the public effects.csv: as there, a hidden figure stays hidden."""
    return [
        {
            "Analysis": row["analysis"],
            "Outcome": row["outcome"],
            "Population": row["population"],
            "Participants": shown(row["participants"]),
            "Controls": shown(row["controls"]),
            "Estimate": shown(row["estimate"]),
            "Low": shown(row["low"]),
            "High": shown(row["high"]),
            "p": shown_p(row["p"]),
            "Note": shown_note(row["note"]),
        }
        for row in effects
    ]
