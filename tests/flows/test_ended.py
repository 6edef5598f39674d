"""A run that was refused ends with one line and a state of its own name; one that failed, with its traceback."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.engine import handle_engine_signals
from prefect.flow_engine import run_flow
from prefect.logging.handlers import APILogWorker
from prefect.logging.loggers import flow_run_logger

from flows.evaluate import evaluate
from tasks.base.cpr import MASK
from tasks.base.errors import BusinessRefusal, InputError, InternalFailure
from tasks.prefect_run.ended import REFUSED, ends_by_name
from tasks.prefect_run.step import step
from tests.support.portfolio import cpr

NUMBER = cpr(7)
SENTENCE = "The draft is another: look at it first."


def ended(error: Exception) -> tuple[str, str, str, list[str]]:
    """Run a flow whose task raises an error, as a worker does; give the state's type, name and message, and the log.

    Nothing of NUMBER is in Prefect's database then.
    """
    name = f"ends {uuid4()}"

    @step("raise it")
    def failing() -> None:
        raise error

    @flow(name=name, flow_run_name=name, persist_result=False)
    @ends_by_name
    def failing_flow() -> None:
        failing()

    with get_client(sync_client=True) as client:
        run = client.create_flow_run(failing_flow)
    with pytest.raises(type(error)) as raised:
        run_flow(failing_flow, flow_run=run, error_logger=flow_run_logger(run))
    assert raised.value.args == error.args
    APILogWorker.drain_all(timeout=300, at_exit=False)
    with closing(sqlite3.connect(Path(os.environ["PREFECT_HOME"]) / "prefect.db")) as database:
        of_run = [str(run.id)]
        ((kind, state),) = database.execute(
            "SELECT state_type, state_name FROM flow_run WHERE id = ?", of_run
        ).fetchall()
        ((message,),) = database.execute(
            "SELECT message FROM flow_run_state WHERE flow_run_id = ? AND type = 'FAILED'", of_run
        ).fetchall()
        lines = database.execute("SELECT message FROM log WHERE flow_run_id = ? ORDER BY timestamp", of_run).fetchall()
        assert not any(NUMBER in statement for statement in database.iterdump())
    return kind, state, message, [line for (line,) in lines]


def _runs_of(flow_name: str) -> list[str]:
    """Give the names of the states of a flow's runs."""
    with closing(sqlite3.connect(Path(os.environ["PREFECT_HOME"]) / "prefect.db")) as database:
        found = database.execute(
            "SELECT state_name FROM flow_run JOIN flow ON flow.id = flow_id WHERE flow.name = ?", [flow_name]
        ).fetchall()
    return [name for (name,) in found]


@pytest.mark.parametrize(("kind", "name"), [(BusinessRefusal, "Refused"), (InputError, "Failed")])
def test_a_refusal_is_one_line_without_a_traceback(kind: type[Exception], name: str) -> None:
    state_type, state, message, logged = ended(kind(SENTENCE))
    assert (state_type, state, message) == ("FAILED", name, SENTENCE)
    assert len([line for line in logged if SENTENCE in line]) == 1, logged
    assert not [line for line in logged if "Traceback" in line]


def test_a_worker_tells_it_once_too(monkeypatch: pytest.MonkeyPatch) -> None:
    logged: list[logging.LogRecord] = []
    engine = logging.getLogger("prefect.engine")
    # Commands have it silent.
    monkeypatch.setattr(engine, "isEnabledFor", lambda _level: True)
    monkeypatch.setattr(engine, "disabled", False)
    monkeypatch.setattr(engine, "callHandlers", logged.append)
    # A run of an earlier test in this process was handled, which is no matter of these.
    monkeypatch.setattr("prefect.engine.engine_outcome_is_handled", lambda: False)
    for error in (InputError(SENTENCE), InternalFailure("broken")):
        with pytest.raises(SystemExit), handle_engine_signals(uuid4()):
            raise error
    assert [record.exc_info and record.exc_info[0] for record in logged] == [InternalFailure]


@pytest.mark.parametrize("kind", [BusinessRefusal, InputError, InternalFailure])
def test_no_personal_number_is_in_a_state_or_a_log(kind: type[Exception]) -> None:
    _, _, message, logged = ended(kind(f"The draft of {NUMBER} is another."))
    assert MASK in message
    assert [line for line in logged if MASK in line]


def test_an_evaluation_that_is_refused_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise BusinessRefusal(SENTENCE)

    monkeypatch.setattr("flows.evaluate.estimate_effect", refuse)
    with pytest.raises(BusinessRefusal):
        evaluate(tmp_path)
    assert set(_runs_of("evaluate")) == {REFUSED}


def test_what_failed_has_its_traceback() -> None:
    state_type, state, message, logged = ended(InternalFailure("broken"))
    assert (state_type, state) == ("FAILED", "Failed")
    assert "broken" in message
    assert [line for line in logged if "Traceback" in line]
