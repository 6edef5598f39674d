"""Reading the register: `projekter.csv` and `maalgrupper.csv`, where the first error stops the run.

Source: the intake, 'Register'.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.base.cpr import mask
from tasks.base.errors import InputError
from tasks.base.lines import count_of_fields
from tasks.base.regular import read_file
from tasks.base.system import told_by_system
from tasks.base.worded import Both, Phrase, phrase
from tasks.intake.delimited import Delimited, read_delimited, without_numbers
from tasks.intake.faults import Unreadable
from tasks.register.municipalities import known_code
from tasks.warehouse.frames import registered
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.rules.model import Rules

PROJEKTER = "projekter.csv"
MAALGRUPPER = "maalgrupper.csv"
COLUMNS = {
    PROJEKTER: (
        "projekt_id",
        "projektnavn",
        "sagsnummer",
        "tilsagnshaver",
        "kommuner",
        "projektstart",
        "maaltal",
        "tilsagn_fast",
        "kontaktperson",
        "email",
    ),
    MAALGRUPPER: ("kommunekode", "maalgruppe", "antal"),
}
MOST_PARTICIPANTS = 999_999
"""The largest target: more is a slip, such as a telephone number in the wrong column."""
_PROJECT_ID = re.compile(r"(?:[^\W_]|-)+")


@dataclass(frozen=True)
class Project:
    """One grant. Municipalities are three-digit codes; commitment_dkk is the fixed grant promised."""

    project_id: str
    project_name: str
    case_number: str
    lead_municipality: str
    municipalities: tuple[str, ...]
    start_date: date
    target_participants: int
    commitment_dkk: Decimal
    contact: str
    email: str


@dataclass(frozen=True)
class Population:
    """How many of a target group live in a municipality."""

    municipality: str
    target_group: str
    population: int


@dataclass(frozen=True)
class Register:
    """The grants and the populations, with the files' bytes that they were read from."""

    projects: tuple[Project, ...]
    populations: tuple[Population, ...]
    contents: dict[str, bytes]

    @property
    def project_ids(self) -> frozenset[str]:
        """The ids of all projects."""
        return frozenset(project.project_id for project in self.projects)

    def sha256(self, name: str) -> str:
        """Give the hash of one of the files."""
        return hashlib.sha256(self.contents[name]).hexdigest()


def register_files(folder: Path) -> dict[str, bytes]:
    """Read the register's files, without the personal numbers that a text may hold, since they are kept.

    Raises InputError when one can't be read.
    """
    contents = {}
    for name in COLUMNS:
        try:
            contents[name] = without_numbers(read_file(folder / name))
        except OSError as error:
            raise InputError(
                phrase(
                    "The register's file {folder} can't be read ({strerror}): name the folder with --register or "
                    "JOBFIRST_REGISTER.",
                    folder=folder / name,
                    strerror=told_by_system(error),
                )
            ) from error
    return contents


def read_register(connection: duckdb.DuckDBPyConnection, contents: dict[str, bytes], rules: Rules) -> Register:
    """Read and judge the register.

    Raises InputError, naming file, row, column and value, at the first error.
    """
    projects = _read_projects(connection, contents[PROJEKTER], rules)
    populations = _read_populations(connection, contents[MAALGRUPPER], rules)
    return Register(projects, populations, contents)


def _wrong(file: str, row_no: int, column: str, value: str, mend: Phrase) -> InputError:
    return InputError(
        phrase(
            '{file}, row {row_no}, column {column}: "{value}" {mend}.',
            file=file,
            row_no=row_no,
            column=column,
            value=mask(value),
            mend=mend,
        )
    )


def _cells(file: str, data: bytes) -> list[dict[str, str]]:
    """Give the rows of a register file by column name, with row_no; every named column is there and filled."""
    try:
        delimited = read_delimited(data)
    except Unreadable as reason:
        raise InputError(
            phrase("{file}: {reason}; correct it and run again.", file=file, reason=Both(reason.da, reason.en))
        ) from reason
    wanted = COLUMNS[file]
    for name in wanted:
        found = delimited.header.count(name)
        if found != 1:
            trouble = phrase("is missing") if found == 0 else phrase("comes more than once")
            raise InputError(
                phrase(
                    "{file}, row {row_no}: column {name} {trouble}; correct the header.",
                    file=file,
                    row_no=delimited.header_row_no,
                    name=name,
                    trouble=trouble,
                )
            )
    return [_row(file, row_no, fields, delimited) for row_no, fields in _filled_rows(delimited)]


def _filled_rows(delimited: Delimited) -> list[tuple[int, list[str]]]:
    records = delimited.content.split(delimited.record_separator)
    rows = [(number, record.split(delimited.field_separator)) for number, record in enumerate(records, start=1)]
    return [(number, fields) for number, fields in rows[delimited.header_row_no :] if any(fields)]


def _row(file: str, row_no: int, fields: list[str], delimited: Delimited) -> dict[str, str]:
    width = len(delimited.header)
    if len(fields) < width or any(fields[width:]):
        raise InputError(
            phrase(
                "{file}, row {row_no}: {fields} where the header has {width}; correct the row.",
                file=file,
                row_no=row_no,
                fields=count_of_fields(len(fields)),
                width=width,
            )
        )
    row = {"row_no": str(row_no)}
    for name in COLUMNS[file]:
        row[name] = fields[delimited.header.index(name)]
        if not row[name]:
            raise _wrong(file, row_no, name, "", phrase("is blank; fill it in"))
    return row


