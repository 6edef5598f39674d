"""`payments.xml`: the payment file of a release, ISO 20022 pain.001.001.09 (docs/payments.md).

The file names no account, neither the payer's nor the payee's: the payee is found by its CVR number, the payer's bank
knows the payer's account by agreement.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

from lxml import etree
from pyiso20022.pain import pain_001_001_09 as pain
from xsdata.formats.dataclass.serializers import XmlSerializer
from xsdata.formats.dataclass.serializers.config import SerializerConfig
from xsdata.models.datatype import XmlDate, XmlDateTime

from tasks.base.durable import replace_durably
from tasks.base.moment import Moment
from tasks.handover.bank_day import bank_day_from
from tasks.handover.net import decided, net_by_payee, to_pay
from tasks.handover.recipient import Recipients, payees_of
from tasks.ledger.entry import Entry
from tasks.register.municipalities import Municipality

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
CURRENCY = "DKK"
NOT_PROVIDED = "NOTPROVIDED"
"""What ISO 20022 usage guides write where an identification is required and not given."""
_AMOUNT, _PAYEE_CVR = (
    "/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/")) for path in ("Amt/InstdAmt", "Cdtr/Id/OrgId/Othr/Id")
)
_TEXT_CHARACTERS, _ID_CHARACTERS = 140, 35
"""The longest name or remittance text, and the longest id, of ISO 20022: Max140Text, Max35Text."""


@dataclass(frozen=True)
class Net:
    """What one release run owes a payee, over all its entries; below zero the payee owes it."""

    payee: Municipality
    amount_dkk: Decimal


@dataclass(frozen=True)
class Payments:
    """The payments of a payment file, and the sums to be claimed back: nets above and below zero, by CVR number."""

    payments: tuple[Net, ...]
    repayments: tuple[Net, ...]

    @property
    def total_dkk(self) -> Decimal:
        """The sum of the payments."""
        return to_pay(net.amount_dkk for net in self.payments)


def net_payments(entries: Sequence[Entry], recipients: Recipients) -> Payments:
    """Net a release run's entries, of all its years, by payee (CVR number).

    Raises KeyError when a project has no recipient.
    """
    sums = net_by_payee(decided(entries), payees_of([recipients]))
    nets = [Net(payee, sums[payee]) for payee in sorted(sums, key=lambda payee: payee.cvr)]
    return Payments(
        payments=tuple(net for net in nets if net.amount_dkk > 0),
        repayments=tuple(net for net in nets if net.amount_dkk < 0),
    )


def write_payments(path: Path, entries: Sequence[Entry], recipients: Recipients, payer_name: str) -> Payments:
    """Write the payment file of one release run's entries; none when no payee is owed anything.

    The file depends on the entries alone: ids are derived from their hashes, times are that of posting.

    Raises ValueError when the entries are of several runs, or when the file would not be valid or would not pay what
    the entries say; nothing is written then. Raises KeyError when a project has no recipient.
    """
    payments = net_payments(entries, recipients)
    if not payments.payments:
        return payments
    if len({(entry.run, entry.posted_at) for entry in entries}) > 1:
        raise ValueError("a payment file is of one release run")
    contents = _render(entries, recipients, payments, payer_name)
    _check(contents, payments, sum((entry.amount_dkk for entry in entries), Decimal(0)))
    replace_durably(path, contents)
    return payments


def read_payments(path: Path) -> dict[str, Decimal]:
    """Read a payment file as its receiver will: what it pays, in DKK, by CVR number; nothing where there is none."""
    return dict(_transfers(etree.parse(path).getroot())) if path.exists() else {}


def _transfers(document: etree._Element) -> list[tuple[str, Decimal]]:
    return [
        (transfer.findtext(_PAYEE_CVR) or "", Decimal(transfer.findtext(_AMOUNT) or "NaN"))
        for transfer in document.iter(f"{{{NAMESPACE}}}CdtTrfTxInf")
    ]


def _render(entries: Sequence[Entry], recipients: Recipients, payments: Payments, payer_name: str) -> bytes:
    seed = "".join(sorted(entry.sha256 for entry in entries))
    posted_at = entries[0].posted_at
    count, payer = str(len(payments.payments)), _party(payer_name)
    header = pain.GroupHeader85(
        msg_id=_id("message", seed),
        cre_dt_tm=XmlDateTime.from_string(f"{posted_at:%Y-%m-%dT%H:%M:%SZ}"),
        nb_of_txs=count,
        ctrl_sum=payments.total_dkk,
        initg_pty=payer,
    )
    transfers = [_transfer(net, entries, recipients, seed) for net in payments.payments]
    instruction = pain.PaymentInstruction30(
        pmt_inf_id=_id("payment", seed),
        pmt_mtd=pain.PaymentMethod3Code.TRF,
        nb_of_txs=count,
        ctrl_sum=payments.total_dkk,
        reqd_exctn_dt=pain.DateAndDateTime2Choice(dt=XmlDate.from_date(bank_day_from(Moment(posted_at).today))),
        dbtr=payer,
        dbtr_acct=pain.CashAccount38(
            id=pain.AccountIdentification4Choice(othr=pain.GenericAccountIdentification1(id=NOT_PROVIDED))
        ),
        dbtr_agt=pain.BranchAndFinancialInstitutionIdentification6(
            fin_instn_id=pain.FinancialInstitutionIdentification18(
                othr=pain.GenericFinancialIdentification1(id=NOT_PROVIDED)
            )
        ),
        cdt_trf_tx_inf=transfers,
    )
    document = pain.Document(
        cstmr_cdt_trf_initn=pain.CustomerCreditTransferInitiationV09(grp_hdr=header, pmt_inf=[instruction])
    )
    config = SerializerConfig(indent="  ", encoding="UTF-8")
    text: str = XmlSerializer(config=config).render(document, ns_map={None: NAMESPACE})
    return text.encode()


def _transfer(
    net: Net, entries: Sequence[Entry], recipients: Recipients, seed: str
) -> pain.CreditTransferTransaction34:
    own = [entry for entry in entries if recipients[entry.project_id, entry.year].payee.cvr == net.payee.cvr]
    cases = sorted({f"{recipients[entry.project_id, entry.year].case_number} {entry.year}" for entry in own})
    return pain.CreditTransferTransaction34(
        pmt_id=pain.PaymentIdentification6(end_to_end_id=_id(net.payee.cvr, seed)),
        amt=pain.AmountType4Choice(
            instd_amt=pain.ActiveOrHistoricCurrencyAndAmount(value=net.amount_dkk, ccy=CURRENCY)
        ),
        cdtr=_party(net.payee.full_name, net.payee.cvr),
        rmt_inf=pain.RemittanceInformation16(ustrd=[_remittance(cases)]),
    )


def _remittance(cases: Sequence[str]) -> str:
    """Write which cases and years a payment is for: as many as there is room for, each whole; `m.fl.`: there are more.

    Only a first case with a number too long for any text is cut.
    """
    text = f"JobFirst {', '.join(cases)}"
    kept = len(cases)
    while len(text) > _TEXT_CHARACTERS and kept > 1:
        kept -= 1
        text = f"JobFirst {', '.join(cases[:kept])}, m.fl."
    return text[:_TEXT_CHARACTERS]


def _party(name: str, cvr: str | None = None) -> pain.PartyIdentification135:
    identification = None
    if cvr is not None:
        other = pain.GenericOrganisationIdentification1(
            id=cvr, schme_nm=pain.OrganisationIdentificationSchemeName1Choice(cd="COID"), issr="CVR"
        )
        identification = pain.Party38Choice(org_id=pain.OrganisationIdentification29(othr=[other]))
    return pain.PartyIdentification135(nm=name[:_TEXT_CHARACTERS], id=identification)


def _id(what: str, seed: str) -> str:
    return ("JF" + hashlib.sha256(f"{what} {seed}".encode()).hexdigest())[:_ID_CHARACTERS]


@cache
def _schema() -> etree.XMLSchema:
    with (files("sepaxml") / "schemas" / "pain.001.001.09.xsd").open("rb") as file:
        return etree.XMLSchema(etree.parse(file))


def _check(contents: bytes, payments: Payments, posted_dkk: Decimal) -> None:
    """Read the file as its receiver will: valid, and paying what was posted."""
    document = etree.fromstring(contents)
    try:
        _schema().assertValid(document)
    except etree.DocumentInvalid as error:
        raise ValueError(f"the payment file is not valid: {error}") from error
    paid = _transfers(document)
    total_dkk = sum((amount_dkk for _, amount_dkk in paid), Decimal(0))
    owed_back_dkk = sum((net.amount_dkk for net in payments.repayments), Decimal(0))
    control_sums = {Decimal(element.text or "") for element in document.iter(f"{{{NAMESPACE}}}CtrlSum")}
    counts = {element.text for element in document.iter(f"{{{NAMESPACE}}}NbOfTxs")}
    if (
        paid != [(net.payee.cvr, net.amount_dkk) for net in payments.payments]
        or total_dkk + owed_back_dkk != posted_dkk
        or control_sums != {total_dkk}
        or counts != {str(len(paid))}
    ):
        raise ValueError(f"the payment file pays {total_dkk}, and the entries say {posted_dkk - owed_back_dkk}")
