"""What a decision letter says of the hearing: on which day, what was answered, or why there was none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from tasks.letters.facts import Hearing
from tasks.letters.render import render_letter
from tasks.letters.wording import word
from tests.support.letter_examples import TILBAGEBETALING

REASON = "Pengene skal bruges i denne måned."
SENT, REPLY_BY, ANSWERED = date(2017, 2, 16), date(2017, 3, 8), date(2017, 3, 1)
OVER = Hearing(
    sent_on=SENT,
    reply_by=REPLY_BY,
    answered_on=None,
    answer=(),
    reason="",
    is_cut=False,
    is_about_this=True,
    is_over=True,
    is_burden=True,
)
ANSWER = replace(OVER, reply_by=None, answered_on=ANSWERED)
WAITING = replace(OVER, is_over=False)
CHANGED = replace(OVER, reply_by=None, is_about_this=False, is_over=False)
NOT_HEARD = replace(CHANGED, sent_on=None, is_about_this=True, reason=REASON)
HEARD = "Vi sendte jer udkastet til denne afgørelse i høring den 16. februar 2017 (forvaltningsloven § 19)."
HEARD_OF_OTHER = "Vi sendte jer et udkast til afgørelse i høring den 16. februar 2017 (forvaltningsloven § 19)."
SINCE = "Beløbet, årsagerne eller de registreringer, der ikke tæller, er ændret siden."
SAID = {
    "no answer": (OVER, [f"{HEARD} Fristen for at svare var den 8. marts 2017. Vi har ikke modtaget et svar."]),
    "no remarks": (ANSWER, [f"{HEARD} I svarede den 1. marts 2017, at I ikke har bemærkninger."]),
    "remarks": (
        replace(ANSWER, answer=("To borgere mangler.", "De var syge.")),
        [f"{HEARD} I svarede den 1. marts 2017:", "”To borgere mangler.", "De var syge.”"],
    ),
    "long remarks": (
        replace(ANSWER, answer=("To borgere",), is_cut=True),
        [
            f"{HEARD} I svarede den 1. marts 2017:",
            "”To borgere …”",
            "Svaret er længere. Det hele ligger på sagen.",
        ],
    ),
    "waiting": (
        replace(WAITING, reason=REASON),
        [
            f"{HEARD} Fristen for at svare er den 8. marts 2017.",
            f"Vi har truffet afgørelsen før fristen. Vores begrundelse: {REASON}",
        ],
    ),
    "waiting without a burden": (
        replace(WAITING, is_burden=False),
        [
            f"{HEARD} Fristen for at svare er den 8. marts 2017.",
            "Afgørelsen er ikke til ugunst for jer. Derfor har vi ikke ventet på fristen.",
        ],
    ),
    "changed": (
        replace(CHANGED, reason=REASON),
        [
            HEARD_OF_OTHER,
            f"{SINCE} Vi har ikke hørt jer om ændringen, før vi traf afgørelsen. Vores begrundelse: {REASON}",
        ],
    ),
    "changed without a burden": (
        replace(CHANGED, is_burden=False, answered_on=ANSWERED),
        [
            f"{HEARD_OF_OTHER} I svarede den 1. marts 2017, at I ikke har bemærkninger.",
            f"{SINCE} Afgørelsen er ikke til ugunst for jer. Derfor har vi ikke hørt jer igen.",
        ],
    ),
    "not heard": (
        NOT_HEARD,
        [f"Vi har ikke hørt jer, før vi traf afgørelsen (forvaltningsloven § 19). Vores begrundelse: {REASON}"],
    ),
}


def section(html: str) -> list[str]:
    """Give the paragraphs under the heading."""
    (_, _, after) = html.partition("<h2>Høring</h2>")
    paragraphs = re.findall(r"<p>(.*?)</p>", after.partition("<h2>")[0], re.DOTALL)
    return [" ".join(one.replace("\N{NO-BREAK SPACE}", " ").split()) for one in paragraphs]


@pytest.mark.parametrize("name", SAID)
def test_the_letter_says_how_the_municipality_was_heard(name: str) -> None:
    hearing, expected = SAID[name]
    assert section(word(replace(TILBAGEBETALING, hearing=hearing))) == expected


def test_nothing_is_said_where_there_is_nothing_to_say() -> None:
    assert "Høring" not in word(TILBAGEBETALING)


def test_an_answer_is_text_and_nothing_else() -> None:
    hostile = replace(ANSWER, answer=("<b>fed</b> & {{ 7*7 }} \N{GRINNING FACE}", "#eval(1)"))
    letter = render_letter(replace(TILBAGEBETALING, hearing=hostile))
    assert "&lt;b&gt;fed&lt;/b&gt; &amp; {{ 7*7 }}" in letter.html.replace("\N{NO-BREAK SPACE}", " ")
    assert letter.pdf.startswith(b"%PDF-")
