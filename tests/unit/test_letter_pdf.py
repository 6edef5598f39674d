"""The letter as PDF: standards, structure, fonts, the same bytes again, and what happens when one letter fails."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from tasks.letters import glyphs, render
from tasks.letters.facts import Cause, LetterFacts
from tasks.letters.render import (
    LayoutError,
    LettersFailedError,
    document_of,
    lay_out,
    render_letter,
    render_letters,
    set_pdf,
)
from tasks.letters.wording import word
from tests.support.letter_examples import (
    EFTERREGULERING,
    EXAMPLES,
    PARTSHOERING,
    REJECTED,
    TILBAGEBETALING,
    UDBETALING,
    dkk,
)

HOSTILE = '#eval("1+1") $x^2$ {{ 7*7 }} {% if %} <b>&amp;</b> "\\ *fed* _k_ `r` @ref // =A1 ~ -- '


def words(pdf: bytes) -> str:
    return " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("name", EXAMPLES)
def test_structure(name: str) -> None:
    pdf = render_letter(EXAMPLES[name]).pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "da-DK"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        metadata = document.open_metadata()
        assert "JobFirst" in str(metadata["dc:title"])
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        fonts = {
            str(font.BaseFont).rpartition("+")[2]
            for one in document.pages
            for font in one.Resources.get("/Font", {}).values()
        }
        assert fonts == {"IBMPlexSans", "IBMPlexSans-Bold"}
        with document.open_outline() as outline:
            assert len(outline.root) == 1, "one bookmark for the subject, the sections under it"
            assert [item.title for item in outline.root[0].children][:1] == ["Det skal I gøre"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_tags(name: str) -> None:
    pdf = render_letter(EXAMPLES[name]).pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        kinds: list[str] = []

        def walk(node: object) -> None:
            if isinstance(node, pikepdf.Array):
                for kid in node:
                    walk(kid)
            elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
                kind = str(node.S)
                kinds.append(kind)
                if kind == "/Figure":
                    assert "Loftet er" in str(node.Alt)
                if kind == "/TH":
                    assert "/Scope" in str(node.get("/A"))
                walk(node.get("/K"))

        walk(document.Root.StructTreeRoot.K)
        assert kinds.count("/H1") == 1
        assert kinds.index("/H1") < kinds.index("/H2")
        assert not {"/H3", "/H4"} & set(kinds)
        has_events = EXAMPLES[name].activity.gross_cumulative_dkk > 0
        assert kinds.count("/Figure") == has_events
        assert kinds.count("/TH") >= 3 or not EXAMPLES[name].as_of_date


def test_a_long_table_begins_under_its_heading_and_goes_on() -> None:
    """It once went to a page of its own with the signature, and ran off it."""
    group = replace(REJECTED[0], reason=f"{REJECTED[0].reason} og ikke fyldt 65 år på samme dato")
    facts = replace(
        PARTSHOERING, rejected=(group,) * 30, rejected_count=30, rejected_lost_dkk=group.lost_dkk * 30, holds=()
    )
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(render_letter(facts).pdf)).pages]
    (first,) = [text for text in pages if "30 registreringer tæller" in " ".join(text.split())]
    assert "Regel og antal" in first
    assert "Bilaget viser registreringerne en for en" in pages[-1]
    assert sum("C10: 1 borger" in " ".join(text.split()) for text in pages) > 1


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_signature_shares_its_page_with_the_text(name: str) -> None:
    pages = PdfReader(io.BytesIO(render_letter(EXAMPLES[name]).pdf)).pages
    last = pages[-1].extract_text()
    assert "Med venlig hilsen" in last
    assert len(last.split("Med venlig hilsen")[0].split()) > 10


def test_what_leads_in_to_a_list_shares_a_page_with_it() -> None:
    """However far down the page it comes."""
    for lines in range(12):
        causes = (Cause("Lange årsager fylder mere end en linje " * 3, dkk("0")),) * lines
        facts = replace(EFTERREGULERING, causes=(*EFTERREGULERING.causes, *causes))
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(lay_out(document_of(facts, word(facts))))).pages]
        (page,) = [" ".join(text.split()) for text in pages if "truffet afgørelse:" in text]
        assert "Kontrolgruppen har 96 borgere" in page


def test_a_caption_shares_a_page_with_its_table() -> None:
    """However far down the page it comes; a table of many rows goes on, and its caption once stayed behind alone."""
    for lines in range(12):
        causes = (Cause("En årsag", dkk("0")),) * lines
        facts = replace(EFTERREGULERING, causes=(*EFTERREGULERING.causes, *causes), rejected=(REJECTED[0],) * 20)
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(lay_out(document_of(facts, word(facts))))).pages]
        (page,) = [" ".join(text.split()) for text in pages if "De regler, der koster mest" in text]
        assert "Regel og antal" in page
        assert "C10: 1 borger" in page


def test_no_line_ends_within_a_word_that_is_whole() -> None:
    for letters in range(0, 40, 2):
        lead = replace(TILBAGEBETALING.lead, full_name="Læsø Kommune" + "x" * letters)
        facts = replace(TILBAGEBETALING, lead=lead)
        pages = PdfReader(io.BytesIO(lay_out(document_of(facts, word(facts))))).pages
        assert "CVR-nr." in pages[0].extract_text()
        assert not any(line.rstrip().endswith("CVR-") for page in pages for line in page.extract_text().split("\n"))


@pytest.mark.parametrize(
    "address", [(), ("Gade 1", "2100 Ø"), ("Etage 2", "Gade 1", "Postboks 3", "2100 Ø", "Danmark")]
)
def test_no_line_of_the_head_stands_upon_another(address: tuple[str, ...]) -> None:
    sender = replace(UDBETALING.sender, address=address, email="a@b.dk", phone="12 34 56 78")
    page = PdfReader(io.BytesIO(render_letter(replace(UDBETALING, sender=sender)).pdf)).pages[0]
    baselines: list[float] = []

    def of_line(text: str, at: list[float], *_: object) -> None:
        is_right_half = at[4] > page.mediabox.width / 2
        if text.strip() and is_right_half and (not baselines or at[5] != baselines[-1]):
            baselines.append(at[5])

    page.extract_text(visitor_text=of_line)
    # Two lines of the sender's name, its unit, e-mail and telephone, and the date, case and project.
    head = baselines[: 8 + len(address)]
    assert all(upper - lower > 10 for upper, lower in pairwise(head)), head


def test_amounts_and_mark_are_on_the_page() -> None:
    text = words(render_letter(PARTSHOERING).pdf)
    assert "1.280.000 kr." in text
    assert "UDKAST – ikke en afgørelse" in text
    assert "UDKAST" not in words(render_letter(UDBETALING).pdf)


def test_same_bytes_again(tmp_path: Path) -> None:
    letters = [replace(facts, project_id=f"JF-{n}") for n, facts in enumerate(EXAMPLES.values())]
    first = render_letters(letters, tmp_path / "first", lambda _done, _all: None)
    again = render_letters(letters[::-1], tmp_path / "again", lambda _done, _all: None)
    assert len(first) == 2 * len(letters)
    assert [path.name for path in first] == [path.name for path in again]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


def test_hostile_text_appears_as_written() -> None:
    facts = replace(UDBETALING, project_name=HOSTILE, contact=HOSTILE, case_number="16/1#pagebreak()")
    pdf = render_letter(facts).pdf
    squeezed = words(pdf).replace(" ", "")
    assert squeezed.count(HOSTILE.replace(" ", "")) == 2
    assert "16/1#pagebreak()" in squeezed


def test_a_letter_that_fails_is_named_and_the_others_stand(tmp_path: Path) -> None:
    broken = replace(UDBETALING, project_id="JF-2", posted_dkk=UDBETALING.posted_dkk + 1)
    letters = [replace(UDBETALING, project_id="JF-1"), broken, replace(UDBETALING, project_id="JF-3")]
    told: list[tuple[int, int]] = []
    with pytest.raises(LettersFailedError, match=r"JF-2: InconsistentFactsError: payable") as failed:
        render_letters(letters, tmp_path, lambda done, every: told.append((done, every)))
    assert list(failed.value.reasons) == ["JF-2"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["JF-1.html", "JF-1.pdf", "JF-3.html", "JF-3.pdf"]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_sign_that_the_font_lacks_is_written_by_its_number() -> None:
    text = words(render_letter(replace(UDBETALING, project_name="JobFirst 中\x07")).pdf)
    assert "”JobFirst [U+4E2D][U+0007]”" in text


def test_a_sign_without_a_glyph_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "writable", lambda text: text)
    with pytest.raises(LayoutError):
        render_letter(replace(UDBETALING, project_name="JobFirst 中"))


def _document(facts: LetterFacts, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    caught: list[dict[str, object]] = []
    monkeypatch.setattr(render, "set_pdf", lambda document: caught.append(document) or b"")
    render_letter(facts)
    monkeypatch.undo()
    return caught[0]


def _with_layout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old: str, new: str) -> None:
    """Set letters with a layout in which `old` is replaced."""
    source = (render.LETTERS / "letter.typ").read_text(encoding="utf-8")
    assert old in source
    (tmp_path / "letter.typ").write_text(source.replace(old, new), encoding="utf-8")
    compiler = render.typst.Compiler(root=str(tmp_path), font_paths=[str(render.FONTS)], ignore_system_fonts=True)
    monkeypatch.setattr(render, "_compiler", lambda: compiler)


def test_a_warning_of_the_layout_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    document = _document(UDBETALING, monkeypatch)
    _with_layout(monkeypatch, tmp_path, '"IBM Plex Sans"', '("No Such Font", "IBM Plex Sans")')
    with pytest.raises(LayoutError, match="warns: unknown font family"):
        set_pdf(document)


def test_a_figure_without_alternative_text_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    document = _document(UDBETALING, monkeypatch)
    _with_layout(monkeypatch, tmp_path, ", alt: it.alt", "")
    with pytest.raises(LayoutError, match="alt"):
        set_pdf(document)


def test_a_pdf_that_breaks_its_standard_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The validator is asked, not the layout: a PDF without tags is set, and refused."""
    document = _document(UDBETALING, monkeypatch)

    class Careless:
        def compile_with_warnings(self, **arguments: object) -> tuple[bytes, list[object]]:
            arguments["pdf_standards"] = []
            pdf, _ = compiler.compile_with_warnings(**arguments, pdf_tags=False)
            return pdf, []

    compiler = render._compiler()
    monkeypatch.setattr(render, "_compiler", Careless)
    with pytest.raises(LayoutError, match="the PDF breaks PDF_UA_1"):
        set_pdf(document)


