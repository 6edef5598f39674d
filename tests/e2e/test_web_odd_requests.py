"""Requests that no browser sends: each is answered with a page or let go, and the next is served."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.web.form import MOST_FILES
from tests.support.portfolio import Portfolio
from tests.support.web_site import HANG_SECONDS, Answer, Site, delivery, form, running
from tests.torture.deliveries import csv_files

METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "CONNECT", "PROPFIND", "get")
PATHS = (
    "/%2e%2e/etc/passwd",
    "//elsewhere.example/",
    "/%00",
    "/regler/%2e%2e",
    "/regler/S06%0d%0aX:1",
    "/regler/S06/",
    "/svar/",
    "/svar/%2e%2e/svar.json",
    "/eksempel/..%2f..%2f/indberetning.xlsx",
    "http://elsewhere.example/x",
    "/" + "a" * 20_000,
    "*",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    portfolio = Portfolio(tmp_path_factory.mktemp("portfolio"))
    portfolio.project("JF-187", municipalities=("187",))
    portfolio.write_register()
    with running(tmp_path_factory.mktemp("site"), portfolio.register) as site:
        yield site


@pytest.fixture(autouse=True)
def _serves_the_next(site: Site) -> Iterator[None]:
    yield
    assert site.get("/sundhed").body == b"ok"


def raw(site: Site, data: bytes) -> bytes:
    """Send bytes, and give all that comes back until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", site.port), HANG_SECONDS) as client:
        client.sendall(data)
        received = bytearray()
        while piece := client.recv(65_536):
            received += piece
    return bytes(received)


def post(site: Site, body: bytes, kind: str, **headers: str) -> Answer:
    return site.send("POST", "/svar", body, {"Content-Type": kind, **headers})


@pytest.mark.parametrize("method", METHODS)
def test_another_method_is_405(site: Site, method: str) -> None:
    for path in ("/", "/svar", "/regler", "/stil.css"):
        answer = raw(site, f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 405"), (method, path)
        assert b"content-security-policy" in answer


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_is_none_is_404_and_leads_nowhere(site: Site, path: str) -> None:
    answer = raw(site, f"GET {path} HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 404")
    assert b"elsewhere" not in answer


def test_head_is_answered_without_a_body_and_a_range_with_the_whole(site: Site) -> None:
    whole = site.get("/stil.css")
    head = site.get("/stil.css", "HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(whole.body)))
    part = site.send("GET", "/stil.css", b"", {"Range": "bytes=0-1"})
    assert (part.status, part.body) == (200, whole.body)


@pytest.mark.parametrize(
    "head",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /svar HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\nabcde",
        b"POST /svar HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nabcde",
        b"POST /svar HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\nabcde",
        b"POST /svar HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000000000000000\r\n\r\n",
    ],
)
def test_what_is_no_http_is_400(site: Site, head: bytes) -> None:
    assert raw(site, head).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "a" * 5000,
        'multipart/form-data; boundary="a\\"b;c"',
        "multipart/mixed; boundary=x",
        "application/x-www-form-urlencoded",
    ],
)
def test_what_is_no_form_is_400_however_large(site: Site, kind: str) -> None:
    """All of it is allowed to arrive: a sender whose connection is cut reads no answer."""
    for size in (0, 1, 5_000_000):
        answer = post(site, b"x" * size, kind)
        assert (answer.status, answer.verdict) == (400, "Formularen kunne ikke læses"), size


def test_a_form_that_is_packed_on_its_way_is_415(site: Site) -> None:
    body, kind = form(delivery(csv_files()), {"projekt": "-"})
    assert post(site, gzip.compress(body), kind, **{"Content-Encoding": "gzip"}).status == 415
    assert post(site, body, kind, **{"Content-Encoding": "identity"}).status == 200


