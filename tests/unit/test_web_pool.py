"""A check is tried once more where the process that forks died, and no other is."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import Any

import pytest

from flows.web.serve import serve
from tasks.base.errors import InternalFailure
from tasks.web.bounds import Bounds
from tasks.web.pool import Dead, Pool, Result, environment_of
from tests.support.web_site import children


class Counting(Pool):
    """Counts the tries of which the first `dying` end without an answer."""

    tries = 0
    dying = 1

    async def _try(self, *_: Any) -> Result:
        self.tries += 1
        if self.tries <= self.dying:
            raise Dead
        return Result(b"page", {})


@pytest.fixture
def forks() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)


def pool(forks: subprocess.Popen[bytes], dying: int) -> Counting:
    made = Counting(Bounds(workers=1))
    made._process, made.dying = forks, dying
    return made


def test_a_check_whose_process_was_taken_down_with_all_others_is_tried_once_more(
    forks: subprocess.Popen[bytes],
) -> None:
    forks.communicate(b"\n")
    once = pool(forks, dying=1)
    assert asyncio.run(once.run({}, [])).page == b"page"
    assert once.tries == 2
    for_good = pool(forks, dying=9)
    with pytest.raises(Dead):
        asyncio.run(for_good.run({}, []))
    assert for_good.tries == 2


def test_a_check_that_died_by_its_own_upload_is_not_tried_again(forks: subprocess.Popen[bytes]) -> None:
    alone = pool(forks, dying=1)
    with pytest.raises(Dead):
        asyncio.run(alone.run({}, []))
    assert alone.tries == 1
    forks.communicate(b"\n")


def test_a_process_that_does_not_start_in_its_time_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.web.pool._START_SECONDS", 0.001)
    before = children(os.getpid())
    late = Pool(Bounds(workers=1))
    with pytest.raises(OSError, match="timed out"):
        late.start()
    assert (children(os.getpid()), late._process, late._control) == (before, None, None)


def test_a_page_whose_checks_do_not_start_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.web.pool._START_SECONDS", 0.001)
    with pytest.raises(InternalFailure, match="The page's checks did not start"):
        serve(host="127.0.0.1", port=0, register=None, bounds=Bounds(workers=1))


def test_the_process_of_the_checks_has_no_key_and_half_of_its_memory_for_the_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("JOBFIRST_KEY", "JOBFIRST_HOME", "PREFECT_API_KEY", "PREFECT_API_URL"):
        monkeypatch.setenv(name, "the operator's own")
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    given = environment_of(Bounds(workers=1, address_space_bytes=1_000_000_000))
    assert "the operator's own" not in given.values()
    assert (given["JOBFIRST_MEMORY"], given["LANG"]) == ("500MB", "da_DK.UTF-8")
