"""Fidelity: the table of activities, its rules (G01-G07), and what is measured. It changes nothing else."""

from __future__ import annotations

import hmac
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from flows.commands.cli import command
from tasks.base.errors import BusinessRefusal
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import Run
from tasks.check.check import check
from tasks.check.findings import Checked
from tasks.fidelity import task
from tasks.fidelity.measure import measure, sample
from tasks.fidelity.page import page
from tasks.intake.key import PseudonymKey
from tasks.intake.receive import receive
from tasks.register.inputs import Inputs
from tasks.register.read import Project, Register
from tasks.rules.model import FidelityTerms, load_rules
from tasks.warehouse.connection import in_memory
from tasks.warehouse.rows import rows_of
from tests.support.files import hashes, read_rows
from tests.support.plain_command import call_plainly
from tests.support.portfolio import cpr
from tests.support.releasing import Office, deliver

NOW = Moment(datetime(2017, 1, 10, 12, tzinfo=UTC))
HEADER = "borger_id;element;opfyldt;dato;kilde"
BORGERE = (
    "borger_id;cpr;kommunekode;maalgruppe;ydelse;offentlig_forsoergelse_siden;integrationsprogram;gruppe;visitationsdato",
    "A;860585-0732;187;ressourceforloeb;ressourceforloebsydelse;;;deltager;01-03-2016",
    "K;710652-2906;187;ressourceforloeb;ressourceforloebsydelse;;;kontrol;01-03-2016",
    "X;710652-2906;187;ukendt;ressourceforloebsydelse;;;kontrol;01-03-2016",
)
FORLOEB = (
    "forloeb_id;borger_id;type;virksomhed_cvr;startdato;slutdato;ordinaere_timer_pr_uge",
    "1;A;snusepraktik;10150817;14-03-2016;22-04-2016;",
    "2;A;virksomhedspraktik;10150817;25-04-2016;26-08-2016;",
    "3;A;virksomhedspraktik;10150817;01-07-2016;26-08-2016;6",
    "4;K;snusepraktik;10150817;01-04-2016;01-08-2016;",
)


def delivery(folder: Path, *rows: str) -> Path:
    """Write a delivery with these rows of grundelementer; none: without the table."""
    path = folder / "JF-1" / "2016-12-31"
    path.mkdir(parents=True)
    (path / "borgere.csv").write_text("\n".join(BORGERE) + "\n")
    (path / "forloeb.csv").write_text("\n".join(FORLOEB) + "\n")
    (path / "udgifter.csv").write_text("bilagsnr;dato;kategori;beloeb\n")
    if rows:
        (path / "grundelementer.csv").write_text("\n".join((HEADER, *rows)) + "\n")
    return path


CASES = (
    ("A;jobmaal;ja;01-03-2016;", ""),
    ("A;Min Plan;Ja;31-12-2016;Konsulent", ""),
    ("A;2;nej;01-05-2016;selv", ""),
    (";2;ja;01-05-2016;", "G01"),
    ("findes ikke;2;ja;01-05-2016;", "G01"),
    ("X;2;ja;01-05-2016;", "G01"),
    ("A;;ja;01-05-2016;", "G02"),
    ("A;10;ja;01-05-2016;", "G02"),
    ("A;2;;01-05-2016;", "G03"),
    ("A;2;måske;01-05-2016;", "G03"),
    ("A;2;ja;;", "G04"),
    ("A;2;ja;maj;", "G04"),
    ("A;2;ja;29-02-2016;", "G04"),
    ("A;2;ja;01-01-2017;", "G04"),
    ("A;2;ja;01-05-2016;revisor", "G05"),
    ("K;2;ja;01-05-2016;", "G06"),
    ("K;2;nej;01-05-2016;", ""),
    ("A;match;ja;01-05-2016;", "G07"),
    ("A;ordinaere_timer;nej;01-05-2016;", "G07"),
    ("K;5;ja;01-05-2016;", "G06 G07"),
    ("A;2;ja;01-05-2016;;x", "R01"),
)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    path = delivery(tmp_path_factory.mktemp("judged"), *(row for row, _ in CASES))
    return check(path, project_id=None, as_of=None, register=None, now=NOW)


