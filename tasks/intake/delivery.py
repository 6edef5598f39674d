"""One delivery: which of its files hold which table, and what is wrong with it as a whole.

Source: the intake, 'Inbox'.
"""

from __future__ import annotations

import operator
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tasks.base.errors import InternalFailure
from tasks.base.failure import fit_to_report, place_of
from tasks.base.worded import Both
from tasks.intake.archive import MACROS, name_of, open_archive, read_entry
from tasks.intake.cell_names import column_letters
from tasks.intake.cells import cell_text, cell_texts
from tasks.intake.columns import Header, find_columns
from tasks.intake.contents import DeliveredFile, Delivery, TableText
from tasks.intake.delimited import read_delimited
from tasks.intake.faults import Fault, Unreadable, Unsafe
from tasks.intake.forms import XLSX, ZIP, form_of, refuse_another_form
from tasks.intake.header import CELL, HEAD, Line, odd_header
from tasks.intake.inbox import Held, is_left_by_a_system, printable
from tasks.intake.parquet import NamedAlike, as_text, filled, read_parquet
from tasks.intake.presence import WORKBOOK, WORKBOOK_SUFFIXES, judge_presence
from tasks.intake.tables import BY_NAME, FREE_TEXT, KONTROLTAL, Table
from tasks.intake.words import clean, fold
from tasks.intake.workbook import Sheet, read_sheets

if TYPE_CHECKING:
    import polars as pl

_FILES = {(name, suffix) for name in BY_NAME for suffix in (".csv", ".parquet")} - {("kontroltal", ".parquet")}


def files_of(path: Path) -> list[DeliveredFile]:
    """Read the files of a delivered folder, or the one archive or workbook at `path`, sorted by name.

    Files that systems leave in a folder are ignored: they are no part of the delivery's contents.

    Raises OSError when a file, or a folder within, can't be read.
    """
    if path.is_symlink() or not path.is_dir():
        return [DeliveredFile(printable(path.name), None if path.is_symlink() else path.read_bytes())]
    return [
        DeliveredFile(printable("/".join(parts)), None if is_link else Path(where).read_bytes())
        for parts, where, is_link in sorted(_files_within(path))
    ]


def files_held(held: Held) -> list[DeliveredFile]:
    """Give the files of a delivery in memory, as `files_of` gives those of a folder."""
    named = [(printable(name), data) for name, data in held.files]
    kept = [(name, data) for name, data in named if not is_left_by_a_system(*PurePosixPath(name).parts)]
    return [DeliveredFile(name, data) for name, data in sorted(kept, key=lambda pair: PurePosixPath(pair[0]).parts)]


