"""How the server and a worker talk: a header in JSON, and blobs behind it. No object crosses, so none can be forged."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from typing import Any

LENGTH = struct.Struct("!Q")
_MOST_HEADER_BYTES = 1_000_000


class BadFrame(Exception):  # noqa: N818 - reported as a worker that failed
    """What came is no whole frame, or larger than it may be."""


def opening(header: dict[str, Any], blobs: Sequence[bytes]) -> bytes:
    """Give a frame's opening; the blobs follow it as they are."""
    text = json.dumps({**header, "sizes": [len(blob) for blob in blobs]}).encode()
    return LENGTH.pack(len(text)) + text


def header_of(data: bytes, most_bytes: int) -> tuple[dict[str, Any], list[int]]:
    """Read a header, and the sizes of the blobs behind it. Raises BadFrame where they are more than `most_bytes`."""
    try:
        header = json.loads(data)
        sizes = header.pop("sizes")
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise BadFrame("no header") from error
    if not all(type(size) is int and size >= 0 for size in sizes) or sum(sizes) > most_bytes:
        raise BadFrame("the blobs are too large")
    return header, sizes


def header_length(data: bytes) -> int:
    """Read the length of a header. Raises BadFrame."""
    (length,) = LENGTH.unpack(data)
    if length > _MOST_HEADER_BYTES:
        raise BadFrame("the header is too large")
    return int(length)


def read_frame(read: Callable[[int], bytes], most_bytes: int) -> tuple[dict[str, Any], list[bytes]]:
    """Read a frame; `read` gives as many bytes as are asked for. Raises BadFrame."""
    header, sizes = header_of(read(header_length(read(LENGTH.size))), most_bytes)
    return header, [read(size) for size in sizes]
