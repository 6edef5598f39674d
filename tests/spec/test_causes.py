"""Why a settled year comes to another amount: what the letter of an adjustment says, line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from tasks.warehouse.connection import open_warehouse
from tests.support.correcting import backfill, causes, change_rules
from tests.support.files import read_rows
from tests.support.portfolio import Delivery, Project
from tests.support.releasing import JF, OTHER, Office, begun

pytestmark = pytest.mark.usefixtures("no_papers")

FIRST, SECOND, THIRD = "2017-02-15T08:00", "2017-03-10T08:00", "2018-05-01T08:00"
Change = Callable[[Delivery], object]
Said = list[tuple[str, Decimal]]


def delivery(project: Project, as_of: str) -> Delivery:
    """Begin a delivery with two citizens who start on a spring day of 2016, one of whom completes, and a voucher."""
    written = project.delivery(as_of)
    written.spell(written.citizen("Anna"), "2016-03-01", "2016-03-01")
    written.spell(written.citizen("Bent"), "2016-03-01", "2016-09-30")
    written.wages("2016-05-31", "1.000,00")
    return written


def row(of: Delivery, borger_id: str) -> dict[str, str]:
    return next(one for one in of.borgere if one["borger_id"] == borger_id)


def spell(of: Delivery, borger_id: str) -> dict[str, str]:
    return next(one for one in of.forloeb if one["borger_id"] == borger_id)


def without_anna(later: Delivery) -> None:
    later.borgere.remove(row(later, "Anna"))
    later.forloeb.remove(spell(later, "Anna"))


def other_vouchers(later: Delivery) -> None:
    later.udgifter[0]["beloeb"] = "1.250,50"
    later.wages("2016-08-31", "300,00")


def four_more(of: Delivery) -> None:
    """Add citizens whose spells give nothing, so that one rejected row is no hold (P06)."""
    for number in range(4):
        of.spell(of.citizen(f"W{number}"), "2016-03-01", "2016-03-01", type="snusepraktik")


def bent_rejected(earlier: Delivery) -> None:
    four_more(earlier)
    row(earlier, "Bent").update(ydelse="dagpenge")


def one_gone_and_one_rejected(later: Delivery) -> None:
    without_anna(later)
    later.udgifter.clear()
    row(later, "Bent").update(ydelse="dagpenge")


def voucher_named_as_anna(of: Delivery) -> None:
    of.udgifter[0]["bilagsnr"] = "Anna"


def without_anna_beside_the_voucher(later: Delivery) -> None:
    voucher_named_as_anna(later)
    without_anna(later)


def shorter_beside_a_rejected_voucher(later: Delivery) -> None:
    spell(later, "Bent").update(slutdato="2016-03-31")
    later.wages("2016-05-31", "1,00", lovpligtig="ja")


@dataclass(frozen=True)
class Case:
    """What a later delivery changes, and what is said of it.

    grant: the project's other facts; begins: what the first delivery changes.
    """

    change: Change
    said: Said
    grant: Mapping[str, object] = field(default_factory=dict)
    begins: Change = lambda _: None


CASES = {
    "nothing changed": Case(lambda _: None, []),
    "a citizen is taken out": Case(
        without_anna,
        [
            (
                "Et påbegyndt forløb tæller ikke længere, fordi borgeren ikke står i indberetningen: 1 × 6.000 kr.",
                Decimal(-6_000),
            ),
        ],
    ),
    "a citizen is rejected": Case(
        lambda later: row(later, "Bent").update(ydelse="dagpenge"),
        [
            (
                "Et påbegyndt forløb tæller ikke længere, fordi borgerens registrering er afvist: 1 × 6.000 kr.",
                Decimal(-6_000),
            ),
            (
                "Et gennemført forløb tæller ikke længere, fordi borgerens registrering er afvist: 1 × 10.000 kr.",
                Decimal(-10_000),
            ),
        ],
    ),
    "a citizen is no longer rejected": Case(
        four_more,
        [
            (
                "Et påbegyndt forløb tæller nu med, fordi borgerens registrering ikke længere er afvist: 1 × 6.000 kr.",
                Decimal(6_000),
            ),
            (
                "Et gennemført forløb tæller nu med, fordi borgerens registrering ikke længere er afvist: "
                "1 × 10.000 kr.",
                Decimal(10_000),
            ),
        ],
        begins=bent_rejected,
    ),
    "a spell is longer": Case(
        lambda _: None,
        [
            (
                "Et gennemført forløb tæller nu med, fordi borgerens forløb er ændret: 1 × 10.000 kr.",
                Decimal(10_000),
            ),
        ],
        begins=lambda earlier: spell(earlier, "Bent").update(slutdato="2016-03-31"),
    ),
    "a citizen and a voucher are taken out, another citizen is rejected": Case(
        one_gone_and_one_rejected,
        [
            (
                "Et påbegyndt forløb tæller ikke længere, fordi borgeren ikke står i indberetningen: 1 × 6.000 kr.",
                Decimal(-6_000),
            ),
            (
                "Et påbegyndt forløb tæller ikke længere, fordi borgerens registrering er afvist: 1 × 6.000 kr.",
                Decimal(-6_000),
            ),
            (
                "Et gennemført forløb tæller ikke længere, fordi borgerens registrering er afvist: 1 × 10.000 kr.",
                Decimal(-10_000),
            ),
            (
                "Et bilag for løn til projektledelse tæller ikke længere, fordi bilaget ikke står i indberetningen",
                Decimal(-1_000),
            ),
        ],
    ),
    "a citizen is taken out, and a voucher has the same reference": Case(
        without_anna_beside_the_voucher,
        [
            (
                "Et påbegyndt forløb tæller ikke længere, fordi borgeren ikke står i indberetningen: 1 × 6.000 kr.",
                Decimal(-6_000),
            ),
        ],
        begins=voucher_named_as_anna,
    ),
    "a citizen was a control": Case(
        lambda later: row(later, "Anna").update(gruppe="kontrol"),
        [
            (
                "Et påbegyndt forløb tæller ikke længere, fordi borgeren nu er i kontrolgruppen: 1 × 6.000 kr.",
                Decimal(-6_000),
            ),
        ],
    ),
    "two citizens come": Case(
        lambda later: later.started(2, "2016-11-01"),
        [
            (
                "To påbegyndte forløb tæller nu med, fordi borgerne er nye i indberetningen: 2 × 6.000 kr.",
                Decimal(12_000),
            ),
        ],
    ),
    "a spell is shorter": Case(
        lambda later: spell(later, "Bent").update(slutdato="2016-03-31"),
        [
            (
                "Et gennemført forløb tæller ikke længere, fordi borgerens forløb er ændret: 1 × 10.000 kr.",
                Decimal(-10_000),
            ),
        ],
    ),
    "a spell is shorter, and the voucher on the citizen's row is rejected": Case(
        shorter_beside_a_rejected_voucher,
        [
            (
                "Et gennemført forløb tæller ikke længere, fordi borgerens forløb er ændret: 1 × 10.000 kr.",
                Decimal(-10_000),
            ),
        ],
    ),
    "a start moves to the next year": Case(
        lambda later: spell(later, "Anna").update(startdato="2017-01-02", slutdato="2017-01-02"),
        [
            (
                "Et påbegyndt forløb er flyttet fra 2016 til 2017, fordi borgerens forløb er ændret: 1 × 6.000 kr.",
                Decimal(-6_000),
            ),
        ],
    ),
    "a start moves within the year": Case(lambda later: spell(later, "Anna").update(startdato="2016-02-08"), []),
    "vouchers come and change": Case(
        other_vouchers,
        [
            ("Et bilag for løn til projektledelse giver et andet beløb, fordi beløbet er ændret", Decimal("250.50")),
            (
                "Et bilag for løn til projektledelse tæller nu med, fordi bilaget er nyt i indberetningen",
                Decimal("300.00"),
            ),
        ],
    ),
    "a voucher is rejected": Case(
        lambda later: later.udgifter[0].update(lovpligtig="ja"),
        [("Et bilag for løn til projektledelse tæller ikke længere, fordi bilaget nu er afvist", Decimal(-1_000))],
    ),
    # Target 2: the cap is 0.90 x 16 000 x 2 = 28 800; two starts and one completion are 22 000 of it.
    "the cap takes a part of what came": Case(
        lambda later: later.started(2, "2016-11-01"),
        [
            (
                "To påbegyndte forløb tæller nu med, fordi borgerne er nye i indberetningen: 2 × 6.000 kr.",
                Decimal(12_000),
            ),
            ("Loftet for det aktivitetsafhængige tilskud holder 5.200 kr. mere tilbage end før", Decimal(-5_200)),
        ],
        {"target": 2},
    ),
    "the limit of the fixed grant takes a part": Case(
        lambda later: later.wages("2016-08-31", "300,00"),
        [
            ("Et bilag for løn til projektledelse tæller nu med, fordi bilaget er nyt i indberetningen", Decimal(300)),
            ("Grænsen for det faste tilskud holder 200 kr. mere tilbage end før", Decimal(-200)),
        ],
        {"commitment": "1100"},
    ),
    # Target 1: the cap is 14 400, of a gross of 22 000; target 2: 28 800.
    "the target changes in the register": Case(
        lambda later: setattr(later.project, "target", 2),
        [
            (
                "Loftet for det aktivitetsafhængige tilskud er ændret fra 14.400 kr. til 28.800 kr. "
                "(ændret måltal eller projektstart)",
                Decimal(22_000 - 14_400),
            ),
        ],
        {"target": 1},
    ),
}
MUNICIPALITIES = ["101", "147", "151", "153", "155", "157", "159", "161", "163"]
MOST = len(MUNICIPALITIES)
TOGETHER = [dict(list(CASES.items())[first : first + MOST]) for first in range(0, len(CASES), MOST)]
"""The cases that one portfolio has."""
PROJECTS = {says: f"JF-{code}" for cases in TOGETHER for says, code in zip(cases, MUNICIPALITIES, strict=False)}
of_all_together = pytest.mark.parametrize("cases", range(len(TOGETHER)))


def all_corrected(office: Office, cases: int) -> None:
    """Release 2016 of one project for each case, deliver each again with the case's change, and settle again."""
    given = TOGETHER[cases]
    projects = [
        office.portfolio.project(PROJECTS[says], municipalities=(code,), **case.grant)
        for (says, case), code in zip(given.items(), MUNICIPALITIES, strict=False)
    ]
    for project, case in zip(projects, given.values(), strict=True):
        earlier = delivery(project, "2016-12-31")
        case.begins(earlier)
        earlier.write(office.inbox)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    for project, case in zip(projects, given.values(), strict=True):
        later = delivery(project, "2017-12-31")
        case.change(later)
        later.write(office.inbox)
    office.portfolio.write_register()
    office.settle(2016, now=THIRD)


