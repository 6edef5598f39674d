"""A settlement on a Dask cluster: the same bytes as on one machine, also when workers die; nothing personal shown."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import distributed
import duckdb
import polars as pl
import pytest

from flows.settle import compute_tables, draft, take_in
from tasks.base.errors import InputError, InternalFailure
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import PREPARED_BY_VARIABLE, Run
from tasks.cluster import judging, letters, receiving, workers
from tasks.cluster.workers import Sealed, Workers, joined
from tasks.intake.key import PseudonymKey
from tasks.letters.render import LettersFailedError
from tasks.sample.portfolio import write_sample
from tasks.warehouse.connection import open_warehouse
from tests.support.dying import DiesOnce, fails_with_what_it_was_given
from tests.support.files import hashes
from tests.support.letter_examples import UDBETALING
from tests.support.portfolio import Portfolio, cpr
from tests.support.settling import call_tasks_plainly

SECRET = "a secret of the operator's own, long enough"  # noqa: S105 - the tests' own
FIRST, SECOND = "2018-02-15T12:00", "2018-02-16T12:00"
ONLY_ON_ONE_MACHINE = {"would_be_spells"}
"""What the workers keep to themselves."""


@pytest.fixture(autouse=True)
def _plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    settings(monkeypatch)


def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    call_tasks_plainly(monkeypatch)
    monkeypatch.setenv("JOBFIRST_KEY", SECRET)
    monkeypatch.setenv(PREPARED_BY_VARIABLE, "Anna")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a portfolio with what an inbox can hold beside good deliveries."""
    folder = tmp_path_factory.mktemp("cluster") / "sample"
    write_sample(folder, projects=3, citizens=20, seed=1, errors=0.05, corrections=0.0, form="mixed")
    inbox = folder / "inbox"
    first, second, *_ = sorted(path for path in inbox.iterdir() if path.is_dir())
    newest = max(path for path in first.iterdir() if path.is_dir())
    shutil.copytree(newest, first / "2018-02-16")
    (second / "2017-01-15.zip").write_bytes(b"no archive")
    for name in ("UKENDT", cpr(1), "64", cpr(5)):
        (inbox / name / "2017-01-31").mkdir(parents=True)
        (inbox / name / "2017-01-31" / "borgere.csv").write_text("borger_id;cpr\nB1;0101701234\n", encoding="utf-8")
    (inbox / "stray.txt").write_text("", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Give the address of a scheduler with two workers."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster:
        yield cluster.scheduler_address


def settled(sample: Path, home: Path, cluster: str | None = None) -> dict[str, Any]:
    """Receive at one moment and settle at another; give every file's hash and every table."""
    home.mkdir(parents=True)
    run = Run(2016, sample / "register", sample / "inbox", home, Moment.parse(SECOND))
    with open_warehouse(home) as connection, joined(cluster, home) if cluster else nullcontext() as members:
        earlier = replace(run, now=Moment.parse(FIRST))
        compute_tables(connection, earlier, take_in(connection, earlier, Silence(), members), workers=members)
        draft(connection, run, Silence(), members)
        tables = {name: rows_of(connection, name) for name in names(connection)}
    return {"files": hashes(home / "out"), "tables": tables}


def names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
    ).fetchall()
    return sorted(name for (name,) in found if name.partition(".")[2] not in ONLY_ON_ONE_MACHINE)


