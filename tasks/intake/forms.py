"""What a file is, whatever its name says: its first bytes show it, so that the writer knows what to save again."""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple

from tasks.intake.faults import Unreadable

_HEAD = 4096
"""How many bytes are looked at."""
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the old formats of Office begin, and an encrypted workbook."""
_TAR_AT = 257


class Form(NamedTuple):
    """A form of file: its name, and what it is."""

    name_da: str
    da: str
    name_en: str
    en: str


def _form(name: str, da: str, en: str) -> Form:
    return Form(name, da, name, en)


XLS = _form(".xls", "et gammelt Excel-format", "an old format of Excel")
ODS = _form(".ods", "OpenDocument", "OpenDocument")
XLSB = _form(".xlsb", "binær Excel-projektmappe", "a binary Excel workbook")
XLSX = _form(".xlsx", "en Excel-projektmappe", "an Excel workbook")
TEXT = Form("tekst", "fx CSV", "text", "such as CSV")
ZIP = Form("et zip-arkiv", "pakkede filer", "a zip archive", "packed files")
PARQUET = _form("Parquet", "en tabel", "a table")
_HTML = _form("HTML", "en webside", "a web page")
_XML = _form("XML", "opmærket tekst", "marked-up text")
_NUMBERS = _form("Numbers", "Apples regneark", "Apple's spreadsheet")
_OLD_SHEET = _form("", "et gammelt regnearksformat", "an old format of spreadsheets")
_JSON = _form("JSON", "data til programmer", "data for programs")

_BY_FIRST_BYTES: tuple[tuple[bytes, Form], ...] = (
    (b"%PDF", _form("PDF", "et dokument", "a document")),
    (b"{\\rtf", _form("RTF", "et dokument", "a document")),
    (b"\x1f\x8b", _form("gzip", "en pakket fil", "a packed file")),
    (b"BZh", _form("bzip2", "en pakket fil", "a packed file")),
    (b"\xfd7zXZ\0", _form("xz", "en pakket fil", "a packed file")),
    (b"\x28\xb5\x2f\xfd", _form("Zstandard", "en pakket fil", "a packed file")),
    (b"7z\xbc\xaf\x27\x1c", _form("7-Zip", "et arkiv", "an archive")),
    (b"Rar!\x1a\x07", _form("RAR", "et arkiv", "an archive")),
    (b"MSCF\0", _form("CAB", "et arkiv", "an archive")),
    (b"PAR1", PARQUET),
    (b"PARE", Form("krypteret Parquet", "en tabel", "encrypted Parquet", "a table")),
    (b"ARROW1", _form("Arrow", "en tabel", "a table")),
    (b"FEA1", _form("Feather", "en tabel", "a table")),
    (b"ORC", _form("ORC", "en tabel", "a table")),
    (b"Obj\x01", _form("Avro", "en tabel", "a table")),
    (b"\x89HDF", _form("HDF5", "en tabel", "a table")),
    (b"RDX", _form("R", "data til programmet R", "data for the program R")),
    (b"$FL2", _form("SPSS", "en tabel", "a table")),
    (b"\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60", _form("SAS", "en tabel", "a table")),
    (b"<stata_dta>", _form("Stata", "en tabel", "a table")),
    (b"SQLite format 3\0", _form("SQLite", "en database", "a database")),
    (b"\0\x01\0\0Standard ", _form("Access", "en database", "a database")),
    (b"\x89PNG", _form("PNG", "et billede", "a picture")),
    (b"\xff\xd8\xff", _form("JPEG", "et billede", "a picture")),
    (b"GIF8", _form("GIF", "et billede", "a picture")),
    (b"II*\0", _form("TIFF", "et billede", "a picture")),
    (b"MM\0*", _form("TIFF", "et billede", "a picture")),
    (b"L\0\0\0\x01\x14\x02\0", Form("en genvej", "til en anden fil", "a shortcut", "to another file")),
    (COMPOUND_FILE, XLS),
    (b"\x09\x00\x04\x00", XLS),
    (b"\x09\x02\x06\x00", XLS),
    (b"\x09\x04\x06\x00", XLS),
    (b"\x09\x08\x10\x00", XLS),
    (b"\x09\x08\x08\x00", XLS),
)
_BY_TEXT: tuple[tuple[re.Pattern[bytes], Form], ...] = (
    (re.compile(rb"<(?:!doctype html|html|table|head|meta|body|style|div|!--)|mime-version:"), _HTML),
    (re.compile(rb"<\?xml|<[a-z][\w:.-]*(?:\s[^<>]*)?>\s*<"), _XML),
    (re.compile(rb"\[\s*[\[{]|\{\s*\"|\[\s*\"[^\"]*\"\s*[,\]]"), _JSON),
    (re.compile(rb"(?:from|to|received|return-path|delivered-to|subject|message-id): [^;,\t]*\n"), Form(
        "en e-mail", "ikke en tabel", "an e-mail", "no table")),
    (re.compile(rb"(?:--[^\n]*\n\s*)*(?:insert into|create table|begin transaction|drop table)\b"), Form(
        "SQL", "kommandoer til en database", "SQL", "commands for a database")),
    (re.compile(rb"id;p[^\n]*\n(?:[bcop];|id)"), _OLD_SHEET._replace(name_da="SYLK", name_en="SYLK")),
    (re.compile(rb"header record\*{7}library header"), _form("SAS XPORT", "en tabel", "a table")),
    (re.compile(rb"ascii spss port file"), _form("SPSS", "en tabel", "a table")),
    (re.compile(rb"table\r?\n0,1\r?\n"), _OLD_SHEET._replace(name_da="DIF", name_en="DIF")),
)  # fmt: skip
_BY_FOLDER = {
    "xl/": XLSX,
    "word/": _form(".docx", "et Word-dokument", "a Word document"),
    "ppt/": _form(".pptx", "en præsentation", "a presentation"),
}
_OF_XML = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", _form("XML", "Excel 2003-format", "the format of Excel 2003")),
    (b"urn:oasis:names:tc:opendocument", _form(".fods", "OpenDocument", "OpenDocument")),
)
"""What a namespace says of marked-up text."""


def form_of(data: bytes) -> Form | None:
    """Say what a file is by its bytes; None where it may be CSV."""
    head = data[:_HEAD]
    for first, form in _BY_FIRST_BYTES:
        # A table's first column may have a name that begins so.
        if head.startswith(first) and not (first.isalnum() and is_text(head)):
            return form
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if head[_TAR_AT:].startswith(b"ustar"):
        return _form("tar", "et arkiv", "an archive")
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip().lower()
    of_text = next((form for pattern, form in _BY_TEXT if pattern.match(text)), None)
    if of_text != _XML:
        return of_text
    return next((form for namespace, form in _OF_XML if namespace in text), _XML)


def _packed(data: bytes) -> Form:
    """Say what an archive holds, by its directory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower().replace("\\", "/") for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ZIP
    if "mimetype" in names or "content.xml" in names:
        return ODS
    if any(name.endswith("workbook.bin") for name in names):
        return XLSB
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names):
        return _NUMBERS
    if "[content_types].xml" not in names:
        return ZIP
    folders = (form for folder, form in _BY_FOLDER.items() if any(name.startswith(folder) for name in names))
    return next(folders, ZIP)


