"""A delivery that was cut off, or in which a bit was flipped: refused or rejected with a code, or the same values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.torture.deliveries import archive_files, csv_files, parquet_files, workbook_files
from tests.torture.effort import IS_LONG, seeded, times
from tests.torture.receiving import Files, Outcome, received

CONTROL = "kontroltal.csv"
FORMS: dict[str, Callable[[], dict[str, bytes]]] = {
    "csv": csv_files,
    "workbook": workbook_files,
    "parquet": lambda: parquet_files(has_checksums=True),
    "archived csv": lambda: archive_files(csv_files()),
    "archived parquet": lambda: archive_files(parquet_files(has_checksums=False)),
}


def cut(files: Files, step: int) -> list[Files]:
    """Cut each file at every `step`-th byte, and at each of its last 40."""
    return [
        {**files, name: data[:length]}
        for name, data in files.items()
        for length in sorted({*range(0, len(data), step), *range(max(0, len(data) - 40), len(data))})
    ]


def flipped(files: Files, count: int, name: str) -> list[Files]:
    """Flip one bit, `count` times, anywhere in the delivery."""
    rng = seeded(name)
    sizes = {file: len(data) * 8 for file, data in files.items()}
    damaged: list[Files] = []
    for _ in range(count):
        file = rng.choices(list(sizes), list(sizes.values()))[0]
        bit = rng.randrange(sizes[file])
        data = bytearray(files[file])
        data[bit // 8] ^= 1 << bit % 8
        damaged.append({**files, file: bytes(data)})
    return damaged


def silent(folder: Path, whole: Files, damaged: list[Files]) -> list[str]:
    """Give what is held otherwise and not told, and where the damage was."""
    first, *others = received(folder, [whole, *damaged])
    assert first.is_accepted, first.messages
    assert not first.codes, first.codes
    return [
        f"{_damage(whole, files)}: {found}"
        for files, outcome in zip(damaged, others, strict=True)
        if (found := outcome.holds_other_values_than(first))
    ]


def _damage(whole: Files, files: Files) -> str:
    name = next(name for name, data in files.items() if data != whole[name])
    before, after = whole[name], files[name]
    if len(after) < len(before):
        return f"{name or 'archive'} cut to {len(after)} of {len(before)} bytes"
    at = next(at for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1])
    return f"{name or 'archive'}, byte {at} of {len(before)}: {before[at]:#04x} became {after[at]:#04x}"


@pytest.mark.parametrize("form", FORMS)
def test_a_delivery_that_is_cut_off_is_noticed(
    form: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = FORMS[form]()
    assert silent(tmp_path, whole, cut(whole, 1 if IS_LONG else 60)) == []
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("form", ["workbook", "archived csv", "archived parquet"])
def test_a_flipped_bit_is_noticed(form: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    whole = FORMS[form]()
    assert silent(tmp_path, whole, flipped(whole, times(100, 2000), form)) == []
    assert capfd.readouterr().err == ""
