"""Where a home names its approvers, nothing is released without a signature that ssh-keygen verifies. Real keys."""

from __future__ import annotations

import json

import pytest

from flows.commands.cli import command
from flows.release import planned
from tasks.base.errors import BusinessRefusal
from tasks.draft.manifest import is_whole
from tasks.release.approval import approve
from tasks.release.plan import Plan
from tasks.release.signature import SIGNATURE_NAME, SIGNED_NAME, State, text_to_sign
from tasks.release.signed_runs import kept_signature, verify_signatures
from tasks.release.text import plan_as_text
from tests.support.correcting import without_papers
from tests.support.releasing import ANNA, BO, JF, OTHER, Office, begun, deliver
from tests.support.signing import Signer

SETTLED, RELEASED, LATER = "2017-02-15T08:00", "2017-03-10T08:00", "2017-04-01T08:00"


def names(office: Office, lines: str) -> None:
    approvers = office.home / "approvers"
    approvers.write_text(lines, encoding="utf-8")
    approvers.chmod(0o600)


def drafted(office: Office) -> None:
    """Draft 2016 of two projects."""
    deliver(office.inbox, office.portfolio.project(JF), starts=2)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=1)
    office.settle(2016, now=SETTLED)


def draft_of(office: Office, bo: Signer, anna: Signer) -> str:
    """Draft 2016 in a home that names Bo and Anna as approvers; give what is signed."""
    begun(office, drafted)
    names(office, bo.allowed(BO) + anna.allowed(ANNA))
    return text_to_sign({2016: office.fingerprint(2016)})


def plan_of(office: Office, signature: str | None) -> Plan:
    run = office.run(2016, RELEASED)
    approval = approve(BO, None, [], signature=signature)
    plan = planned([2016], run.register, run.inbox, office.home, approval, run.now).plan
    assert plan is not None
    return plan


def verified(office: Office) -> tuple[tuple[str, ...], dict[str, str], tuple[str, ...]]:
    found = verify_signatures(office.home, office.entries())
    return found.verified, found.findings, found.unsigned


def test_a_valid_signature_releases_is_kept_as_it_came_and_verifies_again(
    office: Office, bo: Signer, anna: Signer, capsys: pytest.CaptureFixture[str]
) -> None:
    text = draft_of(office, bo, anna)
    contents = bo.sign(text).replace("\n", "\r\n")
    (year,) = office.release(2016, now=RELEASED, signature=contents).years
    assert year.out is not None
    assert year.run is not None
    assert (year.out / SIGNATURE_NAME).read_bytes() == contents.encode()
    assert (year.out / SIGNED_NAME).read_bytes() == text.encode()
    assert is_whole(year.out, year.fingerprint)
    assert SIGNATURE_NAME in json.loads((year.out / "manifest.json").read_bytes())["files"]
    kept = kept_signature(year.out)
    assert kept is not None
    assert {entry.approval.signature_sha256 for entry in office.entries() if entry.approval} == {kept.sha256}
    assert verified(office) == ((year.run,), {}, ())
    assert command(["ledger", "verify", "--home", str(office.home)]) == 0
    assert "Signatures that verify: 1" in capsys.readouterr().out
    (again,) = office.replay(2016, now=LATER, known_at="2017-03-20T08:00").years
    assert again.out is not None
    assert again.differing == ()
    assert (again.out / SIGNATURE_NAME).read_bytes() == contents.encode()
    assert office.release(2016, now="2017-03-11T08:00").years[0].run is None, "nothing to post: nothing to sign"


def test_without_a_valid_signature_nothing_is_released_and_the_plan_says_why(
    office: Office, bo: Signer, anna: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_papers(monkeypatch)
    text = draft_of(office, bo, anna)
    with pytest.raises(BusinessRefusal, match=r"asks for Bo Holm's signature, and none is given\. To sign: printf"):
        office.release(2016, now=RELEASED)
    plan = plan_of(office, bo.sign(text))
    assert plan.signature is not None
    assert (plan.signature.state, plan.signature.to_sign) == (State.VALID, text)
    assert "Signature: valid, ED25519 key SHA256:" in plan_as_text(plan)
    (office.home / "approvers").chmod(0o666)
    plan = plan_of(office, bo.sign(text))
    assert plan.signature is not None
    assert plan.signature.state is State.REFUSED
    assert f"others than its owner may write {office.home / 'approvers'}" in plan.signature.said, "not of the copy"
    assert f"  to sign: {plan.signature.sign_with}" in plan_as_text(plan)
    assert office.posted() == []


def test_verify_says_what_was_done_to_a_signature_or_to_the_approvers(
    office: Office, bo: Signer, anna: Signer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_papers(monkeypatch)
    text = draft_of(office, bo, anna)
    contents = bo.sign(text)
    approvers = (office.home / "approvers").rename(office.home.parent / "approvers")
    (unsigned,) = office.release(2016, now=RELEASED, projects=[OTHER]).years
    assert unsigned.run is not None
    approvers.rename(office.home / "approvers")
    (year,) = office.release(2016, now=RELEASED, signature=contents).years
    assert year.run is not None
    folder = office.out(2016) / "released" / year.run
    signature, signed = folder / SIGNATURE_NAME, folder / SIGNED_NAME

    entries, run = office.entries(), year.run

    def finding() -> str:
        found = verify_signatures(office.home, entries)
        assert (found.verified, found.unsigned) == ((), (unsigned.run,))
        return found.findings[run]

    signature.write_text(anna.sign(text))
    assert "is another than the ledger's entries name" in finding()
    signature.write_text(contents)
    signed.write_text(text.replace("2016", "2017"))
    assert "names another draft than the ledger's entries" in finding()
    for changed in (text + text, f"{text}jobfirst release 2017 {'0' * 64}\n", f"{text}å"):
        signed.write_text(changed, encoding="utf-8")
        assert finding() == f"{signed} is not what was signed: it was changed"
    signed.write_text(text)
    names(office, anna.allowed(BO))
    assert "is not among that person's there" in finding()
    assert "approvers was changed since" in finding()
    names(office, bo.allowed(BO, 'valid-before="20170301" '))
    assert "key has expired" in finding()
    names(office, bo.allowed(BO, 'valid-before="20170401" '))
    assert verified(office) == ((run,), {}, (unsigned.run,)), "a key that was ended later was valid then"
    (office.home / "approvers").chmod(0o666)
    assert "others than its owner may write" in finding()
    (office.home / "approvers").unlink()
    assert "nobody can say whose key signed" in finding()
    names(office, bo.allowed(BO))
    signature.unlink()
    assert "where the folder was archived, put it back" in finding()
    assert command(["ledger", "verify", "--home", str(office.home)]) == 1
    told = capsys.readouterr().out
    assert "The ledger verifies: 4 entries" in told
    assert f"A signature does not verify. {run}: its signature is not in {folder}" in told
    assert f"Released without a signature: {unsigned.run}" in told
