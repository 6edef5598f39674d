"""The receipt: what was checked, byte for byte, when, by which program and rules, and the verdict."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.base.danish import short_day
from tasks.base.lines import visible
from tasks.base.moment import COPENHAGEN
from tasks.base.program import program_name, source_sha256
from tasks.web.answer import verdict_sentence

if TYPE_CHECKING:
    from tasks.base.moment import Moment
    from tasks.check.findings import Checked
    from tasks.intake.inbox import Held
    from tasks.rules.model import Rules


def receipt(found: Checked, delivery: Held, before: Held | None, rules: Rules, now: Moment) -> str:
    """Write the receipt. It lists the files as they were sent; an archive or a workbook is one file."""
    as_of = short_day(found.as_of_date) if found.as_of_date else "ikke oplyst"
    lines = [
        "Kvittering for kontrol af en indberetning til JobFirst",
        "",
        f"Tidspunkt:    {now.utc.astimezone(COPENHAGEN):%d-%m-%Y kl. %H:%M:%S}",
        f"Projekt:      {visible(found.project_id or 'ikke oplyst')}",
        f"Opgjort pr.:  {as_of}",
        f"Svar:         {verdict_sentence(found)}",
        *_holds(found),
        "",
        "Kontrollen er ikke en aflevering, og intet af det kontrollerede er gemt.",
        "",
        "Kontrollerede filer (SHA-256, navn):",
        *_files(delivery),
        *(["", "Sammenlignet med den forrige indberetning:", *_files(before)] if before else []),
        "",
        f"Program: JobFirst {program_name()}, SHA-256 {source_sha256()}",
        f"Regler:  jobfirst.yaml, SHA-256 {rules.sha256}",
    ]
    return "\n".join(lines) + "\n"


def _holds(found: Checked) -> list[str]:
    """Say by which rules the project is put on hold when it is settled by the delivery."""
    codes = [hold.rule.code for hold in found.holds if hold.rule.action == "hold"]
    if not codes:
        return []
    return [f"              Når {found.due_year} opgøres på den, stilles projektet i bero ({', '.join(codes)})."]


def _files(held: Held) -> list[str]:
    return [f"  {hashlib.sha256(data).hexdigest()}  {visible(mask(name))}" for name, data in held.files]
