"""CPR numbers are masked in every text, by Python and by SQL alike."""

from __future__ import annotations

import os
import re
import unicodedata
from itertools import product
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.base.cpr import HIDING, MASK, SEPARATORS, mask
from tasks.intake.key import KEY_VARIABLE, PseudonymKey, pseudonym_key
from tasks.warehouse.connection import prepare
from tests.reference.values import birth_date

NUMBERS = [
    "6101700004",
    "610170-0004",
    "610170 0004",
    "8902040004",
    "2902001004"[:6] + "4004",
    "610170_0004",
    "610170\t0004",
    "610170  0004",
    "610170 - 0004",
    "610170___0004",
    "890204 \u2013 0004",
    "610170\r\n0004",
    "610170 \r\n 0004",
    "610170-\n0004",
    *(f"310170{chr(character)}0004" for character in (*range(0x0A, 0x0E), 0x85, 0x2028, 0x2029)),
    *(f"310170{chr(character)}0004" for character in (0xA0, *range(0x2010, 0x2016), 0x202F, 0x2212)),
]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("text", ["{}", "sag {} lukket", "a{}b", "({})", "{},{}", "{}\n"])
def test_a_number_is_masked_wherever_it_stands(number: str, text: str) -> None:
    filled = text.replace("{}", number)
    assert number not in mask(filled)
    assert mask(filled) == text.replace("{}", MASK)


@pytest.mark.parametrize(
    "number", ["610170\u200b0004", "6\u00ad10170-0004", "610170\u2060-\ufeff0004", "\u200d6101700004"]
)
def test_a_number_is_masked_where_what_has_no_width_hides_it(number: str) -> None:
    assert mask(f"sag {number}\u200b.csv") == f"sag {MASK}.csv"


UNSEEN = [
    *(chr(code) for code in range(0x80, 0x110000) if unicodedata.category(chr(code)) in ("Cf", "Mn", "Me")),
    *"\u115f\u1160\u2065\u3164\uffa0\ufff0\U000e0fff",
]
"""What has no width of its own in Unicode: formats, marks, and what is ignored where it can't be shown."""
DIGITS = [chr(code) for code in range(0x80, 0x110000) if unicodedata.decimal(chr(code), "") == "0"]
"""The zero of each other script; the other digits come after it."""


def in_script(number: str, zero: str) -> str:
    """Write a number's digits in another script."""
    return "".join(chr(ord(zero) + int(sign)) if sign.isascii() and sign.isdigit() else sign for sign in number)


HIDDEN = [
    *(form.format(sign) for sign in UNSEEN for form in ("6101{}700004", "610170{}0004", "610170-{}0004")),
    *(in_script(number, zero) for zero in DIGITS for number in ("6101700004", "610170-0004")),
    "".join(f"{digit}\ufe0f\u20e3" for digit in "6101700004"),
    "\uff161017\u0660000\u0664",
    "\uff16\u200e101700004",
]


def test_what_hides_a_number_is_of_the_class() -> None:
    assert [f"U+{ord(sign):04X}" for sign in UNSEEN + DIGITS if not re.match(f"[{HIDING}]", sign)] == []


def test_a_number_is_masked_with_every_sign_without_width_and_in_every_script() -> None:
    assert [ascii(number) for number in HIDDEN if mask(f"sag {number} lukket") != f"sag {MASK} lukket"] == []


def test_sql_asks_python_about_everything_that_may_hide_a_number(macros: duckdb.DuckDBPyConnection) -> None:
    found = macros.execute(
        "SELECT text FROM (SELECT unnest($texts) AS text) WHERE masked(text) <> $mask",
        {
            "texts": HIDDEN,
            "mask": MASK,
        },
    )
    assert [ascii(text) for (text,) in found.fetchall()] == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("6101700004\u200b5 og 610170\u200b0004", f"{MASK}5 og {MASK}"),
        ("6101700004\uff15", f"{MASK}\uff15"),
        ("610170\u200b0004\uff15", f"{MASK}\uff15"),
        ("A\u030arhus 610170\u200e0004", f"\u00c5rhus {MASK}"),
        ("A\u030arhus \u200e6101\u200e", "A\u030arhus \u200e6101\u200e"),
    ],
)
def test_one_reading_hides_no_number_of_another(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "sag\u200b 1\u00ad234.csv",
        "3202700004",  # day 32
        "6113700004",  # month 13
        "3104700004",  # 31 April
        "2902700004",  # 1970 is no leap year
        "2902000004",  # 1900 is no leap year
        "61017000041",  # eleven digits
        "610170-00041",
        "610170----0004",
        "610170 -  0004",
        "610170.0004",
        "610170\n\n\n\n0004",
        "1234567890123",
        "10000009",
        "",
    ],
)
def test_what_is_no_number_stays(text: str) -> None:
    assert mask(text) == text


