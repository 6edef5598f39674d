"""The rule catalogue: one YAML file per suite, one entry per rule; and the expectation types that the entries name."""
