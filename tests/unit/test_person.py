"""Whose name it is, and who has none."""

from __future__ import annotations

import getpass
import unicodedata

import pytest

from tasks.base.errors import InputError
from tasks.base.person import is_same_person
from tasks.base.run import PREPARED_BY_VARIABLE, preparer

NAME = "Åse Ærø"


@pytest.mark.parametrize(
    "other",
    [
        "  åse   ÆRØ ",
        unicodedata.normalize("NFD", NAME),
        "Åse\u200b Ærø",
        "A\u200d\u030ase Ærø",
        "Åse\u00a0Ærø",
        "\ufeffÅse Ærø",
        "Å\u00adse Ærø",
        "\u212bse Ærø",
    ],
)
def test_another_spelling_is_the_same_person(other: str) -> None:
    assert is_same_person(NAME, other)


@pytest.mark.parametrize("other", ["Ase Ærø", "Åse Æro", "ÅseÆrø", "Åse Ærø 2", ""])
def test_another_name_is_another_person(other: str) -> None:
    assert not is_same_person(NAME, other)


def test_the_preparer_is_the_one_named_or_the_systems_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "anna")
    assert preparer() == "anna"
    monkeypatch.setenv(PREPARED_BY_VARIABLE, "Åse 6101901234")
    assert preparer() == "Åse ******-****"


@pytest.mark.parametrize("name", ["  ", "\u200b", "\u00a0", "Åse\nÆrø"])
def test_a_preparer_needs_a_name(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(PREPARED_BY_VARIABLE, name)
    with pytest.raises(InputError, match=PREPARED_BY_VARIABLE):
        preparer()


@pytest.mark.parametrize("error", [KeyError("getpwuid(): uid not found: 4711"), OSError("No username set")])
def test_a_containers_user_may_have_no_name(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def nameless() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", nameless)
    with pytest.raises(InputError, match=PREPARED_BY_VARIABLE):
        preparer()
