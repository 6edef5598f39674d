"""What `jobfirst check` says of a delivery, as a municipality reads it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from flows.commands.cli import command
from flows.commands.common import plain
from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.check.as_object import as_object
from tasks.check.check import check
from tasks.check.findings import Before, Checked, Difference, columns_of
from tasks.check.text import as_text
from tasks.intake.inbox import Held
from tasks.validation.catalogue import load_catalogue
from tests.support.portfolio import Delivery, Portfolio, cpr
from tests.support.settling import call_tasks_plainly

NOW = Moment.parse("2018-02-15T12:00")
WIDTH = 100
DRAW = {"C16", "C17", "C18", "C19", "P08", "P09", "P10", "P11"}


def checked(portfolio: Portfolio, path: Path | Held, *, before: Path | None = None, **options: str | None) -> Checked:
    """Check with the register."""
    portfolio.write_register()
    given = {"project_id": None, "as_of": None} | options
    return check(path, register=portfolio.register, now=NOW, before=before, **given)


def alone(path: Path, *, project_id: str | None = None, as_of: str | None = None) -> Checked:
    """Check without a register."""
    return check(path, project_id=project_id, as_of=as_of, register=None, now=NOW)


def rejected(found: Checked) -> set[tuple[str, int, str]]:
    return {
        (broken.file, spot.row_no, broken.rule.code)
        for broken in found.broken
        for spot in broken.spots
        if broken.rule.action == "reject"
    }


def one_wrong_row(portfolio: Portfolio) -> Delivery:
    """Write ten citizens who complete, one of them in a municipality that is not the project's."""
    delivery = portfolio.project().delivery("2016-12-31")
    delivery.completed(9, "2016-03-01", "2016-09-30")
    delivery.spell(delivery.citizen("Forkert", kommunekode="101"), "2016-03-01", "2016-09-30")
    delivery.wages("2016-06-30", "1.000,00")
    delivery.write(portfolio.inbox)
    return delivery


def path_of(portfolio: Portfolio) -> Path:
    return portfolio.inbox / "JF-187" / "2016-12-31"


