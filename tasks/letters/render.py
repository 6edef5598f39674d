"""Letters as files: the wording set as PDF (PDF/UA-1 and PDF/A-2a in one) and as a web page, many at a time."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import page
import typst

from tasks.base.errors import InternalFailure
from tasks.letters.blocks import parse, title
from tasks.letters.facts import LetterFacts
from tasks.letters.glyphs import FONTS, writable
from tasks.letters.hyphens import with_numbers_kept, with_soft_hyphens, with_words_kept
from tasks.letters.wording import LETTERS, web_page, word

FOLDER = "letters"
FORMS = ("pdf", "html")
# The layout is read from the templates, the letter from memory. Were the letter one of Typst's `sys_inputs`, the layout
# would be evaluated again for each.
_MAIN = b'#import "letter.typ": set-letter\n#set-letter(json("letter.json"))'
_STREAM_LENGTH = "PDFA2A-STREAM-LENGTH-001"
# The head of a stream, with its length where its dictionary has one, and what follows its content.
_STREAM = re.compile(rb"(?:/Length (\d+)(?:(?!endobj|stream).)*)?>>\s*stream\r?\n", re.DOTALL)
_STREAM_END = re.compile(rb"\r?\nendstream")
_THREAD = threading.local()
# The structures that a draft was found sound in, in this process; one thread validates, and the others use it.
_SOUND: set[str] = set()
_VALIDATING = threading.Lock()


class LayoutError(Exception):
    """The layout can't set a letter without a warning, or the PDF breaks a standard that it claims."""


class LettersFailedError(InternalFailure):
    """Some letters could not be made; the others stand. `reasons`: the reason by project."""

    def __init__(self, reasons: dict[str, str]) -> None:
        self.reasons = dict(sorted(reasons.items()))
        super().__init__(
            "Letters could not be made: "
            + "; ".join(f"{project_id}: {reason}" for project_id, reason in self.reasons.items())
        )


@dataclass(frozen=True)
class Letter:
    """One letter in its two forms."""

    pdf: bytes
    html: str


def _compiler() -> typst.Compiler:
    """Give this thread's compiler: it keeps the fonts and the layout between letters, and sees no others."""
    if not hasattr(_THREAD, "compiler"):
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
        _THREAD.compiler = typst.Compiler(root=str(LETTERS), font_paths=fonts, ignore_system_fonts=True)
    compiler: typst.Compiler = _THREAD.compiler
    return compiler


def _lengths_are_right(pdf: bytes) -> bool:
    at = 0
    while head := _STREAM.search(pdf, at):
        if head[1] is None:
            return False
        at = head.end() + int(head[1])
        if not _STREAM_END.match(pdf, at):
            return False
    return True


def breaches(pdf: bytes) -> list[str]:
    """Give every breach of PDF/UA-1 and PDF/A-2a in a PDF, by standard and rule.

    The validator (0.11.0) takes a carriage return at the end of a stream, as one compressed stream in 256 has it, for
    part of the end, and then calls the length wrong; it does not name the streams where there are several. That one
    rule is therefore checked in the bytes, for all streams.
    """
    return [
        f"{profile.name}, {failure.rule_id}: {failure.message}"
        for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures
        if not (failure.rule_id == _STREAM_LENGTH and _lengths_are_right(pdf))
    ]


def lay_out(document: dict[str, object]) -> bytes:
    """Set a document (title, author, date, reference, draft, blocks) as PDF, not yet validated.

    Raises LayoutError on any warning of the layout.
    """
    try:
        pdf, warnings = _compiler().compile_with_warnings(  # type: ignore[type-var]  # its stub lacks the files' dict
            input={"main.typ": _MAIN, "letter.json": json.dumps(document).encode()},
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
        )
    except typst.TypstError as error:
        raise LayoutError(f"the layout fails: {error.message}") from error
    if warnings:
        raise LayoutError(f"the layout warns: {warnings[0].message}")
    if not isinstance(pdf, bytes):
        raise LayoutError("the layout gives no document")
    return pdf


def set_pdf(document: dict[str, object]) -> bytes:
    """Set a document as PDF and validate it: every decision, and of the drafts the first of each structure.

    A PDF's tags follow from the blocks that the letter is made of, whatever they say, and validating takes three times
    as long as setting. Raises LayoutError on any warning of the layout and on any breach of PDF/UA-1 or PDF/A-2a.
    """
    pdf = lay_out(document)
    if not document["draft"]:
        _validate(pdf)
        return pdf
    structure = json.dumps(_structure(document))
    with _VALIDATING:
        if structure not in _SOUND:
            _validate(pdf)
            _SOUND.add(structure)
    return pdf


def _validate(pdf: bytes) -> None:
    if found := breaches(pdf):
        raise LayoutError(f"the PDF breaks {found[0]}")


def _structure(part: object) -> object:
    """Give what a document is made of, without its texts and without how often a like part follows itself."""
    if isinstance(part, dict):
        return [
            (name, value if name in ("kind", "name", "level") else _structure(value)) for name, value in part.items()
        ]
    if isinstance(part, list):
        return [structure for structure, _ in groupby(map(_structure, part))]
    return type(part).__name__


def document_of(facts: LetterFacts, body: str) -> dict[str, object]:
    """Give the document that the layout sets, of a letter and its wording."""
    blocks = parse(writable(body))
    return {
        "title": title(blocks),
        "author": writable(facts.sender.name),
        "year": facts.letter_date.year,
        "month": facts.letter_date.month,
        "day": facts.letter_date.day,
        "reference": writable(f"J.nr. {facts.case_number}"),
        "draft": facts.is_draft,
        "blocks": blocks,
    }


def render_letter(facts: LetterFacts) -> Letter:
    """Make one letter in both forms.

    Raises InconsistentFactsError, jinja2.UndefinedError, UnusedValueError, WordingError or LayoutError.
    """
    body = with_numbers_kept(with_soft_hyphens(word(facts)))
    document = document_of(facts, body)
    page_title = f"{document['title']} – {facts.project_name}"
    return Letter(set_pdf(document), web_page(with_words_kept(body), page_title, is_draft=facts.is_draft))


def write_letter(letter: Letter, project_id: str, directory: Path) -> list[Path]:
    """Write a project's letter in both forms."""
    pdf, html = (directory / f"{project_id}.{form}" for form in FORMS)
    pdf.write_bytes(letter.pdf)
    html.write_text(letter.html, encoding="utf-8", newline="\n")
    return [pdf, html]


def reason_of(error: BaseException) -> str:
    """Say why a letter could not be made."""
    return f"{type(error).__name__}: {error}"


def _write(facts: LetterFacts, directory: Path) -> list[Path]:
    return write_letter(render_letter(facts), facts.project_id, directory)


def render_letters(facts: Sequence[LetterFacts], directory: Path, progress: Callable[[int, int], None]) -> list[Path]:
    """Write `<project_id>.pdf` and `.html` of every project into `directory` (made where it is not there).

    Threads suffice: setting and validating run outside the interpreter's lock. `progress` is called with the
    letters tried so far and all of them. Raises LettersFailedError when all have been tried and some failed.
    """
    directory.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    reasons: dict[str, str] = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {pool.submit(_write, one, directory): one.project_id for one in facts}
        for done, job in enumerate(as_completed(jobs), start=1):
            error = job.exception()
            if error is None:
                paths += job.result()
            else:
                reasons[jobs[job]] = reason_of(error)
            progress(done, len(facts))
    if reasons:
        raise LettersFailedError(reasons)
    return sorted(paths)
