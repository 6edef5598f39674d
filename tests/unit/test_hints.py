"""What stands in parentheses behind a value that is not understood: what it is, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb
import pytest

from tasks.base.paths import PROJECT
from tasks.validation.guards import guards_of
from tasks.warehouse.connection import in_memory


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with in_memory() as opened:
        yield opened


def hints(connection: duckdb.DuckDBPyConnection, kind: str, text: str) -> tuple[str, str]:
    """Give what is said of a text as a value of a kind, in Danish and English."""
    row = connection.execute(
        "SELECT hint($kind, $text, true), hint($kind, $text, false)", {"kind": kind, "text": text}
    ).fetchone()
    assert row is not None
    return str(row[0]), str(row[1])


ANY = [
    ("=SUM(A1:A9)", "en formel skrevet som tekst"),
    ("'deltager", "begynder med en apostrof"),
    ("#REF!", "fejlværdi"), ("#VÆRDI!", "fejlværdi"), ("#DIV/0!", "fejlværdi"), ("#NAVN?", "fejlværdi"),
    ("#I/T", "fejlværdi"), ("#N/A", "fejlværdi"), ("Err:502", "fejlværdi"),
    ("#####", "kolonnen er for smal"),
    ("NULL", "ingen værdi"), ("n/a", "ingen værdi"), ("\\N", "ingen værdi"), ("NaT", "ingen værdi"),
    ("(null)", "ingen værdi"), ("N.A.", "ingen værdi"),
    ("FALSK", "en sandhedsværdi"), ("True", "en sandhedsværdi"),
    ("l\u203antilskud", "CP850"), ("l\u00bfntilskud", "Mac Roman"), ("l\u00c3\u00b8ntilskud", "UTF-8, læst som"),
    ("\u203avrige", "CP850"), ("\u203anej\u2039", "et typografisk anførselstegn"), ("\u2018nej", "et typografisk"),
    ("\u00bfvrige", "Mac Roman"), ("\u00afvrige", "Mac Roman"), ("ORDIN\u00aeR", "Mac Roman"),
    ("l+APg-ntilskud", "UTF-7"), ("l&oslash;ntilskud", "koder i stedet for bogstaver"), ("l?ntilskud", "gået tabt"),
    ("löntilskud", "et andet sprogs bogstav"), ("Ordinær  ansættelse", "to mellemrum"),
    ("n\u0435j", "et kyrillisk bogstav, U+0435"), ("nej\u200e", "venstre-mod-højre-mærke U+200E"),
    ("\u2113øn", "et fremmed tegn, U+2113"),
    ("reserve", ""), ("Løntilskud!", ""), ("café", ""),
    ("B\u20111", "en streg, der ikke er en bindestreg, U+2011"),
    ("deltager\nx", ""), ("deltager\r\nx", ""), ("deltager\u2028x", ""), ("n\x0bj\u200e", "venstre-mod-højre-mærke"),
]  # fmt: skip
CODES = [
    ("Løn\u2011tilskud", ""), ("løn\u2212tilskud", ""), ("løn \u2013 tilskud", ""), ("\u2014", "ingen værdi"),
    ("n\u0435j\u2013", "et kyrillisk bogstav, U+0435"), ("deltager\nx", ""), ("reserve", ""),
]  # fmt: skip
NUMBERS = [
    ("1.23,4", "punktum og komma"), ("12.34.56", "punktum og komma"), ("1,234.56", "komma skiller tusinder"),
    ("1,234", "tre cifre efter kommaet"), ("0,125", "højst to decimaler"), ("1234,567", "højst to decimaler"),
    ("0.125", "første gruppe af nuller"), ("7.125", "punktum skiller tusinder"), ("1 000", "et mellemrum"),
    ("1'000", "en apostrof"), ("1_000", "fremmed skilletegn"), ("1\u066c234", "fremmed skilletegn"),
    ("1E+05", "videnskabelig notation: skriv tallet helt ud"), ("12,5 %", "en procent"),
    ("12:50", "en varighed: formatér cellen som tal, og skriv kroner"), ("-12:50:00", "skriv kroner som 1.234,50"),
    ("2016-01-02", "en dato, måske"), ("01-02-2016", "en dato, måske"),
    ("1.234,56,-", "streg i stedet for øre"), ("--5", "to minusser"), ("500 ,00", "et mellemrum"), ("O", "et bogstav"),
    ("\U0001d7d3", "et ciffer af en anden skrift, U+1D7D3"),
    ("500-", "minus efter"), ("500,-", "streg i stedet for øre"), ("500.-", "streg i stedet for øre"),
    ("1.234,\u2212", "streg i stedet for øre"), ("-500,--", "streg i stedet for øre"), ("500, -", "streg i stedet"),
    ("(500)", "parentes"), ("- 5", "efter minusset"),
    ("kr. 5", "en valuta"), ("5 €", "en valuta"), ("+5", "et plus"), ("1111,O1", "et bogstav blandt cifrene"),
    ("37½", "en brøk"), ("37-40", "to tal"), ("99999999999999999", "for stort"), (",50", "i kanten"),
    ("ca. 500", "andet end tallet"), ("37 timer", "andet end tallet"), ("#REF!", "fejlværdi"), ("fuldtid", ""),
    (".", "ingen værdi"), ("..", "ingen værdi"), ("-", "ingen værdi"), ("-   kr.", "ingen værdi"),
    ("1,234.56 kr.", "komma skiller tusinder"), ("1 234,56 kr.", "et mellemrum mellem cifrene"), ("+5 kr.", "et plus"),
    ("1.234,- kr.", "streg i stedet for øre"), ("1.23,4 kr.", "punktum og komma"), ("500 kr", 'kun "kr." efter'),
    ("\u22121,234.56", "komma skiller tusinder"), ("\u22121,000", "tre cifre efter"), ("\u2212", "ingen værdi"),
    ("jan-50", "en dato, måske"), ("1. marts", "en dato, måske"), ("01-mar", "en dato, måske"),
]  # fmt: skip
HOURS = [
    ("37:30", "en varighed: skriv timer som 37,5"), ("37 timer", "andet end tallet"), ("7.125", "punktum skiller"),
    ("37,5 t", "andet end tallet"), (".", "ingen værdi"),
]  # fmt: skip
DATES = [
    ("42444", "serienummer"), ("42444,5", "serienummer"), ("1457136000", "tidsstempel"), ("06/30/2016", "måneden står"),
    ("2016-03-02 00:00", "klokkeslæt"), ("02-03-2016 kl. 12", "klokkeslæt"), ("02-03-16", "året med fire cifre"),
    ("20160302", "uden skilletegn"), ("2016/03/02", "året står først"), ("2016.3.2", "året står først"),
    ("1/3-2016", "to slags skilletegn"), ("31-02-2016", "ikke findes i kalenderen"), ("02 03 2016", "skilletegn, der"),
    ("2. marts 2016", "måneden med bogstaver"), ("March 2, 2016", "måneden med bogstaver"), ("mar-16", "med bogstaver"),
    ("2016-03", "måned og år alene"), ("9999", "et årstal alene"), ("6/2", "uden år"), ("uge 10 2016", "en uge"),
    ("Q1 2016", "et kvartal"), ("02-O3-2016", "et bogstav blandt cifrene"), ("d. 02-03-2016", "andet end datoen"),
    ("02\u201303\u20132016", "en streg, der ikke er en bindestreg"), ("#I/T", "fejlværdi"), ("2016-W10", "en uge"),
    ("00:00:00", "et nul (00-01-1900"), ("0:00", "tom celle: tøm cellen"), ("0", "et nul"), ("00-01-1900", "et nul"),
    ("12:30", "et klokkeslæt eller en varighed"), ("1020120:00", "en varighed: skriv datoen"), ("-3:00:00", "varighed"),
    ("31-12-20166", " (skriv datoen som"), ("99999-12-31", " (skriv datoen som"), ("31-12-2016?", "andet end datoen"),
    ("2-3", "uden år"), ("løbende", ""), ("i\u2028dag", "linjeseparator U+2028"),
    ("i\ndag", "et usynligt tegn, U+000A"),
]  # fmt: skip
COMPANIES = [
    ("1000000250", "P-nummer"), ("P1000000250", "P-nummer"), ("P-nr. 1000000250", "P-nummer"),
    ("******-****", "P-nummer"), ("9910100", "syv cifre: der mangler ét"), ("09910100", "ciffer er 0"),
    ("99101009", "passer ikke sammen"), ("99.10.10.08", "skilletegn mellem cifrene"),
    ("99.101.008", "skilletegn mellem"), ("99101008,0", "med decimaler"),
    ("9910l008", "et bogstav blandt cifrene"), ("991010080", "ikke otte cifre"), ("99101008/99102004", "to numre"),
    ("DK99101009", "passer ikke sammen"), ("DK 99 10 10 09", "passer ikke sammen"), ("9910 1009", "passer ikke"),
    ("DK 99 10 10 0", "syv cifre"), ("DK09910100", "ciffer er 0"), ("DK991010080", "ikke otte cifre"),
    ("1 000 000 250", "P-nummer"), ("99101008 99102004", "to numre"),
    ("CVR 99101008", "andet end nummeret"), ("dk99101008", "andet end nummeret"), ("JobFirst A/S", ""),
]  # fmt: skip
CITIZENS = [
    ("620250.1018", "separators"), ("62 02 50 1018", "separators"), ("620250--1018", "separators"),
    ("6202501018.0", "decimals"), ("62O2501018", "letters"), ("#REF!", "error"), ("62025010", "too_short"),
    ("620250-101", "too_short"), ("19620250-1018", "too_long"), ("3202501018", "no_date"), ("620250-XXXX", "masked"),
    ("320250\u20111018", "no_date"), ("320250\u22121018", "no_date"), ("320250 1018", "no_date"),
    ("620250\u2011101", "too_short"), ("620250\u201310180", "too_long"), ("620250\u200e1018", "foreign_character"),
    ("cpr 6202501018", "more"), ("6,2E+09", "scientific"), ("=A1", "formula"), ("ukendt", "invalid"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (kind, text, told)
        for kind, of_kind in (
            ("text", ANY),
            ("code", CODES),
            ("number", NUMBERS),
            ("hours", HOURS),
            ("date", DATES),
            ("cvr", COMPANIES),
        )
        for text, told in of_kind
    ],
)
def test_a_value_is_told_as_what_it_is(connection: duckdb.DuckDBPyConnection, kind: str, text: str, told: str) -> None:
    da, en = hints(connection, kind, text)
    assert (told in da and da.startswith(" (")) if told else da == ""
    assert (en == "") == (da == "")


OTHER_VALUES: list[tuple[str, str, str, list[str]]] = [
    ("number", "tusinder eller millioner: skriv hele beløbet i kroner", "thousands or millions", [
        "12 tkr.", "12 t.kr.", "12 t.kr", "12,5 TKR", "12 tus. kr.", "12 tusind", "1,2 mio.", "1,2 mio. kr.",
        "1,2 mill", "1 million kr.", "2 milliarder", "12k", "12 kkr.", "12 t.DKK", "-12 tkr.", "12 m", "TKR 12",
        "t.kr. 12"]),
    ("number", "et beløb i øre: skriv det i kroner", "write it in kroner", ["500 øre", "50.000 ØRE"]),
    ("number", "et tegn for debet eller kredit: skriv et beløb, der trækkes fra, med minus foran", "debit or credit", [
        "-500 K", "\u2212500 K", "500,00 kr. K", "K: 500 kr", "kredit 500", "Kreditnota 500,00 kr.",
        "500,00 K", "500,00K", "500 D", "500,00 CR", "500,00DR", "500,00 Kredit", "500,00 Debet", "K 500,00"]),
    ("number", "en valuta: skriv beløbet i danske kroner", "in Danish kroner", ["500 €", "$500", "EUR 500", "500 SEK"]),
    ("number", "minus som ord: skriv tegnet foran tallet", "minus as a word", [
        "minus 500", "Minus 500 kr.", "500 minus", "500 kr. i minus", "minus kr. 500"]),
    ("number", "minus efter tallet: skriv det foran", "a minus behind the number", [
        "500 kr.-", "500 kr -", "500\u2212", "500 kr.\u2013"]),
    ("number", "kroner og øre hver for sig: skriv beløbet som 1.234,56", "kroner and øre apart", [
        "10 kr. 50 øre", "1.000 kr. og 50 øre", "10 kr 5", "10 kroner og 50 ØRE"]),
    ("number", "et regnestykke: skriv resultatet", "a calculation: write the result", [
        "500 + 300", "2 x 500", "2*500", "1.000/2 + 3"]),
    ("number", "en brøk: skriv tallet med decimaler", "a fraction", ["1 1/2", "1/2", "½"]),
    ("hours", "en brøk: skriv tallet med decimaler", "a fraction", ["37 1/2", "37½"]),
    ("number", "cifrene: skriv tusinder med punktum", "thousands with a point", [
        "1 000", "-1 234 567,50", "\u22121'000", "1_000"]),
    ("number", "cifrene: skriv beløbet som 1.234,56", "the amount as 1.234,56", [
        "12 50", "12, 50", "12'50", "12·50", "1;5", "1 00"]),
    ("hours", "cifrene: skriv timer som 37,5", "write hours as 37,5", ["37 20", "37'20", "1 000"]),
    ("number", "skriv hele beløbet i kroner som et tal alene, med minus foran, hvis det trækkes fra", "the whole", [
        "12 hundrede", "neg. 500", "retur 500", "3 stk. á 500", "500 kr. inkl. moms", "500 kr. (bilag 12)"]),
    ("number", "en procent: skriv beløbet i kroner", "in kroner", ["5%", "5 pct.", "5 procent"]),
    ("hours", "en procent: skriv timer om ugen", "hours a week", ["50%", "50 pct.", "12,5 %"]),
    ("hours", "et beløb: skriv timer om ugen", "an amount: write hours a week", ["37 kr.", "37 kr", "37,5 DKK"]),
    ("hours", "timer og minutter: skriv timer som 37,5", "hours and minutes", [
        "37t 30m", "37 timer 30 min.", "37 timer og 30 minutter", "7 t. 30 min"]),
    ("hours", "timer af en anden periode: skriv timer om ugen", "another period", [
        "20 timer/md.", "20 pr. md", "20 t pr. måned", "4 timer om dagen", "4/dag", "1600 timer pr. år",
        "20 om måneden"]),
    ("hours", "skriv timer om ugen som et tal alene", "hours a week as a number", [
        "30 min", "37 timer pr. 14 dage", "80 timer pr. 4 uger", "20 månedligt", "20 timer i måneden"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "da", "en"), [(kind, text, da, en) for kind, da, en, texts in OTHER_VALUES for text in texts]
)
def test_a_unit_is_not_told_to_be_left_out(
    connection: duckdb.DuckDBPyConnection, kind: str, text: str, da: str, en: str
) -> None:
    """12 tkr. is not 12 kr., and 50 per cent is not 50 hours: the number alone would be another value."""
    told = hints(connection, kind, text)
    assert da in told[0]
    assert en in told[1]


@pytest.mark.parametrize(
    ("kind", "text"),
    [("number", text) for text in ("se sekretær", "måske nok", "skriv senere", "eurest 500")] + [("hours", "nok 37")],
)
def test_a_currency_is_a_word_of_its_own(connection: duckdb.DuckDBPyConnection, kind: str, text: str) -> None:
    assert "valuta" not in hints(connection, kind, text)[0]


@pytest.mark.parametrize("kind", ["date", "number", "hours"])
@pytest.mark.parametrize("text", ["******-****", "******-****,50", "se ******-**** 500"])
def test_a_hidden_number_is_told_as_one(connection: duckdb.DuckDBPyConnection, kind: str, text: str) -> None:
    assert hints(connection, kind, text) == (
        " (cifre som et cpr-nummers, der aldrig vises)",
        " (digits as of a CPR number, which is never shown)",
    )


@pytest.mark.parametrize(("text", "flaw"), CITIZENS)
def test_a_personal_number_s_flaw_is_told_without_the_number(
    connection: duckdb.DuckDBPyConnection, text: str, flaw: str
) -> None:
    row = connection.execute(
        "SELECT cpr_flaw($text), shown_cpr(cpr_flaw($text), true), shown_cpr(cpr_flaw($text), false)", {"text": text}
    ).fetchone()
    assert row is not None
    assert row[0] == flaw
    assert not any(character.isdigit() for said in row[1:] for character in said)
    assert (row[1] == "ikke et gyldigt cpr-nummer (nummeret vises aldrig)") == (flaw == "invalid")


def test_the_guard_knows_every_flaw_of_a_personal_number() -> None:
    macro = (PROJECT / "sql/macros/cpr_flaw.sql").read_text(encoding="utf-8")
    states = next(one.kwargs["words"] for one in guards_of("core") if one.kwargs.get("column") == "cpr_state")
    assert states == ["blank", *re.findall(r"(?:THEN|ELSE) '(\w+)'", macro), "valid", "valid_without_check"]


def test_a_blank_personal_number_is_not_said_to_be_hidden(connection: duckdb.DuckDBPyConnection) -> None:
    told = connection.execute("SELECT shown_cpr('blank', true), shown_cpr('blank', false)").fetchall()
    assert told == [("tomt", "blank")]