@pytest.mark.parametrize("says", CASES)
def test_a_change_of_the_registrations_is_said(office: Office, says: str) -> None:
    begun(office, all_corrected, next(number for number, cases in enumerate(TOGETHER) if says in cases))
    assert causes(office, 2016, PROJECTS[says]) == CASES[says].said


@of_all_together
def test_what_is_said_adds_up_to_what_is_paid(office: Office, cases: int) -> None:
    begun(office, all_corrected, cases)
    projects = [PROJECTS[says] for says in TOGETHER[cases]]
    said = {one: sum(amount for _, amount in causes(office, 2016, one)) for one in projects}
    paid = {one["project_id"]: Decimal(one["payable"]) for one in read_rows(office.out(2016) / "settlement.csv")}
    assert said == paid


def behind(office: Office, year: int) -> list[tuple[str, int, Decimal]]:
    """Give what the registrations behind each cause of the newest draft of a year change: project, position, DKK."""
    with open_warehouse(office.home) as connection:
        return connection.execute(
            """
            SELECT project_id, position, sum(now_dkk - earlier_dkk)
            FROM draft_cause_rows
            WHERE year = $year AND draft_no = (SELECT max(draft_no) FROM core_drafts WHERE year = $year)
            GROUP BY project_id, position
            ORDER BY project_id, position
            """,
            {"year": year},
        ).fetchall()


