"""The most that the page takes in and holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """The bounds of one server.

    `workers`: checks at a time, one a core; `waiting_a_worker`: how many others may wait for each of them.
    `retry_after_seconds`: when one that can't wait may try again. `request_bytes`: of one upload;
    `held_bytes`: of all uploads that are held at a time. `upload_seconds`: for an upload to arrive; `idle_seconds`:
    without a byte of it. `head_seconds`: for the head of a request, from the connection or from its first byte;
    `taken_seconds`: for a reader to take a piece of an answer. `check_seconds` and `address_space_bytes`: of one
    check; `answer_bytes`: what it may answer. `kept_seconds` and `kept_bytes`: how long downloads are kept, and how
    much of them.
    """

    workers: int
    waiting_a_worker: int = 4
    request_bytes: int = 50_000_000
    held_bytes: int = 300_000_000
    upload_seconds: float = 120
    idle_seconds: float = 15
    head_seconds: float = 15
    taken_seconds: float = 60
    check_seconds: int = 60
    address_space_bytes: int = 1_000_000_000
    answer_bytes: int = 200_000_000
    kept_seconds: float = 600
    kept_bytes: int = 300_000_000
    retry_after_seconds: int = 10

    @property
    def waiting(self) -> int:
        """How many checks may wait beside those that run."""
        return self.workers * self.waiting_a_worker
