"""One small delivery with control totals, in every form that a municipality may hand in."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.support.portfolio import BORGERE, COMPANIES, FORLOEB, UDGIFTER, cpr

Table = list[dict[str, str]]
COLUMNS = {"borgere": BORGERE.split(), "forloeb": FORLOEB.split(), "udgifter": UDGIFTER.split()}
CITIZENS, EXPENSES = 24, 8
DATES = ("offentlig_forsoergelse_siden", "visitationsdato", "startdato", "slutdato", "dato")


def tables() -> dict[str, Table]:
    """Give the rows of a delivery in which every row counts, with Danish letters in ids and texts; about 4 kB."""
    borgere = [
        {
            "borger_id": f"Ø-{number}",
            "cpr": cpr(number),
            "kommunekode": "187",
            "maalgruppe": "aktivitetsparat" if number % 4 == 0 else "ressourceforløb",
            "ydelse": "kontanthjælp" if number % 4 == 0 else "ressourceforløbsydelse",
            "offentlig_forsoergelse_siden": "2014-03-01" if number % 4 == 0 else "",
            "integrationsprogram": "nej",
            "gruppe": "kontrol" if number % 5 == 0 else "deltager",
            "visitationsdato": f"2016-02-{1 + number:02}",
        }
        for number in range(CITIZENS)
    ]
    forloeb = [
        {
            "forloeb_id": f"F{number}",
            "borger_id": f"Ø-{number}",
            "type": "Ordinær ansættelse" if number % 3 == 0 else "virksomhedspraktik",
            "virksomhed_cvr": COMPANIES[number % len(COMPANIES)],
            "startdato": f"2016-03-{1 + number:02}",
            "slutdato": f"2016-07-{1 + number:02}",
            "ordinaere_timer_pr_uge": "37,5" if number % 3 == 0 else "",
        }
        for number in range(CITIZENS)
        if number % 5
    ]
    udgifter = [
        {
            "bilagsnr": f"U{number}",
            "dato": f"2016-{3 + number:02}-01",
            "kategori": "projektledelse",
            "beloeb": f"{1000 + 111 * number},{number:02}",
            "lovpligtig": "nej",
            "tekst": f"Løn, måned {number}",
        }
        for number in range(EXPENSES)
    ]
    return {"borgere": borgere, "forloeb": forloeb, "udgifter": udgifter}


def control(of: dict[str, Table]) -> Table:
    """Give the control totals that fit."""
    total = sum((Decimal(row["beloeb"].replace(",", ".")) for row in of["udgifter"]), Decimal(0))
    return [
        {
            "tabel": name,
            "antal": str(len(rows)),
            "sum_beloeb": str(total).replace(".", ",") if name == "udgifter" else "",
        }
        for name, rows in of.items()
    ]


def as_csv(columns: Iterable[str], rows: Iterable[dict[str, str]], **dialect: object) -> bytes:
    """Write a table as CSV: semicolons, CRLF, UTF-8 without BOM where nothing else is said."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(columns), **({"delimiter": ";", "lineterminator": "\r\n"} | dialect))  # type: ignore[arg-type] # by name
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def csv_files() -> dict[str, bytes]:
    """Give the delivery as CSV files with kontroltal.csv."""
    of = tables()
    files = {f"{name}.csv": as_csv(COLUMNS[name], rows) for name, rows in of.items()}
    return files | {"kontroltal.csv": as_csv(["tabel", "antal", "sum_beloeb"], control(of))}


def workbook_files() -> dict[str, bytes]:
    """Give the delivery as one workbook with typed cells and a sheet kontroltal."""
    of = tables()
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in (of | {"kontroltal": control(of)}).items():
        sheet = workbook.create_sheet(name)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append([_typed(column, cell) for column, cell in row.items()])
    file = io.BytesIO()
    workbook.save(file)
    return {"indberetning.xlsx": file.getvalue()}


def parquet_files(*, has_checksums: bool) -> dict[str, bytes]:
    """Give the delivery as Parquet files with kontroltal.csv."""
    of = tables()
    files = {"kontroltal.csv": as_csv(["tabel", "antal", "sum_beloeb"], control(of))}
    for name, rows in of.items():
        columns = {column: [_typed(column, row[column]) for row in rows] for column in COLUMNS[name]}
        file = io.BytesIO()
        pq.write_table(pa.table(columns), file, write_page_checksum=has_checksums)
        files[f"{name}.parquet"] = file.getvalue()
    return files


def archive_files(files: dict[str, bytes]) -> dict[str, bytes]:
    """Give a delivery as one archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2017, 12, 31, 12, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return {"": file.getvalue()}


def _typed(column: str, cell: str) -> str | date | float | int | None:
    if cell == "":
        return None
    if column in DATES:
        return datetime.fromisoformat(cell).date()
    if column in ("beloeb", "sum_beloeb", "ordinaere_timer_pr_uge"):
        return float(cell.replace(",", "."))
    if column in ("antal", "virksomhed_cvr"):
        return int(cell)
    return cell
