"""Persons with keys of their own, made and used by the `ssh-keygen` of the machine."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Signer:
    """A person with a key of their own; the public one lies beside it."""

    key: Path

    @classmethod
    def new(cls, folder: Path, name: str, kind: str = "ed25519") -> Signer:
        """Make a key in a folder."""
        key = folder / name
        subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", name, "-f", key], check=True)
        return cls(key)

    @property
    def public(self) -> str:
        """The public key, as its file has it: a line."""
        return self.key.with_suffix(".pub").read_text(encoding="ascii")

    def allowed(self, principal: str, options: str = "") -> str:
        """Write the line of allowed_signers; `options`: with a space at the end."""
        return f'"{principal}" {options}{self.public}'

    def sign(self, text: str, namespace: str = "jobfirst", key: Path | None = None) -> str:
        """Sign a text; `key`: another file of the same key, as a certificate is."""
        command = ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", key or self.key]
        return subprocess.run(command, input=text, capture_output=True, encoding="ascii", check=True).stdout