def _codes(judged: Checked, row_no: int) -> str:
    mine = [one for one in judged.broken if one.table == "grundelementer"]
    told = [one.rule.code for one in mine if any(spot.row_no == row_no for spot in one.spots)]
    return " ".join(sorted(told))


@pytest.mark.parametrize(("row_no", "codes"), [(at, codes) for at, (_, codes) in enumerate(CASES, start=2)])
def test_a_row_breaks_the_rules_that_it_should(row_no: int, codes: str, judged: Checked) -> None:
    assert judged.is_accepted
    assert _codes(judged, row_no) == codes


def test_a_row_for_an_element_of_the_spells_tells_whether_it_disagrees(judged: Checked) -> None:
    (rule,) = [one for one in judged.broken if one.rule.code == "G07"]
    assert [spot.message.en.split('Spells and row: "')[1].split('"')[0] for spot in rule.spots] == [
        "agree",
        "disagree",
        "disagree",
    ]


def test_who_writes_an_elements_name_is_asked_for_its_code(tmp_path: Path) -> None:
    path = delivery(tmp_path, "A;Borgerens jobmål sætter kursen;ja;01-05-2016;")
    judged = check(path, project_id=None, as_of=None, register=None, now=NOW)
    ((spot,),) = [one.spots for one in judged.broken if one.rule.code == "G02"]
    assert "det skal være et grundelements kode eller dets nummer, 1-9." in spot.message.da
    assert "it must be a core element's code, or its number, 1-9." in spot.message.en


def test_remarks_say_of_a_row_what_holds_where_it_is_rejected_or_seen_in_the_spells_too(judged: Checked) -> None:
    told = {one.rule.code: one.spots[0].message.en for one in judged.broken if one.rule.code in {"G06", "G07"}}
    assert "The row counts as contamination, unless another rule rejects it." in told["G06"]
    assert "the row is not used to judge it" in told["G07"]


def test_the_table_changes_no_money_and_no_hold_and_its_absence_is_no_violation(tmp_path: Path) -> None:
    without = check(delivery(tmp_path / "a"), project_id=None, as_of=None, register=None, now=NOW)
    rows = ["A;måske;ja;13/31/2016;"] * 50
    found = check(delivery(tmp_path / "b", *rows), project_id=None, as_of=None, register=None, now=NOW)
    assert (found.money, found.holds) == (without.money, without.holds)
    assert [one for one in found.broken if one.table != "grundelementer"] == list(without.broken)
    assert found.as_of_date == date(2016, 12, 31)


def measured(tmp_path: Path, *rows: str) -> tuple[dict[str, list[dict[str, str]]], str]:
    """Measure one delivery and a project without any; give the CSV files by name, and the page."""
    delivery(tmp_path / "inbox", *rows)
    return measured_inbox(tmp_path, drawn=["A"])


def measured_inbox(tmp_path: Path, drawn: list[str]) -> tuple[dict[str, list[dict[str, str]]], str]:
    """Measure what is delivered. drawn: whom the sample of five must give."""
    inbox = tmp_path / "inbox"
    rules = load_rules()
    register = Register((_project("JF-1"), _project("JF-2")), (), {})
    run = Run(2016, tmp_path, inbox, tmp_path / "home", NOW)
    with in_memory() as connection:
        receive(
            connection,
            inbox,
            project_ids=register.project_ids,
            words=rules.vocabulary.words,
            now=NOW,
            key=PseudonymKey.of(b"k" * 32),
            progress=Silence().step("deliveries"),
        )
        folder = measure(connection, run, Inputs(rules, register), None).folder
        found = sample(connection, run, Inputs(rules, register), "JF-1", 5, b"k" * 32)
        with pytest.raises(BusinessRefusal, match="No participant of JF-2 is in a delivery in force"):
            sample(connection, run, Inputs(rules, register), "JF-2", 5, b"k" * 32)
    assert found == drawn
    files = {path.name: read_rows(path) for path in folder.glob("*.csv")}
    return files, (folder / "fidelity.html").read_text(encoding="utf-8")


