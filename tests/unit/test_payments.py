"""The hand-over of a release: posting basis, ledger extract, payment file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from tasks.handover import payment_file
from tasks.handover.payment_file import NAMESPACE, write_payments
from tasks.handover.recipient import Recipient
from tasks.handover.tables import LEDGER_HEADER, POSTINGS_HEADER, write_ledger, write_postings
from tasks.ledger.append import append
from tasks.ledger.entry import Approved, Component, Entry, Kind, Posting, Waiver
from tasks.register.municipalities import municipalities
from tests.support.files import read_rows
from tests.support.ledger_examples import POSTED_AT, ledger_in, posting

PAYER = "Styrelsen for Arbejdsmarked og Rekruttering"
VALLENSBAEK = Recipient("16/145", municipalities()["187"])
COPENHAGEN = Recipient("=16/1", municipalities()["101"])
RECIPIENTS = {
    (project_id, year): recipient
    for project_id, recipient in (("JF-187", VALLENSBAEK), ("-JF-101", COPENHAGEN), ("JF-1870", VALLENSBAEK))
    for year in (2016, 2017)
}


def _post(tmp_path: Path, *postings: Posting) -> tuple[Entry, ...]:
    with ledger_in(tmp_path, in_memory=True) as connection:
        return append(connection, tmp_path, postings, run="run-1", posted_at=POSTED_AT)


@pytest.fixture
def entries(tmp_path: Path) -> tuple[Entry, ...]:
    return _post(
        tmp_path,
        posting("JF-187", 2017, Component.FIXED, "450000"),
        posting("JF-187", 2017, Component.ACTIVITY, "566000"),
        posting("JF-187", 2016, Component.ACTIVITY, "-6000.5", kind=Kind.ADJUSTMENT),
        posting("JF-187", 2016, Component.FIXED, "0"),
        posting("-JF-101", 2016, Component.FIXED, "-10", waivers=(Waiver("P01", "fordi"),)),
        posting("-JF-101", 2016, Component.ACTIVITY, "10"),
        posting("JF-1870", 2016, Component.ACTIVITY, "0.01"),
    )


def test_payees_are_the_98_municipalities_by_cvr() -> None:
    payees = municipalities()
    assert len(payees) == len({payee.cvr for payee in payees.values()}) == 98
    assert payees["187"].cvr == "19583910"
    weights = (2, 7, 6, 5, 4, 3, 2, 1)
    for payee in payees.values():
        assert sum(int(digit) * weight for digit, weight in zip(payee.cvr, weights, strict=True)) % 11 == 0


def test_posting_basis(tmp_path: Path, entries: tuple[Entry, ...]) -> None:
    path = tmp_path / "postings.csv"
    write_postings(path, entries, RECIPIENTS)
    assert path.read_text(encoding="utf-8").splitlines() == [
        "project_id,case_number,year,component,payee_cvr,payee_name,amount,text,ledger_entry",
        "'-JF-101,'=16/1,2016,activity,64942212,Københavns Kommune,10.00,\"JobFirst 2016, aktivitetstilskud\",6",
        "'-JF-101,'=16/1,2016,fixed,64942212,Københavns Kommune,-10.00,\"JobFirst 2016, fast tilskud\",5",
        (
            "JF-187,16/145,2016,activity,19583910,Vallensbæk Kommune,-6000.50,"
            '"JobFirst 2016, aktivitetstilskud, efterregulering",3'
        ),
        'JF-187,16/145,2017,activity,19583910,Vallensbæk Kommune,566000.00,"JobFirst 2017, aktivitetstilskud",2',
        'JF-187,16/145,2017,fixed,19583910,Vallensbæk Kommune,450000.00,"JobFirst 2017, fast tilskud",1',
        'JF-1870,16/145,2016,activity,19583910,Vallensbæk Kommune,0.01,"JobFirst 2016, aktivitetstilskud",7',
    ]
    assert tuple(read_rows(path)[0]) == POSTINGS_HEADER
    assert sum(Decimal(row["amount"]) for row in read_rows(path)) == sum(entry.amount_dkk for entry in entries)


def test_ledger_extract_has_every_entry_and_field(tmp_path: Path, entries: tuple[Entry, ...]) -> None:
    path = tmp_path / "ledger.csv"
    write_ledger(path, entries[::-1])
    written = read_rows(path)
    assert [row["number"] for row in written] == ["1", "2", "3", "4", "5", "6", "7"]
    of_before = tuple(name for name in LEDGER_HEADER if name not in {"approval", "program"})
    assert tuple(written[0]) == of_before
    assert written[4]["waivers"] == '[{"code": "P01", "reason": "fordi"}]'
    assert written[6]["sha256"] == entries[6].sha256
    assert written[0]["posted_at"] == "2018-02-15T09:15:00.000005Z", "to the microsecond, as its hash has it"


def test_ledger_extract_has_how_an_entry_was_approved_as_the_ledger_has_it(tmp_path: Path) -> None:
    approval = Approved("anna", "bo", (Waiver("H03", "=én på kontoret"),), "ab" * 32)
    (entry,) = _post(tmp_path, replace(posting(), approval=approval, program="0.2.0 (abc)"))
    write_ledger(tmp_path / "ledger.csv", [entry])
    (row,) = read_rows(tmp_path / "ledger.csv")
    assert tuple(row) == LEDGER_HEADER
    (kept,) = map(json.loads, (tmp_path / "ledger.jsonl").read_text(encoding="utf-8").splitlines())
    assert json.loads(row["approval"]) == kept["approval"]
    assert row["program"] == kept["program"]
    assert {*row, "amount_dkk"} == {*kept, "amount"}


@pytest.mark.parametrize("name", ["prepared_by", "approved_by", "program"])
def test_a_name_in_the_ledger_extract_is_no_formula(tmp_path: Path, name: str) -> None:
    written = posting(prepared_by="=1+1", approved_by="=1+2")
    entries = _post(tmp_path, replace(written, approval=Approved("anna", "bo", ()), program="=1+3"))
    write_ledger(tmp_path / "ledger.csv", entries)
    (row,) = read_rows(tmp_path / "ledger.csv")
    assert row[name] == f"'{getattr(entries[0], name)}"


def _document(path: Path) -> etree._Element:
    return etree.fromstring(path.read_bytes())


def _texts(document: etree._Element, name: str) -> list[str | None]:
    return [element.text for element in document.iter(f"{{{NAMESPACE}}}{name}")]


def test_payment_file_pays_each_payee_its_net(tmp_path: Path, entries: tuple[Entry, ...]) -> None:
    path = tmp_path / "payments.xml"
    payments = write_payments(path, entries, RECIPIENTS, PAYER)
    assert [(net.payee, net.amount_dkk) for net in payments.payments] == [(VALLENSBAEK.payee, Decimal("1009999.51"))]
    assert payments.repayments == (), "Copenhagen's net is zero: neither paid nor claimed"
    document = _document(path)
    assert _texts(document, "InstdAmt") == ["1009999.51"]
    assert set(_texts(document, "CtrlSum")) == {"1009999.51"}
    assert _texts(document, "Nm") == [PAYER, PAYER, "Vallensbæk Kommune"]
    assert _texts(document, "Id")[-1] == "19583910"
    assert _texts(document, "Ustrd") == ["JobFirst 16/145 2016, 16/145 2017"]
    assert _texts(document, "Dt") == ["2018-02-15"]
    assert "Vallensbæk" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("posted_at", "paid"),
    [
        (datetime(2018, 2, 14, 22, 59, tzinfo=UTC), "2018-02-14"),
        (datetime(2018, 2, 14, 23, 0, tzinfo=UTC), "2018-02-15"),
        (datetime(2018, 6, 13, 22, 0, tzinfo=UTC), "2018-06-14"),
        (datetime(2018, 2, 17, 12, 0, tzinfo=UTC), "2018-02-19"),
    ],
)
def test_payment_is_asked_for_on_the_day_of_posting_in_copenhagen_or_the_bank_day_after(
    tmp_path: Path, posted_at: datetime, paid: str
) -> None:
    with ledger_in(tmp_path, in_memory=True) as connection:
        entries = append(connection, tmp_path, [posting()], run="1", posted_at=posted_at)
    write_payments(tmp_path / "payments.xml", entries, RECIPIENTS, PAYER)
    assert _texts(_document(tmp_path / "payments.xml"), "Dt") == [paid]


def test_payment_file_names_no_account(tmp_path: Path, entries: tuple[Entry, ...]) -> None:
    path = tmp_path / "payments.xml"
    write_payments(path, entries, RECIPIENTS, PAYER)
    document = _document(path)
    for name in ("IBAN", "BICFI", "CdtrAcct", "CdtrAgt"):
        assert _texts(document, name) == []
    for name in ("DbtrAcct", "DbtrAgt"):
        (element,) = document.iter(f"{{{NAMESPACE}}}{name}")
        assert "".join(str(text) for text in element.itertext()).strip() == "NOTPROVIDED"


def test_same_entries_same_bytes_other_entries_other_ids(tmp_path: Path, entries: tuple[Entry, ...]) -> None:
    one, two, other = (tmp_path / name for name in ("one.xml", "two.xml", "other.xml"))
    write_payments(one, entries, RECIPIENTS, PAYER)
    write_payments(two, entries[::-1], RECIPIENTS, PAYER)
    write_payments(other, entries[:2], RECIPIENTS, PAYER)
    assert one.read_bytes() == two.read_bytes()
    for name in ("MsgId", "PmtInfId", "EndToEndId"):
        assert set(_texts(_document(one), name)).isdisjoint(_texts(_document(other), name))


def test_each_payment_has_an_id_of_its_own(tmp_path: Path) -> None:
    """A bank takes two payments of a file with one id for one and the same."""
    path = tmp_path / "payments.xml"
    write_payments(path, _post(tmp_path, posting(), posting("-JF-101")), RECIPIENTS, PAYER)
    document = _document(path)
    assert len(set(_texts(document, "EndToEndId"))) == len(_texts(document, "InstdAmt")) == 2


def test_names_and_texts_are_cut_to_what_a_payment_file_may_hold(tmp_path: Path) -> None:
    path = tmp_path / "payments.xml"
    entries = _post(tmp_path, *(posting(f"JF-{number}") for number in range(20)))
    recipients = {(f"JF-{number}", 2016): Recipient(f"16/{number:04}", VALLENSBAEK.payee) for number in range(20)}
    write_payments(path, entries, recipients, PAYER * 4)
    document = _document(path)
    assert {len(text or "") for text in [*_texts(document, "Nm")[:2], *_texts(document, "Ustrd")]} == {140}


@pytest.mark.parametrize(
    ("digits", "projects", "written"),
    [
        (4, 9, "JobFirst " + ", ".join(f"16/000{at} 2016" for at in range(9))),
        (4, 10, "JobFirst " + ", ".join(f"16/000{at} 2016" for at in range(9)) + ", m.fl."),
        (6, 9, "JobFirst " + ", ".join(f"16/00000{at} 2016" for at in range(7)) + ", m.fl."),
        (200, 2, f"JobFirst 16/{'0' * 128}"),
    ],
)
def test_a_payment_names_as_many_cases_as_there_is_room_for_and_each_whole(
    tmp_path: Path, digits: int, projects: int, written: str
) -> None:
    path = tmp_path / "payments.xml"
    names = [f"JF-{number}" for number in range(projects)]
    recipients = {(name, 2016): Recipient(f"16/{at:0{digits}}", VALLENSBAEK.payee) for at, name in enumerate(names)}
    write_payments(path, _post(tmp_path, *map(posting, names)), recipients, PAYER)
    assert _texts(_document(path), "Ustrd") == [written]
    assert len(written) <= 140


def test_without_payments_there_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "payments.xml"
    payments = write_payments(path, _post(tmp_path, posting(amount_dkk="-5")), RECIPIENTS, PAYER)
    assert (payments.payments, payments.total_dkk, len(payments.repayments)) == ((), Decimal(0), 1)
    assert not path.exists()


def test_payment_file_is_of_one_run(tmp_path: Path) -> None:
    with ledger_in(tmp_path, in_memory=True) as connection:
        one = append(connection, tmp_path, [posting()], run="1", posted_at=POSTED_AT)
        two = append(connection, tmp_path, [posting()], run="2", posted_at=POSTED_AT + timedelta(days=1))
    with pytest.raises(ValueError, match="one release run"):
        write_payments(tmp_path / "payments.xml", one + two, RECIPIENTS, PAYER)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (lambda text: text.replace(">1009999.51</InstdAmt>", ">1009999.52</InstdAmt>"), "the entries say"),
        (lambda text: text.replace("<CtrlSum>1009999.51<", "<CtrlSum>1009999.50<", 1), "the entries say"),
        (lambda text: text.replace("<NbOfTxs>1<", "<NbOfTxs>2<", 1), "the entries say"),
        (lambda text: text.replace("<Id>19583910<", "<Id>64942212<"), "the entries say"),
        (lambda text: text.replace("<Nm>Vallensbæk Kommune</Nm>", "<Nm></Nm>"), "not valid"),
        (lambda text: text.replace("</PmtMtd>", "</PmtMtd><IBAN>DK5000400440116243</IBAN>"), "not valid"),
    ],
)
def test_a_file_that_is_not_valid_or_pays_otherwise_is_not_written(
    tmp_path: Path,
    entries: tuple[Entry, ...],
    monkeypatch: pytest.MonkeyPatch,
    broken: Callable[[str], str],
    message: str,
) -> None:
    render = payment_file._render

    def render_broken(*arguments: object) -> bytes:
        contents = render(*arguments).decode()  # type: ignore[arg-type]
        assert broken(contents) != contents
        return broken(contents).encode()

    monkeypatch.setattr(payment_file, "_render", render_broken)
    path = tmp_path / "payments.xml"
    with pytest.raises(ValueError, match=message):
        write_payments(path, entries, RECIPIENTS, PAYER)
    assert not path.exists()


def test_a_file_that_leaves_out_what_a_payee_owes_or_is_owed_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = _post(tmp_path, posting(), posting("-JF-101", amount_dkk="-5"))
    payments = payment_file.net_payments(entries, RECIPIENTS)
    monkeypatch.setattr(payment_file, "net_payments", lambda *_: replace(payments, repayments=()))
    with pytest.raises(ValueError, match="the entries say"):
        write_payments(tmp_path / "payments.xml", entries, RECIPIENTS, PAYER)
    assert not (tmp_path / "payments.xml").exists()
