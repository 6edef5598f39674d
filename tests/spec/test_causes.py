"""Why a settled year comes to another amount: what the letter of an adjustment says, line by line."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tasks.warehouse.connection import open_warehouse
from tests.support.correcting import causes, change_rules, without_papers
from tests.support.portfolio import Delivery, Project
from tests.support.releasing import JF, OTHER, Office

FIRST, SECOND, THIRD = "2017-02-15T08:00", "2017-03-10T08:00", "2018-05-01T08:00"
Said = list[tuple[str, Decimal]]


@pytest.fixture(autouse=True)
def _without_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    without_papers(monkeypatch)


def delivery(project: Project, as_of: str) -> Delivery:
    """Begin a delivery with two citizens who start on a spring day of 2016, one of whom completes, and a voucher."""
    begun = project.delivery(as_of)
    begun.spell(begun.citizen("Anna"), "2016-03-01", "2016-03-01")
    begun.spell(begun.citizen("Bent"), "2016-03-01", "2016-09-30")
    begun.wages("2016-05-31", "1.000,00")
    return begun


def corrected(office: Office, change: Callable[[Delivery], None], **project: object) -> Said:
    """Release 2016, deliver again with a change, settle again; give the causes."""
    grant = office.portfolio.project(JF, **project)
    delivery(grant, "2016-12-31").write(office.inbox)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    later = delivery(grant, "2017-12-31")
    change(later)
    later.write(office.inbox)
    summary = office.settle(2016, now=THIRD)
    said = causes(office, 2016, JF)
    assert sum(amount for _, amount in said) == summary.payable_dkk
    return said


def row(of: Delivery, borger_id: str) -> dict[str, str]:
    return next(one for one in of.borgere if one["borger_id"] == borger_id)


def spell(of: Delivery, borger_id: str) -> dict[str, str]:
    return next(one for one in of.forloeb if one["borger_id"] == borger_id)


def test_nothing_changed(office: Office) -> None:
    assert corrected(office, lambda _: None) == []


def test_a_year_that_was_never_posted_has_no_causes(office: Office) -> None:
    delivery(office.portfolio.project(JF), "2016-12-31").write(office.inbox)
    office.settle(2016, now=FIRST)
    assert causes(office, 2016, JF) == []


def test_a_citizen_is_taken_out(office: Office) -> None:
    def change(later: Delivery) -> None:
        later.borgere.remove(row(later, "Anna"))
        later.forloeb.remove(spell(later, "Anna"))

    assert corrected(office, change) == [
        (
            "Et påbegyndt forløb tæller ikke længere, fordi borgeren ikke står i indberetningen: 1 × 6.000 kr.",
            Decimal(-6_000),
        ),
    ]


def test_a_citizen_is_rejected(office: Office) -> None:
    assert corrected(office, lambda later: row(later, "Bent").update(ydelse="dagpenge")) == [
        (
            "Et påbegyndt forløb tæller ikke længere, fordi borgerens registrering er afvist: 1 × 6.000 kr.",
            Decimal(-6_000),
        ),
        (
            "Et gennemført forløb tæller ikke længere, fordi borgerens registrering er afvist: 1 × 10.000 kr.",
            Decimal(-10_000),
        ),
    ]


def test_a_citizen_was_a_control(office: Office) -> None:
    assert corrected(office, lambda later: row(later, "Anna").update(gruppe="kontrol")) == [
        (
            "Et påbegyndt forløb tæller ikke længere, fordi borgeren nu er i kontrolgruppen: 1 × 6.000 kr.",
            Decimal(-6_000),
        ),
    ]


def test_two_citizens_come(office: Office) -> None:
    assert corrected(office, lambda later: later.started(2, "2016-11-01")) == [
        ("To påbegyndte forløb tæller nu med, fordi borgerne er nye i indberetningen: 2 × 6.000 kr.", Decimal(12_000)),
    ]


def test_a_spell_is_shorter(office: Office) -> None:
    assert corrected(office, lambda later: spell(later, "Bent").update(slutdato="2016-03-31")) == [
        (
            "Et gennemført forløb tæller ikke længere, fordi borgerens forløb er ændret: 1 × 10.000 kr.",
            Decimal(-10_000),
        ),
    ]


def test_a_start_moves_to_the_next_year(office: Office) -> None:
    assert corrected(
        office, lambda later: spell(later, "Anna").update(startdato="2017-01-02", slutdato="2017-01-02")
    ) == [
        (
            "Et påbegyndt forløb er flyttet fra 2016 til 2017, fordi borgerens forløb er ændret: 1 × 6.000 kr.",
            Decimal(-6_000),
        ),
    ]


def test_a_start_moves_within_the_year(office: Office) -> None:
    assert corrected(office, lambda later: spell(later, "Anna").update(startdato="2016-02-08")) == []


def test_vouchers_come_go_and_change(office: Office) -> None:
    def change(later: Delivery) -> None:
        later.udgifter[0]["beloeb"] = "1.250,50"
        later.wages("2016-08-31", "300,00")

    assert corrected(office, change) == [
        ("Et bilag for løn til projektledelse giver et andet beløb, fordi beløbet er ændret", Decimal("250.50")),
        ("Et bilag for løn til projektledelse tæller nu med, fordi bilaget er nyt i indberetningen", Decimal("300.00")),
    ]


def test_a_voucher_is_rejected(office: Office) -> None:
    assert corrected(office, lambda later: later.udgifter[0].update(lovpligtig="ja")) == [
        ("Et bilag for løn til projektledelse tæller ikke længere, fordi bilaget nu er afvist", Decimal(-1_000)),
    ]


def test_the_cap_takes_a_part_of_what_came(office: Office) -> None:
    # Target 2: the cap is 0.90 x 16 000 x 2 = 28 800; two starts and one completion are 22 000 of it.
    assert corrected(office, lambda later: later.started(2, "2016-11-01"), target=2) == [
        ("To påbegyndte forløb tæller nu med, fordi borgerne er nye i indberetningen: 2 × 6.000 kr.", Decimal(12_000)),
        ("Loftet for det aktivitetsafhængige tilskud holder 5.200 kr. mere tilbage end før", Decimal(-5_200)),
    ]


def test_the_limit_of_the_fixed_grant_takes_a_part(office: Office) -> None:
    assert corrected(office, lambda later: later.wages("2016-08-31", "300,00"), commitment="1100") == [
        ("Et bilag for løn til projektledelse tæller nu med, fordi bilaget er nyt i indberetningen", Decimal(300)),
        ("Grænsen for det faste tilskud holder 200 kr. mere tilbage end før", Decimal(-200)),
    ]


def test_the_target_changes_in_the_register(office: Office) -> None:
    # Target 1: the cap is 14 400, of a gross of 22 000; target 2: 28 800.
    def change(later: Delivery) -> None:
        office.portfolio.projects[0].target = 2
        office.portfolio.write_register()

    assert corrected(office, change, target=1) == [
        (
            "Loftet for det aktivitetsafhængige tilskud er ændret fra 14.400 kr. til 28.800 kr. "
            "(ændret måltal eller projektstart)",
            Decimal(22_000 - 14_400),
        ),
    ]


def test_a_rate_changes(office: Office) -> None:
    def change(later: Delivery) -> None:
        before, after = '{2016-01-01: "6000"}', '{2016-01-01: "6000", 2016-03-01: "6500"}'
        change_rules(office.monkeypatch, office.portfolio.folder / "rules", (before, after))

    assert corrected(office, change) == [
        (
            "To påbegyndte forløb giver et andet beløb, fordi reglerne er ændret (Tilskud, når en borger "
            "påbegynder forløb: – → 6.500 fra 01-03-2016): 2 × (6.500 kr. − 6.000 kr.)",
            Decimal(1_000),
        ),
    ]


def test_registrations_and_rules_change_together(office: Office) -> None:
    """The registrations come first, by the rules of then; what is left is the rules' doing."""

    def change(later: Delivery) -> None:
        spell(later, "Anna").update(slutdato="2016-05-29")
        change_rules(office.monkeypatch, office.portfolio.folder / "rules", ("{2016-01-01: 91}", "{2016-01-01: 90}"))
        later.started(1, "2016-11-01")

    assert corrected(office, change) == [
        ("Et påbegyndt forløb tæller nu med, fordi borgeren er ny i indberetningen: 1 × 6.000 kr.", Decimal(6_000)),
        (
            "Et gennemført forløb tæller nu med, fordi reglerne er ændret (Kalenderdage i et gennemført sammenhængende "
            "forløb (13 uger): 91 → 90 fra 01-01-2016): 1 × 10.000 kr.",
            Decimal(10_000),
        ),
    ]


