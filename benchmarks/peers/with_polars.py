"""The settlement with Polars: `python with_polars.py YEAR REGISTER INBOX OUT`."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import polars as pl
from inputs import Delivery, Terms, in_force, read_terms
from polars import col

MONEY = pl.Decimal(18, 2)
REMARKS = ["C14", "S11", "S13"]
CITIZEN = ["project_id", "borger_id"]
COMPANY = [*CITIZEN, "virksomhed_cvr"]
COLUMNS = {
    "borgere": [
        "borger_id", "cpr", "kommunekode", "maalgruppe", "ydelse", "offentlig_forsoergelse_siden",
        "integrationsprogram", "gruppe", "visitationsdato",
    ],
    "forloeb": [
        "forloeb_id", "borger_id", "type", "virksomhed_cvr", "startdato", "slutdato", "ordinaere_timer_pr_uge",
    ],
    "udgifter": ["bilagsnr", "dato", "kategori", "beloeb", "lovpligtig", "tekst"],
}  # fmt: skip
CPR_WEIGHTS, CVR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1), (2, 7, 6, 5, 4, 3, 2, 1)


def read(deliveries: list[Delivery], table: str) -> pl.LazyFrame:
    """Read a table of all deliveries, every cell as text, rows as a spreadsheet numbers them."""
    columns = COLUMNS[table]
    frames = [
        _records(one.folder / f"{table}.csv", is_quoted=table == "udgifter")
        .with_row_index("row", offset=2)
        .with_columns(project_id=pl.lit(one.project_id), as_of=pl.lit(one.as_of))
        for one in deliveries
    ]
    return pl.concat(frames).select(
        "row",
        "project_id",
        "as_of",
        is_ragged=col("cells").list.len() != len(columns),
        **{name: col("cells").list.get(at, null_on_oob=True) for at, name in enumerate(columns)},
    )


def _records(path: Path, *, is_quoted: bool) -> pl.LazyFrame:
    """Give each record's `cells`; Polars' own reader does not tell a blank cell from a missing one."""
    if is_quoted:
        with path.open(encoding="utf-8", newline="") as file:
            return pl.LazyFrame({"cells": list(csv.reader(file, delimiter=";"))[1:]})
    lines = pl.scan_csv(
        path, separator="\x1f", quote_char=None, has_header=False, skip_rows=1, schema={"line": pl.String}
    )
    return lines.select(cells=col("line").str.split(";"))


def day(column: str) -> pl.Expr:
    """Give a column's day, null where it is none."""
    return col(column).str.to_date("%Y-%m-%d", strict=False)


def weighted(column: str, weights: tuple[int, ...]) -> pl.Expr:
    """Give the weighted sum of a number's digits."""
    digits = (col(column).str.slice(at, 1).cast(pl.Int32, strict=False) * weight for at, weight in enumerate(weights))
    return pl.sum_horizontal(*digits)


def with_codes(rows: pl.LazyFrame, key: str, rules: dict[str, pl.Expr]) -> pl.LazyFrame:
    """Add `codes`, the list of the rules that a row breaks, and `is_rejected`; a rule that is null is not broken."""
    letter = next(iter(rules))[0]
    is_repeated = (col(key) != "") & ~col("is_ragged") & (pl.len().over("project_id", key, "is_ragged") > 1)
    rules = {f"{letter}01": col(key) == "", f"{letter}02": is_repeated, **rules}
    broken = [
        pl.when(fails & ~col("is_ragged")).then(pl.lit(code, pl.String)).otherwise(None)
        for code, fails in rules.items()
    ]
    ragged = pl.when("is_ragged").then(pl.lit("R01", pl.String)).otherwise(None)
    codes = pl.concat_str(ragged, *broken, separator=" ", ignore_nulls=True)
    return rows.with_columns(codes=codes).with_columns(is_rejected=~col("codes").is_in(["", *REMARKS]))


