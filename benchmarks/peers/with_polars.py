"""The settlement with Polars, as one lazy query: `python with_polars.py YEAR REGISTER INBOX OUT`."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
from inputs import Delivery, Terms, files, in_force, read_terms
from polars import col

MONEY = pl.Decimal(18, 2)
DAYS = {"startdato": pl.Date, "slutdato": pl.Date, "dato": pl.Date}
CITIZEN = ["project_id", "borger_id"]
COMPANY = [*CITIZEN, "virksomhed_cvr"]


def scan(deliveries: list[Delivery], table: str) -> pl.LazyFrame:
    """Read a table of all deliveries."""
    paths = files(deliveries, table)
    if paths[0].endswith(".parquet"):
        rows = pl.scan_parquet(paths, include_file_paths="path")
    else:
        # Nothing is guessed: a column is text unless it is said to be something else.
        rows = pl.scan_csv(
            paths,
            separator=";",
            infer_schema=False,
            schema_overrides={**DAYS, "beloeb": MONEY},
            include_file_paths="path",
        )
    folders = pl.LazyFrame(
        {
            "path": paths,
            "project_id": [one.project_id for one in deliveries],
            "as_of": [one.as_of for one in deliveries],
        }
    )
    return rows.join(folders, on="path").drop("path")


def completions(spells: pl.LazyFrame, terms: Terms) -> pl.LazyFrame:
    """Give each citizen's completion day, by project and citizen."""
    reach = pl.LazyFrame(terms.reach, schema=["ends", "reach"], orient="row")
    days = pl.duration(days=terms.completion_days - 1)
    span = col("ends").max() - col("startdato").min()
    return (
        spells.filter((span >= days).over(COMPANY))
        .join(reach, on="ends")
        .sort(*COMPANY, "startdato", "ends")
        .with_columns(
            (col("startdato") > col("reach").cum_max().shift()).fill_null(True).cum_sum().over(COMPANY).alias("chain")
        )
        .group_by(*COMPANY, "chain")
        .agg(col("startdato").min().alias("first"), span.alias("span"))
        .filter(col("span") >= days)
        .group_by(CITIZEN)
        .agg((col("first").min() + days).alias("day"))
    )


def by_year(rows: pl.LazyFrame, day: str, *sums: pl.Expr) -> pl.LazyFrame:
    """Sum by project and year of a day."""
    return rows.group_by("project_id", col(day).dt.year().cast(pl.Int64).alias("year")).agg(*sums)


def settle(year: int, register: Path, inbox: Path, out: Path) -> None:
    """Write `out/settlement.csv`."""
    deliveries, terms = in_force(inbox), read_terms()
    citizens = scan(deliveries, "borgere").select(*CITIZEN, "gruppe")
    participants = citizens.filter(col("gruppe") == terms.participant)
    spells = (
        scan(deliveries, "forloeb")
        .filter(col("type").is_in(terms.spell_types))
        .join(participants, on=CITIZEN, how="semi")
        .select(
            *COMPANY,
            "startdato",
            pl.min_horizontal(col("slutdato").fill_null(col("as_of")), "as_of", pl.lit(terms.programme_last_day)).alias(
                "ends"
            ),
        )
    )
    starts = spells.group_by(CITIZEN).agg(col("startdato").min().alias("day"))
    wages = scan(deliveries, "udgifter").filter(col("kategori").is_in(terms.wage_categories))
    arms = citizens.group_by("project_id").agg(
        (col("gruppe") == terms.participant).sum().alias("participants"),
        (col("gruppe") == terms.control).sum().alias("controls"),
    )
    projects = pl.scan_csv(
        register / "projekter.csv",
        separator=";",
        schema_overrides={"tilsagnshaver": pl.String, "maaltal": pl.Int64, "tilsagn_fast": MONEY},
    ).rename({"projekt_id": "project_id", "maaltal": "target_participants"})
    known = pl.LazyFrame(
        [(one.project_id, one.as_of) for one in deliveries], schema=["project_id", "as_of"], orient="row"
    )
    years = pl.LazyFrame({"year": range(terms.programme_first_day.year, year + 1)})

    cap = (col("target_participants") * pl.lit(terms.cap_a_participant_dkk)).cast(MONEY)
    fixed_max = pl.min_horizontal("tilsagn_fast", pl.lit(terms.fixed_max_dkk, MONEY))
    entitlement = col("activity") + col("fixed")
    key = ["project_id", "year"]
    settlement = (
        projects.join(years, how="cross")
        .join(known, on="project_id")
        .join(arms, on="project_id")
        .join(by_year(starts, "day", pl.len().alias("starts")), on=key, how="left")
        .join(by_year(completions(spells, terms), "day", pl.len().alias("completions")), on=key, how="left")
        .join(by_year(wages, "dato", col("beloeb").sum().alias("wages")), on=key, how="left")
        .with_columns(col("starts", "completions", "wages").fill_null(0))
        .with_columns(
            (col("starts") * pl.lit(terms.start_dkk) + col("completions") * pl.lit(terms.completion_dkk))
            .cast(MONEY)
            .alias("gross")
        )
        .sort(key)
        .with_columns(
            cap.alias("cap"),
            pl.min_horizontal(col("gross").cum_sum().over("project_id"), cap).alias("activity_cumulative"),
            pl.min_horizontal(col("wages").cum_sum().over("project_id"), fixed_max)
            .clip(lower_bound=0)
            .alias("fixed_cumulative"),
        )
        .with_columns(
            (col(f"{name}_cumulative") - col(f"{name}_cumulative").shift(fill_value=0).over("project_id")).alias(name)
            for name in ("activity", "fixed")
        )
        .filter(col("year") == year)
        .select(
            "year",
            "project_id",
            col("tilsagnshaver").str.tail(3).alias("lead_municipality"),
            pl.lit("ready").alias("status"),
            pl.lit(None, pl.String).alias("holds"),
            col("as_of").alias("delivery_as_of"),
            "target_participants",
            "participants",
            "controls",
            "starts",
            "completions",
            col("gross").alias("gross_activity"),
            "cap",
            "activity_cumulative",
            "activity",
            col("wages").alias("wages_documented"),
            "fixed_cumulative",
            "fixed",
            entitlement.alias("entitlement"),
            pl.lit(0, MONEY).alias("posted"),
            entitlement.alias("payable"),
        )
    )
    out.mkdir(parents=True, exist_ok=True)
    settlement.collect(engine="streaming").write_csv(out / "settlement.csv")


if __name__ == "__main__":
    settle(int(sys.argv[1]), *map(Path, sys.argv[2:]))
