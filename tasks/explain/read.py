"""Reading an explanation from what the newest draft remembers, without Prefect and without computing it again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tasks.base.cpr import mask
from tasks.base.errors import BusinessRefusal, InputError, InternalFailure
from tasks.base.lines import short
from tasks.base.nearest import nearest_are
from tasks.base.worded import phrase
from tasks.intake.tables import BY_NAME
from tasks.intake.words import fold
from tasks.rules.model import RULES_FILE, Rules, parse_rules
from tasks.warehouse.rows import Row, rows_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.moment import Moment

ZERO = Decimal("0.00")
_OF_THE_GRANT = ("cap_dkk", "fixed_max_dkk")
_OF_THE_PROJECT = ("money", "entitlement_dkk", "ledger", "posted_dkk", "payable_dkk")


@dataclass(frozen=True)
class Part:
    """One part of an entitlement, in DKK; `parameters`: the rules that gave it, by name. `lines`: what it sums up."""

    name: str
    amount_dkk: Decimal
    parameters: tuple[str, ...]
    lines: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """What a project's year comes to, and why; amounts in DKK.

    `draft`: the newest draft's record. `project`: the terms, and the delivery in force with its `files`. `parts`: add
    up to entitlement_dkk. `parameters`: value, source and choice by name. `ledger`: entries, which add up to
    posted_dkk. `causes`: of the draft's difference from what was posted before it, with their rows; add up to it.
    `citizen`: what is known of the citizen that was asked for; the causes are then those that the citizen is behind,
    with the citizen's own rows and the amounts that these change, before cap and limit. A spell stands once in all
    causes.
    """

    project_id: str
    year: int
    draft: Row
    rules: Row
    project: Row
    files: tuple[Row, ...]
    money: Row
    parts: tuple[Part, ...]
    parameters: dict[str, Row]
    entitlement_dkk: Decimal
    ledger: tuple[Row, ...]
    posted_dkk: Decimal
    payable_dkk: Decimal
    causes: tuple[Row, ...]
    citizen: Row | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is a delivery to compute from, or nothing to compute yet."""
        return bool(self.project["status"] != "missing")


def read_explanation(
    connection: duckdb.DuckDBPyConnection, project_id: str, year: int, known_at: Moment, citizen: str | None = None
) -> Explanation:
    """Explain a project's year by its newest draft as known at a moment; with `citizen`, only that citizen's part.

    Raises BusinessRefusal when there is no draft; InputError for a project that the draft does not have, and for a
    citizen who is neither in its delivery nor behind one of its causes; InternalFailure when the parts do not add up.
    """
    project = {"project_id": project_id}
    of_year = {**project, "year": year}
    draft = _one(connection, "draft", **of_year, known_at=known_at.timestamp)
    if draft is None:
        raise _no_draft(connection, project_id, year, known_at)
    number = draft.pop("remembered_no")
    rules = _one(connection, "rules", name=RULES_FILE.name, sha256=draft["rules_sha256"])
    if rules is None:
        raise InternalFailure(f"The rules of the draft {short(draft['fingerprint'])} are not in the warehouse.")
    facts = _one(connection, "project", draft_no=number, **project)
    money = _one(connection, "settlement", draft_no=number, **of_year)
    if facts is None or money is None:
        raise InternalFailure(f"The draft {short(draft['fingerprint'])} does not remember {project_id} {year}.")
    delivery = {"draft_no": number, "delivery_no": facts["delivery_no"]}
    files = tuple(_rows(connection, "files", delivery_no=facts["delivery_no"]))
    events = _rows(connection, "events", **delivery, **of_year, citizen=citizen)
    wages = _rows(connection, "wages", **delivery, **of_year) if citizen is None else []
    parts = _parts(money, events, wages, of_citizen=citizen is not None)
    causes = _causes(connection, number, of_year, citizen)
    ledger = tuple(_rows(connection, "ledger", **of_year, known_at=known_at.timestamp))
    posted_dkk = sum((entry["amount_dkk"] for entry in ledger), ZERO)
    text = parse_rules(rules["contents"].decode(), RULES_FILE.name)
    return Explanation(
        project_id=project_id,
        year=year,
        draft=draft,
        rules={"file": RULES_FILE.name, "sha256": draft["rules_sha256"], "known_since": rules["first_seen_at"]},
        project=facts,
        files=files,
        money=money,
        parts=parts,
        parameters={
            name: _parameter(text, name, facts["start_date"], year) for part in parts for name in part.parameters
        },
        entitlement_dkk=money["entitlement_dkk"],
        ledger=ledger,
        posted_dkk=posted_dkk,
        payable_dkk=money["entitlement_dkk"] - posted_dkk,
        causes=causes,
        citizen=None if citizen is None else _citizen(connection, citizen, delivery, project_id, causes),
    )


