"""The state of a release's signature, with real keys.

They are made by the `ssh-keygen` of the machine: where it is missing, these tests fail, and are not skipped.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.moment import Moment
from tasks.release.openssh import as_armored
from tasks.release.signature import Checked, State, check, read_signature, text_to_sign
from tests.support.releasing import ANNA, BO
from tests.support.signing import Signer

RELEASED = "2017-03-10T08:00"
FINGERPRINT = "a" * 64
TEXT = f"jobfirst release 2016 {FINGERPRINT}\n"


@dataclass
class Approvers:
    """A home's file, and a draft of 2016 that Anna prepared."""

    path: Path

    def name(self, lines: str) -> None:
        """Write the file again."""
        self.path.write_text(lines, encoding="utf-8")
        self.path.chmod(0o600)

    def check(self, contents: str | None, by: str = BO, fingerprints: dict[int, str] | None = None) -> Checked:
        """Check a signature that is given at the release."""
        drafts = fingerprints or {2016: FINGERPRINT}
        return check(self.path, by, {ANNA}, drafts, contents, Moment.parse(RELEASED).utc)

    def refusal(self, contents: str, by: str = BO) -> str:
        """Give what a signature is refused with."""
        checked = self.check(contents, by)
        assert checked.state is State.REFUSED
        with pytest.raises(BusinessRefusal, match=r"^Nothing is released: ") as refused:
            checked.require(contents)
        return str(refused.value)


@pytest.fixture
def approvers(tmp_path: Path, bo: Signer, anna: Signer) -> Approvers:
    home = tmp_path / "home"
    home.mkdir(mode=0o750)
    approvers = Approvers(home / "approvers")
    approvers.name(bo.allowed(BO) + anna.allowed(ANNA))
    return approvers


def test_a_valid_signature_is_told_with_its_key(approvers: Approvers, bo: Signer) -> None:
    contents = bo.sign(TEXT)
    checked = approvers.check(contents)
    fingerprint = subprocess.run(
        ["ssh-keygen", "-lf", bo.key], capture_output=True, encoding="ascii", check=True
    ).stdout.split()[1]
    assert (checked.state, checked.said) == (State.VALID, f"valid, ED25519 key {fingerprint}")
    signature = checked.require(contents)
    assert signature is not None
    assert (signature.signed, signature.contents) == (TEXT, contents)


def test_what_the_command_signs_that_the_refusal_names_is_valid(approvers: Approvers, bo: Signer) -> None:
    checked = approvers.check(None)
    assert checked.state is State.MISSING
    with pytest.raises(BusinessRefusal, match="asks for Bo Holm's signature, and none is given") as refused:
        checked.require(None)
    file = approvers.path.with_name("approval.sig")
    shell = str(refused.value).partition("To sign: ")[2].replace("KEY", f"'{bo.key}'").replace("FILE", f"'{file}'")
    subprocess.run(["sh", "-c", shell], check=True, capture_output=True)
    assert approvers.check(read_signature(file)).state is State.VALID


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("2016", "2017"),
        TEXT[:-1],
        TEXT.replace("\n", "\r\n"),
        f"{TEXT}jobfirst release 2017 {FINGERPRINT}\n",
        TEXT.replace(FINGERPRINT, FINGERPRINT[:12]),
        TEXT.replace("a", "b"),
        TEXT + TEXT,
    ],
)
def test_another_text_is_not_these_drafts(approvers: Approvers, bo: Signer, text: str) -> None:
    said = approvers.refusal(bo.sign(text))
    assert "the signature is not Bo Holm's over these drafts: it is over another text" in said
    assert "incorrect signature" in said


def test_another_namespace_person_or_form_is_refused(approvers: Approvers, bo: Signer, anna: Signer) -> None:
    assert "namespace does not match" in approvers.refusal(bo.sign(TEXT, namespace="file"))
    assert "key SHA256:" in approvers.refusal(anna.sign(TEXT))
    assert "is there the key of Anna Hansen" in approvers.refusal(anna.sign(TEXT))
    assert "is there the key of Bo Holm" in approvers.refusal(bo.sign(TEXT), by="bo holm")
    assert "it is not said who approves" in approvers.refusal(bo.sign(TEXT), by="")
    for wrong in ("signed, Bo", bo.sign(TEXT) * 2, bo.public, f"{bo.sign(TEXT)}{' ' * 20_000}"):
        assert "the signature is none of OpenSSH" in approvers.refusal(wrong)
    begin, first, *rest = bo.sign(TEXT).split("\n")
    damaged = "\n".join([begin, first, *reversed(rest[:-2]), *rest[-2:]])
    assert "the signature is not Bo Holm's" in approvers.refusal(damaged)
    approvers.name("")
    assert "is not among that person's there" in approvers.refusal(bo.sign(TEXT))


def test_the_years_of_a_run_are_signed_together_in_order(approvers: Approvers, bo: Signer) -> None:
    drafts = {2017: "b" * 64, 2016: FINGERPRINT}
    first, second = TEXT, f"jobfirst release 2017 {'b' * 64}\n"
    assert text_to_sign(drafts) == first + second
    assert approvers.check(bo.sign(first + second), fingerprints=drafts).state is State.VALID
    for wrong in (second + first, first, second):
        assert approvers.check(bo.sign(wrong), fingerprints=drafts).state is State.REFUSED


