"""The rule catalogue: one YAML a suite, one entry a rule; and the expectation types that the entries name."""