def judge_citizens(rows: pl.LazyFrame, projects: pl.LazyFrame, terms: Terms) -> pl.LazyFrame:
    """Add what each row of borgere breaks, except C13."""
    yy, seventh = col("cpr").str.slice(4, 2), col("cpr").str.slice(6, 1)
    century = (
        pl.when((seventh <= "3") | (seventh.is_in(["4", "9"]) & (yy > "36")))
        .then(pl.lit("19"))
        .when(seventh.is_in(["4", "9"]) | (yy <= "57"))
        .then(pl.lit("20"))
        .otherwise(pl.lit("18"))
    )
    born = pl.concat_str(
        century, yy, pl.lit("-"), col("cpr").str.slice(2, 2), pl.lit("-"),
        # A number that was given for administration has 60 added to the day.
        (col("cpr").str.slice(0, 2).cast(pl.Int32, strict=False) % 60).cast(pl.String).str.zfill(2),
    ).str.to_date("%Y-%m-%d", strict=False)  # fmt: skip
    enrolled, supported = day("visitationsdato"), day("offentlig_forsoergelse_siden")
    rows = rows.join(projects.select("project_id", "municipalities", "first_day", "window_end"), on="project_id")
    rows = rows.with_columns(
        birth_date=pl.when(col("cpr").str.contains(r"^[0-9]{10}$")).then(born),
        enrolled=enrolled,
        supported=supported,
        has_group=col("maalgruppe").is_in(terms.target_groups),
    )
    rules = {
        "C03": col("birth_date").is_null(),
        "C04": ~col("kommunekode").is_in(col("municipalities")),
        "C05": ~col("has_group"),
        "C06": ~(col("maalgruppe") + " " + col("ydelse")).is_in(terms.group_benefits)
        & (col("has_group") | ~col("ydelse").is_in(terms.benefits)),
        "C07": ~col("gruppe").is_in(terms.arms),
        "C08": (col("enrolled") > col("as_of")).fill_null(True),
        "C09": (col("enrolled") < col("first_day"))
        | (col("enrolled") >= col("window_end"))
        | (col("enrolled") > terms.programme_last_day),
        "C10": col("birth_date").dt.offset_by(f"{terms.minimum_age_years}y") > col("enrolled"),
        "C11": col("maalgruppe").is_in(terms.support_groups)
        & (
            col("supported").is_null()
            | (col("supported") < col("birth_date"))
            | (col("supported") > col("enrolled").dt.offset_by(f"-{terms.support_years}y"))
        ),
        "C12": (col("maalgruppe").is_in(terms.no_integration_groups) & (col("integrationsprogram") == "ja"))
        | ~col("integrationsprogram").is_in(["ja", "nej", ""]),
        "C14": col("birth_date").is_not_null() & (weighted("cpr", CPR_WEIGHTS) % 11 != 0),
        "C15": col("borger_id").str.contains(r"^[0-9]{6}-?[0-9]{4}$"),
    }
    return with_codes(rows, "borger_id", rules)


def judge_spells(rows: pl.LazyFrame, known: pl.LazyFrame, terms: Terms) -> pl.LazyFrame:
    """Add what each row of forloeb breaks."""
    last = terms.programme_last_day
    rows = rows.join(known, on=CITIZEN, how="left").with_columns(starts=day("startdato"), slut=day("slutdato"))
    rows = rows.with_columns(known_end=pl.coalesce("slut", pl.when(col("slutdato") == "").then("as_of")))
    hours = col("ordinaere_timer_pr_uge").cast(MONEY, strict=False)
    is_company = col("virksomhed_cvr").str.contains(r"^[1-9][0-9]{7}$") & (
        weighted("virksomhed_cvr", CVR_WEIGHTS) % 11 == 0
    )
    rules = {
        "S03": col("citizen_rejected").is_null(),
        "S04": col("citizen_rejected"),
        "S05": ~col("type").is_in(terms.spell_types),
        "S06": ~is_company,
        "S07": (col("starts") > col("as_of")).fill_null(True),
        "S08": col("known_end").is_null() | (col("slut") < col("starts")),
        "S09": ~col("citizen_rejected") & (col("starts") < col("citizen_enrolled")),
        "S10": (col("starts") > last) | (col("type").is_in(terms.ending_types) & (col("known_end") > last)),
        "S11": (col("type") == "snusepraktik")
        & (col("known_end") - col("starts") >= pl.duration(days=terms.snusepraktik_max_days)),
        "S12": (col("ordinaere_timer_pr_uge") != "")
        & ~hours.is_between(terms.hours_least, terms.hours_most).fill_null(False),
        "S13": col("type").is_in(terms.open_types) & (col("starts") <= last) & (col("known_end") > last),
    }
    return with_codes(rows, "forloeb_id", rules)


