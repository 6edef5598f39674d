"""Releasing a draft, as the two persons who do it would tell it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tasks.base.errors import BusinessRefusal
from tasks.letters.kind import Kind
from tests.support.correcting import without_papers
from tests.support.files import hashes, read_rows
from tests.support.releasing import ANNA, JF, OTHER, Office, begun, deliver, worked_example

WINTER, SPRING, SUMMER = "2017-02-15T08:00", "2017-03-15T08:00", "2017-06-15T08:00"


def one_drafted(office: Office) -> None:
    """Settle 2016 of one project with one start."""
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    office.settle(2016, now=WINTER)


def test_the_worked_example_and_its_late_correction(office: Office) -> None:
    project = office.portfolio.project(JF, target=100)
    worked_example(project).write(office.inbox)
    with pytest.MonkeyPatch.context() as patch:
        without_papers(patch)
        for year in (2016, 2017):
            office.settle(year, now=f"2018-02-1{year - 2011}T08:00")
            office.release(year, now=f"2018-03-1{year - 2011}T08:00")
    assert office.posted() == [
        (JF, 2016, "activity", "settlement", Decimal(80 * 6_000 + 40 * 10_000)),
        (JF, 2016, "fixed", "settlement", Decimal(400_000)),
        (JF, 2017, "activity", "settlement", Decimal(1_440_000 - 880_000)),
        (JF, 2017, "fixed", "settlement", Decimal(850_000 - 400_000)),
    ]

    worked_example(project, "2018-04-30", starts_2016=79).write(office.inbox)
    for year in (2016, 2017):
        office.settle(year, now=f"2018-05-0{year - 2015}T08:00")
    released = office.release(2016, 2017, now="2018-06-01T08:00")
    assert office.posted()[4:] == [
        (JF, 2016, "activity", "adjustment", Decimal(-6_000)),
        (JF, 2017, "activity", "adjustment", Decimal(6_000)),
    ]
    assert [year.decided[0].kind for year in released.years] == [Kind.TILBAGEBETALING, Kind.EFTERREGULERING]
    repaid, paid = (year.out for year in released.years)
    assert repaid is not None
    assert paid is not None
    assert repaid.name == paid.name
    assert not any((out / "payments.xml").exists() for out in (repaid, paid)), "one takes what the other gives"
    assert not (repaid / "repayments.csv").exists()
    assert read_rows(paid / "repayments.csv") == []
    for out in (repaid, paid):
        assert "De går lige op, så der er ikke noget at betale." in letter(out)
        assert "Vi udbetaler ikke noget, og I skal ikke betale noget tilbage." in letter(out)
    lists_changes = {out: "Ændringer" in sheet_names(out / "annex" / f"{JF}.xlsx") for out in (repaid, paid)}
    assert lists_changes == {repaid: True, paid: False}, "the cap alone changed the amount of 2017"
    for out, is_listed in lists_changes.items():
        assert ("lønbilagene og ændringerne." in letter(out)) is is_listed
    assert "skal betale <strong>6.000 kr.</strong> tilbage" in letter(repaid)
    assert "<strong>6.000 kr.</strong> mere" in letter(paid)

    again = office.replay(2016, 2017, now="2018-07-01T08:00", known_at="2018-06-02T08:00")
    for year, original in zip(again.years, (repaid, paid), strict=True):
        assert year.out is not None
        assert hashes(year.out) == hashes(original)


def sheet_names(workbook: Path) -> list[str]:
    return CalamineWorkbook.from_path(workbook).sheet_names


def letter(released: Path, project_id: str = JF) -> str:
    return (released / "letters" / f"{project_id}.html").read_text(encoding="utf-8").replace("\u00a0", " ")


def test_without_a_draft_there_is_nothing_to_release(office: Office) -> None:
    office.portfolio.project(JF)
    with pytest.raises(BusinessRefusal, match="There is no draft of 2016 to release"):
        office.release(2016, now=SPRING)


@pytest.mark.parametrize("approver", [ANNA, "anna  hansen ", "Anna\u200b\u00a0Hansen"])
def test_who_prepared_a_draft_can_not_approve_it(office: Office, approver: str) -> None:
    begun(office, one_drafted)
    with pytest.raises(BusinessRefusal, match="Anna Hansen prepared the draft of 2016 and can't approve it"):
        office.release(2016, now=SPRING, by=approver)
    assert office.posted() == []


def test_nobody_who_prepared_a_draft_approves_it_when_another_has_made_it_once_more(office: Office) -> None:
    begun(office, one_drafted)
    first = office.fingerprint(2016)
    again = office.settle(2016, now="2017-02-16T09:00", by="Carl Nielsen")
    assert again.fingerprint == first
    for approver in (ANNA, "Carl Nielsen"):
        with pytest.raises(BusinessRefusal, match=f"{approver} prepared the draft of 2016 and can't approve it"):
            office.release(2016, now=SPRING, by=approver)
    assert office.release(2016, now=SPRING).to_pay_dkk == 6_000


def test_a_release_hands_over_letters_and_a_posting_basis_that_name_the_ledger(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=2, wages="100.000,50")
    office.settle(2016, now=WINTER)
    released = office.release(2016, now="2017-03-14T23:30:00+00:00")
    (year,) = released.years
    assert year.out is not None
    assert year.run == year.out.name == f"2016-{year.fingerprint[:12]}-1"
    assert released.to_pay_dkk == year.decided_dkk == Decimal(2 * 6_000) + Decimal("100000.50")
    assert {path.relative_to(year.out).as_posix() for path in year.out.rglob("*") if path.is_file()} == {
        "annex/JF-187.xlsx",
        "digitalpost/JF-187.xml",
        "ledger.csv",
        "letters/JF-187.html",
        "letters/JF-187.pdf",
        "manifest.json",
        "payments.xml",
        "postings.csv",
        "repayments.csv",
    }
    first, second = office.entries()
    assert [(row["component"], row["amount"], row["payee_cvr"]) for row in read_rows(year.out / "postings.csv")] == [
        ("activity", "12000.00", "19583910"),
        ("fixed", "100000.50", "19583910"),
    ]
    text = letter(year.out)
    assert "15. marts 2017" in text, "the letter's day is the posting's day in Copenhagen"
    assert "Vallensbæk Kommune får <strong>112.000,50 kr.</strong> i tilskud for 2016" in text
    assert f"Bogført i tilskudsregnskabet som nr. 2. Kontrolsum (SHA-256): {second.sha256}" in text
    assert "UDKAST" not in text
    manifest = json.loads((year.out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["ledger"] == {"entries": 2, "sha256": second.sha256}
    assert manifest["files"] == {name: sha for name, sha in hashes(year.out).items() if name != "manifest.json"}
    assert (first.prepared_by, first.approved_by) == ("Anna Hansen", "Bo Holm")


def test_released_twice_changes_nothing_and_says_so(office: Office) -> None:
    begun(office, one_drafted)
    first = office.release(2016, now=SPRING)
    before = hashes(office.home / "out")
    again = office.release(2016, now=SUMMER)
    (year,) = again.years
    assert (year.run, year.decided, year.released_before) == (None, (), (JF,))
    assert again.ledger_sha256 == first.ledger_sha256
    assert hashes(office.home / "out") == before
    deliver(office.inbox, office.portfolio.projects[0], starts=5)
    (year,) = office.release(2016, now=SUMMER).years
    assert year.run is None, "also after a new delivery"


def test_one_project_is_released_and_the_rest_follows(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=2)
    office.settle(2016, now=WINTER)
    (first,) = office.release(2016, now=SPRING, projects=[OTHER]).years
    assert [(one.project_id, one.amount_dkk) for one in first.decided] == [(OTHER, 12_000)]
    assert first.not_chosen == 1
    assert first.out is not None
    before = hashes(first.out)
    (rest,) = office.release(2016, now=SUMMER).years
    assert [(one.project_id, one.amount_dkk) for one in rest.decided] == [(JF, 6_000)]
    assert rest.released_before == (OTHER,)
    assert rest.run == f"2016-{rest.fingerprint[:12]}-2"
    assert hashes(first.out) == before, "a later release never changes an earlier one"
    assert [entry.number for entry in office.entries()] == [1, 2, 3, 4]


def test_a_project_that_stands_as_it_was_decided_gets_no_second_letter(office: Office) -> None:
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=2)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=2)
    office.settle(2016, now=WINTER)
    office.release(2016, now=SPRING)
    deliver(office.inbox, project, starts=3)
    office.settle(2016, now="2017-05-01T08:00")
    (year,) = office.release(2016, now=SUMMER).years
    assert [(one.project_id, one.kind, one.amount_dkk) for one in year.decided] == [(JF, Kind.EFTERREGULERING, 6_000)]
    assert year.unchanged == (OTHER,)


def test_a_first_decision_of_nothing_is_a_decision(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=0)
    office.settle(2016, now=WINTER)
    (year,) = office.release(2016, now=SPRING).years
    assert [(one.kind, one.amount_dkk) for one in year.decided] == [(Kind.NUL, 0)]
    assert year.out is not None
    assert read_rows(year.out / "postings.csv") == []
    assert [row["amount"] for row in read_rows(year.out / "ledger.csv")] == ["0.00", "0.00"]
    assert not (year.out / "payments.xml").exists()


@pytest.mark.usefixtures("no_papers")
def test_a_citizen_removed_returned_and_removed_again_is_clawed_back_once(office: Office) -> None:
    project = office.portfolio.project(JF)
    fingerprints = []
    for month, starts in enumerate((2, 1, 2, 1), start=2):
        deliver(office.inbox, project, starts=starts)
        fingerprints.append(office.settle(2016, now=f"2017-0{month}-10T08:00").fingerprint)
        office.release(2016, now=f"2017-0{month}-20T08:00")
    amounts = [amount for _, _, component, _, amount in office.posted() if component == "activity"]
    assert amounts == [12_000, -6_000, 6_000, -6_000]
    assert len(set(fingerprints)) == 4, "the same registrations and the same result, after other decisions"

    again = office.settle(2016, now="2017-07-10T08:00")
    assert again.payable_dkk == 0
    (year,) = office.release(2016, now="2017-07-20T08:00").years
    assert year.run is None
    assert year.unchanged == (JF,)