def test_every_decision_is_validated_and_of_drafts_each_structure_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "_SOUND", set())
    validated: list[bytes] = []
    monkeypatch.setattr(render, "breaches", lambda pdf: validated.append(pdf) or [])
    for facts in (PARTSHOERING, replace(PARTSHOERING, project_name="Et andet navn"), UDBETALING, UDBETALING):
        render_letter(facts)
    assert len(validated) == 3
    render_letter(replace(PARTSHOERING, rejected=()))
    assert len(validated) == 4


def test_one_thread_validates_a_structure_and_the_others_wait_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "_SOUND", set())
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    validated: list[bytes] = []

    def slowly(pdf: bytes) -> list[str]:
        validated.append(pdf)
        time.sleep(0.1)
        return []

    monkeypatch.setattr(render, "breaches", slowly)
    render_letters([replace(PARTSHOERING, project_id=f"P-{at}") for at in range(4)], tmp_path, lambda *_: None)
    assert len(validated) == 1


def test_a_draft_that_breaks_its_standard_is_found_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "_SOUND", set())
    monkeypatch.setattr(render, "breaches", lambda _pdf: ["PDF_UA_1, broken"])
    for _ in range(2):
        with pytest.raises(LayoutError, match="the PDF breaks PDF_UA_1"):
            render_letter(PARTSHOERING)


