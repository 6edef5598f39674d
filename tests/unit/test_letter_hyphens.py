"""Long words in narrow cells break between their parts, and nowhere else."""

from __future__ import annotations

import pytest

from tasks.intake.tables import BY_NAME
from tasks.letters.hyphens import SOFT, hyphenated, with_numbers_kept, with_soft_hyphens
from tasks.rules.model import load_rules


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("Aktivitetsafhængigt", "Aktivitets|afhængigt"),
        ("Tilbagebetaling", "Tilbage|betaling"),
        ("beskæftigelsesrettet", "beskæftigelses|rettet"),
        ("virksomhedspraktikken", "virksomheds|praktikken"),
        ("virksomhedspraktik", "virksomhedspraktik"),
        ("visitationsdato", "visitationsdato"),
        ("Visitationsdatoen", "Visitations|datoen"),
        ("Kommune", "Kommune"),
        ("Speciallægepraksis", "Speciallægepraksis"),
    ],
)
def test_a_word_breaks_between_its_parts(word: str, broken: str) -> None:
    assert hyphenated(word) == broken.replace("|", SOFT)


def test_no_column_name_and_no_code_of_the_rules_is_hyphenated() -> None:
    names = {*load_rules().vocabulary.words, *(column for table in BY_NAME.values() for column in table.columns)}
    assert {"visitationsdato", "virksomhedspraktik"} <= names
    assert not [name for name in names if SOFT in hyphenated(name)]


def test_only_cells_are_hyphenated() -> None:
    html = '<p>Tilbagebetaling</p><th scope="row">Tilbagebetaling</th>'
    assert with_soft_hyphens(html) == f'<p>Tilbagebetaling</p><th scope="row">Tilbage{SOFT}betaling</th>'


def test_no_number_stands_alone_on_a_line_and_what_a_program_reads_stays() -> None:
    html = (
        "<h1>Afgørelse for 2016</h1><p>Den 1. marts 2017 fik I <strong>6.000 kr.</strong> for 13 uger, 2 × 3.</p>"
        '<svg viewBox="0 0 1000 146"></svg>'
    )
    kept = with_numbers_kept(html)
    assert kept.replace("\N{NO-BREAK SPACE}", "~") == (
        "<h1>Afgørelse for 2016</h1><p>Den~1.~marts~2017 fik I <strong>6.000 kr.</strong> for~13~uger,~2~×~3.</p>"
        '<svg viewBox="0 0 1000 146"></svg>'
    )
