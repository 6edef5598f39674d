"""One made-up delivery, written by the programs that people write deliveries with, in their options."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import fastparquet
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pyexcelerate
import xlsxwriter

from tests.torture.deliveries import COLUMNS, DATES, Table, archive_files, as_csv, control, tables

CONTROL = ["tabel", "antal", "sum_beloeb"]
AMOUNTS = ("beloeb", "ordinaere_timer_pr_uge", "sum_beloeb")
NUMBERS = ("virksomhed_cvr", "kommunekode", "cpr", "antal")
Rows = list[dict[str, Any]]
Files = Callable[[], dict[str, bytes]]
"""Writes a delivery's files: when it is asked to, since the short form asks few."""


@dataclass(frozen=True)
class Written:
    """A delivery as a program writes it. `is_told`: it can't be read as it was meant, and a code must say so."""

    name: str
    files: Files
    is_told: bool = False


def delivery() -> dict[str, Table]:
    """Give the rows to write; free texts hold what CSV must quote: delimiters, quotes and line breaks."""
    of = tables()
    for number, row in enumerate(of["udgifter"]):
        row["tekst"] = ('Løn; "måned", 1', "første linje\nanden, linje", "'citat'", " rum ", "=1+1")[number % 5]
    return of


def plain() -> dict[str, bytes]:
    """Give the delivery as the form that all others are held against."""
    return {f"{name}.csv": as_csv(COLUMNS[name], rows) for name, rows in delivery().items()} | _control()


def typed(*, numbers: type = int, amounts: type = float, days: type = date) -> dict[str, Rows]:
    """Give the rows with cells of types. `numbers`: of what is digits alone; a cpr loses its leading zero as int."""

    def cell(column: str, text: str) -> object:
        if text == "":
            return None
        if column in DATES:
            day = date.fromisoformat(text)
            return datetime.combine(day, time()) if days is datetime else day if days is date else f"{day:%d-%m-%Y}"
        if column in AMOUNTS:
            return text if amounts is str else amounts(text.replace(",", "."))
        return numbers(text) if column in NUMBERS else text

    return {
        name: [{column: cell(column, row[column]) for column in COLUMNS[name]} for row in rows]
        for name, rows in delivery().items()
    }


def _control() -> dict[str, bytes]:
    return {"kontroltal.csv": as_csv(CONTROL, control(delivery()))}


def _each(suffix: str, write: Callable[[str, Rows], bytes], rows: dict[str, Rows]) -> Files:
    return lambda: {f"{name}.{suffix}": write(name, of_table) for name, of_table in rows.items()} | _control()


def _workbook(write: Callable[[dict[str, Rows]], bytes], sheets: dict[str, Rows]) -> Files:
    return lambda: {"indberetning.xlsx": write(sheets)}


def _done(files: dict[str, bytes]) -> Files:
    return lambda: files


def _combinations(**options: Iterable[object]) -> Iterator[tuple[str, dict[str, Any]]]:
    for chosen in itertools.product(*options.values()):
        named = dict(zip(options, chosen, strict=True))
        yield " ".join(f"{name}={value!r}" for name, value in named.items()), named


def csv_by_python() -> Iterator[Written]:
    """Dialects of CSV in the encodings that Danish programs write."""
    texts = typed(numbers=str, amounts=str, days=str)
    encodings = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le with BOM", "utf-16-be with BOM", "cp1252")
    for name, options in _combinations(
        delimiter=";,\t",
        quoting=(csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC),
        lineterminator=("\r\n", "\n"),
    ):
        for encoding in encodings:

            def write(table: str, rows: Rows, options: Any = options, encoding: str = encoding) -> bytes:
                return _encoded(as_csv(COLUMNS[table], rows, **options).decode(), encoding)

            yield Written(f"csv {name} {encoding}", _each("csv", write, texts))
    for name, options in (
        ("CR alone", {"lineterminator": "\r"}),
        ("pipes", {"delimiter": "|"}),
        ("apostrophes for quotes", {"quotechar": "'", "quoting": csv.QUOTE_ALL}),
        ("escaped quotes", {"doublequote": False, "escapechar": "\\"}),
    ):

        def write_odd(table: str, rows: Rows, options: Any = options) -> bytes:
            return as_csv(COLUMNS[table], rows, **options)

        yield Written(f"csv, {name}", _each("csv", write_odd, texts), is_told=True)