@of_all_together
def test_the_registrations_behind_what_is_said_add_up_to_it(office: Office, cases: int) -> None:
    """Only a limit has no registrations behind it."""
    begun(office, all_corrected, cases)
    assert behind(office, 2016) == sorted(
        (PROJECTS[says], position, amount)
        for says, case in TOGETHER[cases].items()
        for position, (text, amount) in enumerate(case.said, start=1)
        if not text.startswith(("Loftet", "Grænsen"))
    )


def released(office: Office, **grant: object) -> None:
    """Release 2016 of a project."""
    delivery(office.portfolio.project(JF, **grant), "2016-12-31").write(office.inbox)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)


def corrected(office: Office, change: Change) -> Said:
    """Deliver a released project again with a change, and settle again; give the causes."""
    later = delivery(office.portfolio.projects[0], "2017-12-31")
    change(later)
    later.write(office.inbox)
    summary = office.settle(2016, now=THIRD)
    said = causes(office, 2016, JF)
    assert sum(amount for _, amount in said) == summary.payable_dkk
    return said


def test_a_voucher_that_was_below_zero_is_not_held_back(office: Office) -> None:
    """The fixed grant ended at zero, so 6 000 kr. of the correction give nothing."""
    earlier = delivery(office.portfolio.project(JF), "2016-12-31")
    earlier.udgifter[0]["beloeb"] = "-6.000,00"
    earlier.write(office.inbox)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    assert corrected(office, lambda later: later.udgifter[0].update(beloeb="6.000,00")) == [
        ("Et bilag for løn til projektledelse giver et andet beløb, fordi beløbet er ændret", Decimal(12_000)),
        ("Det faste tilskud kan ikke komme under 0 kr. i alt; det giver 6.000 kr. mindre end før", Decimal(-6_000)),
    ]


