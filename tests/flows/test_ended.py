"""A run that was refused ends with one line and a state of its own name; one that failed, with its traceback."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from prefect import flow
from prefect.logging.handlers import APILogWorker

from tasks.base.errors import BusinessRefusal, InputError, InternalFailure
from tasks.prefect_run.ended import ends_by_name
from tasks.prefect_run.step import step

SENTENCE = "The draft is another: look at it first."


def ended(error: Exception) -> tuple[str, str, str, list[str]]:
    """Run a flow whose task raises an error; give the state's type, name and message, and what was logged."""
    name = f"ends {uuid4()}"

    @step("raise it")
    def failing() -> None:
        raise error

    @flow(name=name, flow_run_name=name, persist_result=False)
    @ends_by_name
    def failing_flow() -> None:
        failing()

    with pytest.raises(type(error)) as raised:
        failing_flow()
    assert raised.value.args == error.args
    APILogWorker.drain_all(timeout=300, at_exit=False)
    with closing(sqlite3.connect(Path(os.environ["PREFECT_HOME"]) / "prefect.db")) as database:
        ((run, kind, state),) = database.execute(
            "SELECT id, state_type, state_name FROM flow_run WHERE name = ?", [name]
        ).fetchall()
        ((message,),) = database.execute(
            "SELECT message FROM flow_run_state WHERE flow_run_id = ? AND type = 'FAILED'", [run]
        ).fetchall()
        lines = database.execute("SELECT message FROM log WHERE flow_run_id = ? ORDER BY timestamp", [run]).fetchall()
    return kind, state, message, [line for (line,) in lines]


@pytest.mark.parametrize(("kind", "name"), [(BusinessRefusal, "Refused"), (InputError, "Failed")])
def test_a_refusal_is_one_line_without_a_traceback(kind: type[Exception], name: str) -> None:
    state_type, state, message, logged = ended(kind(SENTENCE))
    assert (state_type, state, message) == ("FAILED", name, SENTENCE)
    assert len([line for line in logged if SENTENCE in line]) == 1, logged
    assert not [line for line in logged if "Traceback" in line]


def test_what_failed_has_its_traceback() -> None:
    state_type, state, message, logged = ended(InternalFailure("broken"))
    assert (state_type, state) == ("FAILED", "Failed")
    assert "broken" in message
    assert [line for line in logged if "Traceback" in line]
