"""Long words in narrow cells break between their parts, and nowhere else."""

from __future__ import annotations

import pytest

from tasks.letters.hyphens import SOFT, hyphenated, with_soft_hyphens


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("Aktivitetsafhængigt", "Aktivitets|afhængigt"),
        ("Tilbagebetaling", "Tilbage|betaling"),
        ("beskæftigelsesrettet", "beskæftigelses|rettet"),
        ("virksomhedspraktik", "virksomheds|praktik"),
        ("Kommune", "Kommune"),
        ("Speciallægepraksis", "Speciallægepraksis"),
    ],
)
def test_a_word_breaks_between_its_parts(word: str, broken: str) -> None:
    assert hyphenated(word) == broken.replace("|", SOFT)


def test_only_cells_are_hyphenated() -> None:
    html = '<p>Tilbagebetaling</p><th scope="row">Tilbagebetaling</th>'
    assert with_soft_hyphens(html) == f'<p>Tilbagebetaling</p><th scope="row">Tilbage{SOFT}betaling</th>'
