"""Amounts at the limit of what can be read, row upon row: they are capped and shown, and stop nobody's settlement."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tasks.base.moment import Moment
from tasks.check.check import check
from tasks.check.text import as_text
from tests.support.correcting import causes
from tests.support.portfolio import Delivery
from tests.support.releasing import JF, Office

pytestmark = pytest.mark.usefixtures("no_papers")

FIRST, SECOND, THIRD = "2017-02-15T08:00", "2017-03-10T08:00", "2018-05-01T08:00"
LARGEST = "999999999999999,99"
ROWS = 40
SUM_DKK = ROWS * Decimal(LARGEST.replace(",", "."))


def _counted(of: Delivery) -> None:
    for _ in range(ROWS):
        of.wages("2016-05-31", LARGEST)


def _rejected(of: Delivery) -> None:
    for _ in range(ROWS):
        of.wages("2016-05-31", LARGEST, lovpligtig="ja")


def _negative(of: Delivery) -> None:
    for _ in range(ROWS):
        of.wages("2016-05-31", f"-{LARGEST}")


def _other_costs(of: Delivery) -> None:
    for _ in range(ROWS):
        of.wages("2016-05-31", LARGEST, kategori="transport")


@pytest.mark.parametrize(
    ("first", "second", "wages_dkk", "lost_dkk", "change_dkk"),
    [
        (_counted, _negative, SUM_DKK, Decimal(0), Decimal(-850_000)),
        (_negative, _counted, -SUM_DKK, Decimal(0), Decimal(850_000)),
        (_rejected, _other_costs, Decimal(0), SUM_DKK, Decimal(0)),
    ],
)
def test_largest_amounts_are_capped_and_told(
    office: Office,
    first: Callable[[Delivery], None],
    second: Callable[[Delivery], None],
    wages_dkk: Decimal,
    lost_dkk: Decimal,
    change_dkk: Decimal,
) -> None:
    grant = office.portfolio.project(JF)
    office.portfolio.write_register()
    deliveries = []
    for as_of, fill in (("2016-12-31", first), ("2017-12-31", second)):
        delivery = grant.delivery(as_of)
        delivery.started(1, "2016-03-01")
        fill(delivery)
        deliveries.append(delivery)
    path = deliveries[0].write(office.inbox)
    found = check(path, project_id=None, as_of=None, register=office.portfolio.register, now=Moment.parse(FIRST))
    assert found.money is not None
    assert (found.money.wages_dkk, found.lost_dkk) == (wages_dkk, lost_dkk)
    assert as_text(found, 100)
    holds = office.settle(2016, now=FIRST).holds.get(JF, ())
    office.release(2016, now=SECOND, waivers=[(JF, code, "set og godkendt") for code in holds])
    deliveries[1].write(office.inbox)
    summary = office.settle(2016, now=THIRD)
    assert summary.payable_dkk == change_dkk
    assert sum(amount for _, amount in causes(office, 2016, JF)) == change_dkk
