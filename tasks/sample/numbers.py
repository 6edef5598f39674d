"""Made-up identification numbers: valid in form, and nobody's.

A personal number (CPR) made here has its day raised by 60, as an administrative number has, so it can be no person's. A
company number (CVR) passes the modulus-11 check and is drawn without looking at any register.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

CPR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
ADMINISTRATIVE_DAY_SHIFT = 60
# A seventh digit of 0-3 is the 1900s, whatever the year.
_FIRST_SERIAL_OF_2000S = 4000


def weighted_sum(digits: str, weights: tuple[int, ...]) -> int:
    """Sum the digits times their weights, as the modulus-11 checks of CPR and CVR do."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def administrative(birth_date: date) -> str:
    """Write the first six digits of a birth date's administrative number."""
    return f"{birth_date.day + ADMINISTRATIVE_DAY_SHIFT:02d}{birth_date:%m%y}"


class PersonNumbers:
    """Hands out administrative CPR numbers that pass modulus 11, each of them once.

    Both days are birth dates of the 1900s and count. The numbers given are kept as a count per birth date, so that
    millions of them take no memory.
    """

    def __init__(self, rng: Random, born_from: date, born_to: date) -> None:
        self._random = rng.random
        serials: list[list[str]] = [[] for _ in range(11)]
        for serial in range(_FIRST_SERIAL_OF_2000S):
            text = f"{serial:04d}"
            serials[-weighted_sum(text, CPR_WEIGHTS[6:]) % 11].append(text)
        for texts in serials:
            rng.shuffle(texts)
        self._births = []
        for offset in range((born_to - born_from).days + 1):
            text = administrative(born_from + timedelta(days=offset))
            self._births.append((text, serials[weighted_sum(text, CPR_WEIGHTS) % 11]))
        self._given = [0] * len(self._births)

    @property
    def capacity(self) -> int:
        """How many numbers there are in all."""
        return sum(len(serials) for _, serials in self._births)

    def draw(self) -> str:
        """Give a number (ten digits) that was not given before; there must be one left."""
        at = int(self._random() * len(self._births))
        while self._given[at] == len(self._births[at][1]):
            at = (at + 1) % len(self._births)
        birth, serials = self._births[at]
        serial = serials[self._given[at]]
        self._given[at] += 1
        return birth + serial


def without_check(cpr: str) -> str:
    """Give a valid number beside `cpr` that fails modulus 11, as numbers may since 2007."""
    return cpr[:9] + str((int(cpr[9]) + 1) % 10)


def company_number(rng: Random) -> str:
    """Make up a CVR number (eight digits, modulus 11)."""
    while True:
        head = f"99{int(rng.random() * 100_000):05d}"
        check = -weighted_sum(head, CVR_WEIGHTS) % 11
        if check < 10:
            return f"{head}{check}"
