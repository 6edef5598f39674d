"""What every test shares: no test reads the operator's own settings, and workers side by side share nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.effort import IS_LONG, LONGEST_SECONDS
from tests.support.signing import Signer

# Workers share the machine's cores: each library gets one thread. Read when it is imported, so set before all imports.
for _library in ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_library, "1")

# Not in a fixture of each test: those that several tests share are made before it.
for _name in ("REGISTER", "INBOX", "HOME", "KEY", "MEMORY", "PREPARED_BY", "OUT_URL", "WEBHOOK_URL"):
    os.environ.pop(f"JOBFIRST_{_name}", None)
os.environ["JOBFIRST_LANGUAGE"] = "en"

# Prefect reads the operator's profile, and makes a folder for it, when it is imported.
_OF_NO_OPERATOR = tempfile.TemporaryDirectory(prefix="jobfirst-prefect-")
os.environ["PREFECT_HOME"] = _OF_NO_OPERATOR.name

# No example fails because the machine is busy; in the short form the same examples are tried each time.
settings.register_profile(
    "jobfirst",
    deadline=None,
    derandomize=not IS_LONG,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("jobfirst")


# Their tests start programs that are not ours: a browser, Prefect's server, LibreOffice.
DIRECTORIES_WITH_OTHER_PROGRAMS = {"e2e", "flows", "torture"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a test of other programs once more, and give each test in its long form the time that it takes."""
    for item in items:
        if item.path.parent.name in DIRECTORIES_WITH_OTHER_PROGRAMS:
            item.add_marker(pytest.mark.flaky(reruns=1))
        if IS_LONG:
            item.add_marker(pytest.mark.timeout(LONGEST_SECONDS), append=True)


@pytest.fixture(scope="session")
def _one_thread() -> Iterator[None]:
    """Let DuckDB have one thread in memory too, as it has for a small warehouse."""
    from tasks.warehouse import connection

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setitem(connection._IN_MEMORY, "threads", 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def empty_warehouse(_one_thread: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Let warehouses begin as a copy of an empty one; give that one's file."""
    from tests.support.warehouses import begin_as_copies

    with pytest.MonkeyPatch.context() as monkeypatch:
        yield begin_as_copies(monkeypatch, tmp_path_factory.mktemp("empty"))


@pytest.fixture(autouse=True)
def _own_settings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the server of other tests has."""
    if "_server" not in request.fixturenames:
        for name in [name for name in os.environ if name.startswith("PREFECT_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("PREFECT_HOME", _OF_NO_OPERATOR.name)


@pytest.fixture(scope="session")
def signers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Signer, Signer]:
    """Give Bo's key, and Anna's."""
    folder = tmp_path_factory.mktemp("keys")
    return Signer.new(folder, "bo"), Signer.new(folder, "anna")


@pytest.fixture
def bo(signers: tuple[Signer, Signer]) -> Signer:
    return signers[0]


@pytest.fixture
def anna(signers: tuple[Signer, Signer]) -> Signer:
    return signers[1]


@pytest.fixture
def one_program() -> Iterator[None]:
    """Have the program hashed again, before and after a test that may change it: a process keeps the hash."""
    from tasks.base.program import source_sha256

    source_sha256.cache_clear()
    yield
    source_sha256.cache_clear()
