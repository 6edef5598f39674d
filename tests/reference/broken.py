"""What makes a delivery refused: one function for each way, over its files or its archive."""

from __future__ import annotations

import io
import random
import stat
import zipfile
from collections.abc import Callable

FileList = list[tuple[str, bytes]]
Breaker = Callable[[random.Random, FileList], FileList]


def _replace(rng: random.Random, files: FileList, suffix: str, data: bytes | None) -> FileList:
    """Replace (None: take away) one file whose name ends so; without such a file, change nothing."""
    positions = [number for number, (name, _) in enumerate(files) if name.lower().endswith(suffix)]
    if not positions:
        return files
    position = rng.choice(positions)
    changed = list(files)
    changed[position : position + 1] = [] if data is None else [(files[position][0], data)]
    return changed


def take_a_file_away(rng: random.Random, files: FileList) -> FileList:
    return _replace(rng, files, "", None)


def empty_a_file(rng: random.Random, files: FileList) -> FileList:
    return _replace(rng, files, "", b"")


def leave_a_quote_open(rng: random.Random, files: FileList) -> FileList:
    return _replace(rng, files, "borgere.csv", b'borger_id;cpr\n"1;2\n3;4\n')


def write_unknown_bytes(rng: random.Random, files: FileList) -> FileList:
    return _replace(rng, files, ".csv", b"borger_id;cpr\n\x81\x8d;\xe6\n")


def write_a_nul(rng: random.Random, files: FileList) -> FileList:
    return _replace(rng, files, ".csv", b"borger_id;cpr\n1\x00;2\n")


def cut_a_parquet_file(rng: random.Random, files: FileList) -> FileList:
    return _replace(rng, files, ".parquet", b"PAR1 cut off")


def spoil_the_workbook(rng: random.Random, files: FileList) -> FileList:
    return _replace(rng, files, ".xlsx", rng.choice((b"PK\x03\x04 no workbook", b"no workbook at all")))


def hand_a_table_in_twice(rng: random.Random, files: FileList) -> FileList:
    return [*files, (rng.choice(("borgeRE.csv", "uDgifter.csv", "kontrolTAL.csv", "KONTROLTAL.csv")), _headers(rng))]


def _headers(rng: random.Random) -> bytes:
    return rng.choice((b"borger_id;cpr\n", b"tabel;antal;sum_beloeb\n"))


def miss_columns(rng: random.Random, files: FileList) -> FileList:
    return _replace(rng, files, ".csv", b"borger_id;cpr\n1;2\n")


def repeat_a_column(rng: random.Random, files: FileList) -> FileList:
    header = b"bilagsnr;dato;kategori;beloeb;Ekstra kolonne;ekstra-kolonne\n"
    return [
        *_replace(rng, _replace(rng, files, "udgifter.csv", None), "udgifter.parquet", None),
        ("udgifter.csv", header),
    ]


def name_the_workbook_for_macros(rng: random.Random, files: FileList) -> FileList:
    return [(name[:-1] + "m" if name.lower().endswith(".xlsx") else name, data) for name, data in files]


def put_macros_in_the_workbook(rng: random.Random, files: FileList) -> FileList:
    return [
        (name, _with_entry(data, "xl/vbaProject.bin", b"macro") if name.lower().endswith(".xlsx") else data)
        for name, data in files
    ]


def bomb_the_workbook(rng: random.Random, files: FileList) -> FileList:
    return [
        (name, _with_entry(data, "xl/media/big.bin", b" " * 6_000_000) if name.lower().endswith(".xlsx") else data)
        for name, data in files
    ]


def add_other_files(rng: random.Random, files: FileList) -> FileList:
    return [
        *files,
        (rng.choice(("læs mig.txt", "bilag/611270-1234.pdf", "borgere.xls", "Thumbs.db", ".gitkeep")), b"x"),
    ]


def miscount(rng: random.Random, files: FileList) -> FileList:
    total = rng.choice((
        b"tabel;antal;sum_beloeb\nborgere;999;\n", b"tabel;antal;sum_beloeb\nudgifter;0;0,01\n",
        b"tabel;antal\nborgere;1\n", b"tabel;antal;sum_beloeb\nandet;1;\n", b"tabel;antal;sum_beloeb\nforloeb;en;\n",
    ))  # fmt: skip
    return [*(file for file in files if file[0] != "kontroltal.csv"), ("kontroltal.csv", total)]


BREAKERS: tuple[Breaker, ...] = (
    take_a_file_away, empty_a_file, leave_a_quote_open, write_unknown_bytes, write_a_nul, cut_a_parquet_file,
    spoil_the_workbook, hand_a_table_in_twice, miss_columns, repeat_a_column, name_the_workbook_for_macros,
    put_macros_in_the_workbook, bomb_the_workbook, add_other_files, miscount,
)  # fmt: skip


def _with_entry(data: bytes, name: str, content: bytes, mode: int = 0) -> bytes:
    """Return an archive with one more entry; what is no archive as it is."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = mode << 16
        archive.writestr(entry, content)
    return file.getvalue()


def break_archive(rng: random.Random, data: bytes) -> bytes:
    """Return an archive that is refused as a whole."""
    kind = rng.randrange(6)
    if kind == 0:
        return _with_entry(data, rng.choice(("../ude.csv", "/etc/ude.csv", "a/../../ude.csv")), b"x")
    if kind == 1:
        return _with_entry(data, "borgere.csv", b"/etc/hostname", stat.S_IFLNK | 0o777)
    if kind == 2:
        return _with_entry(data, "stor.csv", b" " * 30_000_000)
    if kind == 3:
        return data[: len(data) // 2]
    if kind == 4:
        return b""
    return _with_encryption_flags(data)


def _with_encryption_flags(data: bytes) -> bytes:
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = changed.find(signature)
        while position >= 0:
            changed[position + offset] |= 1
            position = changed.find(signature, position + 1)
    return bytes(changed)
