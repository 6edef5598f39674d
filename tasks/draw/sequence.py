"""The sequence of a draw: how arms follow from the secret, the public value and the list of citizens.

Pure and without state: the same seed, beacon and batches give the same arms, here and in docs/verify_draw.py, which
shares no line with this. Source: docs/draw-format.md, 'Sequence'.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

PARTICIPANT, CONTROL = "deltager", "kontrol"
CLOSE: Literal["close"] = "close"
REASONS = ("ikke_i_maalgruppe", "traadt_ud", "flyttet", "doed")
"""Why a citizen withdraws."""
REF_DIGITS = 32
DRAND = "drand:"
"""The beginning of the name of a drand beacon."""
Block = int | Literal["close"]


def mac(key: bytes, *parts: str | int) -> bytes:
    """Give HMAC-SHA256 of the parts, joined by `|`, in UTF-8."""
    return hmac.digest(key, "|".join(map(str, parts)).encode(), "sha256")


def seed_of(secret: bytes, project_id: str) -> bytes:
    """Give a project's seed, 32 bytes: it follows from the operator's key, so there is nothing more to keep or lose."""
    return mac(secret, "jobfirst-draw-seed-v1", project_id)


def commitment_of(seed: bytes, project_id: str) -> str:
    """Give the commitment to a seed, published before the draw: 64 hexadecimal digits."""
    return hashlib.sha256(f"jobfirst-draw-v1|{project_id}|".encode() + seed).hexdigest()


def sequence_key(seed: bytes, project_id: str, beacon_value: str) -> bytes:
    """Give the key that all arms follow from. `beacon_value`: blank without a beacon."""
    return mac(seed, "jobfirst-draw-v1", project_id, beacon_value)


def is_signed(value: str, signature: str) -> bool:
    """Return whether a round's randomness is the SHA-256 of its signature; both in hexadecimal digits."""
    return hashlib.sha256(bytes.fromhex(signature)).hexdigest() == value


def ref_of(project_id: str, person: str) -> str:
    """Give how a person (the pseudonym, in hexadecimal digits) stands in the record of a project: 32 digits."""
    return hashlib.sha256(f"jobfirst-draw-ref-v1|{project_id}|{person}".encode()).hexdigest()[:REF_DIGITS]


def stratum_of(kommunekode: str, maalgruppe: str) -> str:
    """Give the stratum within which arms are balanced: municipality (three digits) and target group."""
    return f"{kommunekode}:{maalgruppe}"


def list_sha256(members: Iterable[tuple[str, str]]) -> str:
    """Give the hash that freezes a list of (ref, stratum); 64 hexadecimal digits."""
    lines = sorted(f"{ref}|{stratum}\n" for ref, stratum in members)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@dataclass(frozen=True)
class Member:
    """A drawn citizen. `arm`: `deltager`, `kontrol`; `block`: its number in the stratum, or `close`."""

    ref: str
    stratum: str
    arm: str
    block: Block


def draw(
    key: bytes,
    block_sizes: Sequence[int],
    before: Iterable[Member],
    batch: int,
    citizens: Mapping[str, str],
    *,
    is_last: bool,
) -> tuple[Member, ...]:
    """Draw a batch; the members are sorted by ref.

    `before`: all that were drawn before, in order; `citizens`: the stratum of each ref; `is_last`: nothing is drawn
    afterwards, so those who do not fill a block form a closing one.
    """
    taken: dict[str, int] = defaultdict(int)
    arms = {PARTICIPANT: 0, CONTROL: 0}
    for member in before:
        taken[member.stratum] += 1
        arms[member.arm] += 1
    drawn: list[Member] = []
    for stratum in sorted(set(citizens.values())):
        refs = [ref for ref, own in citizens.items() if own == stratum]
        refs.sort(key=lambda ref: (mac(key, "order", batch, ref), ref))
        places = _places(key, block_sizes, stratum, taken[stratum], len(refs), arms, is_last=is_last)
        for ref, (arm, block) in zip(refs, places, strict=True):
            arms[arm] += 1
            drawn.append(Member(ref, stratum, arm, block))
    return tuple(sorted(drawn, key=lambda member: member.ref))


def _places(
    key: bytes,
    block_sizes: Sequence[int],
    stratum: str,
    taken: int,
    wanted: int,
    arms: Mapping[str, int],
    *,
    is_last: bool,
) -> list[tuple[str, Block]]:
    """Give the next places of a stratum with `taken` places gone: the rest of the open block, then whole blocks."""
    places: list[tuple[str, Block]] = []
    number = 0
    while len(places) < wanted:
        number += 1
        size = block_sizes[int.from_bytes(mac(key, "size", stratum, number), "big") % len(block_sizes)]
        if taken >= size:
            taken -= size
            continue
        rest = wanted - len(places)
        if is_last and taken == 0 and rest < size:
            return places + [(arm, CLOSE) for arm in _closing_arms(key, stratum, rest, arms, places)]
        places += [(arm, number) for arm in _block_arms(key, stratum, number, size)[taken : taken + rest]]
        taken = 0
    return places


def _block_arms(key: bytes, stratum: str, block: Block, size: int, participants: int | None = None) -> list[str]:
    """Give the arms of a block's places: the first half of them, in the order of their hashes, are participants."""
    places = sorted(range(1, size + 1), key=lambda place: mac(key, "place", stratum, block, place))
    chosen = set(places[: size // 2 if participants is None else participants])
    return [PARTICIPANT if place in chosen else CONTROL for place in range(1, size + 1)]


def _closing_arms(
    key: bytes, stratum: str, size: int, arms: Mapping[str, int], places: Sequence[tuple[str, Block]]
) -> list[str]:
    """Give the arms of a closing block; an odd citizen goes to the arm where the project has fewer so far."""
    participants = size // 2
    if size % 2:
        lead = arms[PARTICIPANT] - arms[CONTROL] + sum(1 if arm == PARTICIPANT else -1 for arm, _ in places)
        is_even = mac(key, "odd", stratum)[0] % 2 == 0
        participants += lead < 0 or (lead == 0 and is_even)
    return _block_arms(key, stratum, CLOSE, size, participants)
