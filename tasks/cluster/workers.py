"""The workers of a Dask cluster: joining them, and giving them work.

A work is pure: its result depends on its arguments and on files that nobody changes meanwhile. So a work whose worker
died is done again by another one. Nothing of a work appears in a name, a log or a dashboard: it travels sealed.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tasks.base.errors import InputError, InternalFailure
from tasks.base.failure import tells_no_value
from tasks.base.program import source_sha256
from tasks.base.worded import phrase
from tasks.cluster.exchange import exchange

if TYPE_CHECKING:
    from pathlib import Path

    from distributed import Client

T = TypeVar("T")
R = TypeVar("R")

CONNECT_SECONDS = 20
MOST_LOCAL_WORKERS = 256
_ONE_AT_A_TIME = threading.Lock()
"""A worker does one work at a time, with all its threads: DuckDB and the letters use them."""


@dataclass(frozen=True)
class Sealed(Generic[T]):
    """Something that must not be shown: Dask writes the arguments of a failing function into its log."""

    contents: T

    def __repr__(self) -> str:
        """Show nothing of the contents."""
        return "Sealed(...)"


class Workers:
    """The workers of a cluster, for one run, and the folder through which tables are exchanged with them."""

    def __init__(self, client: Client, count: int, folder: Path) -> None:
        self.count = count
        self.folder = folder
        self._client = client
        self._run = uuid.uuid4().hex[:8]

    def each(self, name: str, function: Callable[[T], R], works: Sequence[T]) -> Iterator[R]:
        """Run `function` for each of `works` on the workers; give its results, in the order of the works.

        Raises what the function raises, without its values; InternalFailure when a work kills one worker after
        another.
        """
        from distributed import KilledWorker

        futures = [
            self._client.submit(
                _done, source_sha256(), function, Sealed(work), key=f"{name}-{self._run}-{number}", pure=False
            )
            for number, work in enumerate(works)
        ]
        try:
            for number in range(len(futures)):
                done: Sealed[R] = futures[number].result()
                futures[number] = None
                yield done.contents
        except KilledWorker:
            raise InternalFailure(
                f"Several workers in turn died over a part of '{name}': give each more memory, or lower "
                "JOBFIRST_MEMORY."
            ) from None
        finally:
            self._client.cancel([future for future in futures if future is not None])


@contextmanager
def joined(cluster: str, home: Path) -> Iterator[Workers]:
    """Join a cluster while the block runs: a number of local worker processes, or a scheduler's address.

    `home`: whose lock the caller holds.

    Raises InputError when the extra is not installed, `cluster` is neither, or no worker answers.
    """
    try:
        import distributed
    except ImportError:
        raise InputError(phrase("--cluster needs Dask: install it with pip install 'jobfirst[cluster]'.")) from None
    if cluster.isdecimal():
        if not 1 <= int(cluster) <= MOST_LOCAL_WORKERS:
            raise InputError(
                phrase("--cluster {cluster}: name 1 to {most} local workers.", cluster=cluster, most=MOST_LOCAL_WORKERS)
            )
        with (
            distributed.LocalCluster(
                n_workers=int(cluster), threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
            ) as local,
            distributed.Client(local) as client,
            exchange(home) as folder,
            _quiet_end(),
        ):
            yield Workers(client, int(cluster), folder)
        return
    if "://" not in cluster:
        raise InputError(
            phrase(
                '--cluster "{cluster}" is neither a number of local workers nor a scheduler\'s address such '
                "as tls://scheduler:8786.",
                cluster=cluster,
            )
        )
    with _client_of(cluster) as client, exchange(home) as folder:
        yield Workers(client, len(client.scheduler_info(n_workers=-1)["workers"]), folder)


@contextmanager
def _quiet_end() -> Iterator[None]:
    """Log nothing about workers that are slow to end once all is done: Great Expectations takes seconds to leave."""
    yield
    logging.getLogger("distributed.nanny").setLevel(logging.ERROR)


@contextmanager
def _client_of(address: str) -> Iterator[Client]:
    import distributed

    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError(
            phrase("No scheduler answers at {address} ({kind}).", address=address, kind=type(error).__name__)
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError:
            raise InputError(
                phrase("The scheduler at {address} has no workers: start some with dask worker.", address=address)
            ) from None
        yield client


def threads() -> int:
    """Give how many threads a work may use on this worker."""
    from distributed import get_worker

    return int(get_worker().state.nthreads)


def own_folder() -> str:
    """Give the folder of this worker that Dask takes away when the worker ends, also one that was killed."""
    from distributed import get_worker

    return str(get_worker().local_directory)


def _done(wanted: str, function: Callable[[Any], Any], work: Sealed[Any]) -> Sealed[Any]:
    if source_sha256() != wanted:
        raise InputError(phrase("A worker runs another version of JobFirst: install the coordinator's on all workers."))
    with _ONE_AT_A_TIME:
        return Sealed(tells_no_value(function)(work.contents))