def as_object(one: Explanation) -> Row:
    """Give an explanation as JSON has it; that of one citizen has `total_dkk`, and nothing of the project's money.

    The amount of a project without an accepted delivery is None.
    """
    found = asdict(one)
    if not one.is_known:
        found |= {"entitlement_dkk": None, "payable_dkk": None}
        found["money"] = {name: value if name in _OF_THE_GRANT else None for name, value in one.money.items()}
        found["parts"] = [part | {"amount_dkk": None} for part in found["parts"]]
    if one.citizen is None:
        return found
    alone = {name: value for name, value in found.items() if name not in _OF_THE_PROJECT}
    return alone | {"total_dkk": _total([{"amount_dkk": part.amount_dkk} for part in one.parts])}


def file_of(files: tuple[Row, ...], table: str) -> Row | None:
    """Give the file of a delivery that holds a table: the one with its name, otherwise the workbook or archive."""
    named = [file for file in files if _stem(file["file_name"]) == table]
    several = [file for file in files if not holds_one_table(file["file_name"])]
    return next(iter(named or several), None)


def holds_one_table(file_name: str) -> bool:
    """Whether a file of a delivery is one table, by its name; otherwise it is a workbook or an archive of tables."""
    return _stem(file_name) in BY_NAME


def _stem(file_name: str) -> str:
    return fold(file_name.rpartition(".")[0])


def _parts(money: Row, events: list[Row], wages: list[Row], *, of_citizen: bool) -> tuple[Part, ...]:
    starts = tuple(event for event in events if event["event"] == "start")
    completions = tuple(event for event in events if event["event"] == "completion")
    of_events = (
        Part("starts", _total(starts), ("start_rate_dkk", "qualifying_spell_types"), starts),
        Part(
            "completions",
            _total(completions),
            ("completion_rate_dkk", "completion_days", "chain_break_working_days"),
            completions,
        ),
    )
    if of_citizen:
        return of_events
    parts = (
        *of_events,
        Part(
            "cut by the cap", -money["activity_cut_dkk"], ("activity_cap_share", "activity_grant_per_citizen_max_dkk")
        ),
        Part("wages", _total(wages), ("fixed_grant_categories",), tuple(wages)),
        Part("cut by the limit of the fixed grant", -money["fixed_cut_dkk"], ("fixed_grant_max_dkk",)),
    )
    total = sum((part.amount_dkk for part in parts), ZERO)
    if total != money["entitlement_dkk"]:
        raise InternalFailure(
            f"The parts come to {total} kr. and the entitlement to {money['entitlement_dkk']} kr.: report it."
        )
    return parts


def _total(lines: tuple[Row, ...] | list[Row]) -> Decimal:
    return sum((line["amount_dkk"] for line in lines), ZERO)


def _parameter(rules: Rules, name: str, project_start: date, year: int) -> Row:
    """Give a parameter's values that held in the year, or on the project's or the programme's first day."""
    parameter = rules.parameters[name]
    day = {"project": project_start, "programme": rules.first_day}.get(parameter.kind.value)
    values = [
        {"value": value, "valid_from": start}
        for start, end, value in parameter.periods()
        if (start <= day <= end if day else start.year <= year <= end.year)
    ]
    document = rules.sources[parameter.source.document]
    return {
        "title_da": parameter.title_da,
        "unit": parameter.unit,
        "values": values,
        "source": {"title": document.title, "publisher": document.publisher, "heading": parameter.source.heading},
        "choice": parameter.choice,
    }