def _ending_in_carriage_returns(pdf: bytes, streams: int) -> bytes:
    ends = [end.start() for end in re.finditer(rb"\nendstream", pdf)][:streams]
    return b"".join(b"\r" if at + 1 in ends else pdf[at : at + 1] for at in range(len(pdf)))


@pytest.mark.parametrize("streams", [1, 2, 3])
def test_streams_that_end_in_a_carriage_return_are_no_breach(streams: int) -> None:
    """The validator names none of several."""
    pdf = _ending_in_carriage_returns(render_letter(UDBETALING).pdf, streams)
    told = [
        failure.object_id
        for failure in render.page.validate_pdf_bytes(pdf, profile="2a").failures
        if failure.rule_id == render._STREAM_LENGTH
    ]
    assert len(told) == 1
    assert (told == [None]) is (streams > 1)
    assert not [breach for breach in render.breaches(pdf) if render._STREAM_LENGTH in breach]


@pytest.mark.parametrize(
    ("streams", "at", "by"), [(0, 0, -1), (0, 0, 1), (1, 1, -1), (2, 0, 1), (2, 1, 1), (2, 2, -1), (2, -1, 1)]
)
def test_a_wrong_length_is_a_breach(streams: int, at: int, by: int) -> None:
    """Also beside streams that end in a carriage return, and behind them."""
    pdf = _ending_in_carriage_returns(render_letter(UDBETALING).pdf, streams)
    length = [*re.finditer(rb"/Length (\d+)", pdf)][at]
    wrong = pdf[: length.start(1)] + str(int(length[1]) + by).encode() + pdf[length.end(1) :]
    assert [breach for breach in render.breaches(wrong) if render._STREAM_LENGTH in breach]


def test_a_stream_without_a_length_is_not_excused() -> None:
    pdf = _ending_in_carriage_returns(render_letter(UDBETALING).pdf, 2)
    assert render._lengths_are_right(pdf)
    assert not render._lengths_are_right(pdf.replace(b"/Length ", b"/Lengde ", 1))


@pytest.mark.parametrize("sign", ["\uece0", "\uefcc", "\uf6d7", "\uf6d8"])
def test_a_sign_that_a_letter_cannot_hold_is_written_as_its_code(sign: str) -> None:
    """The fonts have a glyph for signs of private use, and PDF/A-2a has no room for those."""
    facts = replace(UDBETALING, project_name=f"Vej{sign}job")
    assert f"Vej[U+{ord(sign):04X}]job" in words(render_letter(facts).pdf)


def test_the_fonts_signs_are_all_fit_for_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    document = _document(UDBETALING, monkeypatch)
    signs = set.intersection(*(glyphs._characters(font) for font in glyphs.FONTS.glob("*.ttf")))
    document["reference"] = glyphs.writable("".join(map(chr, sorted(signs - {0}))))
    assert render.breaches(lay_out(document)) == []
