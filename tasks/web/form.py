"""The form as it arrives: fields and files in memory, never on disk, whatever their size.

Source: docs/web.md, 'What is kept: nothing'.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

MOST_FILES = 300
_MOST_PARTS = MOST_FILES + 10
_MOST_FIELD_BYTES = 1_000


class NoForm(Exception):  # noqa: N818 - the answer is a page
    """What arrived is not the page's form."""


class TooManyFiles(NoForm):
    """It has more files than a delivery has."""


@dataclass
class Form:
    """What was filled in: fields by name, and the files of each file field, in their order."""

    fields: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[tuple[str, bytes]]] = field(default_factory=dict)


class FormReader:
    """Reads a form from the pieces in which it arrives."""

    def __init__(self, content_type: str) -> None:
        """Begin. Raises NoForm where the content is no form with files."""
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise NoForm
        self.form = Form()
        self._header: list[bytes] = [b"", b""]
        self._disposition = b""
        self._content = bytearray()
        self._parts = self._files = 0
        self._is_whole = False
        callbacks: Any = {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._add_to_header(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._add_to_header(1, data[start:end]),
            "on_header_end": self._end_header,
            "on_part_data": self._add,
            "on_part_end": self._end,
            "on_end": self._finish,
        }
        try:
            self._parser = MultipartParser(boundary, callbacks)
        except FormParserError as error:
            raise NoForm from error

    def feed(self, piece: bytes) -> None:
        """Read a piece. Raises NoForm, and TooManyFiles."""
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise NoForm from error

    def close(self) -> Form:
        """Give the form. Raises NoForm where its end did not arrive."""
        if not self._is_whole:
            raise NoForm
        return self.form

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise NoForm
        self._header, self._disposition, self._content = [b"", b""], b"", bytearray()

    def _add_to_header(self, at: int, piece: bytes) -> None:
        self._header[at] += piece

    def _end_header(self) -> None:
        name, value = self._header
        if name.strip().lower() == b"content-disposition":
            self._disposition = value
        self._header = [b"", b""]

    def _add(self, data: bytes, start: int, end: int) -> None:
        self._content += data[start:end]

    def _end(self) -> None:
        _, options = parse_options_header(self._disposition)
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in options:
            if file_name := _file_name(options[b"filename"]):
                self._files += 1
                if self._files > MOST_FILES:
                    raise TooManyFiles
                self.form.files.setdefault(name, []).append((file_name, bytes(self._content)))
        elif len(self._content) > _MOST_FIELD_BYTES:
            raise NoForm
        else:
            self.form.fields[name] = self._content.decode("utf-8", "replace").strip()
        self._content = bytearray()

    def _finish(self) -> None:
        self._is_whole = True


def _file_name(name: bytes) -> str:
    """Give a file's name, or its path within the folder that was chosen, as the browser gives it; none was chosen: ''.

    A form escapes quotation marks and line breaks by percent signs, and nothing else.
    """
    text = name.decode("utf-8", "replace")
    for escaped in ("%22", "%0D", "%0A"):
        text = text.replace(escaped, unquote(escaped))
    parts = [part for part in text.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    return "/".join(parts)
