"""Which decisions of a release are added up for a municipality, and which letters ask for money."""

from __future__ import annotations

from decimal import Decimal

from tasks.handover.net import to_pay, to_repay
from tasks.letters.facts import Netted, OtherDecision
from tasks.release.findings import one_account
from tasks.release.netting import claimed, netted

AMOUNTS = {
    ("JF-1", 2016): Decimal("-6000.00"),
    ("JF-1", 2017): Decimal("6000.00"),
    ("JF-2", 2017): Decimal("-5000.00"),
    ("JF-3", 2016): Decimal("2000.00"),
    ("JF-4", 2016): Decimal("0.00"),
    ("JF-5", 2016): Decimal("0.01"),
}
PAYEES = {
    ("JF-1", 2016): "even",
    ("JF-1", 2017): "even",
    ("JF-2", 2017): "owes",
    ("JF-3", 2016): "owes",
    ("JF-4", 2016): "owes",
    ("JF-5", 2016): "is paid",
}


def test_money_is_asked_for_of_who_owes_after_all_is_added_up_and_not_for_nothing() -> None:
    assert claimed(AMOUNTS, PAYEES) == {("JF-2", 2017), ("JF-3", 2016)}


def test_what_is_paid_and_what_is_owed_are_two_sums() -> None:
    nets = [Decimal("5.01"), Decimal("-3.00"), Decimal("0.00"), Decimal("2.00"), Decimal("-0.50")]
    assert (to_pay(nets), to_repay(nets)) == (Decimal("7.01"), Decimal("3.50"))


def test_a_letter_names_the_other_decisions_of_its_municipality_and_their_sum() -> None:
    assert netted(AMOUNTS, PAYEES) == {
        ("JF-1", 2016): Netted((OtherDecision("JF-1", 2017, Decimal("6000.00")),), Decimal("0.00")),
        ("JF-1", 2017): Netted((OtherDecision("JF-1", 2016, Decimal("-6000.00")),), Decimal("0.00")),
        ("JF-2", 2017): Netted((OtherDecision("JF-3", 2016, Decimal("2000.00")),), Decimal("-3000.00")),
        ("JF-3", 2016): Netted((OtherDecision("JF-2", 2017, Decimal("-5000.00")),), Decimal("-3000.00")),
    }


def test_one_account_that_prepared_and_approves_is_found_and_an_unknown_one_is_not() -> None:
    assert [one.code for one in one_account(["anna", "carl"], "anna")] == ["H03"]
    assert one_account(["anna", "carl"], "bo") == []
    assert one_account([""], "") == []
