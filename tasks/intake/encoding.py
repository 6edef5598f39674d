"""From the bytes of a CSV file to its characters, whatever encoding they are in."""

from __future__ import annotations

import codecs

from tasks.intake.faults import Unreadable
from tasks.intake.words import clean, unusual

_MOSTLY = 0.25
"""From this share of NUL among the bytes of a place on, a text without BOM is taken for UTF-16 or UTF-32."""
_SELDOM = 0.05
_FIRST_HIGH = 0x80
_ENCODING_HEAD = 2000
_OTHER_ENCODINGS = {"cp850": "CP850 (DOS)", "mac_roman": "Mac Roman"}


def decode(data: bytes) -> tuple[str, str]:
    """Decode a CSV file: UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1252; give it clean, and `unusual`.

    Raises Unreadable when no encoding explains the bytes, or the text holds a NUL.
    """
    text = _decoded(data)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(
            f"filen indeholder NUL-tegn (U+0000, første gang i linje {line}): gem den igen som CSV UTF-8",
            f"the file holds NUL characters (U+0000, the first in line {line}): save it anew as CSV UTF-8",
        )
    odd = unusual(text)
    return clean(text, odd), odd


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _in_encoding("UTF-32")
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        _refuse_wide_characters(data)
        if data.startswith(codecs.BOM_UTF8):
            return data.decode("utf-8-sig")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("cp1252")
    except UnicodeDecodeError as error:
        guess = _encoding_of(data)
        da, en = (f"; den ligner {guess}", f"; it looks like {guess}") if guess else ("", "")
        raise Unreadable(
            f"filens tegn kan ikke læses (byte {error.start + 1}){da}: gem den som CSV UTF-8",
            f"its characters can't be decoded (byte {error.start + 1}){en}: save it as CSV UTF-8",
        ) from error


def _in_encoding(name: str, da: str = "", en: str = "") -> Unreadable:
    return Unreadable(
        f"filen ligner {name}{da}, så dens tegn ikke kan læses: gem den som CSV UTF-8",
        f"the file looks like {name}{en}, so its characters can't be read: save it as CSV UTF-8",
    )


def _refuse_wide_characters(data: bytes) -> None:
    """Refuse a text of two or four bytes a character that has no BOM: most bytes of a place are NUL."""
    if b"\0" not in data:
        return
    shares = [data[at::4].count(0) * 4 / len(data) for at in range(4)]
    if min(shares[1:]) > _MOSTLY or min(shares[:3]) > _MOSTLY:
        # Four places of NUL are no text.
        if min(shares) < _SELDOM:
            raise _in_encoding("UTF-32")
    elif max(min(shares[::2]), min(shares[1::2])) > _MOSTLY:
        raise _in_encoding("UTF-16", " uden BOM", " without a BOM")


def _encoding_of(data: bytes) -> str | None:
    """Guess the encoding of bytes that no usual one explains: the one that makes most of them Danish letters."""
    high = bytes(byte for byte in data if byte >= _FIRST_HIGH)
    if len(high) * 2 > len(data):
        plain = data[:_ENCODING_HEAD].decode("cp500")
        return "EBCDIC" if sum(map(_is_plain, plain)) * 2 > len(plain) else None
    counts = {name: sum(map(high.decode(codec).count, "æøåÆØÅ")) for codec, name in _OTHER_ENCODINGS.items()}
    most = max(counts, key=counts.__getitem__)
    return most if counts[most] * 2 > len(high) else None


def _is_plain(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in " ;,-_.\r\n\x85")
