"""The rule catalogue with some actions changed: what a what-if of severities must agree with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tasks.validation.catalogue import SEVERITIES, Suite, load_catalogue


def changed_catalogue(changes: Mapping[str, str]) -> dict[str, Suite]:
    """Give the catalogue with the actions of some rules changed, by their codes, and their severities with them."""
    return {
        name: replace(
            suite,
            rules=tuple(
                replace(rule, action=changes[rule.code], severity=SEVERITIES[changes[rule.code]])
                if rule.code in changes
                else rule
                for rule in suite.rules
            ),
        )
        for name, suite in load_catalogue().items()
    }
