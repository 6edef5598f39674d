"""The environments of the templates: strict, and quick where compiled templates can be kept."""

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError
from markupsafe import Markup

from tasks.base import jinja
from tasks.base.jinja import strict_environment


@pytest.fixture(autouse=True)
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "hello.txt").write_text("Hej {{ name }}", encoding="utf-8")
    monkeypatch.setattr(jinja, "TEMPLATES", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def hello(folder: Path, **values: str) -> str:
    return strict_environment(folder, Environment).get_template("hello.txt").render(values)


def test_it_escapes_and_wants_every_value(templates: Path) -> None:
    assert hello(templates, name="<Anna>") == "Hej &lt;Anna&gt;"
    with pytest.raises(UndefinedError):
        hello(templates)


def test_no_value_turns_the_order_of_reading(templates: Path) -> None:
    assert (
        hello(templates, name="\u202e.rk 05\u202c <\u2066Åse\u2069>")
        == "Hej \ufffd.rk 05\ufffd &lt;\ufffdÅse\ufffd&gt;"
    )
    assert hello(templates, name=Markup("<b>\u202e</b>")) == "Hej <b>\ufffd</b>"


def test_a_compiled_template_is_kept_and_made_anew_when_its_text_changes(templates: Path) -> None:
    hello(templates, name="Anna")
    (kept,) = (templates / "__pycache__").iterdir()
    first = kept.read_bytes()
    (templates / "hello.txt").write_text("Goddag {{ name }}", encoding="utf-8")
    assert hello(templates, name="Anna") == "Goddag Anna"
    assert kept.read_bytes() != first


def test_a_program_that_has_changed_uses_no_template_that_it_did_not_compile(
    templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (templates / "hello.txt").write_text("{{ 0 | shown }}", encoding="utf-8")

    def shown(word: str) -> str:
        environment = strict_environment(templates, Environment)
        environment.filters["shown"] = lambda _: word
        return environment.get_template("hello.txt").render()

    assert shown("nul") == "nul"
    monkeypatch.setattr(jinja, "source_sha256", lambda: "another program")
    assert shown("ingen") == "ingen"


def test_it_does_without_where_nothing_can_be_kept(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (templates / "__pycache__").write_text("in the way", encoding="utf-8")
    assert hello(templates, name="Anna") == "Hej Anna"
    (templates / "__pycache__").unlink()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jinja2.bccache.tempfile.NamedTemporaryFile", full)
    assert hello(templates, name="Anna") == "Hej Anna"
    assert not list((templates / "__pycache__").iterdir())
