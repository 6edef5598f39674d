"""Archives and workbooks as containers: what they hold, and whether it is safe to unpack (F06).

Nothing is ever unpacked to disk, and nothing before the directory of the archive has been judged.
"""

from __future__ import annotations

import io
import lzma
import re
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from tasks.intake.faults import Unreadable, Unsafe
from tasks.intake.forms import COMPOUND_FILE

MOST_UNPACKED_BYTES = 200_000_000
MOST_UNPACKED_RATIO = 100
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 0x1
_UTF_8_FLAG = 0x800
_METHODS = {1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "bzip2", 14: "LZMA", 18: "IBM TERSE", 93: "Zstandard",
            95: "XZ", 96: "JPEG", 97: "WavPack", 98: "PPMd", 99: "AES"}  # fmt: skip
"""What the methods of packing are called. Source: PKWARE's APPNOTE, 4.4.5."""
_DRIVE = re.compile(r"^[A-Za-z]:")


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open an archive or a workbook held in memory, having judged its directory.

    Raises Unsafe (F06) for a path that leaves the folder, a link, encryption, macros, or too much to unpack;
    Unreadable (F01) when it is no archive.
    """
    if data.startswith(COMPOUND_FILE) and _ENCRYPTED_PACKAGE in data:
        raise Unsafe("filen er krypteret", "the file is encrypted")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(
            "filen er ikke et læsbart arkiv: pak filerne igen som almindelig zip",
            "the file is not a readable archive: pack the files anew as a plain zip",
        ) from error
    _judge(archive.infolist(), len(data))
    return archive


def _judge(entries: list[zipfile.ZipInfo], size_bytes: int) -> None:
    unpacked_bytes = 0
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
            raise Unsafe("arkivet har en sti, der forlader mappen", "the archive has a path that leaves the folder")
        if not PurePosixPath(name).parts:
            raise Unreadable("arkivet har en fil uden navn", "the archive has a file without a name")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Unsafe("arkivet indeholder et link", "the archive holds a link")
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise Unsafe("arkivet er krypteret", "the archive is encrypted")
        if name.lower().endswith("vbaproject.bin"):
            raise Unsafe("projektmappen indeholder makroer", "the workbook holds macros")
        unpacked_bytes += entry.file_size
    if unpacked_bytes > MOST_UNPACKED_BYTES or unpacked_bytes > MOST_UNPACKED_RATIO * size_bytes:
        raise Unsafe(
            f"arkivet fylder {unpacked_bytes} bytes udpakket, hvilket er for meget",
            f"the archive unpacks to {unpacked_bytes} bytes, which is too much",
        )


def name_of(entry: zipfile.ZipInfo) -> str:
    """Give an entry's name: one that is not flagged as UTF-8 is that all the same, or a Danish Windows' (cp850)."""
    if entry.flag_bits & _UTF_8_FLAG:
        return entry.filename
    # So zipfile has decoded it, and every byte is some character of cp437.
    written = entry.filename.encode("cp437")
    try:
        return written.decode()
    except UnicodeDecodeError:
        return written.decode("cp850")


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unpack one entry into memory, never more than the directory promised.

    Raises Unreadable when the entry is damaged, Unsafe when it holds more than it says.
    """
    try:
        with archive.open(entry) as file:
            data = file.read(entry.file_size)
            if file.read(1):
                raise Unsafe("arkivet fylder mere, end det oplyser", "the archive unpacks to more than it says")
    except NotImplementedError as error:
        method = _METHODS.get(entry.compress_type, str(entry.compress_type))
        raise Unreadable(
            f"arkivet er pakket med en metode, der ikke kan læses ({method}): pak det igen som almindelig zip "
            "(Deflate)",
            f"the archive is packed by a method that can't be read ({method}): pack it anew as a plain zip (Deflate)",
        ) from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
    ) as error:
        raise Unreadable("arkivet er beskadiget", "the archive is damaged") from error
    if len(data) != entry.file_size:
        raise Unreadable("arkivet er beskadiget", "the archive is damaged")
    return data
