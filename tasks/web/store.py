"""The downloads of the answers: in memory, under a name that can't be guessed, for ten minutes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

TOKEN_BYTES = 16


def new_token() -> str:
    """Make the name of an answer's downloads: 128 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


@dataclass
class Store:
    """The downloads. `clock` gives seconds; the oldest goes first where there is more than `most_bytes`."""

    kept_seconds: float
    most_bytes: int
    clock: Callable[[], float]
    _kept: dict[str, tuple[float, Mapping[str, bytes]]] = field(default_factory=dict, repr=False)

    def keep(self, token: str, files: Mapping[str, bytes]) -> None:
        """Keep an answer's downloads by their names."""
        self.forget_old()
        self._kept[token] = (self.clock() + self.kept_seconds, files)
        while self.size_bytes > self.most_bytes:
            del self._kept[next(iter(self._kept))]

    def get(self, token: str, name: str) -> bytes | None:
        """Give a download; None where there is none, or none any more."""
        self.forget_old()
        _, files = self._kept.get(token, (0, {}))
        return files.get(name)

    def forget_old(self) -> None:
        """Let go of what has been kept for its time."""
        now = self.clock()
        self._kept = {token: kept for token, kept in self._kept.items() if kept[0] > now}

    @property
    def size_bytes(self) -> int:
        """How much is kept."""
        return sum(len(data) for _, files in self._kept.values() for data in files.values())
