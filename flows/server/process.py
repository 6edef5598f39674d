"""The Prefect server of one command, in a process of its own: a fork of the command's, see `start`.

It ends with its caller (see `leash`), and first writes what it still holds.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from multiprocessing.connection import Connection
from types import SimpleNamespace
from typing import Any, TextIO

import prefect.context

from flows.server.leash import end_with_the_caller
from flows.server.left_out import UNUSED_BLOCKS, leaving_out
from tasks.base.paths import PROJECT

# Prefect's own background tasks have results, too, and nobody asks for these: 400 modules.
_RESULT_STORES = "key_value"
_UNUSED_ROUTERS = (
    "automations",
    "block_capabilities",
    "block_documents",
    "block_schemas",
    "block_types",
    "collections",
    "concurrency_limits",
    "concurrency_limits_v2",
    "csrf_token",
    "deployments",
    "flow_run_states",
    "observed_states",
    "saved_searches",
    "task_run_states",
    "task_workers",
    "templates",
    "ui",
    "variables",
    "work_queues",
    "workers",
)

DRAIN_SECONDS = 10.0

Lifespan = Callable[[Any], AbstractAsyncContextManager[Any]]


def serve(
    listener: socket.socket, environment: Mapping[str, str], log: TextIO, to_caller: Connection, of_caller: Connection
) -> None:
    """Serve at `listener` until the caller closes its end of the pipe, `of_caller`.

    `environment`: the server's own; `log`: what it says; `to_caller`: it writes there when it answers.
    """
    of_caller.close()
    _become_a_session(environment, log, to_caller)
    end_with_the_caller()
    import uvicorn

    with leaving_out(_is_unused):
        _leave_routers_out()
        from prefect.server.api.server import create_app

    # `final` would only collect garbage, and there is none: 0.2 s.
    app = create_app(ephemeral=True)
    app.router.lifespan_context = _announced_and_drained(app.router.lifespan_context, to_caller)
    gc.freeze()
    gc.enable()
    uvicorn.Server(uvicorn.Config(app, lifespan="on", log_config=None)).run(sockets=[listener])


def _become_a_session(environment: Mapping[str, str], log: TextIO, caller: Connection) -> None:
    """Leave the caller's terminal, signals and settings. Standard input is what `leash` watches."""
    # ctrl-C reaches the whole process group of a terminal, and the server must outlive the flow.
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    os.dup2(caller.fileno(), 0)
    for stream in (1, 2):
        os.dup2(log.fileno(), stream)
    os.chdir(PROJECT)
    os.environ.clear()
    os.environ.update(environment)
    prefect.context.refresh_global_settings_context()


def _is_unused(name: str) -> bool:
    """Return whether a module is one that no run of a command needs."""
    return name in UNUSED_BLOCKS or name.partition(".")[0] == _RESULT_STORES


def _leave_routers_out() -> None:
    """Have the API answer nothing about what the runs of one command don't have: 143 of its 191 routes."""
    # It imports a name of the workers' routes; imported later, it would put them back.
    import prefect.server.api.flow_runs
    from fastapi import APIRouter

    unused = SimpleNamespace(router=APIRouter())
    # The page's own routers are modules of the package `ui`.
    unused.flows = unused.flow_runs = unused.task_runs = unused.schemas = unused
    for name in _UNUSED_ROUTERS:
        setattr(prefect.server.api, name, unused)


def _announced_and_drained(lifespan: Lifespan, caller: Connection) -> Lifespan:
    """Announce when Prefect's services run, and let them finish what they were sent before they are cancelled.

    At shutdown Prefect drops the events that still wait in its queue in memory, and with them the last task runs.
    """

    @asynccontextmanager
    async def wrapped(app: Any) -> AsyncIterator[Any]:
        from prefect.server.utilities.messaging.memory import METRICS

        async with lifespan(app) as state:
            await asyncio.create_task(_warm_up(app))
            caller.send_bytes(b"ready")
            yield state
            events = METRICS["events"]
            deadline = time.monotonic() + DRAIN_SECONDS
            while events["consumed"] < events["published"] and time.monotonic() < deadline:
                await asyncio.sleep(0.01)

    return wrapped


async def _warm_up(app: Any) -> None:
    """Make the first requests here, while the caller is busy: what is made at first use takes half a second.

    Routers are put together when a request comes past them, so the last one puts all of them together.
    """
    import httpx

    user, _, password = os.environ["PREFECT_SERVER_API_AUTH_STRING"].partition(":")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1/api", auth=(user, password)
    ) as client:
        (await client.get("/admin/version")).raise_for_status()
        (await client.post("/flow_runs/filter", json={"limit": 1})).raise_for_status()
