"""The pages of a Parquet file, as its footer lists them: how much they unpack to, and whether their checksums hold.

Polars checks neither. Source: the Parquet format (parquet.thrift, 'PageHeader'; 'Checksumming') and Thrift's compact
protocol, which the footer and the page headers are written in.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from tasks.intake.archive import MOST_UNPACKED_BYTES
from tasks.intake.faults import Unreadable, Unsafe
from tasks.intake.forms import PARQUET, refuse_another_form

_MAGIC = b"PAR1"
_FOOTER_TAIL_BYTES = 8
_CELL_BYTES = 16
"""The least memory that a cell of text takes, also where a thousand cells are one byte of the file."""
_DEEPEST = 16

# Field numbers of parquet.thrift.
_SCHEMA, _ROWS, _ROW_GROUPS = 2, 3, 4
_CHUNKS = 1
_METADATA = 3
_NAME, _CHILDREN = 4, 5
_VALUES, _COMPRESSED_BYTES, _DATA_OFFSET, _DICTIONARY_OFFSET = 5, 7, 9, 11
_PAGE_UNCOMPRESSED_BYTES, _PAGE_COMPRESSED_BYTES, _PAGE_CRC, _DATA_PAGE, _DATA_PAGE_V2 = 2, 3, 4, 5, 8
_PAGE_VALUES = 1

Fields = dict[int, Any]


def judge_pages(data: bytes) -> tuple[str, ...]:
    """Judge a Parquet file before it is read; give the names of its columns.

    Raises Unsafe (F06) where it unpacks to too much, Unreadable (F01) where it is damaged: a page with a checksum that
    does not hold, a page outside the file, a column whose pages hold another number of values than it says.
    """
    refuse_another_form(data, ".parquet", PARQUET)
    try:
        footer = _footer(data)
        if footer[_ROWS] * len(footer[_SCHEMA]) * _CELL_BYTES > MOST_UNPACKED_BYTES:
            raise Unsafe("filen fylder for meget udpakket", "the file unpacks to too much")
        unpacked_bytes = 0
        for group in footer[_ROW_GROUPS]:
            for chunk in group[_CHUNKS]:
                unpacked_bytes += _judge_chunk(data, chunk[_METADATA])
        names = tuple(_column_names(footer[_SCHEMA]))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise _damaged() from error
    if unpacked_bytes > MOST_UNPACKED_BYTES:
        raise Unsafe("filen fylder for meget udpakket", "the file unpacks to too much")
    return names


def _damaged() -> Unreadable:
    return Unreadable(
        "filen kan ikke læses som Parquet, da den er beskadiget: skriv den igen",
        "the file can't be read as Parquet, since it is damaged: write it anew",
    )


def _footer(data: bytes) -> Fields:
    if not data.startswith(_MAGIC) or not data.endswith(_MAGIC):
        raise ValueError("no Parquet file")
    length = int.from_bytes(data[-_FOOTER_TAIL_BYTES : -len(_MAGIC)], "little")
    start = len(data) - _FOOTER_TAIL_BYTES - length
    if start < len(_MAGIC):
        raise ValueError("no footer")
    return _Compact(data, start).struct()


def _column_names(schema: list[Fields]) -> Iterator[str]:
    """Give the names of the root's children; each is followed by its own, which are no columns."""
    within = 0
    for element in schema[1:]:
        if within:
            within -= 1
        else:
            yield element[_NAME].decode("utf-8", "replace")
        within += element.get(_CHILDREN, 0)


def _judge_chunk(data: bytes, column: Fields) -> int:
    """Judge a column's pages; give what they unpack to, in bytes."""
    unpacked_bytes = values = 0
    for header, body in _pages(data, column):
        unpacked_bytes += header[_PAGE_UNCOMPRESSED_BYTES]
        for kind in (_DATA_PAGE, _DATA_PAGE_V2):
            values += header.get(kind, {}).get(_PAGE_VALUES, 0)
        crc = header.get(_PAGE_CRC)
        if crc is not None and zlib.crc32(body) != crc & 0xFFFFFFFF:
            raise ValueError("checksum")
    if values != column[_VALUES]:
        raise ValueError("values")
    return unpacked_bytes


def _pages(data: bytes, column: Fields) -> Iterator[tuple[Fields, memoryview]]:
    at = min(filter(None, (column.get(_DICTIONARY_OFFSET), column[_DATA_OFFSET])))
    end = at + column[_COMPRESSED_BYTES]
    while at < end:
        reader = _Compact(data, at)
        header = reader.struct()
        size = header[_PAGE_COMPRESSED_BYTES]
        at = reader.at + size
        if size < 0 or header[_PAGE_UNCOMPRESSED_BYTES] < 0 or at > len(data):
            raise ValueError("page")
        yield header, memoryview(data)[reader.at : at]


class _Compact:
    """Reads Thrift's compact protocol; a struct becomes its fields by number."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data = data
        self.at = at

    def struct(self, depth: int = 0) -> Fields:
        """Read a struct."""
        if depth > _DEEPEST or self.at < 0:
            raise ValueError("depth")
        fields: Fields = {}
        number = 0
        while (head := self._byte()) != 0:
            number = number + (head >> 4) if head >> 4 else self._integer()
            kind = head & 0x0F
            fields[number] = kind == 1 if kind in (1, 2) else self._value(kind, depth + 1)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        if kind in (1, 2, 3):
            return self._byte()
        if kind in (4, 5, 6):
            return self._integer()
        if kind == 7:
            return self._bytes(8)
        if kind == 8:
            return self._bytes(self._varint())
        if kind in (9, 10):
            return self._list(depth)
        if kind == 12:
            return self.struct(depth)
        # Nothing that is read here holds a map (11).
        raise ValueError("kind")

    def _list(self, depth: int) -> list[Any]:
        if depth > _DEEPEST:
            raise ValueError("depth")
        head = self._byte()
        count = head >> 4 if head >> 4 < 15 else self._varint()
        return [self._value(head & 0x0F, depth + 1) for _ in range(count)]

    def _byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def _bytes(self, count: int) -> bytes:
        if count > len(self.data) - self.at:
            raise ValueError("length")
        self.at += count
        return self.data[self.at - count : self.at]

    def _varint(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return number
            if shift > 63:
                raise ValueError("number")

    def _integer(self) -> int:
        number = self._varint()
        return number >> 1 ^ -(number & 1)
