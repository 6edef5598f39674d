"""What a large workbook costs the page: processor time of its check, forked and confined as the server's are.

    python -m benchmarks.web [CITIZENS] [TIMES]

Prints a line for each time: rows, and user and system seconds as the kernel counted them.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import sys
import threading

from tasks.base.moment import Moment
from tasks.web import worker
from tasks.web.bounds import Bounds
from tasks.web.examples import workbook
from tasks.web.form import Form
from tasks.web.frames import opening, read_frame
from tasks.web.job import asking_of
from tasks.web.pool import environment_of

CITIZENS = 2_700
"""Of a delivery of 10 000 rows."""
TIMES = 3


def cost(header: dict[str, object], blobs: list[bytes], bounds: Bounds) -> tuple[int, float]:
    """Check an upload in a process of its own: its rows, and its processor time in seconds."""
    control, _ = socket.socketpair()
    own, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        own.close()
        worker.serve(
            control, theirs.detach(), 0, bounds.check_seconds, bounds.address_space_bytes, 2 * bounds.request_bytes
        )
    theirs.close()
    sent = threading.Thread(target=lambda: own.sendall(b"".join([opening(header, blobs), *blobs])))
    sent.start()
    told, parts = read_frame(lambda count: worker.read(own, count), bounds.answer_bytes)
    sent.join()
    _, _, used = os.wait4(child, 0)
    answers = dict(zip(told["names"], parts, strict=True))
    return json.loads(answers["svar.json"])["received"], used.ru_utime + used.ru_stime


def main(citizens: int = CITIZENS, times: int = TIMES) -> None:
    """Measure."""
    data = workbook("med-fejl", citizens)
    form = Form({"projekt": "-", "opgjort_pr": "2016-12-31"}, {"indberetning": [("indberetning.xlsx", data)]})
    asking, blobs = asking_of(
        form,
        frozenset(),
        register=None,
        now=Moment.now().utc.isoformat(),
        token="token",  # noqa: S106 - of no server
        kept_until="12.00",
    )
    worker.import_all()
    gc.freeze()
    for _ in range(times):
        rows, seconds = cost(asking.header(), blobs, Bounds(workers=1))
        print(f"{rows} rows: {seconds:.2f} s")  # noqa: T201
    gc.unfreeze()


if __name__ == "__main__":
    as_served = environment_of(Bounds(workers=1))
    if not as_served.items() <= os.environ.items():
        os.execve(sys.executable, [sys.executable, "-m", "benchmarks.web", *sys.argv[1:]], as_served)  # noqa: S606
    main(*map(int, sys.argv[1:]))
