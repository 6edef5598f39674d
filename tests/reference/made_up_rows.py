"""Made-up rows of the three tables: right, on a boundary by a day, or wrong in any of their cells.

A date or a number stays typed here; `made_up_files` decides how it is written. Every CPR number is an administrative
one (day + 60), or gives a birth in 1858, before anybody who ever held one.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.reference.rules import BENEFITS, EXPENSE_CATEGORIES, SPELL_TYPES
from tests.reference.values import add_years, birth_date, passes_modulus_11

MadeUpCell = str | Decimal | dt.date | dt.datetime | None
MadeUpRow = dict[str, MadeUpCell]

PROGRAMME_LAST_DAY = dt.date(2017, 12, 31)
CVR_NUMBERS = ("64942212", "11259979", "58271713", "65113015")
# The last day of a spell and two first days of the next: the first joins the chain, the second breaks it.
GAPS = tuple(
    (dt.date.fromisoformat(end), dt.date.fromisoformat(joins), dt.date.fromisoformat(breaks))
    for end, joins, breaks in (
        ("2016-03-23", "2016-03-29", "2016-03-30"),
        ("2016-04-21", "2016-04-25", "2016-04-26"),
        ("2016-05-04", "2016-05-06", "2016-05-09"),
        ("2016-05-13", "2016-05-17", "2016-05-18"),
        ("2016-06-10", "2016-06-13", "2016-06-14"),
        ("2016-12-23", "2016-12-27", "2016-12-28"),
        ("2016-12-30", "2017-01-02", "2017-01-03"),
        ("2017-04-12", "2017-04-18", "2017-04-19"),
        ("2017-04-28", "2017-05-01", "2017-05-02"),
        ("2017-05-11", "2017-05-15", "2017-05-16"),
        ("2017-06-02", "2017-06-06", "2017-06-07"),
        ("2017-09-06", "2017-09-07", "2017-09-08"),
    )
)
UNREADABLE_DATES = (
    "01-02-16", "2016/02/01", "31-02-2016", "13/31/2016", "1-2.2016", "i dag", "42401", "2016-02-01 08:00",
    "0000-01-01", "２016-02-01", "2016-1", "1. marts 2016", "01022016", "2016-02-01T00:00:00", "-", "01-02-2016.",
)  # fmt: skip
UNREADABLE_AMOUNTS = (
    "1.23,4", "1,234.56", "12.34.56", "1 000", "kr. 5", "+5", "1,234", "1234.567", ",5", "1,", "1e3", "--5",
    "٣", "5 kr", "NaN", "abc", "1.2345", "(500)", "1.000.00", "5-", ".", "1.234.56", "0x10", "1_000",
)  # fmt: skip
NO_CODES = ("?", "deltagere", "ja da", "1", "ressourceforløbet", "ukendt kode", "nul")


@dataclass(frozen=True)
class Terms:
    """What a project's made-up rows are fitted to, or made to miss."""

    start: dt.date
    municipalities: tuple[str, ...]
    as_of: dt.date
    people: tuple[str, ...]
    mistakes_share: float


def days_around(day: dt.date) -> tuple[dt.date, dt.date, dt.date]:
    return (day - dt.timedelta(days=1), day, day + dt.timedelta(days=1))


def make_cpr(rng: random.Random, born_on: dt.date, *, passes: bool | None = None) -> str:
    """Return an administrative CPR number of that birth date (1900 to 2036), passing modulus 11 or not."""
    while True:
        seventh = rng.choice("0123" if born_on.year < 2000 else "49")
        digits = f"{born_on.day + 60}{born_on:%m%y}{seventh}{rng.randrange(1000):03}"
        if birth_date(digits) == born_on and passes in (None, passes_modulus_11(digits)):
            return digits


def random_day(rng: random.Random, first: dt.date, last: dt.date) -> dt.date:
    return first + dt.timedelta(days=rng.randrange(max(1, (last - first).days + 1)))


def citizen_rows(rng: random.Random, terms: Terms, count: int) -> list[MadeUpRow]:
    rows = []
    for number in range(count):
        row = _right_citizen(rng, terms, number)
        _spoil(rng, row, terms, _citizen_mistakes(rng, row, terms))
        rows.append(row)
    return rows


