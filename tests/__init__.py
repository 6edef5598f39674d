"""The tests, by kind: unit, spec, property, flows, e2e."""
