"""Reading a municipality's answer from a text file."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from tasks.base.cpr import mask
from tasks.base.errors import InputError
from tasks.base.regular import read_file
from tasks.base.system import told_by_system
from tasks.base.worded import phrase

MOST_CHARACTERS = 2_000
"""How much of an answer is kept: docs/hearing.md, 'Record'."""

_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True)
class AnswerText:
    """An answer: the hash of its bytes, how many characters it has, and how it begins, personal numbers masked."""

    sha256: str
    characters: int
    beginning: str


NOTHING_TO_REMARK = AnswerText("", 0, "")


def read_answer(path: Path) -> AnswerText:
    """Read an answer: UTF-8, UTF-16 with its mark, or Windows-1252.

    Raises InputError for a file that can't be read, that is no text, or that is blank.
    """
    name = mask(path.name)
    try:
        contents = read_file(path)
    except OSError as error:
        raise InputError(
            phrase(
                "{name} can't be read ({strerror}): name the answer's text file.",
                name=name,
                strerror=told_by_system(error),
            )
        ) from error
    text = _decoded(contents)
    if text is None:
        raise InputError(
            phrase("{name} is no text file: save what the municipality wrote as plain text, and name that.", name=name)
        )
    # Masked before it is cut: a cut could leave the beginning of a number, which no longer reads as one.
    seen = mask(_UNSEEN.sub(" ", _LINE_END.sub("\n", text)).strip())
    if not seen:
        raise InputError(phrase("{name} is blank: use --none where the municipality has nothing to remark.", name=name))
    return AnswerText(hashlib.sha256(contents).hexdigest(), len(seen), seen[:MOST_CHARACTERS].rstrip())


def _decoded(contents: bytes) -> str | None:
    encodings = ["utf-8-sig", "cp1252"]
    if contents.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in contents or contents.startswith(b"%PDF-"):
        return None
    for encoding in encodings:
        try:
            return contents.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
