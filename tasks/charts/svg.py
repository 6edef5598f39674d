"""Making a chart's SVG fit to stand in the page: only shapes and text, the same bytes each time, readable aloud."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from lxml import etree
from markupsafe import Markup

if TYPE_CHECKING:
    from tasks.charts.canvas import Drawings

SPACE = "{http://www.w3.org/2000/svg}"
SHAPES = frozenset(SPACE + name for name in ("svg", "g", "path", "line", "rect", "circle", "text", "tspan"))
WORDS = frozenset({SPACE + "text", SPACE + "tspan"})
# Style sheets and clipping areas go by random names; the page has its own style, and nothing is drawn outside.
DROPPED_ELEMENTS = (SPACE + "style", SPACE + "defs")
MEASURES = frozenset(
    {"cx", "cy", "d", "height", "r", "stroke-width", "transform", "width", "x", "x1", "x2", "y", "y1", "y2"}
)
KEPT_ATTRIBUTES = MEASURES | {
    "dx", "dy", "fill", "fill-opacity", "fill-rule", "font-size", "font-weight", "stroke", "stroke-dasharray",
    "stroke-opacity", "text-anchor",
}  # fmt: skip
DROPPED_ATTRIBUTES = frozenset(
    {
        "buffered-rendering",
        "class",
        "clip-bounds-jfx",
        "clip-path",
        "display",
        "id",
        "pointer-events",
        "stroke-dashoffset",
    }
)
STYLE = re.compile(r"(fill|font-size|font-weight):\s*([#\w.(),]+?)(?:px)?\s*(?:;|$)")
FRACTION = re.compile(r"-?\d+\.\d+(?:[eE][+-]?\d+)?")


class UnexpectedDrawingError(Exception):
    """The chart holds something other than shapes and text."""


# A drawing repeats most of its measures many times.
@lru_cache(maxsize=4096)
def _rounded(measure: str) -> str:
    return FRACTION.sub(lambda found: f"{round(float(found[0]), 1) + 0:g}", measure)


def _reduce(element: etree._Element) -> None:
    """Keep the parts of an element that draw it, measures to a tenth of a pixel."""
    if element.tag not in SHAPES:
        raise UnexpectedDrawingError(f"the element {element.tag!r}")
    attributes = element.attrib
    for name, value in cast("list[tuple[str, str]]", attributes.items()):
        if name in MEASURES:
            if "." in value:
                attributes[name] = _rounded(value)
        elif name == "style":
            del attributes[name]
            attributes.update(STYLE.findall(value))
        elif name not in KEPT_ATTRIBUTES:
            raise UnexpectedDrawingError(f"the attribute {name} of {element.tag!r}")
    element.tail = None
    if element.tag not in WORDS or not (element.text or "").strip():
        element.text = None


def figure(drawings: Drawings, alternative_text: str) -> Markup:
    """Put a figure's drawings beside each other, each with the text that describes it to those who can't see it.

    The page shows those for its width alone.
    """
    return Markup('<div class="drawings wide">{}</div>\n<div class="drawings narrow">{}</div>').format(
        _spoken(drawings.wide, alternative_text), _spoken(drawings.narrow, alternative_text)
    )


def _spoken(drawings: Sequence[str], alternative_text: str) -> Markup:
    plain = alternative_text.unescape() if isinstance(alternative_text, Markup) else alternative_text
    spoken = " ".join(plain.split())
    parts = len(drawings)
    return Markup().join(
        embedded(drawing, spoken if parts == 1 else f"Del {part} af {parts}. {spoken}")
        for part, drawing in enumerate(drawings, 1)
    )


def embedded(drawing: str, alternative_text: str) -> Markup:
    """Give a chart as an element of the page: shapes and text, no names, styles or links, spoken as one image.

    Raises UnexpectedDrawingError where the chart holds anything else.
    """
    root = etree.fromstring(drawing, etree.XMLParser(resolve_entities=False, no_network=True))
    etree.strip_elements(root, *DROPPED_ELEMENTS)
    etree.strip_attributes(root, *DROPPED_ATTRIBUTES)
    for element in root.iter():
        _reduce(element)
    etree.cleanup_namespaces(root)
    root.set("viewBox", f"0 0 {root.get('width')} {root.get('height')}")
    root.set("role", "img")
    # The point of an abbreviation ends its sentence, too.
    root.set("aria-label", alternative_text.replace("kr..", "kr."))
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - nothing but the shapes and text listed above
