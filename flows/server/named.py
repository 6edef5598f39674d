"""A client of the Prefect server that somebody names, for what brings it its automations and schedules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client

from flows.server.running import named_url
from tasks.base.errors import InputError


@contextmanager
def named_server() -> Iterator[SyncPrefectClient]:
    """Give a client of the server that `PREFECT_API_URL`, or else the active Prefect profile, names.

    Raises InputError where none is named, where it does not answer, or where it refuses the authentication string.
    Prefect itself would start a server of its own there, which is gone at the end.
    """
    url = named_url()
    try:
        with get_client(sync_client=True) as client:
            yield client
    except httpx.TransportError:
        raise InputError(f"No Prefect server answers at {url}: start it, or name another by PREFECT_API_URL.") from None
