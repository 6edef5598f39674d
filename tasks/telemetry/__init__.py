"""The figures of a run, sent as OpenTelemetry metrics where an endpoint is named."""