def rows_of(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[list[Any], list[Any]]:
    """Give a table's columns with their types, and its rows."""
    relation = connection.table(table)
    columns = list(zip(relation.columns, map(str, relation.types), strict=True))
    return columns, connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()  # noqa: S608 - of our own


@pytest.fixture(scope="module")
def on_one_machine(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        settings(monkeypatch)
        return settled(sample, tmp_path_factory.mktemp("one") / "home")


@pytest.mark.long
def test_the_sample_has_something_of_everything(on_one_machine: dict[str, Any]) -> None:
    tables = on_one_machine["tables"]
    for name in ("core_citizens", "core_spells", "core_expenses", "core_ragged", "core_faults"):
        assert tables[f"main.{name}"][1], name
    for name in ("quarantine", "completions", "wages", "rejected_value"):
        assert tables[f"run.{name}"][1], name
    deliveries, receipts = (len(tables[f"main.core_{name}"][1]) for name in ("deliveries", "receipts"))
    assert receipts > deliveries, "none was judged anew"


@pytest.mark.torture
def test_a_cluster_gives_the_same_bytes(
    sample: Path, tmp_path: Path, address: str, on_one_machine: dict[str, Any]
) -> None:
    on_cluster = settled(sample, tmp_path / "home", address)
    assert on_cluster["files"] == on_one_machine["files"]
    for name, rows in on_one_machine["tables"].items():
        assert on_cluster["tables"][name] == rows, name
    assert not (tmp_path / "home" / "shards").exists()


@pytest.mark.long
def test_a_person_in_two_shards_is_in_the_trial_once(tmp_path: Path, address: str) -> None:
    portfolio = Portfolio(tmp_path)
    for code, day in (("101", "2016-04-01"), ("187", "2016-03-01"), ("253", "2016-05-01")):
        delivery = portfolio.project(f"JF-{code}", municipalities=(code,)).delivery("2017-01-31")
        delivery.citizen("B1", cpr=cpr(1), visitationsdato=day)
        delivery.spell("B1", day, day)
        delivery.write(portfolio.inbox)
    rejected = computed(portfolio, address, "SELECT DISTINCT delivery_no, code FROM run.quarantine ORDER BY ALL")
    assert rejected == [(1, "C13"), (1, "S04"), (3, "C13"), (3, "S04")]


@pytest.mark.long
def test_workers_that_are_killed_change_nothing(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on_one_machine: dict[str, Any]
) -> None:
    graves = [
        dies_once(monkeypatch, module, name, tmp_path)
        for module, name in (
            (receiving, "receive_shard"),
            (judging, "do_part"),
            (letters, "render_shard"),
        )
    ]
    killed = settled(sample, tmp_path / "home", "2")
    assert all(grave.exists() for grave in graves)
    assert killed["files"] == on_one_machine["files"]
    for name, rows in on_one_machine["tables"].items():
        assert killed["tables"][name] == rows, name


def dies_once(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, folder: Path) -> Path:
    dying = DiesOnce(module.__name__, name, folder)
    monkeypatch.setattr(module, name, dying)
    return dying.grave


def test_what_is_exchanged_holds_no_personal_number(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    portfolio, numbers = Portfolio(tmp_path), []
    for code in ("101", "187"):
        delivery = portfolio.project(f"JF-{code}", municipalities=(code,)).delivery("2017-01-31")
        delivery.started(30, "2016-03-01")
        delivery.citizen(cpr(200), gruppe=cpr(201), visitationsdato=cpr(202))
        delivery.wages("2016-03-01", "1000", kategori=f"til {cpr(203)}", bilagsnr=cpr(204))
        delivery.write(portfolio.inbox)
        numbers += [row["cpr"] for row in delivery.borgere]
    told: list[str] = []

    def each(self: Workers, name: str, function: Callable[[Any], Any], works: Any) -> Iterator[Any]:
        given = list(plain(self, name, function, works))
        told.extend(text for path in sorted(self.folder.rglob("*.parquet")) for text in texts_of(path))
        return iter(given)

    plain = Workers.each
    monkeypatch.setattr(Workers, "each", each)
    persons = {row[0] for row in computed(portfolio, address, "SELECT person FROM core_citizens")}
    assert len(persons) == len(set(numbers))
    assert persons <= set(told), "the exchange was not looked at"
    together = "\n".join(told)
    assert not [number for number in (*numbers, *map(cpr, range(200, 205))) if number in together]


def computed(portfolio: Portfolio, cluster: str, query: str) -> list[tuple[Any, ...]]:
    """Compute 2016 on a cluster; give the rows of a query."""
    portfolio.write_register()
    home = portfolio.folder / "home"
    home.mkdir()
    run = Run(2016, portfolio.register, portfolio.inbox, home, Moment.parse(SECOND))
    with open_warehouse(home) as connection, joined(cluster, home) as members:
        compute_tables(connection, run, take_in(connection, run, Silence(), members), workers=members)
        return connection.execute(query).fetchall()


def texts_of(path: Path) -> list[str]:
    frame = pl.read_parquet(path, hive_partitioning=False)
    return [text for column in frame.select(pl.col(pl.String)) for text in column.drop_nulls()]


def test_neither_key_nor_values_reach_the_workers_logs(address: str, tmp_path: Path) -> None:
    key = PseudonymKey.of(SECRET.encode())
    work = receiving.Intake([], frozenset({"JF-187"}), ["0101701234"], Moment.parse(FIRST), key, tmp_path, tmp_path)
    with joined(address, tmp_path) as members:
        with pytest.raises(InternalFailure, match="ValueError") as failed:
            list(members.each("fail", fails_with_what_it_was_given, [work]))
        with distributed.Client(address) as client:
            logged = repr([client.get_worker_logs(), client.get_scheduler_logs()])
    assert "Sealed(...)" in logged, "the failure was not logged"
    for secret in (SECRET, repr(key.inner), "0101701234", "JF-187"):
        assert secret not in logged
        assert secret not in str(failed.value)
    assert repr(Sealed(key)) == "Sealed(...)"


def test_a_letter_that_fails_names_its_project(address: str, tmp_path: Path) -> None:
    good = [replace(UDBETALING, project_id=name) for name in ("JF-1", "JF-3")]
    broken = replace(good[0], project_id="JF-2", posted_dkk=UDBETALING.posted_dkk + 1)
    done: list[int] = []
    with (
        joined(address, tmp_path) as members,
        pytest.raises(LettersFailedError, match="JF-2: InconsistentFactsError") as failed,
    ):
        letters.render_on_workers(
            members, [good[0], broken, good[1]], tmp_path / "letters", lambda now, _: done.append(now)
        )
    assert set(failed.value.reasons) == {"JF-2"}
    assert done[-1] == 3
    assert sorted(path.name for path in (tmp_path / "letters").glob("*.pdf")) == ["JF-1.pdf", "JF-3.pdf"]


def test_a_worker_of_another_version_is_refused(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "source_sha256", lambda: "another")
    with joined(address, tmp_path) as members, pytest.raises(InputError, match="another version"):
        list(members.each("x", letters.render_shard, [[]]))


def test_without_a_cluster_nothing_of_dask_is_imported() -> None:
    loaded = "import sys, flows.settle; print([name for name in ('dask', 'distributed') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("cluster", "told"),
    [
        ("0", "name 1 to"),
        ("soon", "neither a number of local workers nor"),
        ("tcp://127.0.0.1:9", "No scheduler answers at tcp://127.0.0.1:9"),
    ],
)
def test_a_cluster_that_is_none_is_one_sentence(
    cluster: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "CONNECT_SECONDS", 1)
    with pytest.raises(InputError, match=told), joined(cluster, tmp_path):
        raise AssertionError("joined")


def test_a_scheduler_without_workers_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "CONNECT_SECONDS", 1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", processes=False) as none,
        pytest.raises(InputError, match="has no workers"),
        joined(none.scheduler_address, tmp_path),
    ):
        raise AssertionError("joined")
