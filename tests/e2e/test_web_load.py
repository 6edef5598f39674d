"""What an answer costs, and many at once."""

from __future__ import annotations

import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tasks.web.examples import workbook
from tests.support.web_posted import posted
from tests.support.web_site import Answer, children, delivery, running
from tests.torture.deliveries import csv_files

pytestmark = pytest.mark.long

AT_ONCE = 20
CITIZENS = 2_700
"""Of a delivery of 10 000 rows."""
MOST_TIMES = 4
"""What 10 000 rows may cost of what 900 cost. They cost 1.6 times as much; 3 s of processor time are 5 times."""
MOST_BYTES = 2_000_000_000


def test_ten_thousand_rows_cost_little_more_than_a_few(tmp_path: Path) -> None:
    """Processor time, least of three in turns: on a busy machine both cost more."""
    few, many = ({"indberetning.xlsx": workbook("med-fejl", citizens)} for citizens in (220, CITIZENS))
    costs: dict[str, list[float]] = {"few": [], "many": []}
    for _ in range(3):
        for name, files in (("few", few), ("many", many)):
            gc.collect()
            before = time.process_time()
            told = posted(files, as_of="2016-12-31").told
            costs[name].append(time.process_time() - before)
            assert told
            assert (told["received"] >= 10_000) == (name == "many")
    assert min(costs["many"]) <= MOST_TIMES * min(costs["few"]), costs


def test_twenty_at_once_are_each_answered_in_little_memory(tmp_path: Path) -> None:
    """Each is answered, or told to come again, and answered then."""
    data = delivery({"indberetning.xlsx": workbook("med-fejl", CITIZENS)})
    have_ended = threading.Event()
    with running(tmp_path) as site, ThreadPoolExecutor(AT_ONCE + 1) as clients:
        measured = clients.submit(most_bytes, site.process.pid, have_ended)

        def until_answered(_: int) -> Answer:
            while (answer := site.post(data)).status != 200:
                assert answer.status == 503, answer.text
                assert int(answer.headers["retry-after"]) > 0
                time.sleep(0.5)
            return answer

        answers = list(clients.map(until_answered, range(AT_ONCE)))
        have_ended.set()
        assert len({answer.verdict for answer in answers}) == 1
        assert len({answer.link("svar.json") for answer in answers}) == AT_ONCE
        assert measured.result() < MOST_BYTES


def test_many_rows_are_answered_within_the_memory_of_a_check(tmp_path: Path) -> None:
    """400 000 rows without an error, and 20 000 and 40 000 that break every rule that a wrong program can break."""
    files = {name: data for name, data in csv_files().items() if name != "kontroltal.csv"}
    head, row, *_ = files["forloeb.csv"].splitlines(keepends=True)
    right = b"".join(row.replace(b"F1;", b"F%d;" % number) for number in range(400_000))
    wrong = [b"F%d;x;y;12345678;31-02-2016;31-02-2016;z\r\n" % number for number in range(40_000)]
    with running(tmp_path) as site:
        many = site.post(delivery({**files, "forloeb.csv": head + right}))
        assert "Ingen af de 400.032 rækker" in many.verdict
        assert "flere rækker, end regnearket med fejlene markeret kan rumme" in many.text
        spoiled = site.post(delivery({**files, "forloeb.csv": head + b"".join(wrong[:20_000])}))
        assert "20.000 af 20.032 rækker tæller ikke" in spoiled.verdict
        assert site.get(spoiled.link("fejl-markeret.xlsx")).status == 200
        twice = site.post(delivery({**files, "forloeb.csv": head + b"".join(wrong)}))
        assert "40.000 af 40.032 rækker tæller ikke" in twice.verdict


def most_bytes(server: int, have_ended: threading.Event) -> int:
    """Give the most memory that the server and its checks have had together; what they share is counted for each."""
    most = 0
    while not have_ended.wait(0.1):
        family = [server, *(forks := children(server)), *(one for fork in forks for one in children(fork))]
        most = max(most, sum(map(resident_bytes, family)))
    assert most > 0
    return most


def resident_bytes(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096
    except (OSError, IndexError):
        return 0
