"""The settlement as an analyst would write it with pandas: `python with_pandas.py YEAR REGISTER INBOX OUT`."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from inputs import Delivery, Terms, in_force, read_terms

DAYS = ("startdato", "slutdato", "dato")
CITIZEN = ["project_id", "borger_id"]
COMPANY = [*CITIZEN, "virksomhed_cvr"]


def read(deliveries: list[Delivery], table: str, columns: list[str]) -> pd.DataFrame:
    """Read a table of all deliveries into one frame."""
    frames = []
    for one in deliveries:
        parquet = one.folder / f"{table}.parquet"
        if parquet.exists():
            frame = pd.read_parquet(parquet, columns=columns)
        else:
            text = {name: str for name in columns if name not in (*DAYS, "beloeb")}
            frame = pd.read_csv(one.folder / f"{table}.csv", sep=";", usecols=columns, dtype=text)
        frames.append(frame.assign(project_id=one.project_id, as_of=pd.Timestamp(one.as_of)))
    together = pd.concat(frames, ignore_index=True)
    for name in DAYS:
        if name in columns:
            together[name] = pd.to_datetime(together[name])
    return together


def completions(spells: pd.DataFrame, terms: Terms) -> pd.Series:
    """Give each citizen's completion day, by project and citizen."""
    reach = pd.Series({pd.Timestamp(day): pd.Timestamp(reached) for day, reached in terms.reach})
    spells = spells.sort_values([*COMPANY, "startdato", "ends"])
    reached = spells["ends"].map(reach).groupby([spells[name] for name in COMPANY]).cummax()
    is_same = (spells[COMPANY] == spells[COMPANY].shift()).all(axis=1)
    chain = (~is_same | (spells["startdato"] > reached.shift())).cumsum()
    chains = spells.groupby(chain).agg(
        project_id=("project_id", "first"),
        borger_id=("borger_id", "first"),
        first=("startdato", "min"),
        last=("ends", "max"),
    )
    long_enough = chains[(chains["last"] - chains["first"]).dt.days + 1 >= terms.completion_days]
    return long_enough.groupby(CITIZEN)["first"].min() + pd.Timedelta(days=terms.completion_days - 1)


def by_year(days: pd.Series) -> pd.Series:
    """Count days by project and year."""
    return days.groupby([days.index.get_level_values("project_id"), days.dt.year]).size()


def settle(year: int, register: Path, inbox: Path, out: Path) -> None:
    """Write `out/settlement.csv`."""
    deliveries, terms = in_force(inbox), read_terms()
    citizens = read(deliveries, "borgere", ["borger_id", "gruppe"])
    spells = read(deliveries, "forloeb", ["borger_id", "type", "virksomhed_cvr", "startdato", "slutdato"])
    expenses = read(deliveries, "udgifter", ["dato", "kategori", "beloeb"])

    participants = citizens.loc[citizens["gruppe"] == terms.participant, CITIZEN]
    spells = spells[spells["type"].isin(terms.spell_types)].merge(participants, on=CITIZEN)
    spells["ends"] = (
        spells["slutdato"].fillna(spells["as_of"]).clip(upper=spells["as_of"])
        .clip(upper=pd.Timestamp(terms.programme_last_day))
    )  # fmt: skip
    wages = expenses[expenses["kategori"].isin(terms.wage_categories)]
    wages_dkk = wages["beloeb"].astype(float).groupby([wages["project_id"], wages["dato"].dt.year]).sum()

    projects = pd.read_csv(register / "projekter.csv", sep=";", dtype={"tilsagnshaver": str}).set_index("projekt_id")
    arms = citizens.groupby(["project_id", "gruppe"]).size().unstack(fill_value=0)
    years = range(terms.programme_first_day.year, year + 1)
    index = pd.MultiIndex.from_product([sorted(projects.index), years], names=["project_id", "year"])
    table = pd.DataFrame(
        {
            "starts": by_year(spells.groupby(CITIZEN)["startdato"].min()).reindex(index, fill_value=0),
            "completions": by_year(completions(spells, terms)).reindex(index, fill_value=0),
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


if __name__ == "__main__":
    settle(int(sys.argv[1]), *map(Path, sys.argv[2:]))
