"""The letter's HTML subset, parsed strictly into blocks that the layout sets.

Only what the layout knows may stand in the wording: an unknown tag, attribute, class or nesting is an error, so
that nothing is ever left out in silence. A block is a mapping of JSON values; a run of text is
`{"text": ..., "strong": ...}`.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any
from xml.parsers import expat

Block = dict[str, Any]

_AREAS = frozenset({"sender", "recipient", "reference", "decision", "closing"})
_ROWS = frozenset({"item", "interim", "subtotal", "total"})
# By tag: what may hold it, and its attributes with the values they may have (None: any).
_PARENTS: dict[str, frozenset[str]] = {
    "div": frozenset({""}),
    "h1": frozenset({""}),
    "h2": frozenset({""}),
    "p": frozenset({"", "div"}),
    "ul": frozenset({"", "div"}),
    "li": frozenset({"ul"}),
    "strong": frozenset({"p", "li"}),
    "table": frozenset({""}),
    "caption": frozenset({"table"}),
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tr": frozenset({"thead", "tbody"}),
    "th": frozenset({"tr"}),
    "td": frozenset({"tr"}),
    "figure": frozenset({""}),
    "svg": frozenset({"figure"}),
    "rect": frozenset({"svg"}),
    "text": frozenset({"svg"}),
    "figcaption": frozenset({"figure"}),
}
_ATTRIBUTES: dict[str, dict[str, frozenset[str] | None]] = {
    "div": {"class": _AREAS},
    "p": {"class": frozenset({"mark", "note"})},
    "table": {"class": frozenset({"calculation", "causes", "comparison", "netted", "rejected"})},
    "tr": {"class": _ROWS},
    "th": {"scope": frozenset({"col", "row"}), "class": frozenset({"num"})},
    "td": {"class": frozenset({"num"})},
    "svg": {"xmlns": None, "viewBox": None, "role": frozenset({"img"}), "aria-label": None},
    "rect": {"x": None, "y": None, "width": None, "height": None, "fill": None},
    "text": {
        "x": None,
        "y": None,
        "font-size": None,
        "fill": None,
        "text-anchor": frozenset({"start", "end"}),
    },
}
_REQUIRED = {"div": {"class"}, "table": {"class"}, "th": {"scope"}, "svg": {"xmlns", "viewBox", "role", "aria-label"}}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WITH_TEXT = frozenset({"h1", "h2", "p", "li", "strong", "caption", "th", "td", "figcaption", "text"})


class WordingError(Exception):
    """The wording uses something that the layout does not know."""


class _Element:
    def __init__(self, tag: str, attributes: dict[str, str], text: str | None = None) -> None:
        self.tag, self.attributes, self.text = tag, attributes, text
        self.children: list[_Element] = []


class _Reader:
    """Builds the elements while the wording, as well-formed as XML, is read."""

    def __init__(self) -> None:
        self.root = _Element("", {})
        self.open: list[_Element] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.CommentHandler = self._refuse
        self.parser.ProcessingInstructionHandler = self._refuse
        self.parser.StartCdataSectionHandler = self._refuse

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.open:
            self.open.append(self.root)
            return
        parent = self.open[-1]
        if parent.tag not in _PARENTS.get(tag, frozenset()):
            raise WordingError(f"<{tag}> may not stand in <{parent.tag or 'letter'}>")
        known = _ATTRIBUTES.get(tag, {})
        for name, value in attributes.items():
            if name not in known:
                raise WordingError(f"<{tag}> may not have the attribute {name}")
            allowed = known[name]
            if allowed is not None and value not in allowed:
                raise WordingError(f'<{tag}> may not have {name}="{value}"')
        if missing := _REQUIRED.get(tag, set()) - attributes.keys():
            raise WordingError(f"<{tag}> lacks {', '.join(sorted(missing))}")
        element = _Element(tag, attributes)
        parent.children.append(element)
        self.open.append(element)

    def _end(self, _tag: str) -> None:
        self.open.pop()

    def _text(self, data: str) -> None:
        tag = self.open[-1].tag
        if tag in _WITH_TEXT:
            self.open[-1].children.append(_Element("text", {}, data))
        elif data.strip():
            raise WordingError(f"text outside a paragraph: {data.strip()[:40]!r}")

    def _refuse(self, *text: str) -> None:
        raise WordingError(f"neither text nor element: {' '.join(text)[:40]!r}")


def _read(html: str) -> _Element:
    reader = _Reader()
    try:
        reader.parser.Parse(f"<letter>{html}</letter>", True)
    except expat.ExpatError as error:
        raise WordingError(f"the wording is not well-formed: {error}") from error
    return reader.root


def _runs(element: _Element) -> list[Block]:
    runs = []
    for child in element.children:
        inner = child.children if child.tag == "strong" else [child]
        runs += [{"text": part.text or "", "strong": child.tag == "strong"} for part in inner]
    return runs


def _plain(element: _Element) -> str:
    return " ".join("".join(run["text"] for run in _runs(element)).split())


def _collapsed(element: _Element) -> list[Block]:
    """Give the runs with white space as a browser shows it."""
    runs = []
    ends_in_space = True
    for run in _runs(element):
        text = _SPACE.sub(" ", run["text"])
        if ends_in_space:
            text = text.removeprefix(" ")
        if text:
            ends_in_space = text.endswith(" ")
            runs.append(run | {"text": text})
    if runs:
        runs[-1] = runs[-1] | {"text": runs[-1]["text"].removesuffix(" ")}
    return runs


def _row(row: _Element) -> Block:
    return {
        "role": row.attributes.get("class", "plain"),
        "cells": [
            {"runs": _collapsed(cell), "header": cell.tag == "th", "num": cell.attributes.get("class") == "num"}
            for cell in row.children
        ],
    }


def _table(table: _Element) -> Block:
    parts = {part.tag: part for part in table.children}
    if [part.tag for part in table.children] != ["caption", "thead", "tbody"] or len(parts["thead"].children) != 1:
        raise WordingError("a table is one caption, one thead with one row, and one tbody")
    head, rows = _row(parts["thead"].children[0]), [_row(row) for row in parts["tbody"].children]
    if not rows or any(len(row["cells"]) != len(head["cells"]) for row in rows):
        raise WordingError("a table's rows must all be as long as its header")
    if not all(cell["header"] for cell in head["cells"]) or not all(row["cells"][0]["header"] for row in rows):
        raise WordingError("a table's header cells must be th, and so must each row's first")
    return {
        "kind": "table",
        "name": table.attributes["class"],
        "caption": _plain(parts["caption"]),
        "head": head,
        "rows": rows,
    }


def _attributes(attributes: dict[str, str]) -> str:
    return " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())


def _figure(figure: _Element) -> Block:
    if [part.tag for part in figure.children] != ["svg", "figcaption"]:
        raise WordingError("a figure is one svg and one figcaption")
    svg, caption = figure.children
    shapes = "".join(
        f"<{shape.tag} {_attributes(shape.attributes)}>{escape(_plain(shape))}</{shape.tag}>" for shape in svg.children
    )
    head = _attributes({name: value for name, value in svg.attributes.items() if name in ("xmlns", "viewBox")})
    return {
        "kind": "figure",
        "alt": svg.attributes["aria-label"],
        "svg": f'<svg {head} font-family="IBM Plex Sans">{shapes}</svg>',
        "caption": _collapsed(caption),
    }


def _block(element: _Element) -> Block:
    match element.tag:
        case "h1" | "h2":
            return {"kind": "heading", "level": int(element.tag[1]), "text": _plain(element)}
        case "p":
            return {"kind": "paragraph", "name": element.attributes.get("class", ""), "runs": _collapsed(element)}
        case "ul":
            return {"kind": "list", "items": [_collapsed(item) for item in element.children]}
        case "div":
            blocks = [_block(child) for child in element.children]
            return {"kind": "area", "name": element.attributes["class"], "blocks": blocks}
        case "table":
            return _table(element)
        case _:
            return _figure(element)


def parse(html: str) -> list[Block]:
    """Parse a letter's HTML subset into blocks.

    Raises WordingError for whatever the layout does not know, for what is not well-formed, and unless there is
    exactly one h1.
    """
    blocks = [_block(child) for child in _read(html).children]
    if sum(block["kind"] == "heading" and block["level"] == 1 for block in blocks) != 1:
        raise WordingError("a letter has exactly one h1")
    return blocks


def title(blocks: list[Block]) -> str:
    """Give the letter's subject: its h1."""
    return next(str(block["text"]) for block in blocks if block["kind"] == "heading" and block["level"] == 1)