def _encoded(text: str, encoding: str) -> bytes:
    if encoding.endswith(" with BOM"):
        codec = encoding.removesuffix(" with BOM")
        bom = codecs.BOM_UTF16_LE if codec.endswith("le") else codecs.BOM_UTF16_BE
        return bom + text.encode(codec)
    return text.encode(encoding)


def csv_by_pandas() -> Iterator[Written]:
    """`DataFrame.to_csv`."""
    for types, rows in (
        ("text", typed(numbers=str, amounts=str, days=str)),
        ("types", typed(days=datetime)),
        ("decimals", typed(amounts=Decimal)),
    ):
        for name, options in _combinations(
            sep=(";", ",", "\t"),
            encoding=("utf-8", "utf-8-sig", "utf-16", "cp1252"),
            date_format=(None, "%d-%m-%Y", "%d/%m/%Y"),
            index=(False, True),
            quoting=(csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC),
        ):

            def write(table: str, of_table: Rows, options: Any = options) -> bytes:
                file = io.BytesIO()
                _frame(of_table).to_csv(file, **options)
                return file.getvalue()

            yield Written(f"pandas csv {types} {name}", _each("csv", write, rows))


def _frame(rows: Rows) -> pd.DataFrame:
    """Give a frame whose integers stay integers where cells are blank, as pandas' own types do."""
    frame = pd.DataFrame(rows)
    return frame.convert_dtypes() if any(isinstance(row.get("kommunekode"), int) for row in rows) else frame


def csv_by_polars() -> Iterator[Written]:
    """`DataFrame.write_csv`."""
    for name, options in _combinations(
        separator=(";", ",", "\t"),
        quote_style=("necessary", "always", "non_numeric"),
        include_bom=(False, True),
        decimal_comma=(False, True),
        date_format=(None, "%d.%m.%Y"),
        line_terminator=("\n", "\r\n"),
    ):

        def write(table: str, rows: Rows, options: Any = options) -> bytes:
            file = io.BytesIO()
            pl.DataFrame(rows, infer_schema_length=None).write_csv(file, **options)
            return file.getvalue()

        yield Written(f"polars csv {name}", _each("csv", write, typed()))


def csv_by_pyarrow() -> Iterator[Written]:
    """`pyarrow.csv.write_csv`."""
    for name, options in _combinations(delimiter=(";", ",", "\t"), quoting_style=("needed", "all_valid")):

        def write(table: str, rows: Rows, options: Any = options) -> bytes:
            file = io.BytesIO()
            pa_csv.write_csv(pa.Table.from_pylist(rows), file, pa_csv.WriteOptions(**options))
            return file.getvalue()

        for amounts in (float, Decimal):
            yield Written(f"pyarrow csv {amounts.__name__} {name}", _each("csv", write, typed(amounts=amounts)))


def by_duckdb(folder: Path) -> Iterator[Written]:
    """`COPY ... TO`, as CSV and as Parquet."""
    csv_options = _combinations(
        DELIMITER=("';'", "','", r"'\t'"), FORCE_QUOTE=("", "*"), DATEFORMAT=("", "'%d-%m-%Y'"), TIMESTAMPFORMAT=("",)
    )
    parquet_options = _combinations(
        COMPRESSION=("uncompressed", "snappy", "zstd", "gzip", "lz4_raw", "brotli"),
        PARQUET_VERSION=("V1", "V2"),
        ROW_GROUP_SIZE=("", "2048"),
    )
    for form, all_options in (("csv", csv_options), ("parquet", parquet_options)):
        for name, options in all_options:
            if options.get("FORCE_QUOTE") == "":
                del options["FORCE_QUOTE"]
            given = "".join(f", {key} {value}" for key, value in options.items() if value)

            def write(table: str, rows: Rows, form: str = form, given: str = given) -> bytes:
                path = folder / f"written.{form}"
                with duckdb.connect() as connection:
                    connection.register("rows", pa.Table.from_pylist(rows))
                    connection.execute(
                        f"COPY rows TO '{path}' (FORMAT {form}{', HEADER' if form == 'csv' else ''}{given})"
                    )
                return path.read_bytes()

            yield Written(f"duckdb {form} {name}", _each(form, write, typed(amounts=Decimal)))


