"""Checks uploads, each in a process of its own: `python -m tasks.web.worker [RULES_URL]`; `tasks.web.pool` starts it.

This process imports all that a check needs, once, and runs none: it forks a child for each, which reads one upload
from the socket that it is handed, answers there, and ends. A child can take down nothing but itself.
"""

from __future__ import annotations

import gc
import io
import json
import os
import signal
import socket
import struct
import sys
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.web.confine import confine, end_with_parent, leave_the_network

if TYPE_CHECKING:
    from tasks.check.findings import Checked

ORDER = struct.Struct("!IIQQ")
"""Comes with a check's socket: its slot, its seconds, its address space and the most that it may receive, in bytes."""
READY, READY_WITHIN_A_NETWORK = b"ready", b"network"
_PIECE = 1 << 20
_MOST_MARKED = 10_000
"""Errors that the marked workbook lists: more of them take more memory than the check itself."""


def main() -> None:
    """Fork a child for each socket that comes, until the server closes its end."""
    control = socket.socket(fileno=0)
    is_alone = leave_the_network()
    # Last: the kernel forgets it where a process changes its rights.
    end_with_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import_all(*sys.argv[1:])
    gc.freeze()
    control.send(READY if is_alone else READY_WITHIN_A_NETWORK)
    while True:
        told, descriptors, _, _ = socket.recv_fds(control, ORDER.size, 1)
        if not told:
            return
        child = os.fork()
        if child == 0:
            serve(control, descriptors[0], *ORDER.unpack(told))
        os.close(descriptors[0])


def import_all(rules_url: str | None = None) -> None:
    """Import what a check needs, and read what never changes. No library may start a thread pool before the forks.

    `rules_url`: where the output links to the rules; None: where the rules file says.
    """
    import duckdb  # noqa: F401 - a check needs it
    import numpy as np  # noqa: F401 - a check needs it
    import polars as pl  # noqa: F401 - a check needs it
    import python_calamine  # noqa: F401 - a check needs it
    import xlsxwriter  # noqa: F401 - a check needs it

    import tasks.check.as_object
    import tasks.check.check
    import tasks.check.marked
    import tasks.web.job
    import tasks.web.receipt  # noqa: F401 - a check needs it
    from tasks.base.program import program_name, source_sha256
    from tasks.rules.model import load_rules
    from tasks.settlement.working_days import working_days
    from tasks.validation.catalogue import lead_to, load_catalogue
    from tasks.warehouse.statements import names, statement
    from tasks.web.page import warm

    if rules_url is not None:
        lead_to(rules_url)
    load_catalogue()
    source_sha256()
    program_name()
    rules = load_rules()
    working_days(rules.first_day, rules.last_day)
    for folder in ("schema", "macros", "check", "intake", "settlement", "validation"):
        for name in names(folder):
            statement(name)
    warm()


def serve(control: socket.socket, descriptor: int, slot: int, seconds: int, space: int, most_bytes: int) -> None:
    """Check one upload, in the child, and end the process."""
    status = 1
    # It ends before there would be anything to collect.
    gc.disable()
    try:
        control.close()
        with socket.socket(fileno=descriptor) as server:
            confine(seconds, space, slot)
            _answer(server, most_bytes)
        status = 0
    except BaseException:  # noqa: BLE001, S110 - whatever it is, the server sees an end without an answer
        pass
    finally:
        os._exit(status)


def _answer(server: socket.socket, most_bytes: int) -> None:
    from tasks.base.cpr import mask
    from tasks.base.errors import InputError
    from tasks.base.failure import place_of
    from tasks.base.language import in_danish
    from tasks.base.worded import shown, text_of
    from tasks.web.answer import in_page_words
    from tasks.web.frames import opening, read_frame
    from tasks.web.job import Asking

    header, blobs = read_frame(lambda count: read(server, count), most_bytes)
    asking = Asking.of_header(header)
    try:
        downloads, page = _checked(asking, blobs)
        told: dict[str, Any] = {"names": ["", *downloads]}
        parts = [page, *downloads.values()]
    except InputError as error:
        with in_danish():
            told, parts = {"names": [], "wrong": mask(in_page_words(str(shown(text_of(error)))))}, []
    except Exception as error:  # noqa: BLE001 - what it holds is not reported, only what and where
        told, parts = {"names": [], "died": f"{type(error).__name__}, {place_of(error)}"}, []
    server.sendall(opening(told, parts))
    for part in parts:
        server.sendall(part)


def read(server: socket.socket, count: int) -> bytes:
    """Read so many bytes. Raises EOFError."""
    data = bytearray()
    while len(data) < count:
        piece = server.recv(min(_PIECE, count - len(data)))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)


def _checked(asking: Any, blobs: list[bytes]) -> tuple[dict[str, bytes], bytes]:
    """Check what was sent: the downloads by name, and the page."""
    from tasks.base.moment import Moment
    from tasks.check.as_object import as_object
    from tasks.check.check import check
    from tasks.rules.model import load_rules
    from tasks.web.answer import answer_of
    from tasks.web.page import answer_page
    from tasks.web.receipt import receipt

    delivery, before = asking.held(blobs)
    now, rules = Moment.parse(asking.now), load_rules()
    found = check(
        delivery,
        project_id=asking.project_id,
        as_of=asking.as_of,
        register=Path(asking.register) if asking.register else None,
        now=now,
        before=before,
        before_as_of=asking.before_as_of,
    )
    downloads = {
        "svar.json": _json(as_object(found)),
        "kvittering.txt": receipt(found, delivery, before, rules, now).encode(),
        # Last: it alone may be left out where the memory is used up.
        **_marked(found),
    }
    return downloads, answer_page(answer_of(found), asking, downloads)


def _marked(found: Checked) -> dict[str, bytes]:
    """Give the marked workbook; none where the delivery has more rows than it can hold, or the memory can."""
    from tasks.base.errors import InputError
    from tasks.check.marked import marked_copy

    with suppress(InputError, MemoryError):
        return {"fejl-markeret.xlsx": marked_copy(found, most=_MOST_MARKED)}
    # Collecting is off, and what was begun of the workbook points at itself.
    gc.collect()
    return {}


def _json(of: dict[str, Any]) -> bytes:
    """Write JSON piece by piece: the pieces of a long answer take several times its memory."""
    file = io.BytesIO()
    with io.TextIOWrapper(file, "utf-8", newline="\n") as text:
        json.dump(of, text, default=_plain, ensure_ascii=False, indent=2)
        text.write("\n")
        text.flush()
        return file.getvalue()


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


if __name__ == "__main__":
    main()
    sys.exit(0)
