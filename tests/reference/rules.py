"""Every row rule (R, C, S, E) over the deliveries in force."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.reference import values
from tests.reference.intake import Delivery
from tests.reference.register import Project, Register
from tests.reference.tables import Row
from tests.reference.values import Value, add_years, fold, read_date

PARAMETERS: Mapping[str, Any] = {
    "appropriation_dkk": Decimal(47_500_000),
    "programme_first_day": dt.date(2016, 1, 1),
    "programme_last_day": dt.date(2017, 12, 31),
    "fixed_grant_max_dkk": Decimal(850_000),
    "activity_grant_per_citizen_max_dkk": Decimal(16_000),
    "start_rate_dkk": Decimal(6_000),
    "completion_rate_dkk": Decimal(10_000),
    "activity_cap_share": Decimal("0.90"),
    "completion_days": 91,
    "qualifying_spell_types": ("virksomhedspraktik", "loentilskud", "ordinaer_ansaettelse"),
    "snusepraktik_max_days": 91,
    "arm_min_citizens": 100,
    "enrolment_window_years": 1,
    "minimum_age_years": 30,
    "public_support_min_years": 1,
    "proportion_tolerance_share": Decimal("0.10"),
    "hold_rejected_share": Decimal("0.20"),
    "hold_gone_share": Decimal("0.20"),
    "weekly_hours_most": Decimal(60),
}
BENEFITS = {
    "ressourceforloeb": ("ressourceforloebsydelse",),
    "aktivitetsparat": ("kontanthjaelp", "integrationsydelse"),
}
ARMS = {"deltager": "participant", "kontrol": "control"}
SPELL_TYPES = ("snusepraktik", "virksomhedspraktik", "loentilskud", "ordinaer_ansaettelse")
ENDING_SPELL_TYPES = ("snusepraktik", "virksomhedspraktik", "loentilskud")
EXPENSE_CATEGORIES = (
    "projektledelse", "projektansatte", "undervisning", "materiale", "transport", "husleje", "formidling",
    "revision", "oevrige",
)  # fmt: skip
KEYS = {"borgere": "borger_id", "forloeb": "forloeb_id", "udgifter": "bilagsnr"}
REMARKS = frozenset({"C14", "S11", "S13"})


@dataclass(frozen=True)
class Citizen:
    """An accepted citizen."""

    project_id: str
    citizen_id: str
    person: str
    arm: str
    target_group: str
    enrolled_on: dt.date


@dataclass
class JudgedRow:
    """A row of a delivery in force with the codes that it breaks, remarks included."""

    project_id: str
    table: str
    row: Row
    codes: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        """The row's own reference, as delivered."""
        return "" if self.row.is_ragged else self.row[KEYS[self.table]].text

    @property
    def is_rejected(self) -> bool:
        """Whether the row does not count."""
        return bool(self.codes - REMARKS)


@dataclass
class Judged:
    """`rows`: by project and table, in delivered order. `citizens`: accepted, by project and borger_id."""

    rows: dict[tuple[str, str], list[JudgedRow]]
    citizens: dict[str, dict[str, Citizen]]


def judge(register: Register, current: Mapping[str, Delivery], parameters: Mapping[str, Any] = PARAMETERS) -> Judged:
    """Return every row of the deliveries in force with its codes, and the accepted citizens."""
    rows = {
        (project_id, table): [JudgedRow(project_id, table, row) for row in content.rows]
        for project_id, delivery in current.items()
        for table, content in delivery.tables.items()
    }
    for (project_id, table), judged_rows in rows.items():
        project, as_of = register.projects[project_id], current[project_id].as_of
        assert as_of is not None
        rule: Callable[[JudgedRow, Project, dt.date, Mapping[str, Any]], set[str]]
        rule = {"borgere": _citizen_codes, "forloeb": _spell_codes, "udgifter": _expense_codes}[table]
        keys = Counter(row.key for row in judged_rows)
        letter = {"borgere": "C", "forloeb": "S", "udgifter": "E"}[table]
        for judged in judged_rows:
            if judged.row.is_ragged:
                judged.codes.add("R01")
                continue
            judged.codes |= rule(judged, project, as_of, parameters)
            if judged.key == "":
                judged.codes.add(letter + "01")
            elif keys[judged.key] > 1:
                judged.codes.add(letter + "02")
    _judge_repeated_persons(rows)
    citizens = {project_id: _accepted_citizens(rows[project_id, "borgere"]) for project_id in current}
    for project_id in current:
        _judge_spell_citizens(rows[project_id, "forloeb"], rows[project_id, "borgere"], citizens[project_id])
    return Judged(rows, citizens)


