"""The task that writes the report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from tasks.prefect_run.step import step
from tasks.register.municipalities import municipalities
from tasks.report.page import ReportFacts, report_page

if TYPE_CHECKING:
    import duckdb

    from tasks.draft.fingerprint import Parts
    from tasks.register.inputs import Inputs


@step("write report")
def write_report(
    connection: duckdb.DuckDBPyConnection, inputs: Inputs, parts: Parts, folder: Path, forecast: Markup
) -> None:
    """Write `report.html`, with the forecast's section in it."""
    facts = ReportFacts(
        rules=inputs.rules,
        fingerprint=parts.fingerprint,
        is_draft=True,
        municipality_names={code: one.name for code, one in municipalities().items()},
        forecast=forecast,
        letters=frozenset(path.stem for path in (folder / "letters").glob("*.pdf")),
    )
    (folder / "report.html").write_text(report_page(connection, facts), encoding="utf-8")