def test_a_voucher_falls_from_above_the_limit_to_below_zero(office: Office) -> None:
    released(office, commitment="800")
    assert corrected(office, lambda later: later.udgifter[0].update(beloeb="-6.000,00")) == [
        ("Et bilag for løn til projektledelse giver et andet beløb, fordi beløbet er ændret", Decimal(-7_000)),
        ("Grænsen for det faste tilskud holder 200 kr. mindre tilbage end før", Decimal(200)),
        ("Det faste tilskud kan ikke komme under 0 kr. i alt; det giver 6.000 kr. mere end før", Decimal(6_000)),
    ]


def test_a_year_that_was_never_posted_has_no_causes(office: Office) -> None:
    delivery(office.portfolio.project(JF), "2016-12-31").write(office.inbox)
    office.settle(2016, now=FIRST)
    assert causes(office, 2016, JF) == []


def test_a_rate_changes(office: Office) -> None:
    def change(later: Delivery) -> None:
        before, after = '{2016-01-01: "6000"}', '{2016-01-01: "6000", 2016-03-01: "6500"}'
        change_rules(office.monkeypatch, office.portfolio.folder / "rules", (before, after))

    begun(office, released)
    assert corrected(office, change) == [
        (
            "To påbegyndte forløb giver et andet beløb, fordi reglerne er ændret (Tilskud, når en borger "
            "påbegynder forløb: – → 6.500 fra 01-03-2016): 2 × (6.500 kr. − 6.000 kr.)",
            Decimal(1_000),
        ),
    ]


def test_registrations_and_rules_change_together(office: Office) -> None:
    """The registrations come first, by the rules of then; what is left is the rules' doing."""

    def change(later: Delivery) -> None:
        spell(later, "Anna").update(slutdato="2016-05-29")
        change_rules(office.monkeypatch, office.portfolio.folder / "rules", ("{2016-01-01: 91}", "{2016-01-01: 90}"))
        later.started(1, "2016-11-01")

    begun(office, released)
    assert corrected(office, change) == [
        ("Et påbegyndt forløb tæller nu med, fordi borgeren er ny i indberetningen: 1 × 6.000 kr.", Decimal(6_000)),
        (
            "Et gennemført forløb tæller nu med, fordi reglerne er ændret (Kalenderdage i et gennemført sammenhængende "
            "forløb (13 uger): 91 → 90 fra 01-01-2016): 1 × 10.000 kr.",
            Decimal(10_000),
        ),
    ]