def _code(value: Value, known: Mapping[str, Any] | tuple[str, ...]) -> str | None:
    folded = fold(value.text)
    return folded if folded in known else None


def _citizen_codes(judged: JudgedRow, project: Project, as_of: dt.date, parameters: Mapping[str, Any]) -> set[str]:
    row = judged.row
    person = values.read_cpr(row["cpr"])
    born = values.birth_date(person) if person is not None else None
    group = _code(row["maalgruppe"], BENEFITS)
    benefit = _code(row["ydelse"], tuple(name for names in BENEFITS.values() for name in names))
    enrolled_on = read_date(row["visitationsdato"])
    since = read_date(row["offentlig_forsoergelse_siden"])
    integration = fold(row["integrationsprogram"].text)
    return _failing(
        {
            "C03": person is None,
            "C04": values.read_municipality(row["kommunekode"]) not in project.municipalities,
            "C05": group is None,
            "C06": benefit is None or (group is not None and benefit not in BENEFITS[group]),
            "C07": _code(row["gruppe"], ARMS) is None,
            "C08": enrolled_on is None or enrolled_on > as_of,
            "C09": enrolled_on is not None and not _is_in_window(enrolled_on, project, parameters),
            "C10": person is not None and enrolled_on is not None and _is_too_young(person, enrolled_on, parameters),
            "C11": group == "aktivitetsparat"
            and (
                since is None
                or (born is not None and since < born)
                or (enrolled_on is not None and _is_supported_too_late(since, enrolled_on, parameters))
            ),
            "C12": (group == "aktivitetsparat" and integration == "ja") or integration not in ("ja", "nej", ""),
            "C14": person is not None and not values.passes_modulus_11(person),
            "C15": values.is_cpr_as_a_whole(row["borger_id"].text),
        }
    )


def _failing(verdicts: Mapping[str, bool]) -> set[str]:
    return {code for code, fails in verdicts.items() if fails}


def _is_too_young(person: str, enrolled_on: dt.date, parameters: Mapping[str, Any]) -> bool:
    born_on = values.birth_date(person)
    assert born_on is not None
    return add_years(born_on, parameters["minimum_age_years"]) > enrolled_on


def _is_in_window(day: dt.date, project: Project, parameters: Mapping[str, Any]) -> bool:
    window_end = add_years(project.start, parameters["enrolment_window_years"])
    return project.start <= day < window_end and day <= parameters["programme_last_day"]


def _is_supported_too_late(since: dt.date, enrolled_on: dt.date, parameters: Mapping[str, Any]) -> bool:
    years = parameters["public_support_min_years"]
    if enrolled_on.year <= years:
        return True
    return since > add_years(enrolled_on, -years)


