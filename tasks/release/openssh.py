"""Signatures as OpenSSH's own `ssh-keygen` verifies them: no cryptography is done here (decision 027).

Its exit status decides; its messages tell a person why.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tasks.base.errors import BusinessRefusal
from tasks.base.worded import phrase

PROGRAM = "ssh-keygen"
LONGEST = 20_000
"""How many characters a signature may have; one by the longest RSA key has a tenth of them."""
_LINE = 70
_ARMOR = re.compile(r"\s*(-----BEGIN SSH SIGNATURE-----)([A-Za-z0-9+/=\s]+)(-----END SSH SIGNATURE-----)\s*")
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_KEY = re.compile(r" with (\S+ key SHA256:\S+)")


@dataclass(frozen=True)
class Approvers:
    """OpenSSH's allowed_signers of a home as it was read, and where it stands."""

    path: Path
    contents: bytes


@dataclass(frozen=True)
class Verdict:
    """What `ssh-keygen` says of a signature. `key`: type and fingerprint, where it verifies over the text at all.

    `principals`: whose the key is by the approvers' file. `complaint`: why it is refused; None: it is valid.
    """

    key: str | None
    principals: tuple[str, ...]
    complaint: str | None


def as_armored(contents: str) -> str | None:
    """Give a signature with OpenSSH's line breaks: a form's field loses them, and another system's end in CR LF.

    None: it is no signature of OpenSSH.
    """
    found = _ARMOR.fullmatch(contents) if len(contents) <= LONGEST else None
    if found is None:
        return None
    begin, body, end = found.groups()
    letters = "".join(body.split())
    lines = [letters[start : start + _LINE] for start in range(0, len(letters), _LINE)]
    return "\n".join([begin, *lines, end, ""])


def read_approvers(path: Path) -> Approvers:
    """Read OpenSSH's allowed_signers of a home.

    Raises BusinessRefusal when it is no file of its own, can't be read, or others than its owner may write or replace
    it.
    """
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise BusinessRefusal(
            phrase(
                "{path} can't be read, or is a link: put the file itself there, readable for who runs the release",
                path=path,
            )
        ) from error
    try:
        found, folder = os.fstat(file), path.parent.stat()
        if not stat.S_ISREG(found.st_mode):
            raise BusinessRefusal(phrase("{path} is no file: put OpenSSH's allowed_signers there", path=path))
        if found.st_mode & _WRITABLE_BY_OTHERS:
            raise BusinessRefusal(
                phrase(
                    "others than its owner may write {path}: look at who stands in it, then chmod go-w {path}",
                    path=path,
                )
            )
        if folder.st_mode & _WRITABLE_BY_OTHERS and not folder.st_mode & stat.S_ISVTX:
            raise BusinessRefusal(
                phrase(
                    "others than its owner may replace {path}: look at who stands in it, then chmod go-w {parent}",
                    path=path,
                    parent=path.parent,
                )
            )
        with os.fdopen(file, "rb", closefd=False) as opened:
            return Approvers(path, opened.read())
    finally:
        os.close(file)


def verify(approvers: Approvers, principal: str, namespace: str, text: str, armored: str, at: datetime) -> Verdict:
    """Let `ssh-keygen` verify a principal's signature over a text; `at`: when its key must have been valid.

    Raises BusinessRefusal where the machine has no `ssh-keygen`.
    """
    with _files(approvers.contents, armored) as (allowed, signature):
        then = f"-Overify-time={at:%Y%m%d%H%M%S}"
        done = _ask("verify", "-f", allowed, "-I", principal, "-n", namespace, "-s", signature, then, text=text)
        sound = _ask("check-novalidate", "-n", namespace, "-s", signature, text=text)
        owners = _ask("find-principals", "-f", allowed, "-s", signature, then, text="")
    key = _KEY.search(sound.stdout) if sound.returncode == 0 else None
    principals = tuple(owners.stdout.split("\n")[0].split(",")) if owners.returncode == 0 else ()
    complaint = None
    if done.returncode:
        said = [*(sound if key is None else done).stderr.split("\n"), *done.stderr.split("\n")]
        complaint = next((line.strip() for line in said if line.strip()), "it does not say why")
        complaint = complaint.replace(allowed, str(approvers.path))
    return Verdict(key and key[1], principals, complaint)


@contextmanager
def _files(approvers: bytes, armored: str) -> Iterator[tuple[str, str]]:
    """Write the approvers as they were read, and the signature, to files that nobody else can write."""
    with tempfile.TemporaryDirectory() as folder:
        allowed, signature = Path(folder) / "approvers", Path(folder) / "signature"
        allowed.write_bytes(approvers)
        signature.write_text(armored, encoding="ascii")
        yield str(allowed), str(signature)


def _ask(action: str, *options: str, text: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which(PROGRAM)
    if program is None:
        raise BusinessRefusal(
            phrase(
                "there is no {program} on this machine to verify a signature with: install OpenSSH's client",
                program=PROGRAM,
            )
        )
    # The times of OpenSSH are local ones: UTC here, as the ledger's.
    return subprocess.run(
        [program, "-Y", action, *options],
        input=text,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "TZ": "UTC", "LC_ALL": "C"},
        check=False,
    )
