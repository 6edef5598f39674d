"""Serving the page until it is told to end."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import socket
from pathlib import Path
from typing import Any

import uvicorn

from flows.web.app import application
from flows.web.connection import connections
from tasks.base.errors import InputError, InternalFailure
from tasks.base.standard_error import tell
from tasks.base.system import told_by_system
from tasks.register.read import Project, read_register, register_files
from tasks.rules.model import Rules, load_rules
from tasks.web.bounds import Bounds
from tasks.web.pool import Pool

_BACKLOG = 128
_END_SECONDS = 5


def serve(
    *,
    host: str,
    port: int,
    register: Path | None,
    rules_url: str | None = None,
    as_json: bool = False,
    bounds: Bounds | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM.

    `port`: 0 takes a free one. `rules_url`: where downloads lead for the rules; None: where the rules file says.

    Raises InputError for an error in the register, a JOBFIRST_MEMORY that is no size, and an address that can't be had;
    InternalFailure where the process of the checks does not start.
    """
    rules = load_rules()
    projects = _projects(register, rules) if register is not None else ()
    bounds = bounds or Bounds(workers=len(os.sched_getaffinity(0)))
    pool = Pool(bounds, rules_url=rules_url)
    for library in ("uvicorn.error", "python_multipart"):
        # Their warnings mention what was sent; each request has its line in the log.
        logging.getLogger(library).setLevel(logging.ERROR)
    app = application(bounds, rules, projects, register, pool)
    with _listener(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}/"

        class Server(uvicorn.Server):
            async def startup(self, sockets: Any = None) -> None:
                await super().startup(sockets)
                print(ready_line(address, is_alone=pool.is_alone, as_json=as_json), flush=True)  # noqa: T201
                if not pool.is_alone:
                    tell("the checks share the machine's network; Python alone keeps them from it")

        # The server has ended in order, and then raises what ended it once more.
        with contextlib.suppress(KeyboardInterrupt):
            _start(pool)
            Server(
                uvicorn.Config(
                    app,
                    log_config=None,
                    access_log=False,
                    server_header=False,
                    date_header=True,
                    lifespan="on",
                    http=connections(bounds),
                    ws="none",
                    timeout_keep_alive=15,
                    timeout_graceful_shutdown=_END_SECONDS,
                    h11_max_incomplete_event_size=32_768,
                )
            ).run(sockets=[listener])


def _start(pool: Pool) -> None:
    try:
        pool.start()
    except OSError as error:
        raise InternalFailure("The page's checks did not start: what they said above tells why.") from error


def _projects(register: Path, rules: Rules) -> tuple[Project, ...]:
    from tasks.warehouse.connection import in_memory

    with in_memory() as connection:
        projects = read_register(connection, register_files(register), rules).projects
    return tuple(sorted(projects, key=lambda one: (one.project_name, one.project_id)))


def ready_line(address: str, *, is_alone: bool, as_json: bool) -> str:
    """Say where the page is."""
    if as_json:
        return json.dumps({"address": address, "has_no_network": is_alone})
    return f"{address} is open; ctrl-C ends it."


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise InputError(
            f"{host}:{port} can't be listened on ({told_by_system(error)}): name another with --host or --port."
        ) from error
    return listener
