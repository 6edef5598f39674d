"""Reading YAML that people write: a key that stands twice is an error, since nobody knows which one was meant."""

from __future__ import annotations

from typing import Any

import yaml


class _Loader(yaml.CSafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            # A key that is a list or a mapping is refused below.
            if not isinstance(key, yaml.ScalarNode):
                continue
            if (key.tag, key.value) in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} stands twice", key.start_mark)
            seen.add((key.tag, key.value))
        return super().construct_mapping(node, deep=deep)


def load(text: str) -> Any:
    """Read a text. Raises yaml.YAMLError when it is no YAML, or a mapping has a key twice."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
