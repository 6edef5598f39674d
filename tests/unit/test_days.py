"""Days: which texts are one, and the same day of another year in Python as in SQL."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tasks.base.days import add_years, iso_day


def test_only_a_day_written_with_hyphens_is_one() -> None:
    assert iso_day("2016-02-29") == date(2016, 2, 29)


@pytest.mark.parametrize(
    "text",
    ["", "2017-02-29", "20170101", "2017-W02-1", "2017W021", "2017-1-1", "2017-01-01 ", "01-01-2017", "٢٠١٧-٠١-٠١"],
)
def test_another_text_is_no_day(text: str) -> None:
    assert iso_day(text) is None


@pytest.mark.parametrize("years", range(9))
@pytest.mark.parametrize("day", [date(2016, 2, 28), date(2016, 2, 29), date(2017, 2, 28), date(2016, 12, 31)])
def test_the_same_day_of_another_year_is_that_of_sql(day: date, years: int) -> None:
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT ($day + to_years($years))::DATE", {"day": day, "years": years}).fetchall()
    assert rows == [(add_years(day, years),)]
