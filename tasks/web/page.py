"""The pages, in the wording of `templates/web/`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from markupsafe import Markup, escape

from tasks.base import danish
from tasks.base.jinja import COMMON, strict_environment
from tasks.base.lines import visible
from tasks.base.paths import TEMPLATES
from tasks.check.text import difference
from tasks.validation.catalogue import ACTIONS, without_page
from tasks.web.answer import gap_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from tasks.web.answer import Answer
    from tasks.web.job import Asking

FOLDER = TEMPLATES / "web"
ASSETS = {
    "stil.css": "text/css",
    "side.js": "text/javascript",
    "sort.js": "text/javascript",
    "ikon.svg": "image/svg+xml",
}
MEGABYTE = 1_000_000
_DATE = re.compile(r"\b(\d{2}-\d{2}-\d{4}|\d{4}-\d{2}-\d{2})\b")
_MINUS = re.compile(r"(?<=\s)-(?=[\d.]+(?:,\d\d)? kr\.)")
_CODE = re.compile(r"`([^`]+)`")


@cache
def environment() -> Environment:
    """Give the templates' environment, with the page's filters."""
    made = strict_environment(FOLDER, Environment)
    made.globals |= {"actions": ACTIONS}
    made.filters |= {
        "codes": _codes,
        "counted": danish.antal,
        "day": danish.short_day,
        "difference": lambda one: difference(one).strip(),
        "gap": gap_text,
        "kroner": _kroner,
        "message": _message,
        "number": danish.number,
        "shown": visible,
        "unreckoned": danish.unreckoned,
        "without_page": without_page,
    }
    return made


def _kroner(amount: Decimal) -> str:
    """Give an amount whose unit stays with it where a line is short."""
    return danish.kroner(amount).replace(" ", "\N{NO-BREAK SPACE}")


def _message(text: str) -> Markup:
    """Show a message of the check: its dates whole, and its amounts with the page's minus."""
    said = _MINUS.sub("\N{MINUS SIGN}", str(escape(text)))
    return Markup(_DATE.sub(r'<span class="whole">\1</span>', said))  # noqa: S704 - escaped just before


def _codes(text: str) -> Markup:
    """Show text in backticks as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just before


@cache
def asset(name: str) -> bytes:
    """Give the style, a script or the icon."""
    folder = FOLDER if (FOLDER / name).exists() else COMMON
    return (folder / name).read_bytes()


def warm() -> None:
    """Compile every page, so that a check need not."""
    for path in FOLDER.glob("*.jinja"):
        environment().get_template(path.name)


def page(name: str, **values: Any) -> bytes:
    """Write a page."""
    return environment().get_template(f"{name}.html.jinja").render(**values).encode()


def answer_page(answer: Answer, asking: Asking, downloads: Mapping[str, bytes]) -> bytes:
    """Write the answer."""
    return page(
        "svar",
        answer=answer,
        found=answer.found,
        kept_until=asking.kept_until,
        downloads={name: f"/svar/{asking.token}/{name}" for name in downloads},
        sizes={name: _size(len(data)) for name, data in downloads.items()},
    )


def _size(size_bytes: int) -> str:
    if size_bytes < MEGABYTE:
        return f"{max(1, round(size_bytes / 1000))} kB"
    return f"{danish.decimal(size_bytes / MEGABYTE)} MB"