def _right_citizen(rng: random.Random, terms: Terms, number: int) -> MadeUpRow:
    window_last = add_years(terms.start, 1) - dt.timedelta(days=1)
    last = max(terms.start, min(window_last, terms.as_of, PROGRAMME_LAST_DAY))
    enrolled_on = rng.choice(
        [random_day(rng, terms.start, last), random_day(rng, terms.start, last), terms.start, last]
    )
    group = rng.choice(tuple(BENEFITS))
    return {
        "borger_id": rng.choice(("B{}", "B{}", "B{}", "{}", "0{}", "Å {}", "b-{}", "x,y;{}")).format(number + 1),
        "cpr": rng.choice(terms.people),
        "kommunekode": rng.choice(("{}", "0{}")).format(rng.choice(terms.municipalities)),
        "maalgruppe": group,
        "ydelse": rng.choice(BENEFITS[group]),
        "offentlig_forsoergelse_siden": rng.choice(
            [add_years(enrolled_on, -1), random_day(rng, dt.date(1990, 1, 1), add_years(enrolled_on, -1))]
        )
        if group == "aktivitetsparat" or rng.random() < 0.3
        else None,
        "integrationsprogram": rng.choice(("nej", None)),
        "gruppe": rng.choice(("deltager", "deltager", "kontrol")),
        "visitationsdato": enrolled_on,
    }


def _citizen_mistakes(rng: random.Random, row: MadeUpRow, terms: Terms) -> dict[str, Sequence[MadeUpCell]]:
    enrolled_on = row["visitationsdato"]
    assert isinstance(enrolled_on, dt.date)
    thirtieth = [make_cpr(rng, add_years(day, -30)) for day in (*days_around(enrolled_on), dt.date(2016, 2, 29))]
    leap = make_cpr(rng, dt.date(1988, 2, 29))
    return {
        "borger_id": (
            None, None, None, "B1", "b1", " B2 ", "B\u00a02", "A\u030a 1", make_cpr(rng, dt.date(1970, 5, 17)),
            "7005171234x", "sag " + make_cpr(rng, dt.date(1971, 1, 1)), "730470-1234", "to\nlinjer",
        ),
        "cpr": (
            None, *thirtieth, leap, "321270-1234", "001270-1234", "611370-1234", "9002711234", "61127012345",
            "013270123", "６１1270-1234", "611270–1234", "abc", "6112701", make_cpr(rng, dt.date(1999, 12, 31)),
            make_cpr(rng, dt.date(1960, 1, 31), passes=False), make_cpr(rng, dt.date(1960, 1, 31), passes=True),
            "101585" + f"{rng.randrange(1000):03}", "020358-5" + f"{rng.randrange(1000):03}",
            make_cpr(rng, dt.date(1986, 3, 1)), "6101575" + f"{rng.randrange(1000):03}",
        ),
        "kommunekode": (None, "999", "1187", "18", "01 87", "00" + terms.municipalities[0], "１８7", "Vallensbæk"),
        "maalgruppe": (None, *NO_CODES, *BENEFITS),
        "ydelse": (None, *NO_CODES, "ressourceforloebsydelse", "kontanthjaelp", "integrationsydelse", "sygedagpenge"),
        "offentlig_forsoergelse_siden": (
            None, *UNREADABLE_DATES, *days_around(add_years(enrolled_on, -1)), enrolled_on, dt.date(2016, 2, 29),
        ),
        "integrationsprogram": ("ja", "ja", "måske", "ja nej", "0"),
        "gruppe": (None, *NO_CODES, "control"),
        "visitationsdato": (
            None, *UNREADABLE_DATES, *days_around(terms.start), *days_around(add_years(terms.start, 1)),
            *days_around(terms.as_of), *days_around(PROGRAMME_LAST_DAY), dt.date(2016, 2, 29), dt.date(2017, 2, 28),
            dt.datetime.combine(enrolled_on, dt.time(8, 30)),
        ),
    }  # fmt: skip


