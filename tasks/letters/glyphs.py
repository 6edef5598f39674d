"""Which characters the letters' font can write, and what stands for the others.

A PDF/A must not hold a character without a glyph or for private use. A letter repeats a municipality's file name and
its answer, and these may hold any character.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

from tasks.base.paths import TEMPLATES

FONTS = TEMPLATES / "letters" / "fonts"
_UNICODE_BMP = (3, 1)


def _characters(font: Path) -> set[int]:
    """Read the characters of a TrueType font's Windows Unicode table (cmap format 4)."""
    data = font.read_bytes()
    tables = {data[at : at + 4]: data[at + 8 : at + 12] for at in range(12, 12 + 16 * int.from_bytes(data[4:6]), 16)}
    cmap = int.from_bytes(tables[b"cmap"])
    count = int.from_bytes(data[cmap + 2 : cmap + 4])
    encodings = (struct.unpack_from(">HHI", data, cmap + 4 + 8 * one) for one in range(count))
    table = cmap + next(offset for *encoding, offset in encodings if tuple(encoding) == _UNICODE_BMP)
    form, _, _, doubled = struct.unpack_from(">HHHH", data, table)
    if form != 4:
        raise ValueError(f"{font.name} has a character table of format {form}, not 4")
    ends = struct.unpack_from(f">{doubled // 2}H", data, table + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", data, table + 16 + doubled)
    return {code for start, end in zip(starts, ends, strict=True) for code in range(start, end + 1)} - {0xFFFF, 0xFEFF}


@cache
def _unwritable() -> re.Pattern[str]:
    known = set.intersection(*(_characters(font) for font in sorted(FONTS.glob("*.ttf"))))
    written = [sign for sign in map(chr, sorted(known)) if unicodedata.category(sign) not in ("Cc", "Co")]
    return re.compile(f"[^{re.escape(''.join(written))}\t\r\n]")


def writable(text: str) -> str:
    """Give a text with nothing that a letter can't hold: `中`, which the fonts lack, is written `[U+4E2D]`.

    Line ends and tabs stay: no layout meets them.
    """
    return _unwritable().sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text)