def is_text(data: bytes) -> bool:
    """Return whether a file begins as text does: without control characters."""
    return not re.search(rb"[\0-\x08\x0e-\x1f]", data[:2048].removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))


def refuse_another_form(data: bytes, suffix: str, *own: Form) -> None:
    """Refuse a file that is neither of its `own` forms nor of an unknown one. Raises Unreadable."""
    form = form_of(data) or (TEXT if is_text(data) and data.strip() else None)
    if form is not None and form not in own:
        raise of_another_form(form, suffix)


def of_another_form(form: Form, suffix: str) -> Unreadable:
    """Report that a file is not what its name says, and how to save it."""
    if own := _OWN_SUFFIX.get((form, suffix)):
        return Unreadable(
            f"filen er {form.name_da} ({form.da}), selv om navnet siger {suffix}: kald den {own}",
            f"the file is {form.name_en} ({form.en}), though its name says {suffix}: name it {own}",
        )
    save_da, save_en = _SAVE[suffix]
    return Unreadable(
        f"filen er {form.name_da} ({form.da}), selv om navnet siger {suffix}; at omdøbe den er ikke nok: {save_da}",
        f"the file is {form.name_en} ({form.en}), though its name says {suffix}; to rename it is not enough: {save_en}",
    )


_OWN_SUFFIX = {(TEXT, ".parquet"): ".csv", (PARQUET, ".csv"): ".parquet"}
_SAVE = {
    ".csv": ("gem tabellen som CSV UTF-8", "save the table as CSV UTF-8"),
    ".xlsx": ("gem den som Excel-projektmappe (.xlsx)", "save it as an Excel workbook (.xlsx)"),
    ".parquet": ("skriv tabellen som Parquet", "write the table as Parquet"),
    ".zip": ("pak filerne som almindelig zip", "pack the files as a plain zip"),
}