DATES = [
    *product(range(100), range(20), (0, 4, 37, 58, 99), (0, 4, 8)),
    *product((29, 89), (2,), range(100), range(10)),
]
"""Day, month, year and seventh digit: every day and month of some years, and the leap day of every year."""


def test_a_number_is_masked_where_its_date_exists_and_nowhere_else() -> None:
    numbers = {f"{day:02}{month:02}{year:02}{seventh}004" for day, month, year, seventh in DATES}
    found = {number for number in numbers if mask(number) == MASK}
    assert len(found) > 10_000
    assert found == {number for number in numbers if birth_date(number)}


@pytest.fixture(scope="module")
def macros() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    prepare(connection)
    return connection


OTHERS = ["610170", "-", " ", "_", "\u00a0", "\u2014", "0004", "6", "x", "æ", ",", "2902001234", "3104700004"]
OTHERS += ["\u200e", "\u0301", "\uff16", "\uff11\uff10", "\u2019"]
PIECES = st.sampled_from([*NUMBERS, *OTHERS, "\n", "\r", "\r\n", "\u2028"])


@given(st.lists(PIECES, max_size=6).map("".join))
def test_sql_masks_as_python_does(macros: duckdb.DuckDBPyConnection, text: str) -> None:
    assert macros.execute("SELECT masked($text::VARCHAR)", {"text": text}).fetchall() == [(mask(text),)]


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("6101700004,00", f"{MASK},00"),
        ("6.101.700.004,00 kr.", f"{MASK},00 kr."),
        ("-6.101.700.004", f"-{MASK}"),
        ("6 101 700 004", MASK),
        ("6'101'700'004", MASK),
        ("0006101700004", MASK),
        ("6.\u200e101.700.004,00", f"{MASK},00"),
        ("6.101\u200e.700.004 kr.", f"{MASK} kr."),
        ("\uff16.\uff11\uff10\uff11.\uff17\uff10\uff10.\uff10\uff10\uff14", MASK),
        ("1.234.567,89\u200e", "1.234.567,89\u200e"),
        ("1.234.567,89", "1.234.567,89"),
        ("61017000.04", "61017000.04"),
        ("999.999.999.999,00", "999.999.999.999,00"),
        ("", ""),
    ],
)
def test_what_groups_an_amounts_thousands_hides_no_number(
    macros: duckdb.DuckDBPyConnection, amount: str, shown: str
) -> None:
    assert macros.execute("SELECT masked_amount($amount)", {"amount": amount}).fetchall() == [(shown,)]


def test_every_space_and_dash_of_unicode_may_part_a_number() -> None:
    of_unicode = {chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Zs", "Pd")}
    of_class = set(filter(re.compile(SEPARATORS).fullmatch, map(chr, range(0x110000))))
    assert of_class == of_unicode | {"\u2212", "\t", "_"} | set("\n\r\x0b\x0c\x85\u2028\u2029")


def test_the_pseudonym_is_hmac_sha256(macros: duckdb.DuckDBPyConnection) -> None:
    import hmac

    secret, number = b"k" * 40, "6101700004"
    key = PseudonymKey.of(secret)
    values = {"text": number, "inner_block": key.inner, "outer_block": key.outer}
    found = macros.execute("SELECT pseudonym($text::VARCHAR, $inner_block, $outer_block)", values).fetchall()
    assert found == [(hmac.new(secret, number.encode(), "sha256").hexdigest(),)]


def test_a_key_of_more_than_a_block_is_hashed_first() -> None:
    assert PseudonymKey.of(b"k" * 65) != PseudonymKey.of(b"k" * 64)


def test_a_key_does_not_tell_itself() -> None:
    assert "k" not in repr(PseudonymKey.of(b"k" * 32)).removeprefix("PseudonymKey")


def test_the_development_key_is_the_owners_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")
    key = pseudonym_key(home)
    assert pseudonym_key(home) == key
    assert (home / "pseudonym.key").stat().st_mode & 0o077 == 0


def test_a_key_may_be_of_bytes_that_are_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = bytes(range(0xC0, 0xE0))
    monkeypatch.setenv(KEY_VARIABLE, os.fsdecode(secret))
    assert pseudonym_key(tmp_path) == PseudonymKey.of(secret)


def test_a_short_key_is_refused(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    from tasks.base.errors import InputError

    monkeypatch.setenv(KEY_VARIABLE, "short")
    with pytest.raises(InputError, match="JOBFIRST_KEY holds fewer than 32 bytes"):
        pseudonym_key(tmp_path_factory.mktemp("home"))
