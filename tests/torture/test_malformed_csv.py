"""CSV malformed in every way that the Pollock survey names: read right, or refused or rejected with a code.

Source: Vitagliano et al., 'Pollock: A Data Loading Benchmark' (VLDB 2023): what it pollutes in files, tables, records
and fields. Each way is tried on every table.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.torture.deliveries import COLUMNS, as_csv, csv_files, tables
from tests.torture.receiving import Outcome, received

RIGHT: frozenset[str] = frozenset()
NO_VALUES = frozenset({"C03", "S06", "E03"})
"""What a row of words is rejected for, by table."""
OTHER_KEY = frozenset({"S04", "S03", "changed"})
"""The key of one row is another: a spell then has no citizen."""
Malform = Callable[[str], bytes]


def _lines(text: str) -> list[str]:
    return text.split("\r\n")[:-1]


def _joined(lines: list[str], end: str = "\r\n") -> bytes:
    return (end.join(lines) + end).encode()


def _at(text: str, number: int, line: Callable[[str], str]) -> bytes:
    """Change one line; 0 is the header."""
    lines = _lines(text)
    lines[number] = line(lines[number])
    return _joined(lines)


def _before(text: str, number: int, *new: str) -> bytes:
    lines = _lines(text)
    return _joined([*lines[:number], *new, *lines[number:]])


WAYS: dict[str, tuple[Malform, frozenset[str]]] = {
    # The file
    "nothing in it": (lambda _: b"", frozenset({"F01"})),
    "white space alone": (lambda _: b" \r\n\t\r\n", frozenset({"F01"})),
    "a BOM alone": (lambda _: b"\xef\xbb\xbf", frozenset({"F01"})),
    "UTF-8 with BOM": (lambda text: text.encode("utf-8-sig"), RIGHT),
    "two BOMs": (lambda text: b"\xef\xbb\xbf" + text.encode("utf-8-sig"), RIGHT),
    "UTF-16": (lambda text: text.encode("utf-16"), RIGHT),
    "UTF-16 without BOM": (lambda text: text.encode("utf-16-le"), frozenset({"F01"})),
    "UTF-16 cut within a character": (lambda text: text.encode("utf-16")[:-1], frozenset({"F01"})),
    "UTF-32": (lambda text: text.encode("utf-32"), frozenset({"F01"})),
    "Windows-1252": (lambda text: text.encode("cp1252"), RIGHT),
    "bytes of no encoding": (lambda text: text.encode().replace(b"\xc3", b"\x81"), frozenset({"F01"})),
    "a NUL byte": (lambda text: text.encode().replace(b";", b"\0;", 1), frozenset({"F01"})),
    "no line end at the end": (lambda text: text.rstrip("\r\n").encode(), RIGHT),
    "a line end too many at the end": (lambda text: text.encode() + b"\r\n\r\n", RIGHT),
    "the end-of-file sign of DOS": (lambda text: text.encode() + b"\x1a", RIGHT),
    # The dialect
    "commas": (lambda text: _dialect(text, delimiter=","), RIGHT),
    "tabs": (lambda text: _dialect(text, delimiter="\t"), RIGHT),
    "pipes": (lambda text: _dialect(text, delimiter="|"), frozenset({"F03"})),
    "spaces": (lambda text: _dialect(text, delimiter=" "), frozenset({"F03"})),
    "two-character delimiters": (lambda text: text.replace(";", ";;").encode(), RIGHT),
    "a delimiter and a space": (lambda text: text.replace(";", "; ").encode(), RIGHT),
    "LF": (lambda text: text.replace("\r\n", "\n").encode(), RIGHT),
    "CR": (lambda text: text.replace("\r\n", "\r").encode(), frozenset({"F01"})),
    "CRLF and LF mixed": (lambda text: text.replace("\r\n", "\n", 5).encode(), RIGHT),
    "a CR among CRLF": (lambda text: text.replace("\r\n", "\r", 5).encode(), frozenset({"F01"})),
    "every field quoted": (lambda text: _dialect(text, quoting=1), RIGHT),
    "single quotes": (lambda text: _dialect(text, quoting=1, quotechar="'"), frozenset({"F03"})),
    # The header
    "no header": (lambda text: _joined(_lines(text)[1:]), frozenset({"F03"})),
    "the header alone": (lambda text: _joined(_lines(text)[:1]), frozenset({"lost"})),
    "the header twice": (lambda text: _before(text, 1, _lines(text)[0]), NO_VALUES),
    "a second header of other words": (lambda text: _before(text, 1, _same_width(text, "x")), NO_VALUES),
    "a title above": (lambda text: _before(text, 0, "Indberetning 2017"), frozenset({"F03"})),
    "a title as wide as the table": (lambda text: _before(text, 0, _same_width(text, "Titel")), frozenset({"F03"})),
    "blank lines above": (lambda text: _before(text, 0, "", ";;;", " ;"), RIGHT),
    "a column twice": (lambda text: _at(text, 0, lambda line: f"{line};{line.split(';')[0]}"), frozenset({"F03"})),
    "a column too few": (lambda text: _at(text, 0, lambda line: line.split(";", 1)[1]), frozenset({"F03"})),
    "a header cell too many": (lambda text: _at(text, 0, lambda line: f"{line};Andet"), frozenset({"R01"})),
    "a blank header cell at the end": (lambda text: _at(text, 0, lambda line: f"{line};"), RIGHT),
    # Records
    "a cell too many": (lambda text: _at(text, 3, lambda line: f"{line};x"), frozenset({"R01"})),
    "a cell too few": (lambda text: _at(text, 3, lambda line: line.rsplit(";", 1)[0]), frozenset({"R01"})),
    "blank cells at the end": (lambda text: _at(text, 3, lambda line: f"{line};;;"), RIGHT),
    "a record with commas": (lambda text: _at(text, 3, lambda line: line.replace(";", ",")), frozenset({"R01"})),
    "blank lines between": (lambda text: _before(text, 3, "", "   ", ";;", ";" * 20), RIGHT),
    "a footnote": (lambda text: text.encode() + b"Kilde: kommunen\r\n", frozenset({"R01"})),
    "a total": (lambda text: text.encode() + f"I alt{_same_width(text, '')}\r\n".encode(), NO_VALUES),
    "a record twice": (lambda text: _before(text, 3, _lines(text)[3]), frozenset({"C02", "S02", "E02"})),
    # Fields
    "a quote that is not closed": (lambda text: _at(text, 3, lambda line: f'"{line}'), frozenset({"F01"})),
    "a quote within a field": (lambda text: _at(text, 3, lambda line: line.replace(";", 'a"b;', 1)), OTHER_KEY),
    "text behind a closing quote": (lambda text: _at(text, 3, lambda line: '"a"b' + line), frozenset({"F01"})),
    "a quote escaped by a backslash": (lambda text: _at(text, 3, lambda line: '"a\\"b"' + line), frozenset({"F01"})),
    "a delimiter within quotes": (lambda text: _at(text, 3, lambda line: f'"a;b"{line[line.index(";"):]}'), OTHER_KEY),
    "a line end in quotes": (lambda text: _at(text, 3, lambda line: f'"a\r\nb"{line[line.index(";"):]}'), OTHER_KEY),
    "spaces around every field": (lambda text: text.replace(";", " ; ").encode(), RIGHT),
    "spaces that do not break": (lambda text: text.replace(";", "\u00a0;\u00a0").encode(), RIGHT),
    "a field of a million characters": (lambda text: _at(text, 3, lambda line: "x" * 1_000_000 + line), OTHER_KEY),
}  # fmt: skip


def _dialect(text: str, **dialect: object) -> bytes:
    name = next(name for name, columns in COLUMNS.items() if text.startswith(columns[0]))
    return as_csv(COLUMNS[name], tables()[name], **dialect)


def _same_width(text: str, word: str) -> str:
    return ";".join([word] * len(_lines(text)[0].split(";")))


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Outcome]:
    """Receive every way on every table, and the whole delivery under ('', '')."""
    whole = {name: data for name, data in csv_files().items() if name != "kontroltal.csv"}
    deliveries = {("", ""): whole}
    for way, (malform, _) in WAYS.items():
        for name in COLUMNS:
            deliveries[way, name] = {**whole, f"{name}.csv": malform(whole[f"{name}.csv"].decode())}
    of = received(tmp_path_factory.mktemp("csv"), list(deliveries.values()))
    return dict(zip(deliveries, of, strict=True))


@pytest.mark.parametrize("table", COLUMNS)
@pytest.mark.parametrize("way", WAYS)
def test_malformed_csv_is_read_right_or_told(way: str, table: str, outcomes: dict[tuple[str, str], Outcome]) -> None:
    whole, outcome = outcomes["", ""], outcomes[way, table]
    codes = set(outcome.codes - whole.codes)
    expected = WAYS[way][1]
    if expected == RIGHT:
        assert codes == set()
        assert outcome.values == whole.values
    elif "lost" in expected:
        assert outcome.rows_received[table] == 0, "nothing but a header is nothing delivered, and nothing is a guess"
    elif codes:
        assert codes & expected, codes
    else:
        assert "changed" in expected, "read otherwise, and nobody told"
        changed = outcome.values[table] - whole.values[table]
        assert changed.total() <= 1, "one key of one row, as it stands in the file"