def test_the_share_of_the_cap_changes(office: Office) -> None:
    def change(later: Delivery) -> None:
        before, after = '{2016-01-01: "0.90"}', '{2016-01-01: "0.50"}'
        change_rules(office.monkeypatch, office.portfolio.folder / "rules", (before, after))

    released(office, target=2)
    assert corrected(office, change) == [
        (
            "Loftet for det aktivitetsafhængige tilskud er ændret fra 28.800 kr. til 16.000 kr. "
            "(Andel af måltallets aktivitetstilskud, der højst kan udbetales: 0,90 → 0,50 fra 01-01-2016)",
            Decimal(16_000 - 22_000),
        ),
    ]


def test_new_words_of_a_letter_are_no_change_of_the_rules(office: Office) -> None:
    def change(later: Delivery) -> None:
        before, after = "signature: Tilskudsadministrationen", "signature: Puljeadministrationen"
        change_rules(office.monkeypatch, office.portfolio.folder / "rules", (before, after))

    begun(office, released)
    assert corrected(office, change) == []


def test_another_project_takes_the_same_person(office: Office) -> None:
    """The other project's enrolment is earlier, so this project's row is the one that no longer counts."""

    def change(later: Delivery) -> None:
        other = office.portfolio.project(OTHER, start="2016-01-15", municipalities=("253",))
        office.portfolio.write_register()
        theirs = other.delivery("2017-12-31")
        theirs.citizen("X", cpr=row(later, "Anna")["cpr"])
        theirs.write(office.inbox)

    begun(office, released)
    assert corrected(office, change) == [
        (
            "Et påbegyndt forløb tæller ikke længere, fordi borgerens registrering er afvist: 1 × 6.000 kr.",
            Decimal(-6_000),
        ),
    ]


def test_what_no_draft_remembers_is_named_as_unexplained(office: Office) -> None:
    begun(office, released)
    with open_warehouse(office.home) as connection:
        connection.execute("DELETE FROM draft_projects")
    later = delivery(office.portfolio.projects[0], "2017-12-31")
    later.started(1, "2016-11-01")
    later.write(office.inbox)
    office.settle(2016, now=THIRD)
    assert causes(office, 2016, JF) == [
        ("Forskel mellem det, der tidligere er tildelt, og den opgørelse, det bygger på", Decimal(6_000)),
    ]


def of_both_years(project: Project, as_of: str) -> Delivery:
    """Begin a delivery with a citizen more, who starts in 2017."""
    written = delivery(project, as_of)
    written.spell(written.citizen("Carl"), "2017-03-01", "2017-03-01")
    return written


def both_released(office: Office, **grant: object) -> Project:
    """Release both years of a project."""
    project = office.portfolio.project(JF, **grant)
    of_both_years(project, "2017-12-31").write(office.inbox)
    for year, waivers in ((2016, []), (2017, [(JF, "P02", "seen on paper")])):
        office.settle(year, now="2018-02-15T08:00")
        office.release(year, now="2018-03-10T08:00", waivers=waivers)
    return project