def test_a_key_that_the_preparer_has_too_is_no_second_person(approvers: Approvers, bo: Signer) -> None:
    for lines in (bo.allowed(BO) + bo.allowed(ANNA), bo.allowed("*"), bo.allowed(f"{BO},{ANNA}")):
        approvers.name(lines)
        assert "is also that of Anna Hansen, who prepared" in approvers.refusal(bo.sign(TEXT))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ('valid-before="20170301" ', "key has expired"),
        ('valid-after="20170401" ', "not yet valid"),
        ('namespaces="git" ', "not permitted for use in signature namespace"),
        ("cert-authority ", "is not among that person's"),
        ("no-such-option ", "approvers:1: "),
        ('valid-before="20170311",namespaces="jobfirst" ', ""),
    ],
)
def test_what_the_line_of_an_approver_limits_is_kept(approvers: Approvers, bo: Signer, options: str, says: str) -> None:
    approvers.name(bo.allowed(BO, options))
    if says:
        refusal = approvers.refusal(bo.sign(TEXT))
        assert says in refusal
        assert (f"({approvers.path}:1: " in refusal) is (":1: " in refusal), "not of a copy"
    else:
        assert approvers.check(bo.sign(TEXT)).state is State.VALID


def test_a_certificate_signs_for_whom_it_names(approvers: Approvers, anna: Signer, tmp_path: Path) -> None:
    own = Signer.new(tmp_path, "own")
    approvers.name(anna.allowed("*", "cert-authority "))
    for principal, state in (("Carl", State.REFUSED), (BO, State.VALID)):
        certify = ["ssh-keygen", "-q", "-s", anna.key, "-I", "own", "-n", principal, own.key.with_suffix(".pub")]
        subprocess.run(certify, check=True)
        assert approvers.check(own.sign(TEXT, key=own.key.with_name("own-cert.pub"))).state is state


@pytest.mark.parametrize("kind", ["ecdsa", "rsa"])
def test_other_keys_danish_names_and_line_ends_of_windows(approvers: Approvers, kind: str, tmp_path: Path) -> None:
    signer, name = Signer.new(tmp_path, "key", kind), "Søren Ågård-Løjtved"
    approvers.path.write_bytes(signer.allowed(name).replace("\n", "\r\n").encode())
    assert approvers.check(signer.sign(TEXT).replace("\n", "\r\n"), by=name).state is State.VALID


def test_a_file_that_others_may_write_or_replace_names_nobody(approvers: Approvers, bo: Signer) -> None:
    contents, path = bo.sign(TEXT), approvers.path
    for mode in (0o620, 0o602, 0o666):
        path.chmod(mode)
        assert f"others than its owner may write {path}: look at who" in approvers.refusal(contents)
    path.chmod(0o644)
    for mode in (0o770, 0o707):
        path.parent.chmod(mode)
        assert f"others than its owner may replace {path}: look at who" in approvers.refusal(contents)
    for mode in (0o1777, 0o755):
        path.parent.chmod(mode)
        assert approvers.check(contents).state is State.VALID


def test_what_is_no_file_names_nobody(approvers: Approvers, bo: Signer, tmp_path: Path) -> None:
    contents, path = bo.sign(TEXT), approvers.path
    elsewhere = path.rename(tmp_path / "approvers")
    for target in (elsewhere, Path("nowhere")):
        path.symlink_to(target)
        assert "is a link" in approvers.refusal(contents)
        path.unlink()
    path.mkdir()
    assert "is no file" in approvers.refusal(contents)


def test_where_no_approvers_are_named_no_signature_is_asked_for(approvers: Approvers, bo: Signer) -> None:
    approvers.path.unlink()
    checked = approvers.check(None)
    assert checked.state is State.NOT_ASKED_FOR
    assert checked.require(None) is None
    assert "two typed names don't prove that two people decided" in checked.said
    with pytest.raises(InputError, match="can't be verified: there is no "):
        checked.require(bo.sign(TEXT))


def test_a_machine_without_ssh_keygen_verifies_nothing(
    approvers: Approvers, bo: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = bo.sign(TEXT)
    monkeypatch.setenv("PATH", "")
    assert "there is no ssh-keygen on this machine" in approvers.refusal(contents)


def test_a_signature_that_lost_its_line_breaks_in_a_form_is_the_same(bo: Signer) -> None:
    contents = bo.sign(TEXT)
    for lost in ("\n", " ", "", "\r\n"):
        assert as_armored(contents.replace("\n", lost)) == contents
    assert as_armored(f"\n {contents}\n") == contents
    assert as_armored(contents + "x") is None


def test_what_is_no_text_is_no_signature(tmp_path: Path) -> None:
    (tmp_path / "signature").write_bytes(b"\xff\xfe")
    for name in ("signature", "none", ""):
        with pytest.raises(InputError, match="can't be read as a signature"):
            read_signature(tmp_path / name)
