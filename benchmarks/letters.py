"""Measure the letters and annexes: `python benchmarks/letters.py [LETTERS] [CITIZENS]` (98 letters of 200 citizens).

What Typst alone takes for a letter is reported too, so that figures of two machines can be compared.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tasks.annex.workbook import CountedCitizen, Listed, RejectedRegistration, write_workbook
from tasks.letters.facts import (
    Activity,
    Fixed,
    LeadMunicipality,
    LetterFacts,
    RateLine,
    RejectedGroup,
    Sender,
    StandardTexts,
)
from tasks.letters.kind import Kind
from tasks.letters.render import document_of, lay_out, render_letters
from tasks.letters.wording import word

START, COMPLETION, CAP = Decimal(6000), Decimal(10_000), Decimal(1_440_000)


def made_up(number: int) -> LetterFacts:
    """Make a draft of its own figures: starts and completions vary with `number`."""
    starts, completions, wages = 50 + number % 50, number % 50, Decimal(number % 850) * 1000
    gross = starts * START + completions * COMPLETION
    rejected = tuple(
        RejectedGroup(f"S{one:02}", "forloeb", one + number % 7, "Kravet står her", "Ret det sådan.", Decimal(0))
        for one in range(1, 8)
    )
    return LetterFacts(
        kind=Kind.PARTSHOERING,
        is_settled_before=False,
        project_id=f"JF-{number:04}",
        project_name=f"Projekt nummer {number}",
        case_number=f"16/{number}",
        lead=LeadMunicipality("Vallensbæk Kommune", "19583910"),
        members=("Ishøj", "Vallensbæk"),
        contact="",
        year=2016,
        letter_date=date(2017, 2, 15),
        reply_deadline=date(2017, 3, 8),
        as_of_date=date(2016, 12, 31),
        target_participants=100,
        participants=starts,
        controls=100,
        activity=Activity(
            starts=(RateLine(starts, START),),
            completions=(RateLine(completions, COMPLETION),),
            gross_dkk=gross,
            gross_cumulative_dkk=gross,
            granted_earlier_dkk=Decimal(0),
            granted_dkk=gross,
            cap_dkk=CAP,
            citizen_max_dkk=START + COMPLETION,
            cap_share=Decimal("0.90"),
            completion_days=91,
        ),
        fixed=Fixed(wages, wages, Decimal(0), wages, Decimal(850_000)),
        entitlement_dkk=gross + wages,
        posted_dkk=Decimal(0),
        payable_dkk=gross + wages,
        holds=(),
        rejected=rejected,
        rejected_count=sum(group.count for group in rejected),
        rejected_lost_dkk=Decimal(0),
        causes=(),
        sender=Sender("Styrelsen for Arbejdsmarked og Rekruttering", "Tilskudsadministration", (), "", ""),
        texts=StandardTexts("Tilskudsadministrationen", "", "Bekendtgørelse nr. 1173 af 8. oktober 2013"),
    )


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _setting_ms(facts: Sequence[LetterFacts]) -> float:
    """Give the processor time, in milliseconds, that Typst alone takes to set a letter."""
    documents = [document_of(one, word(one)) for one in facts]
    lay_out(documents[0])
    worked = time.process_time()
    for document in documents:
        lay_out(document)
    return (time.process_time() - worked) / len(documents) * 1000


def main(letters: int = 98, citizens: int = 200) -> None:
    """Time both, and report the most memory held after a tenth of the letters, all letters, and the annexes."""
    facts = [made_up(number) for number in range(letters)]
    day = date(2016, 2, 1)
    counted = [
        CountedCitizen(
            f"B-{n}", day + timedelta(n % 300), float(START), day + timedelta(n % 300 + 90), float(COMPLETION)
        )
        for n in range(citizens)
    ]
    rejected = [
        RejectedRegistration("forloeb", n + 2, f"F-{n}", "S06", "virksomhed_cvr er tom.", "Skriv det.", float(START))
        for n in range(citizens // 20)
    ]
    with tempfile.TemporaryDirectory() as folder:
        setting_ms = _setting_ms(facts[:50])
        _say(f"at rest {_memory_mb():.0f} MB; Typst alone takes {setting_ms:.1f} ms of CPU a letter")
        marks: list[str] = []

        def progress(done: int, every: int) -> None:
            if done * 10 == every or done == every:
                marks.append(f"{_memory_mb():.0f} MB after {done}")

        began, worked = time.perf_counter(), time.process_time()
        render_letters(facts, Path(folder) / "letters", progress)
        took = time.perf_counter() - began
        each_ms = took / letters * 1000
        _say(
            f"{letters} letters: {took:.1f} s, {time.process_time() - worked:.1f} s of CPU, {', '.join(marks)}; "
            f"one every {each_ms:.0f} ms, {each_ms / setting_ms:.1f} times Typst alone"
        )

        began = time.perf_counter()
        (Path(folder) / "annex").mkdir()
        listed = Listed(citizens=counted, rejected=rejected)
        for one in facts:
            write_workbook(one, listed, Path(folder) / "annex" / f"{one.project_id}.xlsx")
        _say(f"{letters} annexes of {citizens} citizens: {time.perf_counter() - began:.1f} s, {_memory_mb():.0f} MB")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