def judge_expenses(rows: pl.LazyFrame, projects: pl.LazyFrame, terms: Terms) -> pl.LazyFrame:
    """Add what each row of udgifter breaks."""
    rows = rows.join(projects.select("project_id", "first_day"), on="project_id")
    rows = rows.with_columns(day=day("dato"), amount=col("beloeb").cast(MONEY, strict=False))
    rules = {
        "E03": (col("day") > col("as_of")).fill_null(True),
        "E04": (col("day") < col("first_day")) | (col("day") > terms.programme_last_day),
        "E05": ~col("kategori").is_in(terms.expense_categories),
        "E06": (col("amount") == 0).fill_null(True),
        "E07": ~col("lovpligtig").is_in(["nej", ""]),
    }
    return with_codes(rows, "bilagsnr", rules)


def completions(spells: pl.LazyFrame, terms: Terms) -> pl.LazyFrame:
    """Give each citizen's completion day, by project and citizen."""
    reach = pl.LazyFrame({"ends": terms.days, "reach": terms.reaches})
    days = pl.duration(days=terms.completion_days - 1)
    span = col("ends").max() - col("starts").min()
    return (
        spells.filter((span >= days).over(COMPANY))
        .join(reach, on="ends")
        .sort(*COMPANY, "starts", "ends")
        .with_columns(
            (col("starts") > col("reach").cum_max().shift()).fill_null(True).cum_sum().over(COMPANY).alias("chain")
        )
        .group_by(*COMPANY, "chain")
        .agg(col("starts").min().alias("first"), span.alias("span"))
        .filter(col("span") >= days)
        .group_by(CITIZEN)
        .agg(completion_date=col("first").min() + days)
    )


def by_year(rows: pl.LazyFrame, day: str, *sums: pl.Expr) -> pl.LazyFrame:
    """Sum by project and year of a day."""
    return rows.group_by("project_id", col(day).dt.year().cast(pl.Int64).alias("year")).agg(*sums)