def test_too_many_files_are_told_as_that(site: Site) -> None:
    for count in (MOST_FILES + 1, MOST_FILES + 20):
        answer = site.post(delivery({f"{number}.csv": b"x" * 10_000 for number in range(count)}))
        assert (answer.status, answer.verdict) == (413, "Der er for mange filer"), count
    whole = csv_files()
    most = whole | {f"{number}.txt": b"x" for number in range(MOST_FILES - len(whole))}
    assert len(most) == MOST_FILES
    assert site.post(delivery(most)).status == 200
    assert site.post(delivery(whole), **{f"felt {number}": "x" for number in range(MOST_FILES + 20)}).status == 400
    body, kind = form(delivery(csv_files()), {"projekt": "-"})
    parts = body.replace(b"\r\nContent-Type: application/octet-stream", b"\r\nX: y" * 20_000, 1)
    assert post(site, parts, kind).status == 400
    assert post(site, body.replace(b"; filename=", b"; x=" + b"y" * 500_000 + b"; filename=", 1), kind).status == 400


@pytest.mark.parametrize(
    "name",
    [
        "æøå \u202e.csv",
        "😀.zip",
        "../../etc/passwd.csv",
        "C:\\x\\borgere.csv",
        "<script>alert(1)</script>.csv",
        "{{7*191}}.csv",
        "a\r\nX-Injected: 1.csv",
        'a"b.csv',
        " .csv",
        "f" * 3000 + ".csv",
    ],
)
def test_a_strange_name_is_shown_as_text(site: Site, name: str) -> None:
    answer = site.post(delivery({name: b"x"}))
    assert answer.status == 200
    assert "kan ikke afleveres" in answer.verdict
    assert "<script>alert" not in answer.text
    assert "1337" not in answer.text
    assert "\u202e" not in answer.text
    assert "x-injected" not in answer.headers


def test_a_name_without_meaning_in_any_encoding_is_no_crash(site: Site) -> None:
    body, kind = form(delivery({"NAVN.csv": b"x"}), {"projekt": "-"})
    for odd in (b"\xed\xa0\x80", b"\xff\xfe", b"a\x00b"):
        assert post(site, body.replace(b"NAVN", odd), kind).status == 200, odd


def test_the_same_twice_is_a_table_twice_and_the_last_field(site: Site) -> None:
    answer = site.post([*delivery(csv_files()), *delivery({"borgere.csv": csv_files()["borgere.csv"]})])
    assert "kan ikke afleveres" in answer.verdict
    body, kind = form(delivery(csv_files()), {"projekt": "JF-999", "opgjort_pr": "2016-12-31"})
    boundary = kind.partition("boundary=")[2]
    again = f'--{boundary}\r\nContent-Disposition: form-data; name="projekt"\r\n\r\nJF-187\r\n--{boundary}'.encode()
    head, _, rest = body.partition(f"\r\n--{boundary}".encode())
    assert b"JF-999" in head
    answer = post(site, head + b"\r\n" + again + rest, kind)
    assert answer.status == 200
    assert "projekt JF-187" in answer.text


@pytest.mark.parametrize("day", ["0000-00-00", "2016-13-01", "1/1/16", "-", "\u0662\u0660\u0661\u0666-12-31", "i går"])
def test_a_day_that_is_none_is_told_at_its_field(site: Site, day: str) -> None:
    answer = site.post(delivery(csv_files()), opgjort_pr=day)
    assert answer.status == 400
    assert "er ikke en dato" in answer.text


@pytest.mark.long
def test_who_sends_no_request_or_takes_no_answer_is_let_go(tmp_path: Path) -> None:
    """Neither holds a connection: one that says nothing, half a head, half of a second head, and no reader."""
    with running(tmp_path, head_seconds=1, taken_seconds=1) as site:
        for said in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /s"):
            with socket.create_connection(("127.0.0.1", site.port), HANG_SECONDS) as client:
                client.sendall(said)
                ended = read_to_end(client)
                assert ended.count(b"HTTP/1.1 200") == said.count(b"\r\n\r\n")
        link = site.post(delivery(csv_files())).link("fejl-markeret.xlsx")
        asked = f"GET {link} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.settimeout(HANG_SECONDS)
            client.connect(("127.0.0.1", site.port))
            # More is asked for than the machine's own buffers hold.
            client.sendall(asked * 400)
            site.wait_for_connections(0)
            assert len(read_to_end(client)) < 400 * len(site.get(link).body)


def read_to_end(client: socket.socket) -> bytes:
    received = bytearray()
    try:
        while piece := client.recv(65_536):
            received += piece
    except ConnectionResetError:
        pass
    return bytes(received)