@pytest.fixture(scope="module")
def wrong_row(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """Give what is found of one wrong row, with the register."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        call_tasks_plainly(monkeypatch)
        portfolio = Portfolio(tmp_path_factory.mktemp("wrong"))
        one_wrong_row(portfolio)
        return checked(portfolio, path_of(portfolio))


def test_a_clean_delivery_is_in_order(portfolio: Portfolio) -> None:
    delivery = portfolio.project().delivery("2016-12-31")
    delivery.completed(2, "2016-03-01", "2016-09-30")
    found = checked(portfolio, delivery.write(portfolio.inbox))
    assert found.is_clean
    text = as_text(found, WIDTH)
    assert "I ORDEN: Indberetningen modtages, og ingen af de 4 rækker afvises." in text
    assert "F09  Normalt: Indberetningen har kontroltal" in text
    assert "Krav:" not in text


def test_one_row_is_told_in_the_singular(portfolio: Portfolio) -> None:
    delivery = portfolio.project().delivery("2016-12-31")
    delivery.citizen("Anna")
    text = as_text(checked(portfolio, delivery.write(portfolio.inbox)), WIDTH)
    assert "og den ene række afvises ikke." in text
    assert "1 række,       0 afviste" in text
    delivery.borgere[0]["gruppe"] = "reserve"
    assert "1 AF 1 RÆKKE AFVISES" in as_text(checked(portfolio, delivery.write(portfolio.inbox)), WIDTH)


def test_thousands_are_grouped_in_every_count(wrong_row: Checked) -> None:
    """As in the amounts beside them, and as the page shows them."""
    assert wrong_row.money is not None
    (broken,) = [one for one in wrong_row.broken if one.rule.code == "C04"]
    many = replace(broken, spots=broken.spots * 3890)
    years = tuple(replace(year, starts=1200, completions=1100) for year in wrong_row.money.years)
    differences = (Difference("forloeb", "came", 4870, Decimal(0), Decimal(0), ()),)
    found = replace(
        wrong_row,
        tables=tuple(replace(one, received=3875, rejected=1300, costly=1250) for one in wrong_row.tables),
        broken=(many,),
        money=replace(wrong_row.money, years=years),
        before=Before("2015-12-31", None, differences, Decimal(0), Decimal(0)),
    )
    text = as_text(found, WIDTH)
    assert "3.900 AF 11.625 RÆKKER AFVISES" in text
    assert "og 3.885 til" in text
    assert "forloeb: 4.870 kommet til" in text
    assert re.findall(r"(?<![\d.,-])[1-9]\d{3}(?![\d-])", text) == ["2016"] * text.count("2016 ")
    in_order = replace(found, broken=(), tables=tuple(replace(one, rejected=0) for one in found.tables))
    assert "ingen af de 11.625 rækker afvises" in as_text(in_order, WIDTH)


def test_a_delivery_without_a_row_is_told_as_empty(portfolio: Portfolio) -> None:
    found = checked(portfolio, portfolio.project().delivery("2016-12-31").write(portfolio.inbox))
    assert found.is_clean
    assert "MEN TOM: Indberetningen modtages uden en eneste række" in as_text(found, WIDTH)


def test_a_wrong_row_is_told_by_file_row_and_column(wrong_row: Checked) -> None:
    assert not wrong_row.is_clean
    assert rejected(wrong_row) == {("borgere.csv", 11, "C04"), ("forloeb.csv", 11, "S04")}
    text = as_text(wrong_row, 1000)
    wanted = "den skal være koden på en af projektets kommuner."
    assert f'borgere.csv, borgere!C11: kommunekode er "101"; {wanted}' in text
    assert "Sådan rettes det: Skriv koden på en af de kommuner, der har fået tilsagn i projektet" in text
    assert "2 AF 21 RÆKKER AFVISES" in text


def test_the_money_and_what_the_rejected_rows_cost(wrong_row: Checked) -> None:
    found = wrong_row
    assert found.money is not None
    (year,) = found.money.years
    assert (year.year, year.starts, year.completions) == (2016, 9, 9)
    assert year.activity_dkk == 9 * (6_000 + 10_000)
    assert found.money.entitlement_dkk == 9 * (6_000 + 10_000) + 1_000
    assert found.money.cap_dkk == Decimal("0.9") * 16_000 * 100
    assert found.lost_dkk == 6_000 + 10_000
    text = as_text(found, WIDTH)
    assert "Loftet over aktivitetstilskuddet er 1.440.000,00 kr." in text
    assert "De afviste rækker koster op til 16.000,00 kr.:" in text


def test_only_the_first_five_places_are_told_on_a_terminal_and_all_in_json(portfolio: Portfolio) -> None:
    delivery = portfolio.project().delivery("2016-12-31")
    for number in range(8):
        delivery.citizen(f"B{number}", gruppe="reserve")
    found = checked(portfolio, delivery.write(portfolio.inbox))
    text = as_text(found, WIDTH)
    assert text.count("borgere.csv, borgere!H") == 5
    assert "- og 3 til" in text
    (rule,) = [row for row in as_object(found)["rows"] if row["code"] == "C07"]
    assert [place["row"] for place in rule["places"]] == list(range(2, 10))
    assert rule["columns"] == ("gruppe",)


def _amounts(told: Any) -> Iterator[Decimal]:
    for key, one in told.items() if isinstance(told, dict) else enumerate(told):
        if isinstance(one, dict | list | tuple):
            yield from _amounts(one)
        elif str(key).endswith("_dkk") and one is not None:
            yield one


def test_every_amount_has_two_decimals_where_it_sums_up_nothing_too(portfolio: Portfolio) -> None:
    one_wrong_row(portfolio)
    reckoned = list(_amounts(as_object(checked(portfolio, path_of(portfolio)))))
    (path_of(portfolio) / "udgifter.csv").unlink()
    refused = list(_amounts(as_object(checked(portfolio, path_of(portfolio)))))
    assert {one.as_tuple().exponent for one in [*reckoned, *refused]} == {-2}
    assert 0 in refused


def test_a_refused_delivery_is_told_by_its_faults_first(portfolio: Portfolio) -> None:
    one_wrong_row(portfolio)
    (path_of(portfolio) / "udgifter.csv").unlink()
    found = checked(portfolio, path_of(portfolio))
    assert not found.is_accepted
    assert not found.is_clean
    text = as_text(found, WIDTH)
    assert text.index("AFVIST") < text.index("tabellen udgifter mangler") < text.index("Ikke kontrolleret her")
    assert found.money is None
    assert "Rækkerne i de filer, der ikke kan læses, projektet og beløbene kontrolleres" in text


def test_citizens_that_are_missing_are_not_said_to_be_unreadable(portfolio: Portfolio) -> None:
    one_wrong_row(portfolio)
    (path_of(portfolio) / "borgere.csv").unlink()
    text = as_text(checked(portfolio, path_of(portfolio)), WIDTH)
    assert "borgere er ikke læst, så forløbenes borgere er ikke slået op." in " ".join(text.split())


@pytest.mark.parametrize(
    ("folder", "code"),
    [("31-12-2016", "F05"), ("2018-02-16", "F05"), ("2016-12-31 rettet", "F05")],
)
def test_a_wrongly_named_folder_is_refused(portfolio: Portfolio, folder: str, code: str) -> None:
    one_wrong_row(portfolio)
    path = path_of(portfolio).rename(path_of(portfolio).with_name(folder))
    assert {fault.rule.code for fault in alone(path).faults} == {code, "F09"}


def test_the_line_that_excel_takes_for_the_separator_is_told_once(portfolio: Portfolio) -> None:
    one_wrong_row(portfolio)
    for path in path_of(portfolio).iterdir():
        path.write_text("sep=;\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    found = alone(path_of(portfolio))
    (fault,) = (fault for fault in found.faults if fault.rule.action == "refuse")
    assert fault.rule.code == "F03"
    assert [place.da.split(":")[0] for place in fault.places] == ["borgere.csv", "forloeb.csv", "udgifter.csv"]
    assert all("begynder med en linje sep=" in place.da for place in fault.places)


def test_a_control_total_is_told_as_danes_write_it(portfolio: Portfolio) -> None:
    one_wrong_row(portfolio)
    (path_of(portfolio) / "kontroltal.csv").write_text("tabel;antal;sum_beloeb\nudgifter;1;1000,01\n", encoding="utf-8")
    text = as_text(alone(path_of(portfolio)), 1000)
    assert "kontroltal!C2: sum_beloeb for udgifter er opgivet til 1.000,01, men der er læst 1.000,00" in text
    assert "kan ikke læses" not in text
    assert "Projektet og beløbene kontrolleres, når indberetningen kan modtages." in " ".join(text.split())


def test_a_control_total_is_held_against_nothing_where_no_amount_can_be_read(portfolio: Portfolio) -> None:
    delivery = portfolio.project().delivery("2016-12-31")
    delivery.wages("2016-06-30", "mange")
    delivery.write(portfolio.inbox)
    (path_of(portfolio) / "kontroltal.csv").write_text("tabel;antal;sum_beloeb\nudgifter;1;1000,00\n", encoding="utf-8")
    text = as_text(alone(path_of(portfolio)), 1000)
    assert "kontroltal!C2: sum_beloeb for udgifter er opgivet til 1.000,00, men der er læst 0,00" in text


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("formel uden værdi", "åbn projektmappen i regnearket, og gem den, så formlerne regnes"),
        ("#REF!", "regnearkets fejlværdi: ret formlen i cellen"),
        ("1.000", "antal skrives med cifre alene"),
        ("mange", "antal skrives med cifre alene"),
        ("", "antal skrives med cifre alene"),
    ],
)
def test_a_control_total_that_can_not_be_read_is_told_as_what_it_is(
    portfolio: Portfolio, written: str, told: str
) -> None:
    one_wrong_row(portfolio)
    control = f"tabel;antal;sum_beloeb\nborgere;{written};\n"
    (path_of(portfolio) / "kontroltal.csv").write_text(control, encoding="utf-8")
    (fault,) = [fault for fault in checked(portfolio, path_of(portfolio)).faults if fault.rule.code == "F08"]
    (place,) = fault.places
    assert place.da.startswith("kontroltal.csv, kontroltal!B2: antal for borgere er ")
    assert place.en.startswith("kontroltal.csv, kontroltal!B2: antal of borgere is ")
    assert place.da.endswith(f"""er {f'"{written}"' if written else "tomt"}; {told}""")
    assert place.en.count(";") == 1


def test_a_control_total_of_an_unknown_table_is_told_the_known_ones(portfolio: Portfolio) -> None:
    one_wrong_row(portfolio)
    (path_of(portfolio) / "kontroltal.csv").write_text("tabel;antal;sum_beloeb\nI alt;8;\n", encoding="utf-8")
    (fault,) = [fault for fault in checked(portfolio, path_of(portfolio)).faults if fault.rule.code == "F08"]
    (place,) = fault.places
    assert place.da.endswith('tabellen "I alt" kendes ikke; skriv borgere, forloeb, udgifter eller grundelementer')
    assert place.en.endswith('table "I alt" is unknown; write borgere, forloeb, udgifter or grundelementer')


@pytest.mark.parametrize(
    ("delimiter", "row", "told"),
    [
        (",", "udgifter,1,1000,00", "så et tal med decimalkomma skal stå i anførselstegn"),
        (";", "udgifter;1;1000;;x", "fjern de overskydende felter"),
        (";", "udgifter;1;1000;;", None),
        (";", "borgere;10", None),
    ],
)
def test_a_control_total_is_not_read_from_a_row_with_too_many_fields(
    portfolio: Portfolio, delimiter: str, row: str, told: str | None
) -> None:
    one_wrong_row(portfolio)
    header = "tabel;antal;sum_beloeb".replace(";", delimiter)
    (path_of(portfolio) / "kontroltal.csv").write_text(f"{header}\n\n{row}\n", encoding="utf-8")
    found = checked(portfolio, path_of(portfolio))
    places = [place.da for fault in found.faults if fault.rule.code == "F08" for place in fault.places]
    if told is None:
        assert not places
        return
    (place,) = places
    assert place.startswith(f"kontroltal.csv: række 3 har {row.count(delimiter) + 1} felter, men overskriften har 3; ")
    assert place.endswith(told)


def test_a_blank_code_is_told_in_a_whole_sentence(portfolio: Portfolio) -> None:
    delivery = portfolio.project().delivery("2016-12-31")
    delivery.citizen("Anna", maalgruppe="", kommunekode="", gruppe="")
    text = as_text(checked(portfolio, delivery.write(portfolio.inbox)), 1000)
    assert "kommunekode er tom; den skal være koden på en af projektets kommuner." in text
    assert "maalgruppe er tom; den skal være en af forsøgets målgrupper." in text
    assert "gruppe er tom; den skal være deltager eller kontrol." in text


def test_a_time_is_told_as_hours_where_hours_belong_and_as_kroner_where_an_amount_does(portfolio: Portfolio) -> None:
    delivery = portfolio.project().delivery("2016-12-31")
    delivery.spell(delivery.citizen("Anna"), "2016-03-01", ordinaere_timer_pr_uge="37:30")
    delivery.wages("2016-06-30", "12:50")
    text = as_text(checked(portfolio, delivery.write(portfolio.inbox)), 1000)
    assert 'er "37:30" (et klokkeslæt eller en varighed: skriv timer som 37,5)' in text
    assert 'er "12:50" (et klokkeslæt eller en varighed: formatér cellen som tal, og skriv kroner som' in text


def test_a_project_that_is_not_in_the_register_is_refused(portfolio: Portfolio) -> None:
    one_wrong_row(portfolio)
    found = checked(portfolio, path_of(portfolio), project_id="JF187")
    assert "F04" in {fault.rule.code for fault in found.faults}
    assert not found.is_accepted


def test_folder_and_archive_of_one_date_are_refused(portfolio: Portfolio) -> None:
    one_wrong_row(portfolio)
    (path_of(portfolio).parent / "2016-12-31.zip").write_bytes(b"")
    assert "F02" in {fault.rule.code for fault in checked(portfolio, path_of(portfolio)).faults}


def test_an_archive_and_a_folder_of_the_same_files_get_the_same_verdict(
    portfolio: Portfolio, tmp_path: Path, wrong_row: Checked
) -> None:
    one_wrong_row(portfolio)
    archive = Path(shutil.make_archive(str(tmp_path / "pakket"), "zip", path_of(portfolio)))
    packed = checked(portfolio, archive, project_id="JF-187", as_of="2016-12-31")
    assert packed.broken == wrong_row.broken
    assert packed.money == wrong_row.money


def test_a_workbook_handed_over_alone(portfolio: Portfolio, tmp_path: Path) -> None:
    from tasks.template.workbook import write_template

    write_template(tmp_path / "indberetning.xlsx")
    found = alone(tmp_path / "indberetning.xlsx")
    assert found.is_accepted
    assert found.tables[0].file.startswith("indberetning.xlsx, ")
    renamed = (tmp_path / "indberetning.xlsx").rename(tmp_path / "vores tal.xlsx")
    assert {fault.rule.code for fault in alone(renamed).faults} >= {"F02", "F07"}


def test_without_a_register_only_what_is_wrong_for_every_project_is_rejected(portfolio: Portfolio) -> None:
    delivery = portfolio.project(start="2016-06-01").delivery("2017-12-31")
    delivery.citizen("Før start", visitationsdato="2016-05-31")
    delivery.citizen("Efter vinduet", visitationsdato="2017-06-01")
    delivery.citizen("Før programmet", visitationsdato="2015-12-31")
    delivery.citizen("Anden kommune", kommunekode="0101")
    delivery.citizen("Ingen kommune", kommunekode="999")
    delivery.wages("2016-05-31", "100")
    delivery.wages("2015-12-31", "100")
    path = delivery.write(portfolio.inbox)
    with_register, without = checked(portfolio, path), alone(path)
    assert rejected(without) == {("borgere.csv", 4, "C09"), ("borgere.csv", 6, "C04"), ("udgifter.csv", 3, "E04")}
    assert rejected(without) < rejected(with_register)
    assert len(rejected(with_register)) == 7
    codes = {code for gap in without.not_made for code in gap.codes}
    assert codes == {"F04", "C04", "C09", "E04", "P01", "P02", "P03", "P07", "C13", "B01", "P05", "P12", "P14", *DRAW}
    assert {code for gap in with_register.not_made for code in gap.codes} == {"C13", "B01", "P05", "P12", "P14", *DRAW}


def test_without_a_register_no_cap_is_taken_off(portfolio: Portfolio) -> None:
    delivery = portfolio.project(target=1).delivery("2016-12-31")
    delivery.completed(3, "2016-03-01", "2016-09-30")
    path = delivery.write(portfolio.inbox)
    with_register, without = checked(portfolio, path), alone(path)
    capped, free = with_register.money, without.money
    assert capped is not None
    assert free is not None
    assert capped.activity_dkk == capped.cap_dkk == Decimal("0.9") * 16_000 * 1
    assert free.activity_dkk == 3 * 16_000
    assert free.cap_dkk is None
    assert "det skærer 33.600,00 kr. fra" in as_text(with_register, 1000)
    assert "uden loft" in as_text(without, WIDTH)


def test_without_an_as_of_date_running_spells_are_not_rejected(portfolio: Portfolio, tmp_path: Path) -> None:
    delivery = portfolio.project().delivery("2016-12-31")
    delivery.spell(delivery.citizen("Anna"), "2016-03-01")
    delivery.spell(delivery.citizen("Bo"), "2018-01-01")
    moved = delivery.write(portfolio.inbox).rename(tmp_path / "indberetning")
    found = checked(portfolio, moved, project_id="JF-187")
    assert rejected(found) == {("forloeb.csv", 3, "S07"), ("forloeb.csv", 3, "S10")}
    assert found.as_of_date is None
    assert {"F05", "P04", "S10", "C08"} <= {code for gap in found.not_made for code in gap.codes}
    assert "P04" not in {hold.rule.code for hold in found.holds}
    assert rejected(checked(portfolio, moved, project_id="JF-187", as_of="2018-01-31")) == {
        ("forloeb.csv", 2, "S10"),
        ("forloeb.csv", 3, "S10"),
    }


def test_an_option_that_tells_another_day_than_the_name_is_never_silent(portfolio: Portfolio, tmp_path: Path) -> None:
    one_wrong_row(portfolio)
    folder = path_of(portfolio)
    archive = Path(shutil.make_archive(str(tmp_path / "2016-12-31"), "zip", folder))
    held = Held(archive.name, ((archive.name, archive.read_bytes()),))
    for path in (folder, archive, held):
        plain, other = (
            checked(portfolio, path, project_id="JF-187", as_of=day) for day in ("2016-12-31", "2017-06-30")
        )
        (gap,) = set(other.not_made) - set(plain.not_made)
        assert "hedder 2016-12-31, og det navn gælder, når indberetningen afleveres; her er der regnet med 30-06" in (
            as_text(other, 1000)
        )
        assert "is named 2016-12-31" in gap.reason.en
    (folder / "borgere.csv").write_bytes(b"")
    assert "hedder 2016-12-31, og det navn" in as_text(checked(portfolio, folder, as_of="2017-06-30"), 1000)


def test_an_option_that_tells_another_project_than_the_folder_is_never_silent(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    one_wrong_row(portfolio)
    portfolio.project("JF-147", municipalities=("147",))
    text = as_text(checked(portfolio, path_of(portfolio), project_id="JF-147"), 1000)
    assert (
        "Mappen hedder JF-187, og det navn gælder, når indberetningen afleveres; her er den kontrolleret for JF-147"
        in text
    )
    elsewhere = Path(shutil.copytree(path_of(portfolio), tmp_path / "skrivebord" / "2016-12-31"))
    for path, project in ((elsewhere, "JF-187"), (path_of(portfolio), "JF-187")):
        assert "det navn gælder" not in as_text(checked(portfolio, path, project_id=project), 1000)


def test_the_same_person_twice_in_the_delivery_is_found(portfolio: Portfolio) -> None:
    delivery = portfolio.project().delivery("2016-12-31")
    delivery.citizen("Anna", cpr=cpr(1))
    delivery.citizen("Anna igen", cpr=cpr(1), visitationsdato="2016-03-01")
    delivery.citizen("Bo", cpr=cpr(2))
    delivery.citizen("Bo igen", cpr=cpr(2))
    found = checked(portfolio, delivery.write(portfolio.inbox))
    assert rejected(found) == {("borgere.csv", 3, "C13"), ("borgere.csv", 5, "C13")}
    text = as_text(found, 1000)
    assert "Samme person er kun søgt i denne indberetning" in text
    assert "er datoen den samme, den med det mindste projekt_id og derefter det mindste borger_id." in text


def test_what_would_hold_the_project_back_is_told_with_the_year(portfolio: Portfolio) -> None:
    delivery = portfolio.project().delivery("2017-12-31")
    delivery.citizen("Anna", gruppe="?")
    delivery.citizen("Bo")
    found = checked(portfolio, delivery.write(portfolio.inbox))
    assert {hold.rule.code for hold in found.holds} == {"P02", "P03", "P06"}
    text = as_text(found, WIDTH)
    assert "Når 2017 opgøres på denne indberetning, stilles projektet i bero" in text
    assert "Når 2017 opgøres på denne indberetning, bemærkes" in text


@pytest.mark.parametrize(
    ("as_of", "due_year", "years"),
    [("2016-06-30", 2016, [2016]), ("2016-12-31", 2016, [2016]), ("2017-01-31", 2016, [2016, 2017]),
     ("2017-12-31", 2017, [2016, 2017]), ("2018-01-31", 2017, [2016, 2017])],
)  # fmt: skip
def test_the_year_that_a_delivery_is_for(portfolio: Portfolio, as_of: str, due_year: int, years: list[int]) -> None:
    found = checked(portfolio, portfolio.project().delivery(as_of).write(portfolio.inbox))
    assert found.money is not None
    assert (found.due_year, [year.year for year in found.money.years]) == (due_year, years)


def test_an_error_in_the_register_is_told_as_a_settlement_tells_it(portfolio: Portfolio) -> None:
    delivery = portfolio.project(start="2015-01-01").delivery("2016-12-31")
    path = delivery.write(portfolio.inbox)
    with pytest.raises(InputError, match=r"projekter\.csv, row 2, column projektstart"):
        checked(portfolio, path)


def test_a_personal_number_is_told_nowhere(portfolio: Portfolio) -> None:
    planted = "611270-1234"
    delivery = portfolio.project().delivery("2016-12-31")
    for column in ("borger_id", "kommunekode", "maalgruppe", "ydelse", "gruppe", "visitationsdato"):
        delivery.citizen(**{"borger_id": column, column: planted})
    delivery.citizen("dato", maalgruppe="aktivitetsparat", offentlig_forsoergelse_siden=planted)
    delivery.citizen("ja", integrationsprogram=planted)
    delivery.citizen("cpr", cpr="6112701234", gruppe="?")
    for column in ("forloeb_id", "borger_id", "type", "virksomhed_cvr", "startdato", "slutdato"):
        delivery.spell(**{"borger_id": "dato", "start": "2016-03-01", names.get(column, column): planted})
    delivery.spell("dato", "2016-03-01", ordinaere_timer_pr_uge=planted)
    for column in ("bilagsnr", "kategori", "lovpligtig", "tekst"):
        delivery.wages("2016-03-01", "100", **{column: planted})
    delivery.wages(planted, "100")
    delivery.wages("2016-03-01", planted)
    path = delivery.write(portfolio.inbox)
    (path / f"{planted}.txt").write_bytes(b"x")
    with (path / "udgifter.csv").open("a", encoding="utf-8") as file:
        file.write(f"{planted};{planted};{planted};{planted};{planted};{planted};{planted}\n")
    found = checked(portfolio, path)
    assert len({broken.rule.code for broken in found.broken}) > 15
    everything = as_text(found, WIDTH) + json.dumps(as_object(found), default=plain)
    assert not re.search(r"611270|270-?1234", everything)
    assert "******-****" in everything


names = {"startdato": "start", "slutdato": "end"}


def test_every_rule_of_a_row_names_a_column_to_look_at() -> None:
    for suite in ("borgere", "forloeb", "udgifter"):
        for rule in load_catalogue()[suite].rules:
            assert columns_of(rule, suite), rule.code
    assert columns_of(load_catalogue()["borgere"].rules[2], "borgere") == ("cpr",)
    (s09,) = [rule for rule in load_catalogue()["forloeb"].rules if rule.code == "S09"]
    assert columns_of(s09, "forloeb") == ("startdato",)


def test_no_line_is_wider_than_the_terminal(portfolio: Portfolio) -> None:
    one_wrong_row(portfolio)
    found = alone(path_of(portfolio))
    for width in (80, 100):
        assert max(map(len, as_text(found, width).split("\n"))) <= width


def test_what_a_cell_holds_neither_steers_nor_fills_the_terminal(
    portfolio: Portfolio, capsys: pytest.CaptureFixture[str]
) -> None:
    delivery = one_wrong_row(portfolio)
    delivery.borgere[0]["gruppe"] = "\x1b[31m" + "x" * 50_000
    path = delivery.write(portfolio.inbox)
    assert command(["check", str(path)]) == 1
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u241b[31mxxx" in shown
    assert max(map(len, shown.split())) < 600


def test_a_delivery_in_memory_gives_what_it_gives_on_disk(portfolio: Portfolio, tmp_path: Path) -> None:
    one_wrong_row(portfolio)
    folder = path_of(portfolio)
    (folder / "billede.png").write_bytes(b"?")
    (folder / ".DS_Store").write_bytes(b"?")
    archive = Path(shutil.make_archive(str(tmp_path / "2016-12-31"), "zip", folder))
    portfolio.write_register()
    for path, files in ((folder, sorted(folder.iterdir(), reverse=True)), (archive, [archive])):
        held = Held(path.name, tuple((file.name, file.read_bytes()) for file in files))
        found, in_memory = (
            check(one, project_id="JF-187", as_of="2016-12-31", register=portfolio.register, now=NOW)
            for one in (path, held)
        )
        assert rejected(found)
        assert as_object(in_memory) == as_object(found)


def test_rows_of_the_delivery_before_are_not_counted(portfolio: Portfolio) -> None:
    earlier = portfolio.project().delivery("2016-06-30")
    earlier.citizen("Anna")
    earlier.write(portfolio.inbox)
    one_wrong_row(portfolio)
    before = portfolio.inbox / "JF-187" / "2016-06-30"
    compared = check(path_of(portfolio), project_id=None, as_of=None, register=None, now=NOW, before=before)
    assert compared.before is not None
    assert compared.tables == alone(path_of(portfolio)).tables


def test_a_delivery_that_is_the_one_before_is_checked_as_any(portfolio: Portfolio, tmp_path: Path) -> None:
    one_wrong_row(portfolio)
    path = path_of(portfolio)
    before = Path(shutil.copytree(path, tmp_path / "JF-187" / path.name))
    once = checked(portfolio, path)
    again = checked(portfolio, path, before=before)
    assert rejected(again)
    assert (again.broken, again.tables, again.faults) == (once.broken, once.tables, once.faults)
    assert again.before is not None
    assert (again.before.differences, again.before.now_dkk) == ((), again.before.before_dkk)
    assert "Ingen borgere, forløb eller udgifter er kommet til, gået ud eller ændret." in as_text(again, WIDTH)

    shutil.make_archive(str(path), "zip", path)
    once, again = checked(portfolio, path), checked(portfolio, path, before=before)
    assert not again.is_accepted
    assert (again.broken, again.tables, again.faults) == (once.broken, once.tables, once.faults)


def test_the_day_of_the_delivery_before_is_never_guessed_in_silence(portfolio: Portfolio, tmp_path: Path) -> None:
    """A spell that runs on gives more the later it is computed, so what the delivery before gave depends on its day."""
    for delivery in (portfolio.project().delivery("2016-06-30"), portfolio.project().delivery("2016-12-31")):
        delivery.spell(delivery.citizen("Anna"), "2016-05-01", None)
        delivery.write(portfolio.inbox)
    told = portfolio.inbox / "JF-187" / "2016-06-30"
    untold = Path(shutil.copytree(told, tmp_path / "foer"))
    by_path, by_option, by_nothing = (
        check(path_of(portfolio), project_id=None, as_of=None, register=None, now=NOW, before=path, before_as_of=day)
        for path, day in ((told, None), (untold, "2016-06-30"), (untold, None))
    )
    assert by_path.before
    assert by_option.before == replace(by_path.before, name="foer")
    assert by_option.not_made == by_path.not_made
    assert by_nothing.before
    assert by_nothing.before.as_of_date is None
    assert by_nothing.before.before_dkk > by_path.before.before_dkk
    (gap,) = set(by_nothing.not_made) - set(by_path.not_made)
    assert "er regnet til 31-12-2016" in gap.reason.da
    with pytest.raises(InputError, match="--before-as-of"):
        check(told, project_id=None, as_of=None, register=None, now=NOW, before_as_of="2016-06-30")