def _project(project_id: str) -> Project:
    return Project(
        project_id=project_id,
        project_name="",
        case_number="",
        lead_municipality="187",
        municipalities=("187",),
        start_date=date(2016, 1, 1),
        target_participants=100,
        commitment_dkk=Decimal(850000),
        contact="",
        email="",
    )


def test_what_controls_got_is_on_the_page_without_a_figure(tmp_path: Path) -> None:
    _, page = measured(tmp_path, "K;2;ja;01-05-2016;")
    told = page.split("Borgere i kontrolgruppen, der har et grundelement registreret")[1].split("</table>")[0]
    assert re.findall(r"<td>(.*?)</td>", told) == ["2 Borgerens jobmål sætter kursen", "under 5"]


def test_an_earlier_state_is_measured_beside_that_of_now(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    linked: list[str] = []

    def show_table(key: str, _rows: object, description: str) -> None:
        shown.append(key)
        linked.append(description.partition("\n\n")[2])

    monkeypatch.setattr(task, "show_table", show_table)

    def ask(*arguments: str) -> str:
        given = {"register": office.portfolio.register, "inbox": office.inbox, "home": office.home}
        folders = [part for name, folder in given.items() for part in (f"--{name}", str(folder))]
        call_plainly(monkeypatch, Moment.parse("2017-08-01T12:00"))
        assert command(["fidelity", *arguments, *folders]) == 0
        return capsys.readouterr().out

    project = office.portfolio.project()
    deliver(office.inbox, project, starts=2, as_of="2016-11-30")
    office.settle(2016, "2016-12-15T12:00")
    deliver(office.inbox, project, starts=5, as_of="2017-06-30")
    ask("2016")
    of_now = hashes(office.out(2016) / "fidelity")
    ask("2016", "--as-known-at", "2017-01-01")
    assert hashes(office.out(2016) / "fidelity") == of_now
    earlier = hashes(office.out(2016) / "as-known-at" / "fidelity")
    assert earlier.keys() == of_now.keys()
    assert earlier["courses.csv"] != of_now["courses.csv"]
    assert shown == ["fidelity-2016", "fidelity-2016-as-known-at"]
    pages = [office.out(2016) / folder / "fidelity.html" for folder in ("fidelity", "as-known-at/fidelity")]
    assert all(page.is_file() for page in pages)
    assert linked == [f"[Page]({page.as_uri()})" for page in pages]
    drawn = ("sample", project.project_id, "--citizens", "100")
    assert len(ask(*drawn).split()) == 20
    assert len(ask(*drawn, "--as-known-at", "2017-01-01").split()) == 17


def test_the_worked_example(tmp_path: Path) -> None:
    files, page = measured(
        tmp_path,
        "A;1;ja;15-03-2016;",
        "A;2;ja;15-03-2016;",
        "A;4;ja;15-06-2016;",
        "A;6;ja;01-09-2016;selv",
        "A;6;nej;01-10-2016;konsulent",
    )
    by_element = {row["element"]: row for row in files["courses.csv"]}
    assert {element: row["value"] for element, row in by_element.items()} == {
        "rollefordeling": "ja",
        "jobmaal": "ja",
        "snuseperiode": "ja",
        "justering": "ja",
        "match": "ja",
        "fastholdelse": "nej",
        "ordinaere_timer": "ja",
        "min_plan": "uoplyst",
        "kickstart": "ja",
    }
    assert {row["due_date"] for row in files["courses.csv"]} == {"2016-03-28", "2016-05-30", "2016-08-29", "2016-11-28"}
    fulfilled = [by_element[element]["fulfilled_date"] for element in ("match", "ordinaere_timer", "kickstart")]
    assert fulfilled == ["2016-04-25", "2016-07-01", "2016-06-14"]
    assert [row["judged_by"] for row in (by_element["fastholdelse"], by_element["min_plan"])] == ["konsulent", ""]
    own, missing = files["projects.csv"]
    assert (own["courses_due"], own["jobfirst_lowest"], own["jobfirst_highest"]) == ("1", "0.0000", "0.0000")
    assert (own["sum"], own["band"], own["agreement"], own["kappa"], own["pairs"]) == ("", "", "0.0000", "", "1")
    assert {name: cell for name, cell in missing.items() if cell} == {"project_id": "JF-2"}
    contrasts = {row["element"]: (row["control_share"], row["contrast"]) for row in files["elements.csv"]}
    assert contrasts["match"] == ("0.0000", "1.0000")
    assert contrasts["jobmaal"] == ("", "")
    # One citizen is fewer than five: the page shows no count.
    assert "1 af 1" not in page
    assert "Borgere i kontrolgruppen, der har" not in page
    assert "100 %" not in page


def test_of_several_rows_the_newest_holds_then_the_consultants_then_the_one_further_down(tmp_path: Path) -> None:
    """Of element 6 the newest row is rejected; of 8 one of the municipality's own is newer than the consultant's."""
    files, _ = measured(
        tmp_path,
        "A;1;nej;15-03-2016;selv",
        "A;1;ja;10-03-2016;konsulent",
        "A;2;ja;15-03-2016;konsulent",
        "A;2;nej;15-03-2016;selv",
        "A;4;ja;15-06-2016;selv",
        "A;4;nej;15-06-2016;",
        "A;6;ja;01-09-2016;selv",
        "A;6;måske;01-10-2016;selv",
        "A;8;ja;01-08-2016;selv",
        "A;8;nej;01-09-2016;selv",
        "A;8;nej;01-09-2016;konsulent",
        "A;8;ja;02-09-2016;selv",
    )
    held = {row["element"]: (row["value"], row["judged_by"], row["fulfilled_date"]) for row in files["courses.csv"]}
    assert [held[code] for code in ("rollefordeling", "jobmaal", "justering", "fastholdelse", "min_plan")] == [
        ("nej", "selv", ""),
        ("ja", "konsulent", "2016-03-15"),
        ("nej", "selv", ""),
        ("ja", "selv", "2016-09-01"),
        ("ja", "selv", "2016-09-02"),
    ]
    own = files["projects.csv"][0]
    # Of element 2 the pair disagrees, of element 8 it agrees; of element 1 there is no own row by the consultant's day.
    assert (own["pairs"], own["agreement"]) == ("2", "0.5000")


def test_an_element_is_due_on_its_day_and_five_courses_and_ten_pairs_are_enough(tmp_path: Path) -> None:
    """Week 4 of E ends on the delivery's day, 31 December, that of F on the day after; F has a row that says nej."""
    drawn = dict.fromkeys(("A", "B", "C", "D"), "2016-03-01") | {"E": "2016-12-04", "F": "2016-12-05"}
    rows = [f"{name};{element};ja;2016-04-01;" for name in "ABCD" for element in ("1", "8")]
    rows.append("F;1;nej;2016-12-06;")
    for name in "ABCDE":
        for element, own, other in (("2", "ja", "nej"), ("4", "nej", "ja")):
            rows.append(f"{name};{element};{own};2016-12-10;selv")
            rows.append(f"{name};{element};{other if name == 'A' else own};2016-12-20;konsulent")
    folder = tmp_path / "inbox" / "JF-1" / "2016-12-31"
    folder.mkdir(parents=True)
    citizens = [
        f"{name};{cpr(number)};187;ressourceforloeb;ressourceforloebsydelse;;;deltager;{day}"
        for number, (name, day) in enumerate(drawn.items())
    ]
    for table, lines in (
        ("borgere", [BORGERE[0], *citizens]),
        ("forloeb", FORLOEB[:1]),
        ("grundelementer", [HEADER, *rows]),
        ("udgifter", ["bilagsnr;dato;kategori;beloeb"]),
    ):
        (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def order(name: str) -> bytes:
        return hmac.digest(b"k" * 32, f"fidelity-sample|JF-1|2016-12-31|{name}".encode(), "sha256")

    files, _ = measured_inbox(tmp_path, drawn=sorted(drawn, key=order)[:5])
    first = {row["citizen_id"]: row["value"] for row in files["courses.csv"] if row["element"] == "rollefordeling"}
    assert first == dict.fromkeys("ABCD", "ja") | {"E": "uoplyst", "F": "ikke_endnu"}
    counts = {row["element"]: row for row in files["elements.csv"]}
    told = ("yes", "no", "unknown", "not_yet", "share", "grade")
    assert [counts["rollefordeling"][name] for name in told] == ["4", "0", "1", "1", "0.8000", "4"]
    assert [counts["min_plan"][name] for name in told] == ["4", "0", "0", "2", "1.0000", ""]
    own_row = files["projects.csv"][0]
    # Of ten pairs eight agree; five of ten say ja on either side, so half would agree by chance.
    assert [own_row[name] for name in ("courses_due", "pairs", "agreement", "kappa")] == ["4", "10", "0.8000", "0.6000"]


@pytest.mark.parametrize(
    ("grade_sum", "band"),
    [
        (45, "forbilledlig"),
        (42, "forbilledlig"),
        (41, "god"),
        (36, "god"),
        (35, "nogenlunde"),
        (27, "nogenlunde"),
        (26, "svag"),
        (9, "svag"),
        (None, None),
    ],
)
def test_the_sum_of_the_grades_gives_the_band(grade_sum: int | None, band: str | None) -> None:
    bands = terms_of_fidelity().bands
    with in_memory() as connection:
        connection.execute(
            "CREATE TABLE run.fidelity_projects AS SELECT 'JF-1' AS project_id, 5 AS courses_due, 1 AS jobfirst, "
            "1 AS maybe, $sum::INTEGER AS grade_sum, 0 AS pairs, 0 AS agreeing, NULL AS kappa_n, 1 AS kappa_d",
            {"sum": grade_sum},
        )
        values = {"project": None, "bands": list(bands), "least": list(bands.values())}
        (row,) = rows_of(connection, "fidelity/projects.csv", **values)
    assert row["band"] == band


def shown_page(
    cells: dict[str, tuple[int, int]],
    courses: int,
    *,
    jobfirst: int = 0,
    moved: dict[str, int] | None = None,
) -> str:
    """Give the page of one project. `cells`: fulfilled and due courses of elements; of all others: `courses`, twice."""
    terms = terms_of_fidelity()
    share = Decimal(jobfirst) / max(1, courses)
    project = {"project_id": "JF-1", "courses_due": courses, "band": "god"}
    project |= {"jobfirst_lowest": share, "jobfirst_highest": share}
    counts = [
        {"project_id": "JF-1", "element": code, "number": one.number, "due": due, "due_yes": yes}
        | {"grade": 1 + sum(Decimal(yes) / max(1, due) >= share for share in terms.grade_shares)}
        | {"control_due": None, "control_due_yes": None, "contaminated": 0}
        for code, one in terms.elements.items()
        for yes, due in [cells.get(code, (courses, courses))]
    ]
    return page(2016, terms, [project], counts, {("JF-1", code): n for code, n in (moved or {}).items()}, "STAR")


def of_grid(text: str) -> list[str]:
    """Give what stands in the cells of the grid, JobFirst first, the tags as blanks."""
    row = text.split("<tbody>")[1].split("</tbody>")[0]
    return [" ".join(re.sub("<.*?>", " ", cell).split()) for cell in re.findall("<td.*?</td>", row)]


def eight_of_five(yes: int) -> tuple[str, ...]:
    """Give cells and band of a project of five courses: eight elements at 5 of 5, the ninth at `yes` of 5."""
    row = shown_page({"kickstart": (yes, 5)}, 5).split("<tbody>")[1].split("</tbody>")[0]
    return tuple(re.findall(r"<strong>(.*?)</strong>", row)[-2:] + re.findall(r"<td>(.*?)</td>", row))


def terms_of_fidelity() -> FidelityTerms:
    terms = load_rules().fidelity
    assert terms is not None
    return terms


def test_the_key_of_the_page_is_of_the_rules_file() -> None:
    terms = terms_of_fidelity()
    for shares, told in (
        (terms.grade_shares, "5 mindst 90 % 4 75 % 3 50 % 2 25 % 1 derunder"),
        ((Decimal("0.925"), Decimal("0.8"), Decimal("0.6"), Decimal("0.3")), "5 mindst 92,5 % 4 80 % 3 60 % 2 30 % 1"),
    ):
        changed = terms.model_copy(update={"grade_shares": shares, "smallest_shown": 10})
        text = re.sub("<.*?>", "", page(2016, changed, [], [], {}, "STAR"))
        assert f"Karakter: {told}" in text
        assert "»skjult«: 1 til 9 borgere" in text


def test_no_band_tells_the_grade_of_a_hidden_cell() -> None:
    """Eight grades of 5 and a sum of 36-41 leave one grade for the ninth, and that grade one count."""
    assert eight_of_five(5) == ("100 %", "100 %", "god")
    assert {eight_of_five(yes) for yes in range(1, 5)} == {("100 %", "skjult", "–")}


@pytest.mark.parametrize(
    ("due", "told"),
    [
        ((80, 80), ["60 af 80 · 4", "60 af 80 · 4"]),
        ((85, 85), ["60 af 85 · 3", "60 af 85 · 3"]),
        ((90, 85), ["60 af 90 · 3", "60 af 85 · 3"]),
        ((82, 81), ["antal skjult · 3", "antal skjult · 3"]),
        ((88, 86), ["60 af 88 · 3", "antal skjult · 3"]),
    ],
)
def test_the_page_does_not_tell_that_one_to_four_were_drawn_lately(due: tuple[int, int], told: list[str]) -> None:
    """An early element is due in more courses than all nine: the counts' difference is of those drawn lately."""
    first, second = due
    grid = of_grid(shown_page({"rollefordeling": (60, first), "snuseperiode": (60, second)}, 80))
    assert grid[0] == "0 % – 0 % af 80"
    assert [grid[1].split(" % ")[1], grid[3].split(" % ")[1]] == told
    assert grid[-2] == "100 % 80 af 80 · 5"


def test_the_page_says_of_which_courses_each_count_is() -> None:
    none, few, some = (shown_page({"jobmaal": (30, 40)}, courses) for courses in (0, 4, 20))
    assert [of_grid(text)[0] for text in (none, few, some)] == ["– ingen forfaldne", "skjult", "0 % – 0 % af 20"]
    assert "lavest – højest, hvor alle ni er forfaldne" in some


@pytest.mark.parametrize("hidden", [6, 7, 8])
def test_the_place_of_a_hidden_share_among_the_weakest_does_not_give_its_count_away(hidden: int) -> None:
    """Between 68 and 75 of a hundred lie 7 of 10 alone."""
    cells = {"jobmaal": (34, 50), "justering": (15, 20), "fastholdelse": (hidden, 10)}
    text = shown_page(cells, 10).split("Hvor der er mest at hente")[1].split("</table>")[0]
    of = dict(re.findall(r"<td>(\d) .*?</td><td>(.*?)</td>", text))
    assert list(of.items()) == [("2", "68 %"), ("4", "75 %"), ("6", "skjult")]


def lacking(*courses: tuple[int, str]) -> tuple[str, list[str]]:
    """Give the share of JobFirst of fifty courses, and what each of the weakest elements would move.

    `courses`: how many lack which elements.
    """
    lack = {code: sum(n for n, own in courses if code in own.split()) for _, one in courses for code in one.split()}
    jobfirst = 50 - sum(n for n, _ in courses)
    cells = {code: (50 - n, 50) for code, n in lack.items()}
    moved = {own: n for n, own in courses if own in lack}
    text = shown_page(cells, 50, jobfirst=jobfirst, moved=moved)
    weakest = text.split("Hvor der er mest at hente")[1].split("</table>")[0]
    return of_grid(text)[0], re.findall(r"<td>([^<]*)</td></tr>", weakest)


@pytest.mark.parametrize(
    ("courses", "told"),
    [
        # By the first, five lack both; so of the seven that lack the second, two lack it alone.
        ([(5, "jobmaal"), (2, "justering"), (5, "jobmaal justering")], ("skjult af 50", ["skjult"] * 3)),
        # Six are not JobFirst, and five lack the first: one lacks the hidden one alone.
        ([(5, "jobmaal"), (1, "justering")], ("skjult af 50", ["skjult"] * 3)),
        # All twenty lack the first, nineteen lack nothing else: one lacks the hidden one too.
        ([(19, "jobmaal"), (1, "jobmaal justering")], ("60 % – 60 % af 50", ["skjult"] * 3)),
        # What is lacking beside the first may be any of three.
        (
            [(9, "jobmaal"), (8, "jobmaal min_plan"), (7, "min_plan fastholdelse"), (3, "jobmaal justering")],
            ("46 % – 46 % af 50", ["9", "0", "0"]),
        ),
        ([(9, "jobmaal"), (6, "justering"), (5, "jobmaal justering")], ("60 % – 60 % af 50", ["9", "6", "0"])),
    ],
)
def test_no_hidden_count_follows_from_what_elements_lack_together(
    courses: list[tuple[int, str]], told: tuple[str, list[str]]
) -> None:
    assert lacking(*courses) == told


def twenty() -> dict[str, list[tuple[str, ...]]]:
    """Give the tables of the project of the worked example: ja per element 19, 18, 16, 12, 15, 10, 4, 9, 11 of 20.

    The first three are JobFirst, the fourth lacks a row of fastholdelse alone; every other row says nej. Twelve
    rows of the consultant stand beside the municipality's own.
    """
    citizens, spells, rows = [BORGERE[0]], [FORLOEB[0]], [HEADER]
    for number in range(20):
        name = f"C{number:02d}"
        citizens.append(f"{name};{cpr(number)};187;ressourceforloeb;ressourceforloebsydelse;;;deltager;2016-03-01")
        day = "2016-03-14" if number < 11 else "2016-05-02"
        if number < 16:
            spells.append(f"S{number};{name};snusepraktik;10150817;{day};2016-05-06;")
        if number < 15:
            hours = "6" if number < 4 else ""
            spells.append(f"P{number};{name};virksomhedspraktik;10150817;2016-05-09;2016-08-26;{hours}")
        for element, yes in (("1", 19), ("2", 18), ("4", 12), ("8", 9)):
            rows.append(f"{name};{element};{'ja' if number < yes else 'nej'};2016-09-01;selv")
        if number != 3:
            rows.append(f"{name};6;{'ja' if number < 11 else 'nej'};2016-09-01;selv")
        if number < 12:
            # Of six ja the consultant agrees with five, of six nej with four.
            own = number < 6
            said = own if number not in (0, 6, 7) else not own
            rows.append(f"{name};justering;{'ja' if own else 'nej'};2016-07-01;selv")
            rows.append(f"{name};justering;{'ja' if said else 'nej'};2016-08-01;konsulent")
    tables = {
        "borgere": citizens,
        "forloeb": spells,
        "grundelementer": rows,
        "udgifter": ["bilagsnr;dato;kategori;beloeb"],
    }
    return {name: [tuple(line.split(";")) for line in lines] for name, lines in tables.items()}


def write_workbook(folder: Path, tables: dict[str, list[tuple[str, ...]]]) -> None:
    with xlsxwriter.Workbook(folder / "indberetning.xlsx") as book:
        for name, lines in tables.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(lines):
                sheet.write_row(row, 0, line)


def write_parquet(folder: Path, tables: dict[str, list[tuple[str, ...]]]) -> None:
    for name, (header, *lines) in tables.items():
        schema = dict.fromkeys(header, pl.String)
        pl.DataFrame(lines, schema, orient="row").write_parquet(folder / f"{name}.parquet")


def write_archive(folder: Path, tables: dict[str, list[tuple[str, ...]]]) -> None:
    folder.rmdir()
    with zipfile.ZipFile(folder.with_name(f"{folder.name}.zip"), "w") as archive:
        for name, lines in tables.items():
            archive.writestr(f"{name}.csv", "\n".join(";".join(line) for line in lines) + "\n")


@pytest.mark.parametrize("write", [write_workbook, write_parquet, write_archive])
def test_twenty_courses_in_every_form(
    tmp_path: Path, write: Callable[[Path, dict[str, list[tuple[str, ...]]]], None]
) -> None:
    """The worked example's project; kappa by hand: of 12 pairs 9 agree, 6 x 7 + 6 x 5 of 144 by chance."""
    folder = tmp_path / "inbox" / "JF-1" / "2016-12-31"
    folder.mkdir(parents=True)
    write(folder, twenty())

    def order(name: str) -> bytes:
        return hmac.digest(b"k" * 32, f"fidelity-sample|JF-1|2016-12-31|{name}".encode(), "sha256")

    files, page = measured_inbox(tmp_path, drawn=sorted((f"C{number:02d}" for number in range(20)), key=order)[:5])
    counts = {row["element"]: (row["yes"], row["share"], row["grade"]) for row in files["elements.csv"]}
    codes = "rollefordeling jobmaal snuseperiode justering match fastholdelse ordinaere_timer min_plan kickstart"
    assert [counts[code] for code in codes.split()] == [
        ("19", "0.9500", "5"),
        ("18", "0.9000", "5"),
        ("16", "0.8000", "4"),
        ("12", "0.6000", "3"),
        ("15", "0.7500", "4"),
        ("10", "0.5000", "3"),
        ("4", "0.2000", "1"),
        ("9", "0.4500", "2"),
        ("11", "0.5500", "3"),
    ]
    assert files["projects.csv"][0] == {
        "project_id": "JF-1",
        "courses_due": "20",
        "jobfirst_lowest": "0.1500",
        "jobfirst_highest": "0.2000",
        "sum": "30",
        "band": "nogenlunde",
        "agreement": "0.7500",
        "kappa": "0.5000",
        "pairs": "12",
    }
    assert "9 af 20" in page
    assert "4 af 20" not in page
    assert "skjult" in page


@pytest.mark.parametrize(
    ("numerator", "denominator", "share"),
    [(1, 3, "0.3333"), (2, 3, "0.6667"), (1, 32, "0.0313"), (-1, 32, "-0.0313"), (0, 5, "0.0000"), (0, 0, None)],
)
def test_a_share_has_four_decimals_half_up(numerator: int, denominator: int, share: str | None) -> None:
    with in_memory() as connection:
        found = connection.execute("SELECT rounded_share($1, $2)::VARCHAR", [numerator, denominator]).fetchone()
    assert found == (share,)
