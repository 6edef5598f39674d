"""What the letters say: golden texts, sums that add up on paper, plain language, and strictness both ways."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from jinja2 import DictLoader, TemplateRuntimeError, UndefinedError

from tasks.letters import wording
from tasks.letters.blocks import parse
from tasks.letters.facts import Fixed, LetterFacts, Netted, OtherDecision, OtherYear, PostedTo, RateLine, RejectedGroup
from tasks.letters.kind import Kind
from tasks.letters.sums import InconsistentFactsError, require_sums
from tests.support.letter_examples import (
    EFTERREGULERING,
    EXAMPLES,
    NUL,
    PARTSHOERING,
    PARTSHOERING_AGAIN,
    PARTSHOERING_HOLD,
    PARTSHOERING_MISSING,
    PARTSHOERING_UNDECIDED,
    REJECTED,
    TILBAGEBETALING,
    TILBAGEBETALING_UNDECIDED,
    UDBETALING,
    dkk,
)
from tests.support.letter_text import GOLDEN, letter_text, sentences, told


@pytest.mark.parametrize("name", EXAMPLES)
def test_golden_text(name: str) -> None:
    """A person reviews the difference; `python -m tests.support.letter_text` writes the texts again."""
    assert letter_text(EXAMPLES[name]) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_no_golden_text_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(EXAMPLES)


def amount(text: str) -> Decimal:
    """Read an amount back from the letter."""
    return Decimal(text.removesuffix(" kr.").replace(".", "").replace(",", ".").replace("−", "-"))


def added_up(rows: list[tuple[str, Decimal]]) -> Decimal:
    """Add a table up as a reader would, and check each interim sum, subtotal and total on the way."""
    running, subtotals = Decimal(0), Decimal(0)
    for role, value in rows:
        if role == "item":
            running += value
        elif role == "interim":
            assert running == value
        elif role == "subtotal":
            assert running == value
            running, subtotals = Decimal(0), subtotals + value
        else:
            assert role == "total"
            assert running + subtotals == value
            running, subtotals = value, Decimal(0)
    return running


def table(facts: LetterFacts, name: str) -> list[tuple[str, Decimal]]:
    found = next(block for block in parse(wording.word(facts)) if block.get("name") == name)
    return [(row["role"], amount(told(row["cells"][-1]["runs"]))) for row in found["rows"]]


CALCULATED = [name for name, facts in EXAMPLES.items() if facts.as_of_date]
DECIDED_BEFORE = [name for name, facts in EXAMPLES.items() if facts.is_settled_before]


@pytest.mark.parametrize("name", CALCULATED)
def test_calculation_adds_up_line_by_line(name: str) -> None:
    assert added_up(table(EXAMPLES[name], "calculation")) == EXAMPLES[name].entitlement_dkk


@pytest.mark.parametrize("name", DECIDED_BEFORE)
def test_what_was_decided_before_stands_beside_what_is_now(name: str) -> None:
    facts = EXAMPLES[name]
    block = next(block for block in parse(wording.word(facts)) if block.get("name") == "comparison")
    rows = [[amount(told(cell["runs"])) for cell in row["cells"][1:]] for row in block["rows"]]
    assert all(now - before == difference for before, now, difference in rows)
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
    assert rows[-1] == [facts.posted_dkk, facts.entitlement_dkk, facts.payable_dkk]


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_amounts_of_a_table_have_oere(name: str) -> None:
    tables = [block for block in parse(wording.word(EXAMPLES[name])) if block["kind"] == "table"]
    cells = [told(cell["runs"]) for block in tables for row in block["rows"] for cell in row["cells"] if cell["num"]]
    assert cells or name not in CALCULATED
    assert all(re.fullmatch(r"(mindst )?−?[\d.]+,\d\d kr\.|(\d+ af dem )?kan ikke gøres op", cell) for cell in cells)


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_amount_is_negated_twice(name: str) -> None:
    """A word that takes something back stands over an amount without a sign."""
    assert not re.search(r"(tilbage|mindre)[^.|\n]{0,20}−", letter_text(EXAMPLES[name]), re.IGNORECASE)


def test_a_delivery_that_ends_before_the_year_is_told_with_what_to_hand_in() -> None:
    for facts in (EXAMPLES["partshoering_cut_short"], EXAMPLES["nul_cut_short"]):
        text = letter_text(facts)
        assert "Jeres seneste indberetning går kun til og med 30. juni 2016." in text
        assert "Vi mangler en indberetning for hele 2016." in text
        assert "Send os en indberetning, der er opgjort pr. 31. december 2016 eller senere." in text
        assert "ingen påbegyndte" not in text.lower()


@pytest.mark.parametrize("as_of_date", [None, date(2016, 6, 30)])
def test_nothing_is_asked_for_about_a_year_before_the_project_begins(as_of_date: date | None) -> None:
    """The register moved its first day: that is why the year gives nothing, and no delivery could change it."""
    decided = replace(EXAMPLES["tilbagebetaling_begins_later"], as_of_date=as_of_date)
    asked = replace(EXAMPLES["partshoering_begins_later"], as_of_date=as_of_date)
    none = dkk("0")
    given_back = replace(asked, posted_dkk=none, posted_activity_dkk=none, payable_dkk=none, causes=())
    for facts in (asked, decided, given_back, replace(given_back, kind=Kind.NUL, reply_deadline=None)):
        text = letter_text(facts)
        assert "Projektet begynder den 1. januar 2017. Derfor giver 2016 ikke noget tilskud." in text
        assert "Er projektets første dag forkert, så skriv det til os." in text
        asked_for = "mangler en indberetning|[Ss]end (?:os )?en (?:ny )?indberetning|kun til og med|op endnu"
        assert not re.search(asked_for, text)


def test_a_registration_is_to_be_mended_only_where_it_is_wrong() -> None:
    """A citizen who is too young is rejected rightly: nobody is asked to write another day of birth."""
    asked = "- Er nogle af de registreringer, der ikke tæller, forkerte, så ret dem, og send en ny indberetning."
    assert asked in letter_text(PARTSHOERING)


def test_a_grant_below_zero_was_asked_back_and_not_given() -> None:
    """An earlier decision took 1 234 kr. back, since wages of the year before had been corrected in this one."""
    decided = replace(TILBAGEBETALING_UNDECIDED, is_settled_before=True, undecided=(), posted_dkk=dkk("-1000"))
    asked = replace(decided, payable_dkk=dkk("-234"))
    assert "Tidligere har vi krævet 1.000 kr. tilbage.\n" in letter_text(asked)
    to_other = replace(asked, posted_to=(PostedTo("Ishøj Kommune", dkk("-1000")),))
    assert "krævet 1.000 kr. tilbage. Kravet gik til Ishøj Kommune, som dengang modtog" in letter_text(to_other)
    stands = replace(decided, kind=Kind.NUL, posted_dkk=dkk("-1234"), payable_dkk=dkk("0"))
    assert "Det er det samme beløb, som vi tidligere har krævet tilbage.\n" in letter_text(stands)


def test_the_leads_amounts_add_up_to_what_was_posted() -> None:
    facts = replace(TILBAGEBETALING, posted_to=(PostedTo("Ishøj Kommune", dkk("1 279 000")),))
    with pytest.raises(InconsistentFactsError, match="posted of 2016"):
        require_sums(facts)


def test_what_cannot_be_reckoned_is_no_nothing() -> None:
    text = letter_text(EXAMPLES["partshoering_cut_short"])
    assert "mindst 16.000 kr. før loft" in text
    assert "For 3 registreringer kan beløbet ikke gøres op." in text
    assert text.count("| kan ikke gøres op\n") == 1


def test_of_a_rule_s_registrations_only_those_that_cannot_be_reckoned_are_told_so() -> None:
    mixed = RejectedGroup("E06", "udgifter", 2, "beloeb er ikke nul", "Skriv beløbet.", dkk("0"), unreckoned_count=1)
    facts = replace(
        PARTSHOERING, rejected=(mixed,), rejected_count=2, rejected_lost_dkk=dkk("0"), rejected_unreckoned_count=1
    )
    text = letter_text(facts)
    assert "For 1 registrering kan beløbet ikke gøres op." in text
    assert "E06: 2 udgifter | beloeb er ikke nul | Skriv beløbet. | 1 af dem kan ikke gøres op" in text


def test_what_cost_nothing_stands_in_the_annex_alone() -> None:
    assert "S06: 3 forløb |" in letter_text(PARTSHOERING)
    assert "E05" not in letter_text(PARTSHOERING)


@pytest.mark.parametrize("name", [name for name, facts in EXAMPLES.items() if not facts.is_draft])
def test_a_decision_says_so_with_its_basis_in_law(name: str) -> None:
    text = letter_text(EXAMPLES[name])
    assert "# Afgørelse om " in text
    assert "Det er en afgørelse. Den er truffet efter bekendtgørelse nr. 1173" in text
    without = replace(EXAMPLES[name], texts=replace(EXAMPLES[name].texts, legal_basis=""))
    assert "Det er en afgørelse.\n" in letter_text(without)


def test_a_calculation_that_does_not_add_up_is_noticed() -> None:
    rows = table(UDBETALING, "calculation")
    rows[0] = (rows[0][0], rows[0][1] + 1)
    with pytest.raises(AssertionError):
        added_up(rows)


def test_fixed_grant_adds_up_where_wages_are_corrected_below_zero() -> None:
    """Wages of 500 000 kr., then a correction of 600 000 kr.: all of the grant is paid back, and no more."""
    facts = replace(
        PARTSHOERING,
        fixed=Fixed(dkk("-600000"), dkk("-100000"), dkk("500000"), dkk("-500000"), dkk("850000")),
        entitlement_dkk=dkk("380000"),
        payable_dkk=dkk("380000"),
    )
    assert added_up(table(facts, "calculation")) == dkk("380000")


@pytest.mark.parametrize(
    ("earlier", "starts", "says"),
    [
        (0, 200, "svarer til 1.200.000 kr. for alle år til og med 2017. Loftet sænker derfor ikke beløbet.\n"),
        (200, 0, "svarer til 1.200.000 kr. for alle år til og med 2017. Loftet sænker derfor ikke beløbet.\n"),
        (
            200,
            40,
            "1.440.000 kr. for alle år til og med 2017. Loftet sænker derfor ikke beløbet, men det er brugt op.\n",
        ),
        (
            240,
            0,
            "1.440.000 kr. for alle år til og med 2017. Loftet sænker derfor ikke beløbet, men det er brugt op.\n",
        ),
        (
            200,
            50,
            "Det er mere end loftet. Tidligere år har brugt 1.200.000 kr. af loftet. Derfor kan vi give 240.000 kr.",
        ),
        (240, 1, "Det er mere end loftet. Tidligere år har brugt 1.440.000 kr. af loftet. Derfor kan vi give 0 kr."),
        (300, 1, "Det er mere end loftet. Tidligere år har brugt 1.440.000 kr. af loftet. Derfor kan vi give 0 kr."),
        (
            300,
            0,
            "1.800.000 kr. for alle år til og med 2017. Det er mere end loftet, som tidligere år har brugt op. "
            "I 2017 er der ingen ny aktivitet.\n",
        ),
    ],
)
def test_what_the_cap_does_is_told(earlier: int, starts: int, says: str) -> None:
    """The cap is 1 440 000 kr., and each start 6 000."""
    rate, cap = dkk("6000"), UDBETALING.activity.cap_dkk
    granted_earlier = min(earlier * rate, cap)
    granted = min((earlier + starts) * rate, cap) - granted_earlier
    facts = replace(
        UDBETALING,
        kind=Kind.PARTSHOERING,
        reply_deadline=PARTSHOERING.reply_deadline,
        activity=replace(
            UDBETALING.activity,
            starts=(RateLine(starts, rate),) if starts else (),
            completions=(),
            gross_dkk=starts * rate,
            gross_cumulative_dkk=(earlier + starts) * rate,
            granted_earlier_dkk=granted_earlier,
            granted_dkk=granted,
        ),
        entitlement_dkk=granted + UDBETALING.fixed.granted_dkk,
        payable_dkk=granted + UDBETALING.fixed.granted_dkk,
    )
    require_sums(facts)
    text = letter_text(facts)
    assert says in text
    assert text.count("Loftet sænker derfor ikke beløbet") == ("Loftet sænker" in says)


MAXIMUM = "Nedsat til højeste faste tilskud | Højst 850.000 kr., brugt i tidligere år {}"
WAS_ABOVE = "Løn, der lå over det højeste faste tilskud | Rettelsen sænker lønnen over 850.000 kr. fra {} til {}"
SPARED = (
    "Højst det, der er tildelt | Rettelsen kan højst sænke det faste tilskud til 0 kr. i alt; brugt i tidligere år {}"
)
SET_OFF = "Modregnet fra tidligere år | Lønnen i tidligere år er {} i alt"


@pytest.mark.parametrize(
    ("earlier", "wages", "told_dkk"),
    [
        ("400000", "100000", {}),
        ("400000", "500000", {MAXIMUM.format("400.000 kr."): "-50000"}),
        ("900000", "100000", {MAXIMUM.format("850.000 kr."): "-100000"}),
        ("900000", "-20000", {WAS_ABOVE.format("50.000 kr.", "30.000 kr."): "20000"}),
        ("900000", "-60000", {WAS_ABOVE.format("50.000 kr.", "0 kr."): "50000"}),
        (
            "900000",
            "-950000",
            {WAS_ABOVE.format("50.000 kr.", "0 kr."): "50000", SPARED.format("850.000 kr."): "50000"},
        ),
        ("500000", "-600000", {SPARED.format("500.000 kr."): "100000"}),
        ("-6000", "10000", {SET_OFF.format("−6.000 kr."): "-6000"}),
        ("-6000", "2000", {SET_OFF.format("−6.000 kr."): "-2000"}),
        ("-6000", "-1000", {SPARED.format("0 kr."): "1000"}),
        ("-6000", "860000", {MAXIMUM.format("0 kr."): "-4000", SET_OFF.format("−6.000 kr."): "-6000"}),
        ("-6000", "6000", {SET_OFF.format("−6.000 kr."): "-6000"}),
    ],
)
def test_what_limits_the_fixed_grant_is_told_as_what_it_is(earlier: str, wages: str, told_dkk: dict[str, str]) -> None:
    """The maximum holds back, a correction takes what lay above it, and zero spares or is caught up with."""
    of_years, most = dkk(earlier) + dkk(wages), dkk("850000")
    granted_earlier = max(dkk("0"), min(dkk(earlier), most))
    granted = max(dkk("0"), min(of_years, most)) - granted_earlier
    facts = replace(
        UDBETALING,
        kind=Kind.PARTSHOERING,
        reply_deadline=PARTSHOERING.reply_deadline,
        fixed=Fixed(dkk(wages), of_years, granted_earlier, granted, most),
        entitlement_dkk=UDBETALING.activity.granted_dkk + granted,
        payable_dkk=UDBETALING.activity.granted_dkk + granted,
    )
    require_sums(facts)
    lines = letter_text(facts).split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("Løn til projektledelse |")) + 1
    last = next(at for at, line in enumerate(lines) if line.startswith("Fast tilskud |"))
    told_lines = dict(line.rsplit(" | ", 1) for line in lines[first:last])
    assert {name: amount(value) for name, value in told_lines.items()} == {
        name: dkk(value) for name, value in told_dkk.items()
    }
    assert added_up(table(facts, "calculation")) == facts.entitlement_dkk


@pytest.mark.parametrize(
    ("earlier", "wages", "said"),
    [
        (
            "400000",
            "500000",
            "Vi kan højst give 850.000 kr. i alt. Tidligere år har brugt 400.000 kr. Derfor er det faste",
        ),
        (
            "5000",
            "-6000",
            "Det faste tilskud kan ikke komme under 0 kr. i alt. Tidligere år har brugt 5.000 kr. Derfor er",
        ),
        (
            "-6000",
            "10000",
            "løn for 4.000 kr. til og med 2017. Tidligere år har brugt 0 kr. Derfor er det faste tilskud 4.000",
        ),
        ("400000", "100000", "løn for 500.000 kr. til og med 2017. Tidligere år har brugt 400.000 kr.\n"),
    ],
)
def test_the_amounts_of_the_fixed_grant_add_up_where_it_is_told(earlier: str, wages: str, said: str) -> None:
    most = UDBETALING.fixed.max_dkk
    of_years = dkk(earlier) + dkk(wages)
    granted_earlier = max(dkk("0"), dkk(earlier))
    granted = max(dkk("0"), min(of_years, most)) - granted_earlier
    facts = replace(
        UDBETALING,
        kind=Kind.PARTSHOERING,
        reply_deadline=PARTSHOERING.reply_deadline,
        fixed=Fixed(dkk(wages), of_years, granted_earlier, granted, most),
        entitlement_dkk=UDBETALING.activity.granted_dkk + granted,
        payable_dkk=UDBETALING.activity.granted_dkk + granted,
    )
    assert said in letter_text(facts)


@pytest.mark.parametrize(
    ("earlier", "wages", "said"),
    [
        ("-100", "10", "er 0 kr. i alt, fordi den dokumenterede løn er −90 kr. til og med 2017.\n"),
        ("-100", "100", "er 0 kr. i alt, fordi den dokumenterede løn er 0 kr. til og med 2017.\n"),
        ("900000", "10", "har nået det højeste beløb: 850.000 kr.\n"),
        ("900000", "-50000", "har nået det højeste beløb: 850.000 kr.\n"),
    ],
)
def test_why_wages_give_no_fixed_grant(earlier: str, wages: str, said: str) -> None:
    most = dkk("850000")
    of_earlier = max(dkk("0"), min(dkk(earlier), most))
    facts = replace(
        PARTSHOERING_MISSING,
        year=2017,
        is_first_year=False,
        as_of_date=UDBETALING.as_of_date,
        fixed=Fixed(dkk(wages), dkk(earlier) + dkk(wages), of_earlier, dkk("0"), most),
    )
    assert f"- Det faste tilskud {said}" in letter_text(facts)


@pytest.mark.parametrize(
    ("wages", "told"),
    [
        (
            Fixed(dkk("0"), dkk("0"), dkk("0"), dkk("0"), dkk("850000"), vouchers=2, vouchers_cumulative=2),
            (
                "- Den løn til projektledelse, der tæller i 2016, er 0 kr. i alt.\n",
                "Løn til projektledelse | Dokumenteret i 2016 | 0,00 kr.\nFast tilskud |  | 0,00 kr.\n",
                "I har dokumenteret løn for 0 kr. i 2016.\n",
                "xlsx med beregningen og lønbilagene.\n",
            ),
        ),
        (
            Fixed(dkk("0"), dkk("0"), dkk("0"), dkk("0"), dkk("850000"), vouchers=0, vouchers_cumulative=2),
            (
                "- Ingen løn til projektledelse tæller i 2016.\n",
                "Fast tilskud | Ingen løn tæller | 0,00 kr.\n",
                "I har dokumenteret løn for 0 kr. i 2016.\n",
                "xlsx med beregningen og lønbilagene.\n",
            ),
        ),
        (
            PARTSHOERING_MISSING.fixed,
            (
                "- Ingen løn til projektledelse tæller i 2016.\n",
                "Fast tilskud | Ingen løn tæller | 0,00 kr.\n",
                "xlsx med beregningen.\n",
            ),
        ),
    ],
)
def test_wages_that_come_to_zero_are_wages(wages: Fixed, told: tuple[str, ...]) -> None:
    facts = replace(PARTSHOERING_MISSING, as_of_date=PARTSHOERING.as_of_date, fixed=wages)
    text = letter_text(facts)
    for line in told:
        assert line in text
    assert ("Ingen løn" in text) is (wages.vouchers == 0)


@pytest.mark.parametrize("holds", [1, 2])
def test_one_hold_is_spoken_of_as_one(holds: int) -> None:
    text = letter_text(replace(EFTERREGULERING, holds=EFTERREGULERING.holds * holds))
    assert ("Dette forhold holdt sagen tilbage. Vi har vurderet det og" in text) is (holds == 1)
    assert ("Disse forhold holdt sagen tilbage. Vi har vurderet dem og" in text) is (holds == 2)


@pytest.mark.parametrize("groups", [1, 2])
def test_one_rule_has_no_order(groups: int) -> None:
    text = letter_text(replace(PARTSHOERING, rejected=REJECTED[:groups], rejected_count=groups))
    assert ("De regler, der koster mest, står først." in text) is (groups > 1)


def test_a_first_year_has_no_years_before_it() -> None:
    assert "Tidligere år" not in letter_text(PARTSHOERING)
    assert "Tidligere år har brugt" in letter_text(UDBETALING)


def test_registrations_that_cannot_be_reckoned_are_counted_once() -> None:
    one = RejectedGroup("E06", "udgifter", 1, "beloeb er ikke nul", "Skriv beløbet.", dkk("0"), unreckoned_count=1)
    facts = replace(
        PARTSHOERING, rejected=(one,), rejected_count=1, rejected_lost_dkk=dkk("0"), rejected_unreckoned_count=1
    )
    assert "1 registrering tæller ikke med. Beløbet kan ikke gøres op.\n" in letter_text(facts)


@pytest.mark.parametrize("name", [name for name, facts in EXAMPLES.items() if facts.causes])
def test_causes_add_up_to_the_amount(name: str) -> None:
    assert added_up(table(EXAMPLES[name], "causes")) == EXAMPLES[name].payable_dkk


def lix(texts: list[str]) -> float:
    """Compute LIX: words per sentence, and the percentage of words of more than six letters.

    Periods of abbreviations, dates and thousands end no sentence.
    """
    text = " \n".join(texts)
    text = re.sub(r"\b(kr|nr|pr|pct|Att|j)\.(?=[ a-zæøå])(?! \n| [A-ZÆØÅ])", r"\1", text)
    text = re.sub(r"(\d)\.(?=\d| [a-zæøå])", r"\1", text)
    words = re.findall(r"[\wæøåÆØÅ-]+", text)
    count = max(1, len([part for part in re.split(r"[.:!?]+\s|\n", text) if part.strip()]))
    return len(words) / count + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize("name", EXAMPLES)
def test_body_text_is_plain(name: str) -> None:
    facts = EXAMPLES[name]
    texts = [text.replace(facts.texts.basis_in_sentence, "loven") for text in sentences(facts)]
    assert lix(texts) <= 45


def test_heavy_text_is_noticed() -> None:
    heavy = "Styrelsen anerkender opgørelsesgrundlaget vedrørende tilskudsberettigede aktiviteter."
    assert lix([heavy]) > 45


def test_singular() -> None:
    one = RejectedGroup("E05", "udgifter", 1, "kategori er kendt", "Skriv en kendt kategori.", dkk("1"))
    facts = replace(
        PARTSHOERING, participants=1, controls=1, rejected=(one,), rejected_count=1, rejected_lost_dkk=dkk("1")
    )
    text = letter_text(facts)
    assert "1 godkendt deltager og 1 godkendt borger i kontrolgruppen" in text
    assert "1 registrering tæller ikke med. Den ville have udløst 1 kr. før loft, hvis den var i orden." in text
    assert "Bilaget viser registreringen, og hvorfor den ikke tæller." in text
    assert "E05: 1 udgift |" in text


@pytest.mark.parametrize("name", [name for name, facts in EXAMPLES.items() if facts.rejected])
def test_a_table_of_rejected_that_comes_to_more_than_the_total_says_why(name: str) -> None:
    facts = EXAMPLES[name]
    why = "En registrering, der bryder flere regler, står under hver af dem."
    is_more = sum(group.count for group in facts.rejected) > facts.rejected_count
    assert letter_text(facts).count(why) == is_more


def test_both_kinds_of_table_of_rejected_are_among_the_examples() -> None:
    assert not PARTSHOERING.counts_a_registration_twice
    assert PARTSHOERING_HOLD.counts_a_registration_twice


def test_a_draft_is_marked_and_a_decision_is_not() -> None:
    assert "UDKAST" in letter_text(PARTSHOERING)
    assert "8. marts 2017" in letter_text(PARTSHOERING)
    assert "udkast" not in letter_text(UDBETALING).lower()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (PARTSHOERING, "træffer vi afgørelse ud fra det, vi ved nu."),
        (PARTSHOERING_HOLD, "træffer vi afgørelse ud fra det, vi ved, når sagen er afklaret."),
    ],
)
def test_a_draft_that_waits_promises_no_decision_before_it_is_cleared_up(facts: LetterFacts, said: str) -> None:
    assert f"Hører vi ikke fra jer, {said}" in letter_text(facts)


def test_a_draft_of_a_year_that_is_settled_before_has_no_day_of_its_calendar() -> None:
    text = letter_text(PARTSHOERING_AGAIN)
    assert text.count("senest 3 uger efter modtagelsen af dette brev.") == 2
    assert "Dato sættes ved afsendelse" in text
    assert "februar 2017" not in text
    assert "marts 2017" not in text


@pytest.mark.parametrize(
    ("payable", "posted", "said"),
    [
        ("1280000", "0", "Vi har til hensigt at udbetale 1.280.000 kr. til Vallensbæk Kommune i tilskud for 2016."),
        ("6000", "1274000", "Vi har til hensigt at udbetale 6.000 kr. mere til Vallensbæk Kommune"),
        ("-6000", "1286000", "Vi har til hensigt at kræve 6.000 kr. tilbage fra Vallensbæk Kommune"),
        ("0", "1280000", "Efter vores beregning er der 0 kr. at udbetale til Vallensbæk Kommune for 2016."),
    ],
)
def test_a_draft_says_what_is_intended(payable: str, posted: str, said: str) -> None:
    facts = replace(PARTSHOERING, payable_dkk=dkk(payable), posted_dkk=dkk(posted), is_settled_before=dkk(posted) > 0)
    assert said in letter_text(facts)


def test_a_year_that_was_decided_at_nothing_says_what_was_decided() -> None:
    """More is more than something, also where that was 0 kr."""
    nothing = replace(
        UDBETALING, kind=Kind.EFTERREGULERING, is_settled_before=True, posted_dkk=dkk("0"), posted_activity_dkk=dkk("0")
    )
    said = "Vi har regnet 2017 igen. Tilskuddet er nu 1.010.000 kr. Tidligere har vi tildelt 0 kr."
    assert said in letter_text(nothing)
    assert said in letter_text(replace(nothing, kind=Kind.PARTSHOERING, reply_deadline=date(2018, 3, 8)))
    assert "Vi har regnet" not in letter_text(UDBETALING)


def test_years_that_are_added_up_promise_no_payment_of_one() -> None:
    alone = replace(PARTSHOERING, rejected=(), rejected_count=0, rejected_lost_dkk=dkk("0"))
    assert "Tilskud for 2016, til udbetaling nu" in letter_text(alone)
    added = letter_text(replace(alone, other_years=(OtherYear(2017, dkk("1000"), dkk("2281000")),)))
    assert "skal I betale 1.000.000 kr. tilbage i alt" in added
    assert "til udbetaling nu" not in added


def test_one_registration_is_mended_and_annexed_as_one() -> None:
    one = letter_text(replace(PARTSHOERING, rejected=REJECTED[:1], rejected_count=1, rejected_lost_dkk=dkk("16000")))
    assert "- Er den registrering, der ikke tæller, forkert, så ret den, og send en ny indberetning." in one
    assert "lønbilagene og den registrering, der ikke tæller." in one
    assert "Er nogle af de registreringer, der ikke tæller, forkerte, så ret dem, og" in letter_text(PARTSHOERING)


def test_nothing_to_pay_says_why() -> None:
    empty = replace(PARTSHOERING_MISSING, kind=Kind.NUL, reply_deadline=None, holds=())
    assert "at vi mangler en indberetning for hele 2016" in letter_text(empty)

    no_activity = letter_text(replace(empty, as_of_date=PARTSHOERING.as_of_date))
    assert "Ingen påbegyndte eller gennemførte forløb tæller i 2016." in no_activity
    assert "Ingen løn til projektledelse tæller i 2016." in no_activity

    used_up = replace(
        NUL,
        is_settled_before=False,
        activity=replace(
            NUL.activity,
            gross_cumulative_dkk=dkk("2200000"),
            granted_earlier_dkk=dkk("1440000"),
            granted_dkk=dkk("0"),
        ),
        fixed=Fixed(dkk("500000"), dkk("1400000"), dkk("850000"), dkk("0"), dkk("850000")),
        entitlement_dkk=dkk("0"),
        posted_dkk=dkk("0"),
        posted_activity_dkk=dkk("0"),
    )
    text = letter_text(used_up)
    assert "Loftet for det aktivitetsafhængige tilskud er brugt op i tidligere år." in text
    assert "Det faste tilskud har nået det højeste beløb: 850.000 kr.\n" in text


def _decided(facts: LetterFacts) -> list[str]:
    """Give the paragraphs of the decision at the head of a letter."""
    (decision,) = [block for block in parse(wording.word(facts)) if block.get("name") == "decision"]
    return [told(block["runs"]) for block in decision["blocks"] if block["kind"] == "paragraph"]


LOWERED = replace(TILBAGEBETALING_UNDECIDED, undecided=())


@pytest.mark.parametrize(
    "facts",
    [
        TILBAGEBETALING_UNDECIDED,
        PARTSHOERING_UNDECIDED,
        replace(LOWERED, netted=Netted((OtherDecision("JF-187", 2016, dkk("5000")),), dkk("3766"))),
        replace(PARTSHOERING_MISSING, kind=Kind.NUL, reply_deadline=None),
        replace(
            PARTSHOERING_MISSING,
            as_of_date=date(2016, 6, 30),
            fixed=replace(PARTSHOERING_MISSING.fixed, wages_dkk=dkk("-10"), wages_cumulative_dkk=dkk("-10")),
        ),
    ],
    ids=["undecided", "draft", "added up", "nothing", "cut short"],
)
def test_what_it_is_due_to_stands_right_after_the_amount(facts: LetterFacts) -> None:
    amount_told, due_to, *rest = _decided(facts)
    assert " kr. " in amount_told
    assert due_to.startswith("Det skyldes")
    assert not any("skyldes" in text for text in rest)


@pytest.mark.parametrize(
    ("own", "other", "said", "unsaid"),
    [
        ("6000", "500", "Vi udbetaler ét beløb: 6.500 kr.\n", "betale noget tilbage"),
        (
            "6000",
            "-500",
            "Vi udbetaler ét beløb: 5.500 kr. I skal ikke betale noget tilbage særskilt.\n",
            "noget særskilt",
        ),
        ("-6000", "-500", "I skal betale ét beløb: 6.500 kr.\n", "Vi udbetaler"),
        (
            "-6000",
            "500",
            "I skal betale ét beløb: 5.500 kr. Vi udbetaler ikke noget særskilt.\n",
            "betale noget tilbage",
        ),
    ],
)
def test_an_added_up_letter_speaks_of_no_payment_that_is_not_there(
    own: str, other: str, said: str, unsaid: str
) -> None:
    of_own = EFTERREGULERING if dkk(own) > 0 else TILBAGEBETALING
    netted = Netted((OtherDecision("JF-188", 2017, dkk(other)),), dkk(own) + dkk(other))
    text = letter_text(replace(of_own, netted=netted))
    assert said in text
    assert unsaid not in text


def test_standard_texts_are_told_and_left_out_where_empty() -> None:
    guided = replace(UDBETALING, texts=replace(UDBETALING.texts, complaint_guidance="I kan klage til et nævn."))
    assert "## Klagevejledning\n\nI kan klage til et nævn." in letter_text(guided)
    assert "Klagevejledning" not in letter_text(UDBETALING)
    paid = replace(UDBETALING.texts, payment_guidance="Pengene er på kontoen den 1. maj 2018.")
    assert "CVR-nr. 19583910. Pengene er på kontoen den 1. maj 2018.\n" in letter_text(replace(UDBETALING, texts=paid))
    repaid = replace(TILBAGEBETALING.texts, repayment_guidance="I skal betale senest den 1. maj 2018.")
    text = letter_text(replace(TILBAGEBETALING, texts=repaid))
    assert "CVR-nr. 19583910. I skal betale senest den 1. maj 2018.\n" in text
    assert "Vent med at betale" not in text
    with pytest.raises(wording.UnusedValueError, match="repayment_guidance"):
        letter_text(replace(UDBETALING, texts=repaid))


def _words_with(monkeypatch: pytest.MonkeyPatch, template: str) -> str:
    overlay = wording.environment().overlay(loader=DictLoader({"udbetaling.html.jinja": template}), cache_size=0)
    monkeypatch.setattr(wording, "environment", lambda: overlay)
    return wording.word(UDBETALING)


def test_a_value_that_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UndefinedError, match="account_number"):
        _words_with(monkeypatch, "<h1>{{ letter.account_number }}</h1>")


def test_a_value_that_is_never_told_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(wording.UnusedValueError, match=r"letter\.payable_dkk"):
        _words_with(monkeypatch, "<h1>{{ letter.project_id }}</h1>")


@pytest.mark.parametrize("expression", ["letter.__class__", "letter._value", "letter.project_id.__class__.mro()"])
def test_the_wording_reaches_nothing_but_the_facts(monkeypatch: pytest.MonkeyPatch, expression: str) -> None:
    with pytest.raises(TemplateRuntimeError, match=r"unsafe|undefined|no attribute"):
        _words_with(monkeypatch, "<h1>{{ " + expression + " }}</h1>")