def parquet_by_pyarrow() -> Iterator[Written]:
    """`pyarrow.parquet.write_table`, in its types and its options."""

    def write(table: str, rows: Rows, change: Callable[[pa.Table], pa.Table] = lambda it: it, **options: Any) -> bytes:
        file = io.BytesIO()
        made = change(pa.Table.from_pylist(rows))
        if options.get("use_byte_stream_split"):
            floats = [field.name for field in made.schema if pa.types.is_floating(field.type)]
            options["use_byte_stream_split"] = floats or False
        pq.write_table(made, file, **options)
        return file.getvalue()

    def wrote(name: str, rows: dict[str, Rows], *, is_told: bool = False, **options: Any) -> Written:
        files = _each("parquet", lambda table, of_table: write(table, of_table, **options), rows)
        return Written(f"pyarrow parquet {name}", files, is_told=is_told)

    for name, options in _combinations(
        compression=("none", "snappy", "gzip", "zstd", "lz4", "brotli"),
        version=("1.0", "2.4", "2.6"),
        use_dictionary=(False, True),
        data_page_version=("1.0", "2.0"),
    ):
        yield wrote(name, typed(), **options)
    for numbers, amounts, days in itertools.product((int, str), (float, Decimal, str), (date, datetime, str)):
        name = f"{numbers.__name__} {amounts.__name__} {days.__name__}"
        yield wrote(name, typed(numbers=numbers, amounts=amounts, days=days))
    for name, change in _TYPES.items():
        yield wrote(name, typed(days=datetime), change=change, is_told=name in _TOLD_TYPES)
    for name, options in {
        "byte stream split": {"use_byte_stream_split": True, "use_dictionary": False},
        "small row groups": {"row_group_size": 5},
        "page index and checksums": {"write_page_index": True, "write_page_checksum": True},
        "INT96": {"use_deprecated_int96_timestamps": True},
        "without statistics or schema": {"write_statistics": False, "store_schema": False},
        "decimals as integers": {"store_decimal_as_integer": True},
    }.items():
        yield wrote(name, typed(days=datetime, amounts=float if "byte stream" in name else Decimal), **options)


def _cast(is_meant: Callable[[pa.DataType], bool], to: pa.DataType) -> Callable[[pa.Table], pa.Table]:
    def change(table: pa.Table) -> pa.Table:
        schema = [pa.field(field.name, to if is_meant(field.type) else field.type) for field in table.schema]
        return table.cast(pa.schema(schema))

    return change


def _dictionaries(table: pa.Table) -> pa.Table:
    return pa.table({name: table[name].combine_chunks().dictionary_encode() for name in table.column_names})


def _unknown(values: Callable[[int], pa.Array]) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.append_column("noter", values(table.num_rows))


_TYPES: dict[str, Callable[[pa.Table], pa.Table]] = {
    "large strings": _cast(pa.types.is_string, pa.large_string()),
    "string views": _cast(pa.types.is_string, pa.string_view()),
    "bytes": _cast(pa.types.is_string, pa.binary()),
    "dictionaries": _dictionaries,
    "seconds": _cast(pa.types.is_timestamp, pa.timestamp("s")),
    "milliseconds": _cast(pa.types.is_timestamp, pa.timestamp("ms")),
    "nanoseconds": _cast(pa.types.is_timestamp, pa.timestamp("ns")),
    "UTC": _cast(pa.types.is_timestamp, pa.timestamp("us", "UTC")),
    "Copenhagen": _cast(pa.types.is_timestamp, pa.timestamp("us", "Europe/Copenhagen")),
    "date64": _cast(pa.types.is_timestamp, pa.date64()),
    "float32": _cast(pa.types.is_floating, pa.float32()),
    "whole numbers as floats": _cast(pa.types.is_integer, pa.float64()),
    "unsigned": _cast(pa.types.is_integer, pa.uint64()),
    "decimals with many places": _cast(pa.types.is_floating, pa.decimal128(30, 10)),
    "wide decimals": _cast(pa.types.is_floating, pa.decimal256(50, 4)),
    "unknown lists": _unknown(lambda rows: pa.array([[1, 2]] * rows)),
    "unknown structures": _unknown(lambda rows: pa.array([{"a": {"b": 1}}] * rows)),
    "unknown maps": _unknown(lambda rows: pa.array([[("a", 1)]] * rows, pa.map_(pa.string(), pa.int64()))),
    "unknown bytes": _unknown(lambda rows: pa.array([b"\0\xff"] * rows)),
    "unknown nothing": _unknown(pa.nulls),
}
# Text as bytes is no text, midnight of UTC is no midnight in Copenhagen, and Polars has 38 digits.
_TOLD_TYPES = frozenset({"bytes", "Copenhagen", "wide decimals"})


