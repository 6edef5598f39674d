"""Moments: the clock, and what a person writes for one."""

from datetime import UTC, datetime

import pytest

from tasks.base.errors import InputError
from tasks.base.moment import Moment

NOON = Moment(datetime(2017, 7, 1, 12, tzinfo=UTC))


def test_a_moment_without_a_zone_is_copenhagens() -> None:
    assert Moment.parse("2017-07-01T14:00") == Moment.parse("2017-07-01T12:00+00:00") == NOON


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2016-10-30T02:30", "2016-10-30T02:30+02:00"),
        ("2017-03-26T02:30", "2017-03-26T03:30+02:00"),
    ],
    ids=["an hour that comes twice", "an hour that is skipped"],
)
def test_a_moment_of_the_hour_that_the_clocks_change(text: str, meant: str) -> None:
    assert Moment.parse(text) == Moment.parse(meant)


@pytest.mark.parametrize("text", ["in summer", "", " ", "0001-01-01", "9999-12-31T23:59:59-12:00"])
def test_what_is_no_moment_is_told(text: str) -> None:
    with pytest.raises(InputError, match=f'^"{text}" is not a moment'):
        Moment.earlier(text)


def test_the_state_of_a_moment_to_come_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Moment, "now", staticmethod(lambda: NOON))
    assert Moment.earlier("2017-07-01T14:00") == NOON
    assert Moment.earlier(None) is None
    with pytest.raises(InputError, match="still to come"):
        Moment.earlier("2017-07-01T14:01")