def _causes(connection: duckdb.DuckDBPyConnection, number: int, of_year: Row, citizen: str | None) -> tuple[Row, ...]:
    of_draft = {"draft_no": number, **of_year}
    rows = [
        row for row in _rows(connection, "cause_rows", **of_draft) if citizen is None or _citizen_of(row) == citizen
    ]
    spells = _rows(connection, "changed_spells", **of_draft)
    shown: set[str | None] = set()
    for row in rows:
        of_row = _citizen_of(row)
        row["spells"] = [] if of_row in shown else [spell for spell in spells if spell["citizen_id"] == of_row]
        shown.add(of_row)
    causes = [
        {**cause, "rows": [row for row in rows if row["position"] == cause["position"]]}
        for cause in _rows(connection, "causes", **of_draft)
    ]
    if citizen is None:
        return tuple(causes)
    return tuple({**cause, "amount_dkk": _changed(cause["rows"])} for cause in causes if cause["rows"])


def _changed(rows: list[Row]) -> Decimal:
    return sum(((row["now_dkk"] or ZERO) - (row["earlier_dkk"] or ZERO) for row in rows), ZERO)


def _citizen_of(row: Row) -> str | None:
    return None if row["subject"] == "wages" else row["key"]


def _citizen(
    connection: duckdb.DuckDBPyConnection, citizen: str, delivery: Row, project_id: str, causes: tuple[Row, ...]
) -> Row:
    found = _rows(connection, "citizen", **delivery, project_id=project_id, citizen=citizen)
    if not (found or causes):
        raise InputError(
            phrase(
                "There is no borger_id {citizen} in the delivery of {project_id} that is in force, nor behind a "
                "difference to what was posted: write it as the municipality does.",
                citizen=mask(citizen),
                project_id=project_id,
            )
        )
    return {
        "citizen_id": citizen,
        "rows": found,
        "spells": _rows(connection, "citizen_spells", **delivery, citizen=citizen),
    }


def _no_draft(connection: duckdb.DuckDBPyConnection, project_id: str, year: int, known_at: Moment) -> Exception:
    explained = execute(connection, "explain/projects", known_at=known_at.timestamp).fetchall()
    if (project_id, year) in {(name, of_any) for name, of_any, _ in explained}:
        return BusinessRefusal(
            phrase(
                "{project_id} had no draft of {year} by {moment}: name a later moment, or leave --as-known-at out.",
                project_id=project_id,
                year=year,
                moment=known_at.as_text(),
            )
        )
    known = [(name, of_any) for name, of_any, is_known in explained if is_known]
    years = [of_project for name, of_project in known if name == project_id]
    if years:
        return BusinessRefusal(
            phrase(
                "{project_id} has no draft of {year}: it has of {years}. Run jobfirst settle {year}.",
                project_id=project_id,
                year=year,
                years=", ".join(map(str, years)),
            )
        )
    of_year = {name for name, of_any in known if of_any == year}
    if of_year:
        return InputError(
            phrase(
                "{project_id} is not in the draft of {year}{nearest}: name a project of the register.",
                project_id=mask(project_id),
                year=year,
                nearest=nearest_are(project_id, of_year),
            )
        )
    return BusinessRefusal(
        phrase("There is no draft of {year} to explain: make one with jobfirst settle {year}.", year=year)
    )


def _rows(connection: duckdb.DuckDBPyConnection, name: str, /, **values: Any) -> list[Row]:
    return rows_of(connection, f"explain/{name}", **values)


def _one(connection: duckdb.DuckDBPyConnection, name: str, /, **values: Any) -> Row | None:
    return next(iter(_rows(connection, name, **values)), None)