def parquet_by_others() -> Iterator[Written]:
    """Pandas with both of its engines, fastparquet by itself, and Polars."""
    for name, options in _combinations(
        engine=("pyarrow", "fastparquet"), compression=(None, "snappy", "gzip"), index=(False, True)
    ):

        def by_pandas(table: str, rows: Rows, options: Any = options) -> bytes:
            file = _Open()
            _frame(rows).to_parquet(file, **options)
            return file.getvalue()

        for days in (datetime, str):
            rows = typed(numbers=str, days=days)
            yield Written(f"pandas parquet {days.__name__} {name}", _each("parquet", by_pandas, rows))
    for name, options in _combinations(
        compression=("uncompressed", "snappy", "gzip", "zstd", "lz4", "brotli"), statistics=(False, True)
    ):

        def by_polars(table: str, rows: Rows, options: Any = options) -> bytes:
            file = io.BytesIO()
            pl.DataFrame(rows, infer_schema_length=None).write_parquet(file, **options)
            return file.getvalue()

        yield Written(f"polars parquet {name}", _each("parquet", by_polars, typed(amounts=Decimal)))


def parquet_by_fastparquet(folder: Path) -> Iterator[Written]:
    """`fastparquet.write`."""
    for name, options in _combinations(
        compression=("UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"), times=("int64", "int96"), has_nulls=(True, "infer")
    ):

        def write(table: str, rows: Rows, options: Any = options) -> bytes:
            path = folder / "fast.parquet"
            frame = pd.DataFrame(rows).astype(
                {column: object for column, cell in rows[0].items() if isinstance(cell, str)}
            )
            fastparquet.write(str(path), frame, object_encoding="infer", **options)
            return path.read_bytes()

        # What it writes where it infers the blanks, no other reader can read.
        is_told = options["has_nulls"] == "infer"
        yield Written(f"fastparquet {name}", _each("parquet", write, typed(numbers=str, days=str)), is_told=is_told)


class _Open(io.BytesIO):
    """A file in memory that a writer can't close."""

    def close(self) -> None:
        self.flush()


def workbooks() -> Iterator[Written]:
    """Every library that writes .xlsx, in its options and with cells of types or of texts."""
    for types, rows in (
        ("types", typed()),
        ("moments", typed(days=datetime)),
        ("texts", typed(numbers=str, amounts=str, days=str)),
    ):
        sheets = _with_control(rows)
        for name, write in _WORKBOOK_WRITERS.items():
            # Without a style, a date is a number that only its writer knows as one.
            is_told = name == "pyexcelerate" and types != "texts"
            yield Written(f"{name}, {types}", _workbook(write, sheets), is_told=is_told)
    sheets = _with_control(typed())
    for name, options in _combinations(
        constant_memory=(False, True),
        use_zip64=(False, True),
        strings_to_numbers=(False, True),
        remove_timezone=(True,),
    ):
        yield Written(f"xlsxwriter {name}", _workbook(partial(_by_xlsxwriter, **options), sheets))
    yield Written("archived workbook", lambda: archive_files({"indberetning.xlsx": _by_openpyxl(sheets)}))


def _with_control(rows: dict[str, Rows]) -> dict[str, Rows]:
    return rows | {
        "kontroltal": [
            {"tabel": row["tabel"], "antal": int(row["antal"]), "sum_beloeb": row["sum_beloeb"] or None}
            for row in control(delivery())
        ]
    }


def _by_openpyxl(sheets: dict[str, Rows], **options: Any) -> bytes:
    workbook = openpyxl.Workbook(**options)
    for sheet in list(workbook.worksheets):
        workbook.remove(sheet)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _by_xlsxwriter(sheets: dict[str, Rows], **options: Any) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd-mm-yyyy", **options}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, list(rows[0]))
            for at, row in enumerate(rows, start=1):
                for column, cell in enumerate(row.values()):
                    is_text = isinstance(cell, str) and cell.startswith("=")
                    (sheet.write_string if is_text else sheet.write)(at, column, cell)
    return file.getvalue()


def _by_pyexcelerate(sheets: dict[str, Rows], *, is_styled: bool = False) -> bytes:
    workbook = pyexcelerate.Workbook()
    for name, rows in sheets.items():
        cells = [[cell.replace("=1", "1") if isinstance(cell, str) else cell for cell in row.values()] for row in rows]
        sheet = workbook.new_sheet(name, data=[list(rows[0]), *cells])
        for at, column in enumerate(rows[0], start=1):
            if is_styled and column in DATES:
                sheet.set_col_style(at, pyexcelerate.Style(format=pyexcelerate.Format("dd-mm-yyyy")))
    file = io.BytesIO()
    workbook._save(file)
    return file.getvalue()


