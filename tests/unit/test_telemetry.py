"""A run's figures leave as OTLP where an endpoint is named, and never harm the run."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tasks.base.errors import BusinessRefusal, InputError
from tasks.telemetry.measured import DKK, ROWS, measure, measured
from tasks.telemetry.otlp import (
    DISABLED,
    ENDPOINT,
    HEADERS,
    METRICS_ENDPOINT,
    METRICS_HEADERS,
    SERVICE,
    endpoint,
)

VARIABLES = (DISABLED, ENDPOINT, HEADERS, METRICS_ENDPOINT, METRICS_HEADERS, SERVICE)


@pytest.fixture(autouse=True)
def _none_of_the_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


class Collector(HTTPServer):
    """Takes what is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.taken: list[tuple[str, dict[str, str], Any]] = []
        self.status = 200

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


class Taking(BaseHTTPRequestHandler):
    """Takes one message."""

    server: Collector

    def do_POST(self) -> None:
        """Take it."""
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, {k.lower(): v for k, v in self.headers.items()}, json.loads(data)))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    with Collector() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        monkeypatch.setenv(ENDPOINT, server.address)
        yield server
        server.shutdown()
        thread.join()


@measured("settle")
def settle(ending: BaseException | None = None) -> str:
    time.sleep(0.02)
    measure("draft.rows.received", 870, ROWS, year=2016)
    measure("draft.payable", Decimal("1234.50"), DKK, year=2016)
    if ending is not None:
        raise ending
    return "settled"


def figures(message: Any) -> dict[str, tuple[str, Any, dict[str, Any]]]:
    """Give the figures of a message by name: unit, value, attributes."""
    (resource,) = message["resourceMetrics"]
    (scope,) = resource["scopeMetrics"]
    found = {}
    for metric in scope["metrics"]:
        (point,) = metric["gauge"]["dataPoints"]
        attributes = {one["key"]: next(iter(one["value"].values())) for one in point["attributes"]}
        found[metric["name"]] = (metric["unit"], point.get("asInt", point.get("asDouble")), attributes)
        assert int(point["timeUnixNano"]) > 0
    return found


def test_a_run_tells_rows_kroner_and_seconds(collector: Collector) -> None:
    assert settle() == "settled"
    ((path, headers, message),) = collector.taken
    assert path == "/v1/metrics"
    assert headers["content-type"] == "application/json"
    told = figures(message)
    year = {"flow": "settle", "year": "2016"}
    assert told["jobfirst.draft.rows.received"] == ("{row}", "870", year)
    assert told["jobfirst.draft.payable"] == ("DKK", 1234.5, year)
    unit, seconds, attributes = told["jobfirst.run.duration"]
    assert (unit, attributes) == ("s", {"flow": "settle", "outcome": "completed"})
    assert seconds >= 0.02
    (resource,) = message["resourceMetrics"]
    assert {"key": "service.name", "value": {"stringValue": "jobfirst"}} in resource["resource"]["attributes"]


@pytest.mark.parametrize(
    ("ending", "outcome"),
    [(BusinessRefusal("no"), "refused"), (InputError("no"), "wrong_input"), (ValueError(), "failed"),
     (KeyboardInterrupt(), "ended")],
)  # fmt: skip
def test_how_it_ended_is_told_and_raised(collector: Collector, ending: BaseException, outcome: str) -> None:
    with pytest.raises(type(ending)):
        settle(ending)
    ((_, _, message),) = collector.taken
    assert figures(message)["jobfirst.run.duration"][2]["outcome"] == outcome


def test_the_exporters_own_variables_hold(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(METRICS_ENDPOINT, f"{collector.address}/own")
    monkeypatch.setenv(HEADERS, "authorization=Basic%20abc,x-tenant=star")
    monkeypatch.setenv(SERVICE, "opgørelse")
    settle()
    ((path, headers, message),) = collector.taken
    assert path == "/own"
    assert (headers["authorization"], headers["x-tenant"]) == ("Basic abc", "star")
    assert "opgørelse" in json.dumps(message, ensure_ascii=False)
    monkeypatch.setenv(DISABLED, "true")
    settle()
    assert len(collector.taken) == 1


def test_without_an_endpoint_nothing_is_sent_or_collected() -> None:
    assert endpoint() is None
    assert settle() == "settled"
    measure("draft.payable", 1, DKK)


@pytest.mark.parametrize(
    "address",
    [
        "http://user:hemmelig@127.0.0.1:1",
        "http://user:hemmelig@127.0.0.1:port",
        "http://user:hemmelig@[::1",
        "http://user:hemmelig@two hosts",
        "file:///etc/passwd",
        "no address",
    ],
)
def test_an_endpoint_that_takes_nothing_is_a_line_and_the_run_goes_on(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(ENDPOINT, address)
    assert settle() == "settled"
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("The run's metrics were not taken by ")
    assert "hemmelig" not in line


def test_a_collector_that_refuses_is_a_line(collector: Collector, capsys: pytest.CaptureFixture[str]) -> None:
    collector.status = 500
    assert settle() == "settled"
    assert "HTTPError" in capsys.readouterr().err


def test_an_endpoint_of_another_protocol_is_a_line_and_the_run_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Port 4317 of a collector takes gRPC, and answers HTTP with a frame of its own."""

    def answer() -> None:
        caller, _ = listener.accept()
        with caller:
            caller.recv(65_536)
            caller.sendall(b"\x00\x00\x12\x04" + bytes(23))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        monkeypatch.setenv(ENDPOINT, f"http://127.0.0.1:{listener.getsockname()[1]}")
        assert settle() == "settled"
        thread.join()
    assert capsys.readouterr().err == "The run's metrics were not taken by 127.0.0.1: BadStatusLine.\n"