def _spell_codes(judged: JudgedRow, project: Project, as_of: dt.date, parameters: Mapping[str, Any]) -> set[str]:
    row = judged.row
    end = parameters["programme_last_day"]
    spell_type = _code(row["type"], SPELL_TYPES)
    starts_on, ends_on = read_date(row["startdato"]), read_date(row["slutdato"])
    is_open = row["slutdato"].is_blank
    goes_on_after_end = (ends_on is not None and ends_on > end) or (is_open and as_of > end)

    last_day = as_of if is_open else ends_on
    hours = values.read_number(row["ordinaere_timer_pr_uge"])
    return _failing(
        {
            "S05": spell_type is None,
            "S06": values.read_cvr(row["virksomhed_cvr"]) is None,
            "S07": starts_on is None or starts_on > as_of,
            "S08": (ends_on is None and not is_open)
            or (ends_on is not None and starts_on is not None and ends_on < starts_on),
            "S10": (starts_on is not None and starts_on > end)
            or (spell_type in ENDING_SPELL_TYPES and goes_on_after_end),
            "S11": spell_type == "snusepraktik"
            and starts_on is not None
            and last_day is not None
            and (last_day - starts_on).days + 1 > parameters["snusepraktik_max_days"],
            "S12": not row["ordinaere_timer_pr_uge"].is_blank
            and (hours is None or not 0 <= hours <= parameters["weekly_hours_most"]),
            "S13": spell_type == "ordinaer_ansaettelse"
            and starts_on is not None
            and starts_on <= end
            and goes_on_after_end,
        }
    )


def _expense_codes(judged: JudgedRow, project: Project, as_of: dt.date, parameters: Mapping[str, Any]) -> set[str]:
    row = judged.row
    day = read_date(row["dato"])
    return _failing(
        {
            "E03": day is None or day > as_of,
            "E04": day is not None and not project.start <= day <= parameters["programme_last_day"],
            "E05": _code(row["kategori"], EXPENSE_CATEGORIES) is None,
            "E06": not values.read_amount(row["beloeb"]),
            "E07": fold(row["lovpligtig"].text) not in ("nej", ""),
        }
    )


def _judge_repeated_persons(rows: Mapping[tuple[str, str], list[JudgedRow]]) -> None:
    by_person: dict[str, list[tuple[dt.date, str, str, JudgedRow]]] = {}
    for (project_id, table), judged_rows in rows.items():
        if table != "borgere":
            continue
        for judged in judged_rows:
            if not judged.is_rejected:
                person = values.read_cpr(judged.row["cpr"])
                enrolled_on = read_date(judged.row["visitationsdato"])
                assert person is not None
                assert enrolled_on is not None
                by_person.setdefault(person, []).append((enrolled_on, project_id, judged.key, judged))
    for enrolments in by_person.values():
        enrolments.sort(key=lambda enrolment: enrolment[:3])
        for *_, judged in enrolments[1:]:
            judged.codes.add("C13")


def _accepted_citizens(rows: list[JudgedRow]) -> dict[str, Citizen]:
    citizens = {}
    for judged in rows:
        if judged.is_rejected:
            continue
        person, group = values.read_cpr(judged.row["cpr"]), _code(judged.row["maalgruppe"], BENEFITS)
        enrolled_on = read_date(judged.row["visitationsdato"])
        assert person is not None
        assert group is not None
        assert enrolled_on is not None
        arm = ARMS[fold(judged.row["gruppe"].text)]
        citizens[judged.key] = Citizen(judged.project_id, judged.key, person, arm, group, enrolled_on)
    return citizens


def _judge_spell_citizens(
    spells: list[JudgedRow], citizen_rows: list[JudgedRow], accepted: Mapping[str, Citizen]
) -> None:
    there = {judged.key for judged in citizen_rows if not judged.row.is_ragged and judged.key}
    rejected = {judged.key for judged in citizen_rows if not judged.row.is_ragged and judged.is_rejected}
    for spell in spells:
        if spell.row.is_ragged:
            continue
        citizen_id = spell.row["borger_id"].text
        if citizen_id not in there:
            spell.codes.add("S03")
        elif citizen_id in rejected:
            spell.codes.add("S04")
        starts_on = read_date(spell.row["startdato"])
        citizen = accepted.get(citizen_id)
        if citizen is not None and starts_on is not None and starts_on < citizen.enrolled_on:
            spell.codes.add("S09")