def spell_rows(rng: random.Random, terms: Terms, citizens: Sequence[MadeUpRow]) -> list[MadeUpRow]:
    rows: list[MadeUpRow] = []
    for citizen in citizens:
        begin = citizen["visitationsdato"]
        if not isinstance(begin, dt.date) or isinstance(begin, dt.datetime):
            begin = terms.start
        makers: Sequence[Callable[[random.Random, Terms, dt.date], list[MadeUpRow]]] = (
            _no_spell, _one_spell, _one_spell, _bridged_spells, _bridged_spells, _overlapping_spells,
        )  # fmt: skip
        for row in rng.choice(makers)(rng, terms, begin):
            row["borger_id"] = citizen["borger_id"]
            rows.append(row)
    for number, row in enumerate(rows):
        row["forloeb_id"] = f"F{number + 1}"
        _spoil(rng, row, terms, _spell_mistakes(rng, row, terms))
    rng.shuffle(rows)
    return rows


def _spell(rng: random.Random, company: str, starts_on: dt.date, ends_on: dt.date | None) -> MadeUpRow:
    return {
        "forloeb_id": None,
        "borger_id": None,
        "type": rng.choice((*SPELL_TYPES, *SPELL_TYPES[1:], *SPELL_TYPES[1:])),
        "virksomhed_cvr": company,
        "startdato": starts_on,
        "slutdato": ends_on,
        "ordinaere_timer_pr_uge": rng.choice((None, Decimal(0), Decimal(60), Decimal("7.4"), Decimal("37.25"))),
    }


def _no_spell(_rng: random.Random, _terms: Terms, _begin: dt.date) -> list[MadeUpRow]:
    return []


def _one_spell(rng: random.Random, terms: Terms, begin: dt.date) -> list[MadeUpRow]:
    starts_on = begin + dt.timedelta(days=rng.choice((0, 0, 1, 5, 60)))
    ends_on = rng.choice(
        [starts_on + dt.timedelta(days=days) for days in (0, 30, 89, 90, 91, 92, 200)]
        + [None, None, PROGRAMME_LAST_DAY, terms.as_of, terms.as_of - dt.timedelta(days=1)]
    )
    if ends_on is not None and ends_on < starts_on:
        ends_on = starts_on
    return [_spell(rng, rng.choice(CVR_NUMBERS), starts_on, ends_on)]


def _bridged_spells(rng: random.Random, terms: Terms, begin: dt.date) -> list[MadeUpRow]:
    """Return two or three spells around a gap of holidays, whose whole length is about 91 days."""
    gaps = [gap for gap in GAPS if gap[0] >= begin] or [GAPS[-1]]
    end, joins, breaks = rng.choice(gaps[:4])
    company = rng.choice(CVR_NUMBERS)
    starts_on = max(begin, end - dt.timedelta(days=rng.choice((3, 20, 60, 95))))
    first_end = rng.choice((end, end, end, end - dt.timedelta(days=3)))
    second_start = rng.choice((joins, joins, breaks))
    last = rng.choice(
        [starts_on + dt.timedelta(days=days) for days in (89, 90, 91, 120)]
        + [second_start + dt.timedelta(days=days) for days in (89, 90)]
    )
    rows = [_spell(rng, company, starts_on, max(first_end, starts_on))]
    rows.append(_spell(rng, rng.choice((company, company, CVR_NUMBERS[0])), second_start, max(last, second_start)))
    if rng.random() < 0.3:
        rows.append(_spell(rng, company, max(last, second_start) + dt.timedelta(days=rng.choice((1, 2, 3))), None))
    if rng.random() < 0.2:
        rows[0]["ordinaere_timer_pr_uge"] = None
    return rows


def _overlapping_spells(rng: random.Random, terms: Terms, begin: dt.date) -> list[MadeUpRow]:
    """Return a long spell, one inside it, and one that goes on where it stops."""
    company = rng.choice(CVR_NUMBERS)
    middle = begin + dt.timedelta(days=rng.choice((40, 60, 88)))
    inside = begin + dt.timedelta(days=rng.choice((0, 5, 20)))
    last = begin + dt.timedelta(days=rng.choice((89, 90, 91)))
    return [
        _spell(rng, company, begin, middle),
        _spell(rng, company, inside, inside + dt.timedelta(days=rng.choice((0, 3, 10)))),
        _spell(
            rng, company, middle + dt.timedelta(days=rng.choice((0, 1, 2))), max(last, middle + dt.timedelta(days=2))
        ),
    ]