def _files_within(folder: Path | str, *above: str) -> Iterator[tuple[tuple[str, ...], str, bool]]:
    """Give the files and links of a folder and its folders: each one's path in parts, its place, if it is a link.

    An inbox has thousands of files that are known: `Path.rglob` takes as long to find one as it takes to read it.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_left_by_a_system(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files_within(entry.path, *above, entry.name)
            elif entry.is_symlink() or entry.is_file():
                yield (*above, entry.name), entry.path, entry.is_symlink()


def read_delivery(files: list[DeliveredFile], *, is_archive: bool) -> Delivery:
    """Read a delivery: every fault of its contents that can be reported before its rows are typed.

    `is_archive`: the one file is an archive that holds the delivery, or a link that lies in its place.
    """
    delivery = Delivery()
    found: dict[str, list[Both]] = {}
    is_anything_hidden = False
    if is_archive and files:
        try:
            with _defects_reported():
                files = list(_unpacked(files[0]))
        except Unreadable as reason:
            _note(delivery, reason, files[0].name)
            return delivery
    for file in files:
        path = PurePosixPath(clean(file.name).strip())
        try:
            with _defects_reported():
                _read_file(delivery, found, file, path)
        except Unreadable as reason:
            _note(delivery, reason, file.name)
            is_anything_hidden |= fold(path.stem) == WORKBOOK
    judge_presence(delivery, found, is_anything_hidden=is_anything_hidden)
    return delivery


def _read_file(delivery: Delivery, found: dict[str, list[Both]], file: DeliveredFile, path: PurePosixPath) -> None:
    name, suffix = fold(path.stem), path.suffix.lower()
    is_top = len(path.parts) == 1
    if is_top and (name, suffix) in _FILES:
        found.setdefault(name, []).append(Both(file.name, file.name))
    if file.data is None:
        raise Unsafe("er et link: læg selve filen i indberetningen", "is a link: put the file itself into the delivery")
    if is_top and (name, suffix) in _FILES:
        _read_table(delivery, BY_NAME[name], file.name, file.data, suffix)
    elif is_top and name == WORKBOOK and suffix == ".xlsx":
        sheets, others = read_sheets(file.data, frozenset(BY_NAME))
        delivery.others += [(name, False) for name in others]
        for sheet in sheets:
            place = f"{file.name}, {sheet.name}"
            found.setdefault(fold(sheet.name), []).append(
                Both(f'arket "{sheet.name}" i {file.name}', f'the sheet "{sheet.name}" of {file.name}')
            )
            try:
                _read_sheet(delivery, BY_NAME[fold(sheet.name)], place, sheet)
            except Unreadable as reason:
                _note(delivery, reason, place)
    elif is_top and name == WORKBOOK and suffix == ".xlsm":
        raise Unsafe(*MACROS)
    elif suffix in WORKBOOK_SUFFIXES:
        delivery.others.append((file.name, True))
        form = form_of(file.data)
        da = f" (filen er {form.name_da}, {form.da})" if form not in (None, XLSX) else ""
        en = f" (the file is {form.name_en}, {form.en})" if form not in (None, XLSX) else ""
        delivery.fault(
            "F07",
            f"{file.name}: ikke læst{da}; en projektmappe læses kun som indberetning.xlsx øverst i indberetningen",
            f"{file.name}: not read{en}; a workbook is read only as indberetning.xlsx at the top of the delivery",
        )
    else:
        delivery.others.append((file.name, True))
        delivery.fault(
            "F07", f"{file.name}: filen er ikke ventet og er ikke læst", f"{file.name}: unexpected, not read"
        )


@contextmanager
def _defects_reported() -> Iterator[None]:
    """Report a bug met while reading one file as Unreadable, naming the error, so that the other deliveries go on.

    A system error (full disk, out of memory) is not blamed on a file; it stops the run.
    """
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        told = fit_to_report(error)
        if told is error or not isinstance(told, InternalFailure):
            raise
        what = f"{type(error).__name__}, {place_of(error)}"
        raise Unreadable(
            f"programmet kan ikke læse filen, og fejlen er programmets egen ({what}): meld den med denne linje",
            f"the program failed to read the file because of a bug ({what}): report this line",
        ) from error


def _note(delivery: Delivery, reason: Unreadable, file_name: str) -> None:
    code = "F06" if isinstance(reason, Unsafe) else "F01"
    delivery.fault(code, f"{file_name}: {reason.da}", f"{file_name}: {reason.en}")


def _unpacked(file: DeliveredFile) -> Iterator[DeliveredFile]:
    """Unpack an archive in memory; its one top folder, if it has one, is left out."""
    if file.data is None:
        raise Unsafe(
            "er et link: aflevér selve mappen eller arkivet", "is a link: deliver the folder or archive itself"
        )
    data = file.data
    refuse_another_form(data, ".zip", ZIP)
    with open_archive(data) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        paths = [(entry, PurePosixPath(name_of(entry).replace("\\", "/"))) for entry in entries]
        paths = [(entry, path) for entry, path in paths if not is_left_by_a_system(*path.parts)]
        tops = {path.parts[0] for _, path in paths}
        is_in_a_folder = len(tops) == 1 and all(len(path.parts) > 1 for _, path in paths)
        for entry, path in sorted(paths, key=lambda pair: pair[1]):
            within = PurePosixPath(*path.parts[1:]) if is_in_a_folder else path
            yield DeliveredFile(within.as_posix(), read_entry(archive, entry))


def _read_table(delivery: Delivery, table: Table, file_name: str, data: bytes, suffix: str) -> None:
    sheet = PurePosixPath(file_name).stem
    if suffix == ".csv":
        delimited = read_delimited(data)
        lines = [Line(row_no, tuple(cells)) for row_no, cells in delimited.first_records(HEAD) if any(cells)]
        header = Header(sheet, lines[0].row_no, lines[0].cells, odd_header(table, lines, delimited.delimiter))
        columns = find_columns(delivery, table, file_name, header)
        _keep(delivery, TableText(table, file_name, columns, delimited=delimited, sheet=sheet))
        return
    import polars as pl

    try:
        frame = read_parquet(data, frozenset(table.columns))
    except NamedAlike as alike:
        _typed_columns(delivery, table, file_name, alike.names)
        return
    names = tuple(frame.columns)
    columns = _typed_columns(delivery, table, file_name, names)
    texts = [
        as_text(column, is_amount=fold(column.name) in table.amounts)
        if fold(column.name) in table.columns
        else filled(column)
        for column in frame.get_columns()
    ]
    numbers = [
        pl.repeat(column.dtype.is_numeric(), frame.height, dtype=pl.Boolean, eager=True)
        for column in frame.get_columns()
    ]
    cells = _numbered(table, columns, names, texts, numbers, first_row_no=2)
    _keep(delivery, TableText(table, file_name, columns, cells=cells, sheet=sheet))


def _typed_columns(delivery: Delivery, table: Table, file_name: str, names: tuple[str, ...]) -> dict[str, int]:
    odd = odd_header(table, [Line(1, names)], CELL) if names else None
    return find_columns(delivery, table, file_name, Header(PurePosixPath(file_name).stem, 1, names, odd))


def _read_sheet(delivery: Delivery, table: Table, place: str, sheet: Sheet) -> None:
    import polars as pl

    header_at = next((at for at, row in enumerate(sheet.rows) if any(_is_filled(cell) for cell in row)), None)
    if header_at is None:
        raise Unreadable("arket er tomt", "the sheet is empty")
    _show_merged(table, sheet, header_at)
    # Rows end where they end: cells beyond the header stand below a blank header cell, which is no column.
    by_column = list(zip_longest(*sheet.rows[header_at:]))
    names = tuple(cell_text(column[0], is_amount=False) for column in by_column)
    odd = odd_header(table, list(_head(sheet, header_at)), CELL)
    columns = find_columns(delivery, table, place, Header(sheet.name, header_at + 1, names, odd))
    texts = [
        cell_texts(column[1:], is_amount=fold(name) in table.amounts)
        for name, column in zip(names, by_column, strict=True)
    ]
    numbers = [pl.Series([type(cell) in (float, int) for cell in column[1:]], dtype=pl.Boolean) for column in by_column]
    cells = _numbered(table, columns, names, texts, numbers, first_row_no=header_at + 2)
    _keep(delivery, TableText(table, place, columns, cells=cells, sheet=sheet.name, merged=sheet.merged))


def _show_merged(table: Table, sheet: Sheet, header_at: int) -> None:
    """Turn a cell that a merge leaves blank, in a filled row, into a text that names the cell with the value.

    As a blank one it would be a silent guess: a spell whose slutdato is blank still runs. A key stays blank, which its
    rule rejects, and so does free text.
    """
    shown = {name for name in table.columns[1:] if name != FREE_TEXT}
    names = [fold(cell_text(name, is_amount=False)) for name in sheet.rows[header_at]]
    places = [at for at, name in enumerate(names) if name in shown]
    first_row, end_row = header_at + 1, len(sheet.rows)
    # Ranges that overlap, as no program writes them, could name more cells than there are.
    most = (end_row - first_row) * len(places)
    for (top, left), (bottom, right) in sheet.merged:
        covered = [at for at in places if left <= at <= right]
        if not covered or not _is_filled(sheet.rows[top][left] if top < end_row else None):
            continue
        for row in sheet.rows[max(top, first_row) : min(bottom + 1, end_row)]:
            most -= len(covered)
            if most < 0:
                return
            if any(name and _is_filled(cell) for name, cell in zip(names, row, strict=False)):
                for at in covered:
                    if not _is_filled(row[at]):
                        row[at] = f"flettet med {sheet.name}!{column_letters(left + 1)}{top + 1}"


def _head(sheet: Sheet, header_at: int) -> Iterator[Line]:
    for row_no, row in enumerate(sheet.rows[header_at : header_at + HEAD], start=header_at + 1):
        cells = tuple(cell_text(cell, is_amount=False) for cell in row)
        if any(cells):
            yield Line(row_no, cells)


def _is_filled(cell: object) -> bool:
    return cell_text(cell, is_amount=False) != ""


def _numbered(
    table: Table,
    columns: dict[str, int],
    names: Sequence[str],
    texts: list[pl.Series],
    numbers: list[pl.Series],
    *,
    first_row_no: int,
) -> pl.DataFrame:
    """Put the table's columns beside their row numbers; `numbers`: for each text, whether the cell was a number.

    A column that was not delivered is blank; a row whose cells are all blank, unknown columns included, is left out. A
    cell under no name is of no column.
    """
    import polars as pl

    height = numbers[0].len() if numbers else 0
    blank = pl.repeat("", height, dtype=pl.String, eager=True)
    are_numbers = next((numbers[columns[name] - 1] for name in table.amounts if name in columns), None)
    frame = pl.DataFrame(
        {
            "amount_is_number": pl.repeat(False, height, dtype=pl.Boolean, eager=True)
            if are_numbers is None
            else are_numbers,
            "row_no": pl.int_range(first_row_no, first_row_no + height, dtype=pl.Int32, eager=True),
            **{name: texts[columns[name] - 1] if name in columns else blank for name in table.columns},
        }
    )
    named = (text != "" for name, text in zip(names, texts, strict=True) if fold(name))
    is_filled = reduce(operator.or_, named, blank != "")
    return frame.filter(is_filled)


def _keep(delivery: Delivery, text: TableText) -> None:
    if text.table is KONTROLTAL:
        delivery.control = text
    else:
        delivery.tables[text.table.name] = text


def read_one_table(file: DeliveredFile, table: Table) -> tuple[TableText, list[Fault]]:
    """Read a file that holds one table alone, as CSV, as Parquet or as a sheet of the table's name.

    Gives the table and the remarks.

    Raises Unreadable when the file can't be read as the table, or a column is missing or comes twice.
    """
    delivery = Delivery()
    suffix = PurePosixPath(file.name).suffix.lower()
    if suffix in {".csv", ".parquet"}:
        _read_table(delivery, table, file.name, file.data or b"", suffix)
    elif suffix == ".xlsx":
        sheets, _ = read_sheets(file.data or b"", frozenset({table.name}))
        for sheet in sheets:
            _read_sheet(delivery, table, f"{file.name}, ark {sheet.name}", sheet)
    else:
        raise Unreadable("skal være .csv, .parquet eller .xlsx", "must be .csv, .parquet or .xlsx")
    for fault in delivery.faults:
        if fault.refuses:
            raise Unreadable(fault.da, fault.en)
    if table.name not in delivery.tables:
        raise Unreadable(f"arket {table.name} mangler", f"the sheet {table.name} is missing")
    return delivery.tables[table.name], delivery.faults