def _by_pandas(engine: str, sheets: dict[str, Rows]) -> bytes:
    file = io.BytesIO()
    with pd.ExcelWriter(file, engine=engine) as writer:
        for name, rows in sheets.items():
            pd.DataFrame(rows).to_excel(writer, sheet_name=name, index=False)
    return file.getvalue()


def _by_polars(sheets: dict[str, Rows], **options: Any) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        for name, rows in sheets.items():
            pl.DataFrame(rows, infer_schema_length=None).write_excel(workbook, name, **options)
    return file.getvalue()


_WORKBOOK_WRITERS: dict[str, Callable[[dict[str, Rows]], bytes]] = {
    "openpyxl": _by_openpyxl,
    "openpyxl, write only": lambda sheets: _by_openpyxl(sheets, write_only=True),
    "openpyxl, ISO dates": lambda sheets: _by_openpyxl(sheets, iso_dates=True),
    "xlsxwriter": _by_xlsxwriter,
    "xlsxwriter, 1904": lambda sheets: _by_xlsxwriter(sheets, date_1904=True),
    "pyexcelerate": _by_pyexcelerate,
    "pyexcelerate, styled": lambda sheets: _by_pyexcelerate(sheets, is_styled=True),
    "pandas by openpyxl": lambda sheets: _by_pandas("openpyxl", sheets),
    "pandas by xlsxwriter": lambda sheets: _by_pandas("xlsxwriter", sheets),
    "polars": _by_polars,
    "polars, autofit and totals": lambda sheets: _by_polars(sheets, autofit=True, freeze_panes=(1, 0)),
}


def by_libreoffice(folder: Path) -> Iterator[Written]:
    """Have LibreOffice open and save a workbook: as .xlsx, as CSV in its dialects, and as what is not accepted."""
    source = folder / "indberetning.xlsx"
    for types, rows in (("types", typed()), ("texts", typed(numbers=str, amounts=str, days=str))):
        source.write_bytes(_by_openpyxl(_with_control(rows)))
        for form in ("xlsx:Calc MS Excel 2007 XML", "xlsx:Calc Office Open XML"):
            data = _converted(source, folder / "out", form).read_bytes()
            yield Written(f"LibreOffice {form}, {types}", _done({"indberetning.xlsx": data}))
        for form in ("ods", "xls", "html", "fods"):
            data = _converted(source, folder / "out", form).read_bytes()
            yield Written(f"LibreOffice {form} renamed, {types}", _done({"indberetning.xlsx": data}), is_told=True)
        # Delimiter, quote, encoding (76 is UTF-8, 1 is Windows-1252), first row, columns, language (1030 is Danish),
        # all texts quoted, cells as shown, ..., every sheet into a file of its own.
        for delimiter, encoding, quoted in itertools.product((59, 44, 9), (76, 1), ("false", "true")):
            form = (
                f"csv:Text - txt - csv (StarCalc):{delimiter},34,{encoding},1,,1030,{quoted},true,false,false,false,-1"
            )
            _converted(source, folder / "out", form)
            files = {
                path.name.removeprefix("indberetning-"): path.read_bytes()
                for path in (folder / "out").glob("indberetning-*.csv")
            }
            yield Written(f"LibreOffice csv {delimiter} {encoding} {quoted}, {types}", _done(files))


def _converted(source: Path, out: Path, form: str) -> Path:
    for left in out.glob("*"):
        left.unlink()
    profile = (source.parent / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", out, source],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return out / f"indberetning.{form.partition(':')[0]}"


def zipped(files: dict[str, bytes], **options: Any) -> dict[str, bytes]:
    """Give a delivery as one archive, packed by a method."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", **options) as archive:
        for name, data in files.items():
            archive.writestr(f"2017-12-31/{name}", data)
    return {"": file.getvalue()}


def archives() -> Iterator[Written]:
    """Pack the delivery by the methods that Python knows."""
    for name, method in (
        ("stored", zipfile.ZIP_STORED),
        ("deflate", zipfile.ZIP_DEFLATED),
        ("bzip2", zipfile.ZIP_BZIP2),
        ("LZMA", zipfile.ZIP_LZMA),
    ):
        yield Written(f"archive, {name}", partial(zipped, plain(), compression=method))
