"""Names in archives as programs write them: flagged as UTF-8 or not."""

from __future__ import annotations

import io
import zipfile

import pytest

from tasks.intake.contents import DeliveredFile
from tasks.intake.delivery import read_delivery
from tests.torture.deliveries import csv_files

STAND_IN = b"A stand-in of some length"


def archive_with(name: bytes) -> bytes:
    """Give an archive in which forloeb.csv has `name`, without the flag of UTF-8."""
    stand_in = STAND_IN[: len(name)]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for one, data in csv_files().items():
            archive.writestr(stand_in.decode() if one == "forloeb.csv" else one, data)
    data = file.getvalue()
    assert data.count(stand_in) == 2
    return data.replace(stand_in, name)


@pytest.mark.parametrize("top", ["", "År/"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp850", "cp865"])
def test_a_name_without_a_flag_is_utf_8_or_of_a_danish_windows(encoding: str, top: str) -> None:
    name = f"{top}Forløb.csv".encode(encoding)
    data = archive_with(name)
    delivery = read_delivery([DeliveredFile("2016-12-31.zip", data)], is_archive=True)
    told = [fault.da for fault in delivery.faults]
    if top:
        assert f"{top}Forløb.csv: filen er ikke ventet og er ikke læst" in told
    else:
        assert (told, sorted(delivery.tables)) == ([], ["borgere", "forloeb", "udgifter"])


def test_a_flagged_name_is_as_it_is() -> None:
    files = csv_files()
    files["Forløb.csv"] = files.pop("forloeb.csv")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    assert read_delivery([DeliveredFile("a.zip", file.getvalue())], is_archive=True).faults == []