def _read_projects(connection: duckdb.DuckDBPyConnection, data: bytes, rules: Rules) -> tuple[Project, ...]:
    rows = _cells(PROJEKTER, data)
    typed = _typed(connection, rows, "register/type_projekter")
    projects: dict[str, Project] = {}
    owners: dict[str, str] = {}
    for row, (start_date, target, commitment_dkk) in zip(rows, typed, strict=True):
        project = _project(row, start_date, target, commitment_dkk, rules)
        row_no = int(row["row_no"])
        if project.project_id in projects:
            raise _wrong(
                PROJEKTER,
                row_no,
                "projekt_id",
                project.project_id,
                phrase("stands in an earlier row too; give each project one row"),
            )
        projects[project.project_id] = project
        for code in project.municipalities:
            if code in owners:
                mend = phrase("is already in project {owner}; a municipality is in one project", owner=owners[code])
                raise _wrong(PROJEKTER, row_no, "kommuner", code, mend)
            owners[code] = project.project_id
    if not projects:
        raise InputError(phrase("{projekter} has no row: add a row for each project.", projekter=PROJEKTER))
    return tuple(projects[project_id] for project_id in sorted(projects))


def _project(
    row: dict[str, str], start_date: date | None, target: int | None, commitment_dkk: Decimal | None, rules: Rules
) -> Project:
    def wrong(column: str, mend: Phrase) -> InputError:
        return _wrong(PROJEKTER, int(row["row_no"]), column, row[column], mend)

    if not _PROJECT_ID.fullmatch(row["projekt_id"]):
        raise wrong("projekt_id", phrase("has other characters than letters, digits and -; give it another name"))
    lead, codes = _municipalities(row)
    if start_date is None:
        raise wrong("projektstart", phrase("is no date; write it as dd-mm-yyyy"))
    if not rules.first_day <= start_date <= rules.last_day:
        raise wrong(
            "projektstart",
            phrase(
                "is outside the programme, which runs from {first} to {last}",
                first=rules.first_day,
                last=rules.last_day,
            ),
        )
    if target is None or not 0 < target <= MOST_PARTICIPANTS:
        raise wrong(
            "maaltal",
            phrase("is no whole number from 1 to {most}; write the participants promised", most=MOST_PARTICIPANTS),
        )
    most = rules.parameters["fixed_grant_max_dkk"].on(start_date)
    if commitment_dkk is None or not 0 <= commitment_dkk <= most:
        raise wrong(
            "tilsagn_fast", phrase("is not an amount from 0 to {most} kr.; write the fixed grant promised", most=most)
        )
    return Project(
        project_id=row["projekt_id"],
        project_name=row["projektnavn"],
        case_number=row["sagsnummer"],
        lead_municipality=lead,
        municipalities=codes,
        start_date=start_date,
        target_participants=target,
        commitment_dkk=commitment_dkk,
        contact=row["kontaktperson"],
        email=row["email"],
    )


def _municipalities(row: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """Give the codes of a project's lead municipality, and of all its municipalities."""

    def wrong(column: str, value: str, mend: Phrase) -> InputError:
        return _wrong(PROJEKTER, int(row["row_no"]), column, value, mend)

    unknown = phrase("is no known municipality; write its code with three digits")
    lead = known_code(row["tilsagnshaver"])
    if lead is None:
        raise wrong("tilsagnshaver", row["tilsagnshaver"], unknown)
    codes: list[str] = []
    for text in row["kommuner"].split():
        code = known_code(text)
        if code is None:
            raise wrong("kommuner", text, unknown)
        if code in codes:
            raise wrong("kommuner", text, phrase("is named twice; name it once"))
        codes.append(code)
    if lead not in codes:
        mend = phrase(
            'is not among the municipalities "{municipalities}" of the project; add it there',
            municipalities=row["kommuner"],
        )
        raise wrong("tilsagnshaver", row["tilsagnshaver"], mend)
    return lead, tuple(sorted(codes))


def _read_populations(connection: duckdb.DuckDBPyConnection, data: bytes, rules: Rules) -> tuple[Population, ...]:
    rows = _cells(MAALGRUPPER, data)
    populations: dict[tuple[str, str], Population] = {}
    typed = _typed(connection, rows, "register/type_maalgrupper")
    for row, (target_group, population) in zip(rows, typed, strict=True):
        row_no = int(row["row_no"])
        code = known_code(row["kommunekode"])
        if code is None:
            mend = phrase("is no known municipality; write its code with three digits")
            raise _wrong(MAALGRUPPER, row_no, "kommunekode", row["kommunekode"], mend)
        if target_group not in rules.vocabulary.target_groups:
            mend = phrase("is no target group; write one of {groups}", groups=", ".join(rules.vocabulary.target_groups))
            raise _wrong(MAALGRUPPER, row_no, "maalgruppe", row["maalgruppe"], mend)
        if population is None or population < 0:
            raise _wrong(MAALGRUPPER, row_no, "antal", row["antal"], phrase("is not a whole number of 0 or more"))
        if (code, target_group) in populations:
            mend = phrase("stands in an earlier row too for municipality {code}; give each pair one row", code=code)
            raise _wrong(MAALGRUPPER, row_no, "maalgruppe", row["maalgruppe"], mend)
        populations[code, target_group] = Population(code, target_group, population)
    return tuple(populations[key] for key in sorted(populations))


def _typed(connection: duckdb.DuckDBPyConnection, rows: list[dict[str, str]], name: str) -> list[tuple[Any, ...]]:
    if not rows:
        return []
    import polars as pl

    with registered(connection, cells=pl.DataFrame(rows).with_columns(pl.col("row_no").cast(pl.Int32))):
        return execute(connection, name).fetchall()