def money(
    year: int, projects: pl.LazyFrame, events: pl.LazyFrame, expenses: pl.LazyFrame, terms: Terms
) -> pl.LazyFrame:
    """Give `settlement.csv`."""
    wages = expenses.filter((col("codes") == "") & col("kategori").is_in(terms.wage_categories))
    arms = events.group_by("project_id").agg(
        (col("gruppe") == terms.participant).sum().alias("participants"),
        (col("gruppe") == terms.control).sum().alias("controls"),
        col("as_of").first(),
    )
    years = pl.LazyFrame({"year": range(terms.first_year, year + 1)})
    cap = (col("maaltal") * pl.lit(terms.cap_a_participant_dkk)).cast(MONEY)
    fixed_max = pl.min_horizontal("tilsagn_fast", pl.lit(terms.fixed_max_dkk, MONEY))
    entitlement = col("activity") + col("fixed")
    key = ["project_id", "year"]
    return (
        projects.join(years, how="cross")
        .join(arms, on="project_id")
        .join(by_year(events, "start_date", pl.len().alias("starts")), on=key, how="left")
        .join(by_year(events, "completion_date", pl.len().alias("completions")), on=key, how="left")
        .join(by_year(wages, "day", col("amount").sum().alias("wages")), on=key, how="left")
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
            col("maaltal").alias("target_participants"),
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


def violations(**judged: tuple[str, pl.LazyFrame]) -> pl.LazyFrame:
    """Give `violations.csv` of each table's key and rows."""
    broken = pl.concat(
        rows.filter(col("codes") != "").select(
            "project_id", pl.lit(table).alias("table"), "row", col(key).alias("key"), col("codes").str.split(" ")
        )
        for table, (key, rows) in judged.items()
    ).explode("codes")
    is_cpr = col("key").str.contains(r"^[0-9]{6}-?[0-9]{4}$")
    return broken.select(
        "project_id",
        "table",
        "row",
        pl.when(col("codes") == "R01")
        .then(pl.lit(""))
        .when(is_cpr)
        .then(pl.lit("******-****"))
        .otherwise("key")
        .alias("key"),
        col("codes").alias("code"),
        pl.when(col("codes").is_in(REMARKS)).then(pl.lit("remark")).otherwise(pl.lit("reject")).alias("severity"),
    ).sort("project_id", "table", "row", "code")


def settle(year: int, register: Path, inbox: Path, out: Path) -> None:
    """Write `settlement.csv`, `citizens.csv` and `violations.csv` into `out`."""
    deliveries, terms = in_force(inbox), read_terms()
    projects = pl.scan_csv(
        register / "projekter.csv",
        separator=";",
        schema_overrides={
            "tilsagnshaver": pl.String, "kommuner": pl.String, "projektstart": pl.Date, "maaltal": pl.Int64,
            "tilsagn_fast": MONEY,
        },
    ).select(
        "tilsagnshaver", "maaltal", "tilsagn_fast",
        project_id="projekt_id",
        municipalities=col("kommuner").str.split(" "),
        first_day="projektstart",
        window_end=col("projektstart").dt.offset_by(f"{terms.enrolment_window_years}y"),
    )  # fmt: skip
    rows = judge_citizens(read(deliveries, "borgere"), projects, terms).collect()
    # A person counts once: where enrolled first.
    order = [col("enrolled"), col("project_id"), col("borger_id")]
    repeated = (
        rows.filter(~col("is_rejected"))
        .sort(order)
        .filter(col("cpr").is_duplicated() & ~col("cpr").is_first_distinct())
    ).select("project_id", "row", "borger_id", codes=pl.lit("C13"))
    rows = rows.join(repeated.select("project_id", "row", is_repeated=True), on=["project_id", "row"], how="left")
    rows = rows.with_columns(is_rejected=col("is_rejected") | col("is_repeated").fill_null(False)).lazy()
    known = (
        rows.filter((col("borger_id") != "") & ~col("is_ragged"))
        .group_by(CITIZEN)
        .agg(
            col("gruppe").first(),
            citizen_rejected=col("is_rejected").any(),
            citizen_enrolled=col("enrolled").first(),
        )
    )
    judged = judge_spells(read(deliveries, "forloeb"), known, terms).collect().lazy()
    expenses = judge_expenses(read(deliveries, "udgifter"), projects, terms).collect().lazy()

    ends = pl.min_horizontal(col("slut").fill_null(col("as_of")), "as_of", pl.lit(terms.programme_last_day))
    spells = judged.filter(
        ~col("is_rejected") & (col("gruppe") == terms.participant) & col("type").is_in(terms.qualifying_types)
    ).select(*COMPANY, "starts", ends=ends)
    starts = spells.group_by(CITIZEN).agg(start_date=col("starts").min())
    events = (
        rows.filter(~col("is_rejected"))
        .select(*CITIZEN, "gruppe", "maalgruppe", "as_of")
        .join(starts, on=CITIZEN, how="left")
        .join(completions(spells, terms), on=CITIZEN, how="left")
        .sort(CITIZEN)
        .collect()
        .lazy()
    )
    out.mkdir(parents=True, exist_ok=True)
    money(year, projects, events, expenses, terms).collect().write_csv(out / "settlement.csv")
    events.select(
        "project_id",
        citizen_id="borger_id",
        arm=pl.when(col("gruppe") == terms.participant).then(pl.lit("participant")).otherwise(pl.lit("control")),
        target_group="maalgruppe",
        start_date="start_date",
        completion_date="completion_date",
    ).collect().write_csv(out / "citizens.csv")
    broken = pl.concat([rows.select(repeated.columns), repeated.lazy()])
    violations(
        borgere=("borger_id", broken), forloeb=("forloeb_id", judged), udgifter=("bilagsnr", expenses)
    ).collect().write_csv(out / "violations.csv")


if __name__ == "__main__":
    settle(int(sys.argv[1]), *map(Path, sys.argv[2:]))
