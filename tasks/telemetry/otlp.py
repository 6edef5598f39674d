"""Metrics as OTLP over HTTP in JSON: what a collector takes at `/v1/metrics`, written and sent by Python alone.

Source: the OpenTelemetry Protocol 1.x, 'OTLP/HTTP', and the specification of the exporters' variables.
"""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import unquote, urlsplit

ENDPOINT, METRICS_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"
HEADERS, METRICS_HEADERS = "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_METRICS_HEADERS"
TIMEOUT, DISABLED, SERVICE = "OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_SDK_DISABLED", "OTEL_SERVICE_NAME"
_PATH = "/v1/metrics"
_TIMEOUT_MILLISECONDS = 10_000


@dataclass(frozen=True)
class Figure:
    """One figure. `unit`: as UCUM writes it ('s', '{row}'), or 'DKK'."""

    name: str
    unit: str
    value: int | float | Decimal
    attributes: Mapping[str, str | int] = field(default_factory=dict)


def endpoint() -> str | None:
    """Give the address that metrics go to; None where none is named, or OpenTelemetry is switched off."""
    if os.environ.get(DISABLED, "").strip().lower() == "true":
        return None
    own = os.environ.get(METRICS_ENDPOINT, "").strip()
    common = os.environ.get(ENDPOINT, "").strip()
    return own or (common.rstrip("/") + _PATH if common else None)


def message(figures: Sequence[Figure], *, version: str, at_nanoseconds: int) -> bytes:
    """Write figures as one message, each a gauge of that moment."""
    resource = {"service.name": os.environ.get(SERVICE) or "jobfirst", "service.version": version}
    metrics = [
        {
            "name": figure.name,
            "unit": figure.unit,
            "gauge": {
                "dataPoints": [
                    {
                        "timeUnixNano": str(at_nanoseconds),
                        "attributes": _attributes(figure.attributes),
                        **_number(figure.value),
                    }
                ]
            },
        }
        for figure in figures
    ]
    scopes = [{"scope": {"name": "jobfirst", "version": version}, "metrics": metrics}]
    return json.dumps(
        {"resourceMetrics": [{"resource": {"attributes": _attributes(resource)}, "scopeMetrics": scopes}]}
    ).encode()


def send(address: str, data: bytes) -> None:
    """Send a message.

    Raises OSError where it is not taken, ValueError or HTTPException where the address is none, HTTPException where
    something else than HTTP answers.
    """
    if urlsplit(address).scheme not in {"http", "https"}:
        raise ValueError("the endpoint must begin with http:// or https://")
    told = {"Content-Type": "application/json", **_headers()}
    request = urllib.request.Request(address, data, told, method="POST")  # noqa: S310 - checked above
    with urllib.request.urlopen(request, timeout=_timeout_seconds()):  # noqa: S310 - checked above
        pass


def _attributes(values: Mapping[str, str | int]) -> list[dict[str, Any]]:
    return [
        {"key": name, "value": {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value}}
        for name, value in values.items()
    ]


def _number(value: int | float | Decimal) -> dict[str, Any]:
    return {"asInt": str(value)} if isinstance(value, int) else {"asDouble": float(value)}


def _headers() -> dict[str, str]:
    """Read `name=value,name=value`, percent-encoded."""
    text = os.environ.get(METRICS_HEADERS) or os.environ.get(HEADERS, "")
    pairs = (pair.partition("=") for pair in text.split(",") if "=" in pair)
    return {unquote(name).strip(): unquote(value).strip() for name, _, value in pairs}


def _timeout_seconds() -> float:
    text = os.environ.get(TIMEOUT, "").strip()
    return (int(text) if text.isascii() and text.isdigit() and int(text) else _TIMEOUT_MILLISECONDS) / 1000