def test_what_moves_between_two_posted_years_is_said_in_both(office: Office) -> None:
    project = both_released(office)
    later = of_both_years(project, "2018-04-30")
    spell(later, "Anna").update(startdato="2017-01-02", slutdato="2017-01-02")
    spell(later, "Carl").update(startdato="2016-11-01", slutdato="2016-11-01")
    later.udgifter[0]["dato"] = "2017-05-31"
    later.spell(later.citizen("Dorte"), "2016-11-01", "2016-11-01")
    later.write(office.inbox)
    plan = backfill(office, 2016, 2017, THIRD).plan
    to_2017 = "er flyttet fra 2016 til 2017, fordi"
    to_2016 = "er flyttet fra 2017 til 2016, fordi"
    said = {
        2016: [
            ("Et påbegyndt forløb tæller nu med, fordi borgeren er ny i indberetningen: 1 × 6.000 kr.", 6_000),
            (f"Et påbegyndt forløb {to_2016} borgerens forløb er ændret: 1 × 6.000 kr.", 6_000),
            (f"Et påbegyndt forløb {to_2017} borgerens forløb er ændret: 1 × 6.000 kr.", -6_000),
            (f"Et bilag for løn til projektledelse {to_2017} datoen er ændret", -1_000),
        ],
        2017: [
            (f"Et påbegyndt forløb {to_2017} borgerens forløb er ændret: 1 × 6.000 kr.", 6_000),
            (f"Et påbegyndt forløb {to_2016} borgerens forløb er ændret: 1 × 6.000 kr.", -6_000),
            (f"Et bilag for løn til projektledelse {to_2017} datoen er ændret", 1_000),
        ],
    }
    for year, causes_of_year in said.items():
        assert causes(office, year, JF) == causes_of_year
        (planned,) = plan.of(year)
        assert [(cause["text_da"], cause["amount_dkk"]) for cause in planned.causes] == causes_of_year
        assert planned.rows_changed == len(causes_of_year)
        assert behind(office, year) == [
            (JF, position, amount) for position, (_, amount) in enumerate(causes_of_year, start=1)
        ]


def test_a_limit_that_changes_gives_each_year_what_it_held_back(office: Office) -> None:
    """The cap was 14 400 of 22 000 kr. of 2016 and 28 000 of both years, so it held 6 000 of 2017; now it is 28 800."""
    project = both_released(office, target=1)
    project.target = 2
    office.portfolio.write_register()
    backfill(office, 2016, 2017, THIRD)
    why = (
        "Loftet for det aktivitetsafhængige tilskud er ændret fra 14.400 kr. til 28.800 kr. "
        "(ændret måltal eller projektstart)"
    )
    assert [causes(office, year, JF) for year in (2016, 2017)] == [[(why, 22_000 - 14_400)], [(why, 6_000)]]


def test_a_second_correction_is_explained_from_the_first(office: Office) -> None:
    """The first draft was made twice, by two persons: what it gave is remembered under the first of them."""
    project = office.portfolio.project(JF)
    delivery(project, "2016-12-31").write(office.inbox)
    office.settle(2016, now=FIRST)
    office.settle(2016, now=FIRST, by="Carl Juhl")
    office.release(2016, now=SECOND)
    first = delivery(project, "2017-06-30")
    first.started(1, "2016-11-01", "A")
    first.write(office.inbox)
    office.settle(2016, now="2017-08-01T08:00")
    new = ("Et påbegyndt forløb tæller nu med, fordi borgeren er ny i indberetningen: 1 × 6.000 kr.", Decimal(6_000))
    assert causes(office, 2016, JF) == [new]
    office.release(2016, now="2017-09-01T08:00")
    second = delivery(project, "2017-12-31")
    second.started(1, "2016-11-01", "A")
    second.wages("2016-08-31", "300,00")
    second.write(office.inbox)
    office.settle(2016, now=THIRD)
    assert causes(office, 2016, JF) == [
        ("Et bilag for løn til projektledelse tæller nu med, fordi bilaget er nyt i indberetningen", Decimal(300))
    ]


def test_a_row_that_only_another_draft_rejected_was_not_rejected_by_what_was_posted(office: Office) -> None:
    """Between the release and the correction, rules that were taken back rejected every citizen of that delivery."""
    project = office.portfolio.project(JF)
    earlier = delivery(project, "2016-12-31")
    spell(earlier, "Bent").update(slutdato="2016-03-31")
    earlier.write(office.inbox)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    with pytest.MonkeyPatch.context() as patch:
        change_rules(patch, office.portfolio.folder / "rules", ("{2016-01-01: 30}", "{2016-01-01: 99}"))
        office.settle(2016, now="2017-04-01T08:00")
    delivery(project, "2017-12-31").write(office.inbox)
    office.settle(2016, now=THIRD)
    assert causes(office, 2016, JF) == [
        ("Et gennemført forløb tæller nu med, fordi borgerens forløb er ændret: 1 × 10.000 kr.", Decimal(10_000))
    ]
