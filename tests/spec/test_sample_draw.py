"""A made-up portfolio whose arms were drawn: settled, evaluated, and held against its records."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from docs.verify_draw import verify as verify_plainly
from flows.settle import compute_year
from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import Run
from tasks.evaluation import plan
from tasks.evaluation.results import PRIMARY
from tasks.evaluation.run import evaluate
from tasks.rules.model import load_rules, terms_of
from tasks.sample.portfolio import write_sample
from tasks.warehouse.connection import open_warehouse
from tests.support.files import read_rows
from tests.support.settling import call_tasks_plainly

NOW = Moment.parse("2018-02-15T10:00")


@pytest.mark.long
def test_a_drawn_sample_is_settled_and_evaluated_by_its_draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call_tasks_plainly(monkeypatch)
    monkeypatch.setenv("JOBFIRST_KEY", "a key of the operator that nobody else has")
    data, home = tmp_path / "data", tmp_path / "home"
    write_sample(data, projects=2, citizens=22, seed=5, form="csv", effect=3.0, draw_home=home)
    with open_warehouse(home) as connection:
        compute_year(connection, Run(2017, data / "register", data / "inbox", home, NOW), Silence(), home / "out")
    drawn_codes = {"C16", "C17", "C18", "C19", "P08", "P09", "P10", "P11"}
    assert not drawn_codes & {row["code"] for row in read_rows(home / "out" / "violations.csv")}
    plan.freeze(home, terms_of(load_rules()), approved_by="Bo", by="Anna", now=NOW)
    found = evaluate(home, now=NOW, known_at=NOW, hours_file=data / "timer.csv")
    flow = {tuple(row.values())[:4]: int(row["citizens"]) for row in read_rows(found.folder / "flow.csv")}
    records = sorted((home / "draw").glob("*.jsonl"))
    assert len(records) == 2
    for record in records:
        assert "every arm follows" in verify_plainly(record.read_bytes())
        entries = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
        members = {one["ref"]: one for entry in entries if entry["kind"] == "batch" for one in entry["members"]}
        ids = {
            row["borger_id"]: row["ref"]
            for file in (home / "draw" / record.stem).glob("*.csv")
            for row in read_rows(file)
        }
        for row in read_rows(data / "inbox" / record.stem / "2017-12-31" / "borgere.csv", ";"):
            member = members[ids[row["borger_id"]]]
            assert (row["gruppe"], f"{row['kommunekode']}:{row['maalgruppe']}") == (member["arm"], member["stratum"])
        left = Counter(members[entry["ref"]]["arm"] for entry in entries if entry["kind"] == "withdraw")
        for arm, name in (("deltager", "participant"), ("kontrol", "control")):
            assert flow[record.stem, name, "drawn", ""] == sum(one["arm"] == arm for one in members.values())
            assert left[arm] == sum(count for key, count in flow.items() if key[:3] == (record.stem, name, "withdrawn"))
    primary = found.analysis.row(PRIMARY)
    assert primary is not None
    assert (primary.participants, primary.controls) == (22, 22)


def test_a_home_in_use_is_no_place_for_a_made_up_draw(tmp_path: Path) -> None:
    with open_warehouse(tmp_path):
        pass
    with pytest.raises(InputError, match="name a new home"):
        write_sample(tmp_path / "data", projects=1, citizens=4, seed=1, draw_home=tmp_path)
    assert not (tmp_path / "data").exists()
