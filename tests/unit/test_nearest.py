"""The names that are nearest to one that is not there."""

from __future__ import annotations

from tasks.base.nearest import nearest, nearest_are

PROJECTS = ("JF-101", "JF-187", "JF-253", "JF-810")


def test_a_slip_of_the_hand_leads_to_the_name() -> None:
    assert nearest("JF-l87", PROJECTS).split(", ")[0] == "JF-187"
    assert len(nearest("JF-l87", PROJECTS).split(", ")) == 3


def test_the_case_of_letters_counts_for_nothing() -> None:
    assert nearest("jf-253", PROJECTS).split(", ")[0] == "JF-253"


def test_where_there_are_no_names_nothing_is_said() -> None:
    assert nearest_are("JF-1", ()) == ""
    assert nearest_are("JF-1", ("JF-187",)) == "; the nearest are JF-187"
