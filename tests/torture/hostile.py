"""Deliveries made to harm whoever unpacks or reads them: each with the code that must refuse it."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Mapping
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from tests.support.effort import times
from tests.torture.deliveries import COLUMNS, csv_files, parquet_files, workbook_files

BOMB_BYTES = times(12_000_000, 700_000_000)
SHEET, STRINGS, TYPES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
WORKBOOK = "indberetning.xlsx"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
STRANGER = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


class Hostile(NamedTuple):
    """A delivery's files, and the codes with which it may be refused."""

    files: Mapping[str, bytes]
    codes: frozenset[str]


def hostile_deliveries() -> dict[str, Hostile]:
    """Give all of them by name."""
    zeros = bytes(BOMB_BYTES)
    cells = {
        "the last corner": '<row r="40"><c r="XFD1048576"><v>1</v></c></row>',
        "the last row": '<row r="1048576"><c><v>1</v></c></row>',
        "no sheet": '<row r="40"><c r="ZZZZZZZ99999999999"><v>1</v></c></row>',
    }
    archives = {
        "a bomb": zipped({**csv_files(), "big.bin": zeros}),
        "a bomb that is a table": zipped({**csv_files(), "borgere.csv": zeros}),
        "a bomb that tells a small size": _lying(zipped({**csv_files(), "borgere.csv": zeros}), len(zeros), 4096),
        "a size that is not there": _lying(zipped(csv_files()), len(csv_files()["borgere.csv"]), 0x7FFFFFFF),
        "a path to above": zipped({**csv_files(), "../../borgere.csv": b"x"}),
        "a path to above, in the Windows way": zipped({**csv_files(), "..\\borgere.csv": b"x"}),
        "a path from the root": zipped({**csv_files(), "/borgere.csv": b"x"}),
        "a path to a drive": zipped({**csv_files(), "C:\\borgere.csv": b"x"}),
        "a link": zipped({**csv_files(), "bilag": b"/etc/passwd"}, mode=stat.S_IFLNK | 0o777),
        "an encrypted archive": _encrypted(zipped(csv_files())),
    }
    workbooks = {
        "a workbook that is a bomb": _workbook({STRINGS: zeros}),
        "a workbook that tells a small size": _lying(_workbook({STRINGS: zeros}), len(zeros), 4096),
        "a workbook with entities": _workbook({SHEET: _with_doctype(LAUGHS)}),
        "a workbook with a file from elsewhere": _workbook({SHEET: _with_doctype(STRANGER)}),
        "a workbook with entities far in": _workbook({SHEET: _with_doctype(f"<!--{'x' * 10_000}-->{LAUGHS}")}),
        "a workbook with entities in UTF-16": _workbook({SHEET: _with_doctype(LAUGHS).decode().encode("utf-16")}),
        "a workbook with macros": _workbook({"xl/vbaProject.bin": b"macro"}),
        "a workbook with macros under another name": _workbook({TYPES: _types_with_macros()}),
        "a workbook with an external path": _workbook({"../../x.xml": b"<x/>"}),
        "an encrypted workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40,
        **{f"a workbook with a cell in {place}": _workbook({SHEET: _with_row(row)}) for place, row in cells.items()},
    }
    damaged_or_unsafe = {"a bomb that tells a small size", "a workbook that tells a small size"}
    hostile = {name: Hostile({"": data}, _codes(name, damaged_or_unsafe)) for name, data in archives.items()}
    hostile |= {name: Hostile({WORKBOOK: data}, _codes(name, damaged_or_unsafe)) for name, data in workbooks.items()}
    hostile |= {
        f"{name}, in an archive": Hostile({"": zipped(one.files)}, one.codes)
        for name, one in hostile.items()
        if WORKBOOK in one.files
    }
    return hostile | {
        "a workbook named for macros": Hostile({"indberetning.xlsm": _workbook({})}, frozenset({"F06"})),
        "a nested archive": Hostile({"": zipped({"levering.zip": zipped(csv_files())})}, frozenset({"F02"})),
        "a nested bomb": Hostile(
            {"": zipped({"levering.zip": zipped({"borgere.csv": zeros})})}, frozenset({"F02", "F06"})
        ),
        "an entry without a name": Hostile({"": zipped({**csv_files(), ".": b"x"})}, frozenset({"F01"})),
        "a table twice": Hostile({"": zipped({**csv_files(), "Borgere.csv": b"x;y\n"})}, frozenset({"F02"})),
        "a table of nulls": Hostile(
            {**parquet_files(has_checksums=False), "borgere.parquet": _nulls()}, frozenset({"F06"})
        ),
        "a workbook that tells of many texts": Hostile(
            {WORKBOOK: _workbook({STRINGS: b'<sst count="4000000000" uniqueCount="4000000000"></sst>'})},
            frozenset({"F06"}),
        ),
    }


def _codes(name: str, damaged_or_unsafe: set[str]) -> frozenset[str]:
    return frozenset({"F01", "F06"}) if name in damaged_or_unsafe else frozenset({"F06"})


def zipped(files: Mapping[str, bytes], mode: int = 0o644) -> bytes:
    """Give an archive of the files, each with `mode`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry._compresslevel = 1  # type: ignore[attr-defined] # bombs are made quickly
            archive.writestr(entry, data)
    return file.getvalue()


def _lying(data: bytes, told: int, instead: int) -> bytes:
    return data.replace(struct.pack("<I", told), struct.pack("<I", instead))


def _encrypted(data: bytes) -> bytes:
    """Set the flag of encryption in every header."""
    changed = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(magic)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(magic, at + 4)
    return bytes(changed)


def workbook_parts() -> dict[str, bytes]:
    """Give the parts of a workbook in which every row counts."""
    with zipfile.ZipFile(io.BytesIO(workbook_files()[WORKBOOK])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _workbook(changed: Mapping[str, bytes]) -> bytes:
    return zipped({**workbook_parts(), **changed})


def _with_doctype(doctype: str) -> bytes:
    sheet = workbook_parts()[SHEET].decode()
    return (doctype + sheet.replace("</sheetData>", '<row r="40"><c t="str"><v>&j;</v></c></row></sheetData>')).encode()


def _with_row(row: str) -> bytes:
    return workbook_parts()[SHEET].replace(b"</sheetData>", row.encode() + b"</sheetData>")


def _types_with_macros() -> bytes:
    return workbook_parts()[TYPES].replace(b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")


def _nulls() -> bytes:
    """Give a table of 20 million rows of nothing, in a few kB."""
    file = io.BytesIO()
    column = pa.nulls(20_000_000, pa.string())
    pq.write_table(pa.table(dict.fromkeys(COLUMNS["borgere"], column)), file, row_group_size=20_000_000)
    return file.getvalue()
