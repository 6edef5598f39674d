"""The rules of forloeb, case by case: what a municipality writes, and the codes that the row gets.

A case changes some cells of a row without errors (rule_world.FORLOEB) of the citizen B-1, enrolled 15 March 2016, in a
project that starts 1 February 2016 and delivers as of 31 December 2016 unless the case says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.rule_world import EXTRA_FIELDS, MISSING_FIELDS, Case, Judged, judged_world, several, single

row = single("forloeb")
rows = several("forloeb")

AFTER_2017 = {"as_of": "2018-01-31"}
AT_THE_END = {"as_of": "2017-12-31"}
SNUS = {"type": "snusepraktik"}
JOB = {"type": "ordinaer_ansaettelse"}
TWO_CITIZENS = ({}, {"borger_id": "B-2", "visitationsdato": "01-05-2016"})

CASES = [
    # rule  what it is about                              what is written                          codes
    row("R01", "lige så mange felter", {}),
    row("R01", "ét felt for meget", {EXTRA_FIELDS: "x"}, "R01"),
    row("R01", "ét felt for lidt", {MISSING_FIELDS: "1"}, "R01"),
    row("R01", "andre fejl på rækken prøves ikke", {MISSING_FIELDS: "1", "type": "mentor"}, "R01"),
    # S01: forloeb_id er udfyldt
    row("S01", "udfyldt", {"forloeb_id": "F-0203"}),
    row("S01", "tom", {"forloeb_id": ""}, "S01"),
    row("S01", "kun mellemrum er tomt", {"forloeb_id": "  "}, "S01"),
    row("S01", "tabulator er tomt", {"forloeb_id": "\t"}, "S01"),
    row("S01", "nul er ikke tomt", {"forloeb_id": "0"}),
    row("S01", "ét bogstav", {"forloeb_id": "a"}),
    row("S01", "et cpr-nummer er ikke forbudt her", {"forloeb_id": "6105691007"}),
    row("S01", "meget langt", {"forloeb_id": "F" * 200}),
    row("S01", "tom, og en anden fejl", {"forloeb_id": "", "type": "mentor"}, "S01 S05"),
    rows("S01", "to tomme er ikke det samme id", [({"forloeb_id": ""}, "S01"), ({"forloeb_id": ""}, "S01")]),
    # S02: forloeb_id kun én gang
    rows("S02", "to forskellige", [({}, ""), ({"forloeb_id": "F-2"}, "")]),
    rows("S02", "to ens: begge", [({}, "S02"), ({}, "S02")]),
    rows("S02", "tre ens: alle", [({}, "S02"), ({}, "S02"), ({}, "S02")]),
    rows("S02", "store og små bogstaver er forskellige", [({"forloeb_id": "f-1"}, ""), ({"forloeb_id": "F-1"}, "")]),
    rows("S02", "mellemrum omkring tæller ikke", [({"forloeb_id": " F-1"}, "S02"), ({}, "S02")]),
    rows("S02", "nuller foran er en forskel", [({"forloeb_id": "7"}, ""), ({"forloeb_id": "07"}, "")]),
    rows("S02", "den ene har en anden fejl", [({"type": "x"}, "S02 S05"), ({}, "S02")]),
    rows("S02", "den ene er en forkert række", [({}, ""), ({EXTRA_FIELDS: "x"}, "R01")]),
    row("S02", "det samme id i en anden indberetning", {}),
    rows("S02", "to borgeres forløb med samme id",
         [({}, "S02"), ({"borger_id": "B-2", "startdato": "02-05-2016"}, "S02")],
         borgere=TWO_CITIZENS),
    # S03: borgeren står i borgere
    row("S03", "står der", {"borger_id": "B-1"}),
    row("S03", "tom", {"borger_id": ""}, "S03"),
    row("S03", "tom, og en borger uden id", {"borger_id": ""}, "S03", borgere=({}, {"borger_id": ""})),
    row("S03", "en anden", {"borger_id": "B-2"}, "S03"),
    row("S03", "små bogstaver", {"borger_id": "b-1"}, "S03"),
    row("S03", "mellemrum omkring tæller ikke", {"borger_id": " B-1 "}),
    row("S03", "nul foran", {"borger_id": "01"}, "S03", borgere=({"borger_id": "1"},)),
    row("S03", "borgerens række har forkert antal felter", {}, "S03", borgere=({EXTRA_FIELDS: "x"},)),
    row("S03", "borgeren er kun i en anden indberetning", {"borger_id": "B-2"}, "S03"),
    row("S03", "ingen borgere", {}, "S03", borgere=()),
    row("S03", "en anden, og en anden fejl", {"borger_id": "B-2", "type": ""}, "S03 S05"),
    # S04: borgeren er godkendt
    row("S04", "godkendt", {}),
    row("S04", "borgeren er afvist", {}, "S04", borgere=({"gruppe": "reserve"},)),
    row("S04", "borgeren er under 30", {}, "S04", borgere=({"cpr": "født 16-03-1986"},)),
    row("S04", "borgeren har kun en bemærkning", {}, borgere=({"cpr": "født 01-05-1970 uden kontrolciffer"},)),
    row("S04", "borger_id to gange", {}, "S04", borgere=({}, {})),
    row("S04", "den ene af to rækker har også en anden fejl", {}, "S04", borgere=({"gruppe": "x"}, {})),
    row("S04", "en anden borger er afvist", {}, borgere=({}, {"borger_id": "B-2", "gruppe": "x"})),
    row("S04", "tomt id, og en afvist borger uden id", {"borger_id": ""}, "S03", borgere=({"borger_id": ""}, {})),
    row("S04", "id'et er et cpr-nummer", {"borger_id": "6105691007"}, "S04", borgere=({"borger_id": "6105691007"},)),
    row("S04", "et andet cpr-nummer som id", {"borger_id": "6105691101"}, "S03",
        borgere=({"borger_id": "6105691007"},)),
    row("S04", "visiteret to gange, dette er den anden", {}, "S04",
        borgere=({"cpr": "6105681000", "visitationsdato": "16-03-2016"},
                 {"cpr": "6105681000", "borger_id": "B-0", "visitationsdato": "15-03-2016"})),
    row("S04", "visiteret to gange, dette er den første", {},
        borgere=({"cpr": "6105681001", "visitationsdato": "15-03-2016"},
                 {"cpr": "6105681001", "borger_id": "B-0", "visitationsdato": "16-03-2016"})),
    row("S04", "afvist, og en anden fejl", {"virksomhed_cvr": ""}, "S04 S06", borgere=({"gruppe": "reserve"},)),
    # S05: type er kendt
    row("S05", "virksomhedspraktik", {"type": "virksomhedspraktik"}),
    row("S05", "løntilskud", {"type": "Løntilskud"}),
    row("S05", "ordinær ansættelse", {"type": "Ordinær ansættelse"}),
    row("S05", "ordinær-ansættelse", {"type": "ordinær-ansættelse"}),
    row("S05", "snusepraktik", {"type": "snusepraktik"}),
    row("S05", "tom", {"type": ""}, "S05"),
    row("S05", "ukendt", {"type": "mentor"}, "S05"),
    row("S05", "kun praktik", {"type": "praktik"}, "S05"),
    row("S05", "to mellemrum i ordet", {"type": "ordinær  ansættelse"}, "S05"),
    row("S05", "forkortet", {"type": "ord. ansættelse"}, "S05"),
    row("S05", "ukendt, og en anden fejl", {"type": "mentor", "forloeb_id": ""}, "S01 S05"),
    # S06: virksomhed_cvr er gyldigt
    row("S06", "gyldigt", {"virksomhed_cvr": "10150817"}),
    row("S06", "et andet gyldigt", {"virksomhed_cvr": "25313763"}),
    row("S06", "mellemrum omkring", {"virksomhed_cvr": " 10150817 "}),
    row("S06", "tomt", {"virksomhed_cvr": ""}, "S06"),
    row("S06", "forkert kontrolciffer", {"virksomhed_cvr": "10150818"}, "S06"),
    row("S06", "syv cifre", {"virksomhed_cvr": "1015081"}, "S06"),
    row("S06", "ni cifre", {"virksomhed_cvr": "101508170"}, "S06"),
    row("S06", "nul foran", {"virksomhed_cvr": "00000000"}, "S06"),
    row("S06", "DK foran", {"virksomhed_cvr": "DK10150817"}),
    row("S06", "andre bogstaver", {"virksomhed_cvr": "SE10150817"}, "S06"),
    row("S06", "mellemrum inde i nummeret", {"virksomhed_cvr": "10 15 08 17"}),
    row("S06", "et cpr-nummer", {"virksomhed_cvr": "6105691007"}, "S06"),
    row("S06", "tomt, og en anden fejl", {"virksomhed_cvr": "", "type": "x"}, "S05 S06"),
    # S07: startdato er en dato, der ikke ligger efter opgørelsen
    row("S07", "dagen før opgørelsen", {"startdato": "30-12-2016", "slutdato": ""}),
    row("S07", "på opgørelsesdagen", {"startdato": "31-12-2016", "slutdato": ""}),
    row("S07", "dagen efter opgørelsen", {"startdato": "01-01-2017", "slutdato": ""}, "S07"),
    row("S07", "tom", {"startdato": ""}, "S07"),
    row("S07", "ikke en dato", {"startdato": "i foråret"}, "S07"),
    row("S07", "30. februar", {"startdato": "30-02-2016"}, "S07"),
    row("S07", "to cifre for året", {"startdato": "01-04-16"}, "S07"),
    row("S07", "år først", {"startdato": "2016-04-01"}),
    row("S07", "punktummer", {"startdato": "1.4.2016"}),
    row("S07", "tom: slutdato prøves alene", {"startdato": "", "slutdato": "x"}, "S07 S08"),
    row("S07", "efter opgørelsen, og en anden fejl", {"startdato": "01-01-2017", "slutdato": "", "type": ""},
        "S05 S07"),
    # S08: slutdato er tom eller ikke før startdato
    row("S08", "dagen før start", {"slutdato": "31-03-2016"}, "S08"),
    row("S08", "på startdagen", {"slutdato": "01-04-2016"}),
    row("S08", "dagen efter start", {"slutdato": "02-04-2016"}),
    row("S08", "tom: i gang", {"slutdato": ""}),
    row("S08", "ikke en dato", {"slutdato": "løbende"}, "S08"),
    row("S08", "31. juni", {"slutdato": "31-06-2016"}, "S08"),
    row("S08", "efter opgørelsen: er aftalt", {"slutdato": "31-03-2017"}),
    row("S08", "år før start", {"slutdato": "01-04-2015"}, "S08"),
    row("S08", "ingen startdato: sammenlignes ikke", {"startdato": "", "slutdato": "01-01-2015"}, "S07"),
    row("S08", "ulæselig startdato: sammenlignes ikke", {"startdato": "x", "slutdato": "01-01-2015"}, "S07"),
    row("S08", "før start, og en anden fejl", {"slutdato": "31-03-2016", "type": ""}, "S05 S08"),
    # S09: ikke før borgerens visitation (15-03-2016)
    row("S09", "dagen før visitationen", {"startdato": "14-03-2016"}, "S09"),
    row("S09", "på visitationsdagen", {"startdato": "15-03-2016"}),
    row("S09", "dagen efter visitationen", {"startdato": "16-03-2016"}),
    row("S09", "længe før, slut efter", {"startdato": "01-02-2016"}, "S09"),
    row("S09", "før projektets start", {"startdato": "31-01-2016"}, "S09"),
    row("S09", "borgeren er afvist: prøves ikke", {"startdato": "14-03-2016"}, "S04", borgere=({"gruppe": ""},)),
    row("S09", "ukendt borger: prøves ikke", {"startdato": "14-03-2016", "borger_id": "B-2"}, "S03"),
    row("S09", "ingen startdato: prøves ikke", {"startdato": ""}, "S07"),
    rows("S09", "hver borger sin dag",
         [({"startdato": "30-04-2016"}, ""),
          ({"forloeb_id": "F-2", "borger_id": "B-2", "startdato": "30-04-2016"}, "S09"),
          ({"forloeb_id": "F-3", "borger_id": "B-2", "startdato": "01-05-2016"}, "")], borgere=TWO_CITIZENS),
    row("S09", "også i kontrolgruppen", {"startdato": "14-03-2016"}, "S09", borgere=({"gruppe": "kontrol"},)),
    row("S09", "før, og en anden fejl", {"startdato": "14-03-2016", "type": "x"}, "S05 S09"),
    # S10: afsluttet ved udgangen af 2017
    row("S10", "slut dagen før", {"slutdato": "30-12-2017"}, **AFTER_2017),
    row("S10", "slut på dagen", {"slutdato": "31-12-2017"}, **AFTER_2017),
    row("S10", "slut dagen efter", {"slutdato": "01-01-2018"}, "S10", **AFTER_2017),
    row("S10", "slut dagen efter, opgjort før", {"slutdato": "01-01-2018"}, "S10"),
    row("S10", "løntilskud, slut dagen efter", {"type": "loentilskud", "slutdato": "01-01-2018"}, "S10", **AFTER_2017),
    row("S10", "snusepraktik, slut dagen efter", SNUS | {"startdato": "01-12-2017", "slutdato": "01-01-2018"}, "S10",
        **AFTER_2017),
    row("S10", "i gang, opgjort på dagen", {"slutdato": ""}, **AT_THE_END),
    row("S10", "i gang, opgjort dagen efter", {"slutdato": ""}, "S10", as_of="2018-01-01"),
    row("S10", "ulæselig slutdato er ikke i gang", {"slutdato": "løbende"}, "S08", **AFTER_2017),
    row("S10", "ordinær ansættelse må fortsætte", JOB | {"slutdato": "01-01-2018"}, "S13", **AFTER_2017),
    row("S10", "ordinær ansættelse, startet på dagen", JOB | {"startdato": "31-12-2017", "slutdato": ""}, "S13",
        **AFTER_2017),
    row("S10", "ordinær ansættelse, startet dagen efter", JOB | {"startdato": "01-01-2018", "slutdato": ""}, "S10",
        **AFTER_2017),
    row("S10", "startet dagen efter, ukendt type", {"type": "x", "startdato": "01-01-2018", "slutdato": ""}, "S05 S10",
        **AFTER_2017),
    row("S10", "ukendt type: slutdato prøves ikke", {"type": "x", "slutdato": "01-01-2018"}, "S05", **AFTER_2017),
    row("S10", "slut efter, ingen startdato", {"startdato": "", "slutdato": "01-01-2018"}, "S07 S10", **AFTER_2017),
    # S11: snusepraktik i højst 91 dage (kun en bemærkning)
    row("S11", "90 dage", SNUS | {"startdato": "01-04-2016", "slutdato": "29-06-2016"}),
    row("S11", "91 dage", SNUS | {"startdato": "01-04-2016", "slutdato": "30-06-2016"}),
    row("S11", "92 dage", SNUS | {"startdato": "01-04-2016", "slutdato": "01-07-2016"}, "S11"),
    row("S11", "i gang, 91 dage til opgørelsen", SNUS | {"startdato": "02-10-2016", "slutdato": ""}),
    row("S11", "i gang, 92 dage til opgørelsen", SNUS | {"startdato": "01-10-2016", "slutdato": ""}, "S11"),
    row("S11", "slut efter opgørelsen tæller som skrevet", SNUS | {"startdato": "01-12-2016", "slutdato": "02-03-2017"},
        "S11"),
    row("S11", "virksomhedspraktik må vare længe", {"slutdato": "31-12-2016"}),
    row("S11", "ulæselig slutdato: prøves ikke", SNUS | {"slutdato": "løbende"}, "S08"),
    row("S11", "ingen startdato: prøves ikke", SNUS | {"startdato": ""}, "S07"),
    row("S11", "slut før start", SNUS | {"slutdato": "01-01-2016"}, "S08"),
    row("S11", "fortælles også om en afvist række", SNUS | {"slutdato": "01-07-2016", "virksomhed_cvr": ""}, "S06 S11"),
    # S12: timer om ugen
    row("S12", "ingen", {"ordinaere_timer_pr_uge": ""}),
    row("S12", "nul", {"ordinaere_timer_pr_uge": "0"}),
    row("S12", "under nul", {"ordinaere_timer_pr_uge": "-0,01"}, "S12"),
    row("S12", "60", {"ordinaere_timer_pr_uge": "60"}),
    row("S12", "60,00", {"ordinaere_timer_pr_uge": "60,00"}),
    row("S12", "over 60", {"ordinaere_timer_pr_uge": "60,01"}, "S12"),
    row("S12", "punktum som komma", {"ordinaere_timer_pr_uge": "12.5"}),
    row("S12", "med enhed", {"ordinaere_timer_pr_uge": "12 timer"}, "S12"),
    row("S12", "med kr.", {"ordinaere_timer_pr_uge": "12 kr."}, "S12"),
    row("S12", "et interval", {"ordinaere_timer_pr_uge": "10-15"}, "S12"),
    row("S12", "1.234 er et tusind", {"ordinaere_timer_pr_uge": "1.234"}, "S12"),
    row("S12", "for mange, og en anden fejl", {"ordinaere_timer_pr_uge": "61", "type": "x"}, "S05 S12"),
    # S13: en ordinær ansættelse, der fortsætter (kun en bemærkning)
    row("S13", "slut dagen før", JOB | {"slutdato": "30-12-2017"}, **AFTER_2017),
    row("S13", "slut på dagen", JOB | {"slutdato": "31-12-2017"}, **AFTER_2017),
    row("S13", "slut dagen efter", JOB | {"slutdato": "01-01-2018"}, "S13", **AFTER_2017),
    row("S13", "slut dagen efter, opgjort før", JOB | {"slutdato": "01-01-2018"}, "S13"),
    row("S13", "i gang, opgjort på dagen", JOB | {"slutdato": ""}, **AT_THE_END),
    row("S13", "i gang, opgjort dagen efter", JOB | {"slutdato": ""}, "S13", as_of="2018-01-01"),
    row("S13", "ulæselig slutdato: prøves ikke", JOB | {"slutdato": "løbende"}, "S08", **AFTER_2017),
    row("S13", "startet på dagen", JOB | {"startdato": "31-12-2017", "slutdato": ""}, "S13", **AFTER_2017),
    row("S13", "startet efter: afvises", JOB | {"startdato": "01-01-2018", "slutdato": ""}, "S10", **AFTER_2017),
    row("S13", "ingen startdato: prøves ikke", JOB | {"startdato": "", "slutdato": ""}, "S07", **AFTER_2017),
    row("S13", "løntilskud, der fortsætter, afvises", {"type": "loentilskud", "slutdato": ""}, "S10", **AFTER_2017),
    row("S13", "fortsætter, og en anden fejl", JOB | {"slutdato": "", "virksomhed_cvr": ""}, "S06 S13", **AFTER_2017),
]  # fmt: skip


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    with judged_world(CASES, tmp_path_factory.mktemp("forloeb")) as world:
        yield world


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_row_gets_these_codes_and_no_other(judged: Judged, case: Case) -> None:
    assert judged.codes(case) == case.codes