def _spell_mistakes(rng: random.Random, row: MadeUpRow, terms: Terms) -> dict[str, Sequence[MadeUpCell]]:
    starts_on = row["startdato"]
    assert isinstance(starts_on, dt.date)
    return {
        "forloeb_id": (
            None, None, None, "F1", "f1", "F2 ", make_cpr(rng, dt.date(1980, 1, 1)), "F-611280-1234-1", "00001",
        ),
        "borger_id": (None, "findes ikke", "b1", "B1", "1", "01"),
        "type": (None, *NO_CODES, *SPELL_TYPES, "snusepraktik", "snusepraktik", "ordinaer_ansaettelse"),
        "virksomhed_cvr": (
            None, "64942213", "06494221", "6494221", "649422120", "DK64942212", "64 94 22 12", "６4942212",
        ),
        "startdato": (
            None, *UNREADABLE_DATES, *days_around(starts_on), *days_around(terms.as_of), *days_around(terms.start),
            *days_around(PROGRAMME_LAST_DAY), dt.datetime.combine(starts_on, dt.time(23, 59, 59)),
        ),
        "slutdato": (
            None, None, *UNREADABLE_DATES, *days_around(starts_on), *days_around(terms.as_of),
            *days_around(PROGRAMME_LAST_DAY), starts_on + dt.timedelta(days=90), starts_on + dt.timedelta(days=91),
            dt.date(2099, 1, 1),
        ),
        "ordinaere_timer_pr_uge": (
            "-1", "60,01", "60.0", "0,5", "37,5", "37 kr.", "1.000", "060", "-0", *UNREADABLE_AMOUNTS,
            Decimal("60.004"), Decimal("60.005"), Decimal("-0.01"),
        ),
    }  # fmt: skip


def expense_rows(rng: random.Random, terms: Terms, count: int) -> list[MadeUpRow]:
    rows: list[MadeUpRow] = []
    last = max(terms.start, min(terms.as_of, PROGRAMME_LAST_DAY))
    for number in range(count):
        row: MadeUpRow = {
            "bilagsnr": rng.choice(("U{}", "{}", "2016-{:04}")).format(number + 1),
            "dato": random_day(rng, terms.start, last),
            "kategori": rng.choice(("projektledelse", "projektledelse", *EXPENSE_CATEGORIES)),
            "beloeb": _amount(rng),
            "lovpligtig": rng.choice(("nej", None)),
            "tekst": rng.choice((None, "løn", 'a "b" c', "x;y,z\tw", "to\nlinjer", "cpr 611270-1234", "  ", "=1+1;")),
        }
        _spoil(rng, row, terms, _expense_mistakes(rng, terms))
        rows.append(row)
    return rows


def _amount(rng: random.Random) -> Decimal:
    kroner = rng.choice((rng.randrange(1, 1_000), rng.randrange(1_000, 1_000_000), rng.randrange(1, 400) * 1_000))
    amount = Decimal(kroner) + Decimal(rng.choice((0, 0, 5, 50, 99))) / 100
    return -amount if rng.random() < 0.1 else amount


def _expense_mistakes(rng: random.Random, terms: Terms) -> dict[str, Sequence[MadeUpCell]]:
    return {
        "bilagsnr": (None, None, None, "U1", "u1", "1", "01", make_cpr(rng, dt.date(1980, 1, 1)), "X\u00a01"),
        "dato": (
            None, *UNREADABLE_DATES, *days_around(terms.start), *days_around(terms.as_of),
            *days_around(PROGRAMME_LAST_DAY),
        ),
        "kategori": (None, *NO_CODES, "løn", "Øvrige", "projekt ledelse"),
        "beloeb": (
            None, "0", "0,00", "-0", "0 kr.", "-0,01", "1.234", "0.123", "1.5", "007", "kr.", "1.234.567,8 kr.",
            *UNREADABLE_AMOUNTS, Decimal("2.675"), Decimal("0.004"), Decimal("0.005"), Decimal("-1.005"),
            Decimal("1234.5678"),
        ),
        "lovpligtig": ("ja", "Ja ", "måske", "nej ikke"),
    }  # fmt: skip


def _spoil(rng: random.Random, row: MadeUpRow, terms: Terms, mistakes: dict[str, Sequence[MadeUpCell]]) -> None:
    if rng.random() >= terms.mistakes_share:
        return
    for column in rng.sample(sorted(mistakes), k=rng.choice((1, 1, 1, 2, 3))):
        row[column] = rng.choice(mistakes[column])
