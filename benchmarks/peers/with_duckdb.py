"""The settlement as one hand-written DuckDB script: `python with_duckdb.py YEAR REGISTER INBOX OUT`."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from inputs import files, in_force, read_terms

# What is read of each table; CSV is not sniffed, so that no file is read twice.
COLUMNS = {
    "borgere": {
        "borger_id": "VARCHAR",
        "cpr": "VARCHAR",
        "kommunekode": "VARCHAR",
        "maalgruppe": "VARCHAR",
        "ydelse": "VARCHAR",
        "offentlig_forsoergelse_siden": "VARCHAR",
        "integrationsprogram": "VARCHAR",
        "gruppe": "VARCHAR",
        "visitationsdato": "VARCHAR",
    },
    "forloeb": {
        "forloeb_id": "VARCHAR",
        "borger_id": "VARCHAR",
        "type": "VARCHAR",
        "virksomhed_cvr": "VARCHAR",
        "startdato": "DATE",
        "slutdato": "DATE",
        "ordinaere_timer_pr_uge": "VARCHAR",
    },
    "udgifter": {
        "bilagsnr": "VARCHAR",
        "dato": "DATE",
        "kategori": "VARCHAR",
        "beloeb": "DECIMAL(18, 2)",
        "lovpligtig": "VARCHAR",
        "tekst": "VARCHAR",
    },
}


def settle(year: int, register: Path, inbox: Path, out: Path) -> None:
    """Write `out/settlement.csv`."""
    connection = duckdb.connect(config={"preserve_insertion_order": False})
    deliveries, terms = in_force(inbox), read_terms()
    for table, columns in COLUMNS.items():
        paths = files(deliveries, table)
        if paths[0].endswith(".parquet"):
            relation = connection.read_parquet(paths, filename=True)
        else:
            relation = connection.read_csv(
                paths, header=True, delimiter=";", quotechar='"', columns=columns, auto_detect=False, filename=True
            )
        relation.create_view(table)
    connection.read_csv(
        str(register / "projekter.csv"),
        delimiter=";",
        dtype={"tilsagnshaver": "VARCHAR", "maaltal": "BIGINT", "tilsagn_fast": "DECIMAL(18, 2)"},
    ).create_view("projekter")
    connection.execute("CREATE TEMP TABLE deliveries (project_id VARCHAR, as_of DATE)")
    connection.executemany("INSERT INTO deliveries VALUES (?, ?)", [(one.project_id, one.as_of) for one in deliveries])
    connection.execute(
        "CREATE TEMP TABLE reach AS SELECT unnest($days) AS day, unnest($reach) AS reach_day",
        {"days": [day for day, _ in terms.reach], "reach": [reach for _, reach in terms.reach]},
    )
    given = {"settled_year": year} | {name: value for name, value in vars(terms).items() if name != "reach"}
    connection.execute(
        f"CREATE TEMP TABLE terms AS SELECT {', '.join(f'${name} AS {name}' for name in given)}",
        given,
    )
    connection.execute((Path(__file__).parent / "settlement.sql").read_text(encoding="utf-8"))
    out.mkdir(parents=True, exist_ok=True)
    connection.sql("FROM settlement ORDER BY project_id").write_csv(str(out / "settlement.csv"), header=True)


if __name__ == "__main__":
    settle(int(sys.argv[1]), *map(Path, sys.argv[2:]))
