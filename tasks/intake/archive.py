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

from tasks.intake.faults import Damaged, Unreadable, Unsafe
from tasks.intake.forms import COMPOUND_FILE
from tasks.intake.inbox import printable

MACROS = (
    "projektmappen indeholder makroer: gem den som .xlsx uden makroer",
    "the workbook holds macros: save it as .xlsx without macros",
)
"""What is wrong with a workbook that holds macros, and how to mend it."""
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
    Unreadable (F01) when it is empty, Damaged (F01) when it is no archive.
    """
    if is_encrypted(data):
        raise Unsafe(
            "filen er beskyttet med adgangskode: gem den uden",
            "the file is protected by a password (encrypted): save it without",
        )
    if not data:
        raise Unreadable("filen er tom", "the file is empty")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Damaged(
            "filen er ikke et læsbart arkiv: pak filerne igen som almindelig zip",
            "the file is not a readable archive: pack the files anew as a plain zip",
        ) from error
    _judge(archive.infolist(), len(data))
    return archive


def is_encrypted(data: bytes) -> bool:
    """Return whether a file is a workbook that Office has encrypted: no archive, but one of its old containers."""
    return data.startswith(COMPOUND_FILE) and _ENCRYPTED_PACKAGE in data


def _judge(entries: list[zipfile.ZipInfo], size_bytes: int) -> None:
    unpacked_bytes = 0
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
            raise Unsafe(
                f'arkivet har en sti, der forlader mappen ("{printable(name)}")',
                f'the archive has a path that leaves the folder ("{printable(name)}")',
            )
        if not PurePosixPath(name).parts:
            raise Unreadable("arkivet har en fil uden navn", "the archive has a file without a name")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Unsafe(
                f'arkivet indeholder et link ("{printable(name)}")', f'the archive holds a link ("{printable(name)}")'
            )
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise Unsafe(
                "arkivet er beskyttet med adgangskode: pak det uden",
                "the archive is protected by a password (encrypted): pack it without",
            )
        if name.lower().endswith("vbaproject.bin"):
            raise Unsafe(*MACROS)
        unpacked_bytes += entry.file_size
    if unpacked_bytes > MOST_UNPACKED_BYTES:
        raise Unsafe(
            f"arkivet fylder {unpacked_bytes} bytes udpakket, hvilket er for meget: højst {MOST_UNPACKED_BYTES} bytes",
            f"the archive unpacks to {unpacked_bytes} bytes, which is too much: at most {MOST_UNPACKED_BYTES} bytes",
        )
    if unpacked_bytes > MOST_UNPACKED_RATIO * size_bytes:
        raise Unsafe(
            f"arkivet fylder {unpacked_bytes} bytes udpakket, hvilket er for meget: højst {MOST_UNPACKED_RATIO} gange "
            f"filens {size_bytes} bytes",
            f"the archive unpacks to {unpacked_bytes} bytes, which is too much: at most {MOST_UNPACKED_RATIO} times "
            f"the file's {size_bytes} bytes",
        )


def name_of(entry: zipfile.ZipInfo) -> str:
    """Give an entry's name: one without the UTF-8 flag is in UTF-8 all the same, or in a Danish Windows' cp850."""
    if entry.flag_bits & _UTF_8_FLAG:
        return entry.filename
    # zipfile has decoded it as cp437, in which every byte is some character.
    try:
        written = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        # From Python 3.12 on, zipfile gives the Unicode name of an extra field (0x7075), as Info-ZIP writes it.
        return entry.filename
    try:
        return written.decode()
    except UnicodeDecodeError:
        return written.decode("cp850")


def _damaged(entry: zipfile.ZipInfo) -> Damaged:
    name = printable(name_of(entry))
    return Damaged(
        f'arkivet er beskadiget ("{name}" kan ikke pakkes ud): pak filerne igen',
        f'the archive is damaged ("{name}" can\'t be unpacked): pack the files anew',
    )


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unpack one entry into memory, never more than the directory promised.

    Raises Damaged or Unreadable when the entry can't be unpacked, Unsafe when it holds more than it says.
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
        raise _damaged(entry) from error
    if len(data) != entry.file_size:
        raise _damaged(entry)
    return data
