"""Cutting a text at its quotes gives what the csv module gives, or is not tried."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.intake import delimited
from tasks.intake.faults import Unreadable
from tests.support.effort import times

CELLS = st.text('a"b ;,\t\n\r', max_size=4)
QUOTED = CELLS.map(lambda cell: '"' + cell.replace('"', '""') + '"')
PLAIN = st.text("ab ,", max_size=3)
ROWS = st.lists(st.lists(st.one_of(PLAIN, QUOTED, CELLS), min_size=1, max_size=4).map(";".join), max_size=5)
TEXTS = st.one_of(
    st.builds(
        lambda rows, end, last: end.join(rows) + last,
        ROWS,
        st.sampled_from(["\n", "\r\n"]),
        st.sampled_from(["", "\n", "\r\n"]),
    ),
    st.text('a";\n\r ', max_size=14),
)


@pytest.fixture(autouse=True)
def _however_many_quotes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_CHARACTERS_A_QUOTE", 0)
        yield


@given(TEXTS)
@settings(max_examples=times(2_000, 400_000))
def test_it_is_what_the_csv_module_gives(text: str) -> None:
    joined = delimited._joined_where_regular(text, ";")
    if joined is not None:
        try:
            expected = delimited._joined(text, ";")
        except Unreadable:
            pytest.fail(f"the csv module refuses {text!r}")
        assert joined == expected, text


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ('a;b\n"1;2";3\n', "a\x1fb\x1e1;2\x1f3"),
        ('a;b\r\n1;"han sagde ""ja"""\r\n', 'a\x1fb\x1e1\x1fhan sagde "ja"'),
        ('a;b\n1;"over\nto linjer"', "a\x1fb\x1e1\x1fover\nto linjer"),
        ('a;b\n1;2"3\n', None),
        ('a;b\n1;"2"3\n', None),
        ('a;b\n1;"2\n', None),
    ],
)
def test_it_is_tried_where_every_quote_begins_or_ends_a_cell(text: str, joined: str | None) -> None:
    assert delimited._joined_where_regular(text, ";") == joined
