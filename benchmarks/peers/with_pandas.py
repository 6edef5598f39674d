"""The settlement as an analyst would write it with pandas: `python with_pandas.py YEAR REGISTER INBOX OUT`."""

from __future__ import annotations

import csv
import sys
from itertools import zip_longest
from pathlib import Path

import pandas as pd
from inputs import Delivery, Terms, in_force, read_terms

CITIZEN = ["project_id", "borger_id"]
COMPANY = [*CITIZEN, "virksomhed_cvr"]
REMARKS = ("C14", "S11", "S13")
CPR_WEIGHTS, CVR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1), (2, 7, 6, 5, 4, 3, 2, 1)
CPR_ALONE = r"[0-9]{6}-?[0-9]{4}"


def read(deliveries: list[Delivery], table: str) -> pd.DataFrame:
    """Read a table of all deliveries, every cell as text, rows as a spreadsheet numbers them."""
    frames = []
    for one in deliveries:
        # pandas' own reader does not tell a blank cell from a missing one.
        with (one.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            header, *records = csv.reader(file, delimiter=";")
        # The field too many that a record may have is zipped with no name, and so left away.
        columns = dict(zip(header, zip_longest(*records, fillvalue=""), strict=False))
        frame = pd.DataFrame(columns, dtype="str")
        frame["is_ragged"] = [len(record) != len(header) for record in records]
        frames.append(
            frame.assign(row=range(2, len(frame) + 2), project_id=one.project_id, as_of=pd.Timestamp(one.as_of))
        )
    return pd.concat(frames, ignore_index=True)


def days(texts: pd.Series) -> pd.Series:
    """Give the days of texts; NaT where one is none."""
    return pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce")


def is_weighted(numbers: pd.Series, weights: tuple[int, ...]) -> pd.Series:
    """Return which numbers, of as many digits as there are weights, pass the modulus-11 check."""
    digits = numbers.astype("int64")
    total = sum(digits // 10 ** (len(weights) - 1 - at) % 10 * weight for at, weight in enumerate(weights))
    return total % 11 == 0


def with_codes(rows: pd.DataFrame, key: str, rules: dict[str, pd.Series]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the rows with `is_rejected`, and what they break: a line for each row and code."""
    letter = next(iter(rules))[0]
    read_rows = ~rows["is_ragged"]
    is_repeated = (
        read_rows
        & (rows[key] != "")
        & rows[read_rows].duplicated(["project_id", key], keep=False).reindex(rows.index, fill_value=False)
    )
    rules = {f"{letter}01": rows[key] == "", f"{letter}02": is_repeated, **rules}
    broken = [rows[rows["is_ragged"]].assign(code="R01", **{key: ""})]
    broken += [rows[fails & read_rows].assign(code=code) for code, fails in rules.items()]
    codes = pd.concat([frame[["project_id", "row", key, "code"]] for frame in broken]).rename(columns={key: "key"})
    is_rejected = rows.index.isin(codes.index[~codes["code"].isin(REMARKS)])
    return rows.assign(is_rejected=is_rejected), codes


def judge_citizens(rows: pd.DataFrame, projects: pd.DataFrame, terms: Terms) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Judge the rows of borgere, and then who is there more than once (C13)."""
    rows["enrolled"], supported = days(rows["visitationsdato"]), days(rows["offentlig_forsoergelse_siden"])
    has_digits = rows["cpr"].str.fullmatch("[0-9]{10}")
    digits = rows["cpr"].where(has_digits, "0" * 10)
    yy, seventh = digits.str[4:6].astype(int), digits.str[6].astype(int)
    century = (19 + (seventh.isin([4, 9]) & (yy <= 36))).where(seventh.isin([0, 1, 2, 3, 4, 9]), (yy <= 57) * 2 + 18)
    # A number that was given for administration has 60 added to the day.
    born = century * 1_000_000 + yy * 10_000 + digits.str[2:4].astype(int) * 100 + digits.str[:2].astype(int) % 60
    born = pd.to_datetime(born.astype("str"), format="%Y%m%d", errors="coerce")
    of_project = projects.reindex(rows["project_id"]).set_index(rows.index)
    first_day, window = of_project["projektstart"], pd.DateOffset(years=terms.enrolment_window_years)
    municipalities = {(name, code) for name, codes in projects["kommuner"].items() for code in codes.split(" ")}
    enrolled, group = rows["enrolled"], rows["maalgruppe"]
    integration, has_group = rows["integrationsprogram"], group.isin(terms.target_groups)
    rows, broken = with_codes(
        rows,
        "borger_id",
        {
            "C03": born.isna(),
            "C04": ~pd.Series(zip(rows["project_id"], rows["kommunekode"], strict=True), rows.index).isin(
                municipalities
            ),
            "C05": ~has_group,
            "C06": ~(group + " " + rows["ydelse"]).isin(terms.group_benefits)
            & (has_group | ~rows["ydelse"].isin(terms.benefits)),
            "C07": ~rows["gruppe"].isin(terms.arms),
            "C08": ~(enrolled <= rows["as_of"]),
            "C09": (enrolled < first_day)
            | (enrolled >= first_day + window)
            | (enrolled > pd.Timestamp(terms.programme_last_day)),
            "C10": born + pd.DateOffset(years=terms.minimum_age_years) > enrolled,
            "C11": group.isin(terms.support_groups)
            & (
                supported.isna()
                | (supported < born)
                | (supported > enrolled - pd.DateOffset(years=terms.support_years))
            ),
            "C12": (group.isin(terms.no_integration_groups) & (integration == "ja"))
            | ~integration.isin(["ja", "nej", ""]),
            "C14": born.notna() & ~is_weighted(digits, CPR_WEIGHTS),
            "C15": rows["borger_id"].str.fullmatch(CPR_ALONE),
        },
    )
    # A person counts once: where enrolled first.
    sound = rows[~rows["is_rejected"]].sort_values(["enrolled", "project_id", "borger_id"])
    again = sound[sound.duplicated("cpr")].assign(code="C13").rename(columns={"borger_id": "key"})
    rows.loc[again.index, "is_rejected"] = True
    return rows, pd.concat([broken, again[broken.columns]])


def judge_spells(rows: pd.DataFrame, citizens: pd.DataFrame, terms: Terms) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Judge the rows of forloeb."""
    named = citizens[~citizens["is_ragged"] & (citizens["borger_id"] != "")]
    known = named.groupby(CITIZEN).agg(
        citizen_rejected=("is_rejected", "any"), citizen_enrolled=("enrolled", "first"), gruppe=("gruppe", "first")
    )
    rows = rows.merge(known.reset_index(), on=CITIZEN, how="left")
    rows["starts"], rows["ends"] = days(rows["startdato"]), days(rows["slutdato"])
    starts, ends, kind, last = rows["starts"], rows["ends"], rows["type"], pd.Timestamp(terms.programme_last_day)
    known_end = ends.fillna(rows["as_of"].where(rows["slutdato"] == ""))
    has_digits = rows["virksomhed_cvr"].str.fullmatch("[1-9][0-9]{7}")
    hours = pd.to_numeric(rows["ordinaere_timer_pr_uge"], errors="coerce")
    return with_codes(
        rows,
        "forloeb_id",
        {
            "S03": rows["citizen_rejected"].isna(),
            "S04": rows["citizen_rejected"] == True,  # noqa: E712 - missing is no match
            "S05": ~kind.isin(terms.spell_types),
            "S06": ~is_weighted(rows["virksomhed_cvr"].where(has_digits, "1"), CVR_WEIGHTS),
            "S07": ~(starts <= rows["as_of"]),
            "S08": known_end.isna() | (ends < starts),
            "S09": (rows["citizen_rejected"] == False) & (starts < rows["citizen_enrolled"]),  # noqa: E712
            "S10": (starts > last) | (kind.isin(terms.ending_types) & (known_end > last)),
            "S11": (kind == "snusepraktik") & ((known_end - starts).dt.days + 1 > terms.snusepraktik_max_days),
            "S12": (rows["ordinaere_timer_pr_uge"] != "")
            & ~hours.between(float(terms.hours_least), float(terms.hours_most)),
            "S13": kind.isin(terms.open_types) & (starts <= last) & (known_end > last),
        },
    )


def judge_expenses(rows: pd.DataFrame, projects: pd.DataFrame, terms: Terms) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Judge the rows of udgifter."""
    rows["day"], rows["amount"] = days(rows["dato"]), pd.to_numeric(rows["beloeb"], errors="coerce")
    first_day = projects["projektstart"].reindex(rows["project_id"]).set_axis(rows.index)
    return with_codes(
        rows,
        "bilagsnr",
        {
            "E03": ~(rows["day"] <= rows["as_of"]),
            "E04": (rows["day"] < first_day) | (rows["day"] > pd.Timestamp(terms.programme_last_day)),
            "E05": ~rows["kategori"].isin(terms.expense_categories),
            "E06": rows["amount"].fillna(0) == 0,
            "E07": ~rows["lovpligtig"].isin(["nej", ""]),
        },
    )


def completions(spells: pd.DataFrame, terms: Terms) -> pd.Series:
    """Give each citizen's completion day, by project and citizen."""
    reach = pd.Series(pd.to_datetime(terms.reaches), index=pd.to_datetime(terms.days))
    spells = spells.sort_values([*COMPANY, "starts", "ends"])
    reached = spells["ends"].map(reach).groupby([spells[name] for name in COMPANY]).cummax()
    is_same = (spells[COMPANY] == spells[COMPANY].shift()).all(axis=1)
    chain = (~is_same | (spells["starts"] > reached.shift())).cumsum()
    chains = spells.groupby(chain).agg(
        project_id=("project_id", "first"),
        borger_id=("borger_id", "first"),
        first=("starts", "min"),
        last=("ends", "max"),
    )
    long_enough = chains[(chains["last"] - chains["first"]).dt.days + 1 >= terms.completion_days]
    return long_enough.groupby(CITIZEN)["first"].min() + pd.Timedelta(days=terms.completion_days - 1)


def by_year(days: pd.Series) -> pd.Series:
    """Count days by project and year."""
    return days.groupby([days.index.get_level_values("project_id"), days.dt.year]).size()


def settle(year: int, register: Path, inbox: Path, out: Path) -> None:
    """Write `settlement.csv`, `citizens.csv` and `violations.csv` into `out`."""
    deliveries, terms = in_force(inbox), read_terms()
    texts = {"tilsagnshaver": str, "kommuner": str}
    projects = pd.read_csv(register / "projekter.csv", sep=";", dtype=texts, parse_dates=["projektstart"])
    projects = projects.set_index("projekt_id")
    citizens, broken_citizens = judge_citizens(read(deliveries, "borgere"), projects, terms)
    spells, broken_spells = judge_spells(read(deliveries, "forloeb"), citizens, terms)
    expenses, broken_expenses = judge_expenses(read(deliveries, "udgifter"), projects, terms)

    citizens = citizens[~citizens["is_rejected"]]
    counts = ~spells["is_rejected"] & (spells["gruppe"] == terms.participant)
    spells = spells[counts & spells["type"].isin(terms.qualifying_types)].copy()
    spells["ends"] = (
        spells["ends"].fillna(spells["as_of"]).clip(upper=spells["as_of"])
        .clip(upper=pd.Timestamp(terms.programme_last_day))
    )  # fmt: skip
    starts, completed = spells.groupby(CITIZEN)["starts"].min(), completions(spells, terms)
    wages = expenses[~expenses["is_rejected"] & expenses["kategori"].isin(terms.wage_categories)]
    wages_dkk = wages["amount"].groupby([wages["project_id"], wages["day"].dt.year]).sum()

    arms = citizens.groupby(["project_id", "gruppe"]).size().unstack(fill_value=0)
    years = range(terms.first_year, year + 1)
    index = pd.MultiIndex.from_product([sorted(projects.index), years], names=["project_id", "year"])
    table = pd.DataFrame(
        {
            "starts": by_year(starts).reindex(index, fill_value=0),
            "completions": by_year(completed).reindex(index, fill_value=0),
            "wages": wages_dkk.reindex(index, fill_value=0.0),
        }
    )
    of_project = projects.reindex(index.get_level_values("project_id")).set_index(index)
    table["gross"] = table["starts"] * float(terms.start_dkk) + table["completions"] * float(terms.completion_dkk)
    table["cap"] = of_project["maaltal"] * float(terms.cap_a_participant_dkk)
    fixed_max = of_project["tilsagn_fast"].clip(upper=float(terms.fixed_max_dkk))
    table["activity_so_far"] = table.groupby("project_id")["gross"].cumsum().clip(upper=table["cap"])
    table["fixed_so_far"] = table.groupby("project_id")["wages"].cumsum().clip(upper=fixed_max).clip(lower=0)
    for name in ("activity", "fixed"):
        so_far = table[f"{name}_so_far"]
        table[name] = so_far - so_far.groupby("project_id").shift(fill_value=0)

    of_year = table.xs(year, level="year")
    projects, arms = projects.reindex(of_year.index), arms.reindex(of_year.index)
    entitlement = of_year["activity"] + of_year["fixed"]
    settlement = pd.DataFrame(
        {
            "year": year,
            "project_id": of_year.index,
            "lead_municipality": projects["tilsagnshaver"].str[-3:],
            "status": "ready",
            "holds": "",
            "delivery_as_of": pd.Series({one.project_id: one.as_of for one in deliveries}),
            "target_participants": projects["maaltal"],
            "participants": arms[terms.participant],
            "controls": arms[terms.control],
            "starts": of_year["starts"],
            "completions": of_year["completions"],
            "gross_activity": of_year["gross"],
            "cap": of_year["cap"],
            "activity_cumulative": of_year["activity_so_far"],
            "activity": of_year["activity"],
            "wages_documented": of_year["wages"],
            "fixed_cumulative": of_year["fixed_so_far"],
            "fixed": of_year["fixed"],
            "entitlement": entitlement,
            "posted": 0.0,
            "payable": entitlement,
        }
    )
    out.mkdir(parents=True, exist_ok=True)
    settlement.to_csv(out / "settlement.csv", index=False, float_format="%.2f", lineterminator="\n")
    counted = citizens[[*CITIZEN, "gruppe", "maalgruppe"]].sort_values(CITIZEN)
    counted = counted.join(starts.rename("start_date"), on=CITIZEN).join(
        completed.rename("completion_date"), on=CITIZEN
    )
    counted["gruppe"] = counted["gruppe"].map({terms.participant: "participant", terms.control: "control"})
    counted.columns = ["project_id", "citizen_id", "arm", "target_group", "start_date", "completion_date"]
    counted.to_csv(out / "citizens.csv", index=False, date_format="%Y-%m-%d", lineterminator="\n")
    tables = {"borgere": broken_citizens, "forloeb": broken_spells, "udgifter": broken_expenses}
    broken = pd.concat([frame.assign(table=name) for name, frame in tables.items()])
    broken["key"] = broken["key"].mask(broken["key"].str.fullmatch(CPR_ALONE), "******-****")
    broken["severity"] = broken["code"].isin(REMARKS).map({True: "remark", False: "reject"})
    broken = broken[["project_id", "table", "row", "key", "code", "severity"]]
    broken = broken.sort_values(["project_id", "table", "row", "code"])
    broken.to_csv(out / "violations.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    settle(int(sys.argv[1]), *map(Path, sys.argv[2:]))