def test_the_share_of_the_cap_changes(office: Office) -> None:
    def change(later: Delivery) -> None:
        before, after = '{2016-01-01: "0.90"}', '{2016-01-01: "0.50"}'
        change_rules(office.monkeypatch, office.portfolio.folder / "rules", (before, after))

    assert corrected(office, change, target=2) == [
        (
            "Loftet for det aktivitetsafhængige tilskud er ændret fra 28.800 kr. til 16.000 kr. "
            "(Andel af måltallets aktivitetstilskud, der højst kan udbetales: 0,90 → 0,50 fra 01-01-2016)",
            Decimal(16_000 - 22_000),
        ),
    ]


def test_new_words_of_a_letter_are_no_change_of_the_rules(office: Office) -> None:
    def change(later: Delivery) -> None:
        before, after = "signature: Tilskudsadministrationen", "signature: Puljeadministrationen"
        change_rules(office.monkeypatch, office.portfolio.folder / "rules", (before, after))

    assert corrected(office, change) == []


def test_another_project_takes_the_same_person(office: Office) -> None:
    """The other project's enrolment is earlier, so this project's row is the one that no longer counts."""

    def change(later: Delivery) -> None:
        other = office.portfolio.project(OTHER, start="2016-01-15", municipalities=("253",))
        office.portfolio.write_register()
        theirs = other.delivery("2017-12-31")
        theirs.citizen("X", cpr=row(later, "Anna")["cpr"])
        theirs.write(office.inbox)

    assert corrected(office, change) == [
        (
            "Et påbegyndt forløb tæller ikke længere, fordi borgerens registrering er afvist: 1 × 6.000 kr.",
            Decimal(-6_000),
        ),
    ]


def test_what_no_draft_remembers_is_named_as_unexplained(office: Office) -> None:
    grant = office.portfolio.project(JF)
    delivery(grant, "2016-12-31").write(office.inbox)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    with open_warehouse(office.home) as connection:
        connection.execute("DELETE FROM draft_projects")
    later = delivery(grant, "2017-12-31")
    later.started(1, "2016-11-01")
    later.write(office.inbox)
    office.settle(2016, now=THIRD)
    assert causes(office, 2016, JF) == [
        ("Forskel mellem det, der tidligere er tildelt, og den opgørelse, det bygger på", Decimal(6_000)),
    ]


def test_no_cause_tells_who(office: Office) -> None:
    said = corrected(office, lambda later: later.spell(later.citizen("Vibeke"), "2016-11-01", "2016-11-01"))
    assert len(said) == 1
    assert "Vibeke" not in str(said)
