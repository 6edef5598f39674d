"""The canonical form of an entry, and what can't become one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.base.errors import BusinessRefusal, InputError
from tasks.chain.line import GENESIS_SHA256
from tasks.ledger.append import append
from tasks.ledger.entry import Approved, Component, Kind, Posting, Waiver, chained, line
from tasks.ledger.read import read_entries
from tasks.ledger.record import verify
from tests.support.ledger_examples import POSTED_AT, append_release, ledger_in, posting

GOLDEN = (
    '{"number":7,"run":"2018-02-15-1","project_id":"JF-187","year":2016,"component":"fixed","kind":"adjustment",'
    '"amount_dkk":"-6000.00","text":"JobFirst 2016, fast tilskud, efterregulering",'
    '"waivers":[{"code":"P01","reason":"Små hold: \\"få\\" borgere \\\\ se brev"}],'
    '"draft_fingerprint":"abababababababababababababababababababababababababababababababab",'
    '"prepared_by":"Anna Ærø","approved_by":"bo","posted_at":"2018-02-15T09:15:00.000005Z",'
    '"previous_sha256":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"'
)


def _chained(item: Posting, run: str = "2018-02-15-1") -> bytes:
    return line(chained(item, number=7, run=run, posted_at=POSTED_AT, previous_sha256="cd" * 32))


def test_canonical_form_is_as_documented() -> None:
    waiver = Waiver("P01", 'Små hold: "få" borgere \\ se brev')
    item = posting(
        component=Component.FIXED,
        amount_dkk="-6000",
        kind=Kind.ADJUSTMENT,
        waivers=(waiver,),
        prepared_by="Anna Ærø",
    )
    digest = hashlib.sha256(GOLDEN.encode()).hexdigest()
    assert _chained(item).decode() == f'{GOLDEN},"sha256":"{digest}"}}\n'
    assert digest == "f23ea8d3e04a152a5870cd2b00904c308041c01b74477a7ad2ed35c4737f7fa7"


TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], include_characters='"\\/,{}[]:\x20æøå😀'),
    min_size=1,
    max_size=20,
).filter(lambda text: text.strip() != "")


@settings(max_examples=60)
@given(
    texts=st.lists(TEXT, min_size=3, max_size=3),
    cents=st.integers(-(10**17), 10**17),
    is_approved=st.booleans(),
    program=st.none() | TEXT,
)
def test_warehouse_gives_the_same_line_and_entry_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], cents: int, is_approved: bool, program: str | None
) -> None:
    home = tmp_path_factory.mktemp("home")
    item = posting(
        texts[0],
        amount_dkk=str(Decimal(cents) / 100),
        waivers=(Waiver("P01", texts[1]), Waiver("B01", texts[2])),
        prepared_by=texts[1] + "1",
        approved_by=texts[2] + "2",
    )
    approval = Approved(texts[0], texts[1], (Waiver("H03", texts[2]),), "ef" * 32) if is_approved else None
    item = replace(item, approval=approval, program=program)
    with ledger_in(home, in_memory=True) as connection:
        entries = append(connection, home, [item], run=texts[2], posted_at=POSTED_AT)
        assert verify(connection, home).is_sound
        assert tuple(read_entries(connection)) == entries


@pytest.mark.parametrize(
    ("item", "error"),
    [
        (posting(prepared_by="Bo "), BusinessRefusal),
        (posting(approved_by="  "), InputError),
        (posting(approved_by="b\no"), InputError),
        (posting(waivers=(Waiver("P01", ""),)), InputError),
        (posting(waivers=(Waiver("P01", "to\u2028linjer"),)), InputError),
        (posting(waivers=(Waiver("P01", "en"), Waiver("P01", "to"))), ValueError),
        (posting(amount_dkk="0.005"), ValueError),
        (posting(amount_dkk="NaN"), ValueError),
        (posting(amount_dkk="1e16"), ValueError),
        (posting(fingerprint="AB" * 32), ValueError),
    ],
)
def test_what_cannot_stand_in_the_ledger(item: Posting, error: type[Exception]) -> None:
    with pytest.raises(error):
        _chained(item)


def test_a_personal_number_in_a_reason_or_a_name_is_masked() -> None:
    item = posting(waivers=(Waiver("P01", "se 610190-1234"),), approved_by="bo 6101901234")
    text = _chained(item).decode()
    assert "610190" not in text
    assert text.count("******-****") == 2


def test_a_personal_number_in_how_an_entry_was_approved_is_masked() -> None:
    approval = Approved("anna 6101901234", "bo610190-1234", (Waiver("H01", "se 610190-1234"),), "ef" * 32)
    text = _chained(replace(posting(prepared_by="anna 6101901234"), approval=approval)).decode()
    assert "610190" not in text
    assert text.count("******-****") == 4


@pytest.mark.parametrize("reason", ["", " ", "to\nlinjer"])
def test_a_finding_is_accepted_with_a_reason_on_one_line(reason: str) -> None:
    with pytest.raises(InputError, match="The reason for accepting H01"):
        _chained(replace(posting(), approval=Approved("a", "b", (Waiver("H01", reason),))))


def test_first_entry_follows_on_64_zeros(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as connection:
        assert append_release(connection, tmp_path, 1)[0].previous_sha256 == GENESIS_SHA256 == "0" * 64
