"""How a command gets a Prefect API for its flow: a server that is already running, or one of its own.

A server of its own keeps its database in `HOME/prefect`, so that the run can be looked at later; it listens
on loopback only, behind a secret of this run, and ends with the command, however that ends.

Prefect reads its settings while it is imported, so nothing here imports it before they are set, and the
modules of the flows are imported inside `prefect_api`.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryFile
from types import FrameType

from filelock import FileLock, Timeout

from flows.server.imports import import_what_a_run_needs
from flows.server.left_out import UNUSED_BLOCKS, leaving_out
from flows.server.running import running_server
from flows.server.start import NO_TELEMETRY, is_foreign_setting, server
from tasks.base.failure import causes
from tasks.base.paths import PROJECT

DRAIN_SECONDS = 15.0
_ROOM_BYTES = 1 << 20
"""More than SQLite asks the disk for at a time."""

COMMAND_SETTINGS = {
    **NO_TELEMETRY,
    "PREFECT_LOGGING_SETTINGS_PATH": str(PROJECT / "flows" / "server" / "logging.yaml"),
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
}


@contextmanager
def prefect_api(home: Path) -> Iterator[str]:
    """Have a Prefect API for the flows called inside, and give its URL.

    It is that of `PREFECT_API_URL`; otherwise the server that `make serve` runs on this home; otherwise a server on
    this machine that the active Prefect profile names; otherwise a server of this command, with its database in
    `home/prefect`. While that starts, all slow imports are made. Inside, SIGTERM ends the command as ctrl-C does, so
    that Prefect records that the run crashed.

    Raises InputError when `PREFECT_API_URL` names a server of this machine that does not answer, or the profile is
    unreadable; InternalFailure when a server of its own does not start; OSError when its disk is full.
    """
    with ExitStack() as stack:
        stack.enter_context(_sigterm_ends_the_command())
        settings = running_server(home)
        own = None
        if settings is None:
            own = stack.enter_context(server(home))
            settings = own.client_settings
            stack.enter_context(_full_disk_is_told(own.home))
        stack.enter_context(_environment(settings, without_foreign=own is not None))
        stack.callback(gc.unfreeze)
        with _no_garbage_collection():
            if own is not None:
                own.start()
            stack.enter_context(_prefect())
            import_what_a_run_needs()
        if own is not None:
            own.wait()
            if stack.enter_context(_alone(own.home)):
                from flows.server.killed import tell_of_killed_runs

                tell_of_killed_runs(deployed=False)
        yield settings["PREFECT_API_URL"]


@contextmanager
def _full_disk_is_told(prefect_home: Path) -> Iterator[None]:
    """Where the command's own server failed at a request, write beside its database: it reports no full disk itself.

    Raises OSError then when there is no room.
    """
    try:
        yield
    except Exception as error:
        if any(_is_servers_failure(one) for one in causes(error)):
            with TemporaryFile(dir=prefect_home) as file:
                file.write(bytes(_ROOM_BYTES))
                file.flush()
        raise


def _is_servers_failure(error: BaseException) -> bool:
    response = getattr(error, "response", None)
    return getattr(response, "status_code", None) == HTTPStatus.INTERNAL_SERVER_ERROR


@contextmanager
def _environment(settings: dict[str, str], *, without_foreign: bool) -> Iterator[None]:
    before = dict(os.environ)
    if without_foreign:
        for name in filter(is_foreign_setting, before):
            del os.environ[name]
    os.environ.update(COMMAND_SETTINGS | settings)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _prefect() -> Iterator[None]:
    """Import Prefect with the settings of the environment; at the end, send what its threads still hold."""
    is_imported = "prefect" in sys.modules
    with leaving_out(UNUSED_BLOCKS.__contains__):
        import prefect.context
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker
    from prefect.settings import temporary_settings

    if is_imported:
        prefect.context.refresh_global_settings_context()
    # Heartbeats are for runs on workers, and their thread keeps a finished flow waiting for a second.
    with temporary_settings({"flows.heartbeat_frequency": None}):
        try:
            yield
        finally:
            EventsWorker.drain_all(timeout=DRAIN_SECONDS, at_exit=False)
            APILogWorker.drain_all(timeout=DRAIN_SECONDS, at_exit=False)


@contextmanager
def _alone(prefect_home: Path) -> Iterator[bool]:
    """Yield whether no other command has a server on this home, and keep it so for those that come later."""
    lock = FileLock(prefect_home / "commands.lock", fallback_to_soft=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Import without collecting garbage, and leave out of all later collections what is there by then: it stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def _sigterm_ends_the_command() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
