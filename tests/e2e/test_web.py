"""The page by force: the check's own verdict on every file, and nothing kept, given away or let in."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from flows.commands.common import plain
from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.check.as_object import as_object
from tasks.check.check import check
from tasks.intake.tables import BY_NAME
from tests.support.portfolio import Portfolio, cpr
from tests.support.web_site import HANG_SECONDS, Answer, Site, children, delivery, form, processes, running, stopped
from tests.torture.deliveries import csv_files, parquet_files, workbook_files
from tests.torture.hostile import hostile_deliveries, zipped
from tests.torture.planted import Planter, plant

MEGABYTE = 1_000_000
AS_OF = "2016-12-31"
HOSTILE = hostile_deliveries()
ROWS = 200_000


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    folder = tmp_path_factory.mktemp("portfolio")
    portfolio = Portfolio(folder)
    portfolio.project("JF-187", municipalities=("187", "183"))
    portfolio.write_register()
    return portfolio


@pytest.fixture(scope="module")
def site(portfolio: Portfolio, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("site"), portfolio.register) as site:
        yield site


def as_told(files: dict[str, bytes], folder: Path, **options: str | None) -> dict[str, Any]:
    """Give what the command says of a delivery, as JSON."""
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    only = next(iter(files)) if len(files) == 1 else ""
    path = folder / only if only.endswith((".zip", ".xlsx", ".xlsm")) else folder
    given = {"project_id": None, "as_of": AS_OF, "register": None} | options
    found = check(path, now=Moment.now(), **given)
    return told(json.dumps(as_object(found), default=plain))


def told(text: str | bytes) -> dict[str, Any]:
    """Give what is said, except what only the path says: the names of the folder and the one above it."""
    return {name: value for name, value in json.loads(text).items() if name not in {"name", "project_id"}}


def assert_same(site: Site, files: dict[str, bytes], folder: Path, name: str) -> None:
    try:
        expected = as_told(files, folder / AS_OF)
    except InputError:
        assert site.post(delivery(files)).status in {400, 422}, name
        return
    answer = site.post(delivery(files))
    assert answer.status == 200, (name, answer.text, site.logged()[-500:])
    can = "kan afleveres" if expected["is_accepted"] else "kan ikke afleveres"
    assert can in answer.verdict, name
    assert told(site.get(answer.link("svar.json")).body) == expected, name
    # A link's random part may have two hyphens, too.
    said = re.sub(r'<!--|-->|"/svar/[^"]*"', "", answer.text.partition("<main")[2])
    assert "--" not in said, "an option of the command is told"
    assert "docs/rules.md" not in answer.text


def test_the_forms_of_a_delivery_are_answered_as_by_the_command(site: Site, tmp_path: Path) -> None:
    broken = {**csv_files(), "forloeb.csv": csv_files()["forloeb.csv"].replace(b"virksomhedspraktik", b"ferie", 3)}
    of_forms = {
        "csv": csv_files(),
        "parquet": parquet_files(has_checksums=True),
        "workbook": workbook_files(),
        "archive": {f"{AS_OF}.zip": zipped(csv_files())},
        "rows that do not count": broken,
        "no rows": {
            name: data.split(b"\n")[0] + b"\n" for name, data in csv_files().items() if name != "kontroltal.csv"
        },
        "a file beside": {**csv_files(), "billede.png": b"?", ".DS_Store": b"?"},
        "one table alone": {"borgere.csv": csv_files()["borgere.csv"]},
        "no workbook": {"indberetning.xlsx": b"not a workbook"},
    }
    for name, files in of_forms.items():
        assert_same(site, files, tmp_path / name, name)


@pytest.mark.long
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_harm_is_answered_as_by_the_command(site: Site, tmp_path: Path, name: str) -> None:
    # An archive has no name there: the delivery's own is its name.
    files = {own or f"{AS_OF}.zip": data for own, data in HOSTILE[name].files.items()}
    assert_same(site, files, tmp_path / "hostile", name)
    assert site.get("/sundhed").body == b"ok"


def test_the_project_is_judged_by_the_register(site: Site, portfolio: Portfolio, tmp_path: Path) -> None:
    expected = as_told(csv_files(), tmp_path / AS_OF, project_id="JF-187", register=portfolio.register)  # type: ignore[arg-type]
    answer = site.post(delivery(csv_files()), projekt="JF-187")
    assert told(site.get(answer.link("svar.json")).body) == expected
    assert "Loftet over aktivitetstilskuddet" in answer.text
    assert site.post(delivery(csv_files()), projekt="JF-999").status == 400


def test_what_is_wrong_with_the_register_is_told_in_danish(site: Site, portfolio: Portfolio) -> None:
    """Its owner may change it while the page runs."""
    file = portfolio.register / "projekter.csv"
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"850000", b"a lot"))
    try:
        answer = site.post(delivery(csv_files()), projekt="JF-187")
    finally:
        file.write_bytes(whole)
    assert answer.status == 422
    assert "projekter.csv, række 2, kolonne tilsagn_fast" in answer.text
    assert "column" not in answer.text


def test_the_delivery_before_has_a_day_of_its_own(site: Site, tmp_path: Path) -> None:
    before = {name: data for name, data in csv_files().items() if name != "kontroltal.csv"}
    folder = tmp_path / "2016-11-30"
    folder.mkdir()
    for name, data in before.items():
        (folder / name).write_bytes(data)
    expected = as_told(csv_files(), tmp_path / AS_OF, before=folder)  # type: ignore[arg-type]
    sent = [*delivery(csv_files()), *(("forrige", name, data) for name, data in before.items())]
    answer = site.post(sent, forrige_opgjort_pr="2016-11-30")
    assert told(site.get(answer.link("svar.json")).body)["before"] == expected["before"]
    unknown = site.post(sent)
    assert "Den forriges opgørelsesdato er ikke oplyst: den er regnet til 31-12-2016" in unknown.text
    later = site.post(sent, forrige_opgjort_pr="2017-01-31")
    assert (later.status, "byt dem om" in later.text, "--before" in later.text) == (422, True, False)
    wrong = site.post(sent, forrige_opgjort_pr="i går", opgjort_pr="2016-12-30")
    assert wrong.status == 400
    assert 'href="#forrige_opgjort_pr"' in wrong.text
    assert 'value="2016-12-30"' in wrong.text


def test_the_downloads_tell_the_same_and_are_gone_in_time(tmp_path: Path) -> None:
    with running(tmp_path) as site:
        answer = site.post(delivery(csv_files()))
        receipt = site.get(answer.link("kvittering.txt")).body.decode()
        assert answer.verdict in receipt
        assert all(name in receipt for name in csv_files())
        assert len(re.findall(r"^  [0-9a-f]{64}  ", receipt, re.MULTILINE)) == len(csv_files())
        book = openpyxl.load_workbook(io.BytesIO(site.get(answer.link("fejl-markeret.xlsx")).body))
        assert book.sheetnames[0] == "Fejl"
        token = answer.link("svar.json").split("/")[2]
        assert len(token) >= 22
        assert token not in site.logged()
        assert re.search(r"Filerne kan hentes til kl\. \d", answer.text)
        assert "Svarets filer kan hentes til det klokkeslæt, der står på svaret." in site.get("/").text
        site.let_pass(500)
        assert site.get(answer.link("svar.json")).status == 200
        site.let_pass(601)
        assert site.get(answer.link("svar.json")).status == 404


def test_downloads_lead_to_where_the_rules_are_published(tmp_path: Path) -> None:
    url = "https://kontrol.example.dk/regler"
    broken = {**csv_files(), "forloeb.csv": csv_files()["forloeb.csv"].replace(b"virksomhedspraktik", b"ferie", 3)}
    with running(tmp_path, rules_url=url) as site:
        answer = site.post(delivery(broken))
        told = json.loads(site.get(answer.link("svar.json")).body)
        pages = {rule["code"]: rule["page"] for rule in told["rows"]}
        assert pages
        assert all(page == f"{url}/{code}" for code, page in pages.items())
        assert all(f'href="/regler/{code}"' in answer.text for code in pages)
        assert "docs/rules.md" not in json.dumps(told)


def test_pages_and_statuses(site: Site) -> None:
    assert site.get("/").status == 200
    assert site.get("/regler").status == 200
    assert "Sådan rettes det" in site.get("/regler/S06").text
    guide = site.get("/vejledning").text
    assert all(f'<h2 id="tabel-{table.name}">' in guide for table in BY_NAME.values()), "every table is described"
    assert '<a href="/regler/S05">S05</a>' in guide, "the words of a code stand on its rule's page"
    for wrong in (
        "/x",
        "/regler/X99",
        "/svar/abc/svar.json",
        "/eksempel/x/indberetning.xlsx",
        "/../etc/passwd",
        "/.env",
    ):
        assert site.get(wrong).status == 404
    assert site.get("/svar").headers["location"] == "/"
    assert site.send("DELETE", "/svar", b"", {}).status == 405
    assert site.post([]).status == 400
    assert site.post(delivery({"brev.pdf": b"%PDF"})).status == 400
    assert site.post(delivery(csv_files()), opgjort_pr="i går").status == 400
    assert site.send("POST", "/svar", b"x", {"Content-Type": "text/plain"}).status == 400
    book = openpyxl.load_workbook(io.BytesIO(site.get("/skabelon?projekt=JF-187").body))
    codes = {row[1].value for row in book["koder"].iter_rows(min_row=2) if row[0].value == "Kommune"}
    assert codes == {"183", "187"}


@pytest.mark.parametrize("path", ["/", "/regler", "/x", "/svar/a/svar.json", "/stil.css", "/sundhed", "/skabelon"])
def test_every_answer_has_the_headers_and_no_cookie(site: Site, path: str) -> None:
    headers = site.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers
    assert "server" not in headers


def test_a_form_from_another_site_is_refused(site: Site) -> None:
    own = site.address
    for headers, status in (
        ({}, 200),
        ({"Origin": own}, 200),
        ({"Origin": own, "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": own.replace("127.0.0.1", "localhost")}, 403),
        ({"Origin": own + ".evil.example"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": own, "Sec-Fetch-Site": "cross-site"}, 403),
    ):
        assert site.post(delivery({"borgere.csv": b"x"}), headers).status == status, headers


def test_the_log_tells_time_path_status_and_milliseconds_alone(site: Site) -> None:
    site.get("/hemmelig-1012701234.xlsx?navn=Anna")
    site.post(delivery({"Anna Hansen 101270-1234.csv": b"x"}))
    # What is no HTTP, and a form about which its parser has something to say.
    with socket.create_connection(("127.0.0.1", site.port), HANG_SECONDS) as client:
        client.sendall(b"Anna 1012701234\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 400")
    site.send(
        "POST", "/svar", b"--x\r\n\r\nAnna 1012701234\r\n--y", {"Content-Type": "multipart/form-data; boundary=x"}
    )
    lines = site.logged().splitlines()
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /\S* \d{3} \d+", line) for line in lines), lines
    assert not re.search(r"Anna|1234|127\.0\.0\.1|xlsx\?", site.logged())


def test_too_large_is_413_and_the_next_is_served(tmp_path: Path) -> None:
    with running(tmp_path, request_bytes=MEGABYTE) as site:
        large = delivery({"borgere.csv": bytes(2 * MEGABYTE)})
        assert site.post(large).status == 413
        body, kind = form(large, {})
        # Without a stated length, in pieces.
        with socket.create_connection(("127.0.0.1", site.port), HANG_SECONDS) as client:
            head = f"POST /svar HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
            client.sendall(head.encode() + f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n")
            assert client.recv(100).startswith(b"HTTP/1.1 413")
        assert site.post(delivery(csv_files())).status == 200


def test_a_slow_client_and_a_cut_upload_take_nobodys_place(tmp_path: Path) -> None:
    with running(tmp_path, workers=1, waiting_a_worker=1, idle_seconds=5) as site:
        body, kind = form(delivery(csv_files()), {"projekt": "-", "opgjort_pr": AS_OF})
        head = f"POST /svar HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        slow = [socket.create_connection(("127.0.0.1", site.port), HANG_SECONDS) for _ in range(5)]
        for client in slow:
            client.sendall(head + body[:200])
        cut = socket.create_connection(("127.0.0.1", site.port), HANG_SECONDS)
        cut.sendall(head + body[:200])
        cut.close()
        assert site.post(delivery(csv_files())).status == 200
        assert all(client.recv(100).startswith(b"HTTP/1.1 408") for client in slow)
        for client in slow:
            client.close()
        # A form whose end is missing, by the length that it states.
        assert site.send("POST", "/svar", body[:-40], {"Content-Type": kind}).status == 400


@pytest.mark.long
def test_as_many_at_once_as_there_are_are_answered_or_told_to_come_again(tmp_path: Path) -> None:
    with running(tmp_path, workers=1, waiting_a_worker=2) as site, ThreadPoolExecutor(8) as clients:
        was_refused = threading.Semaphore(0)

        def until_answered(_: int) -> list[int]:
            statuses: list[int] = []
            while not statuses or statuses[-1] == 503:
                answer = site.post(delivery(csv_files()))
                statuses.append(answer.status)
                if answer.status == 503:
                    assert int(answer.headers["retry-after"]) > 0
                    if len(statuses) == 1:
                        was_refused.release()
                    time.sleep(0.1)
            return statuses

        (forks,) = children(site.process.pid)
        with stopped(forks):
            # No check runs: one is begun, two wait, and the other five are refused.
            waiting = [clients.submit(until_answered, number) for number in range(8)]
            for _ in range(5):
                assert was_refused.acquire(timeout=HANG_SECONDS)
        all_statuses = [one.result() for one in waiting]
    assert all(statuses[-1] == 200 for statuses in all_statuses), all_statuses
    assert sum(503 in statuses for statuses in all_statuses) == 5


def has_ended(process: int) -> bool:
    """Return whether a process has ended with all its threads: until then it may hold its sockets open."""
    if processes().get(process, (0, "Z"))[1] != "Z":
        return False
    threads = Path(f"/proc/{process}/task")
    return not threads.exists() or len(list(threads.iterdir())) <= 1


def large_delivery() -> dict[str, bytes]:
    """Give one whose check takes much longer, and much more, than a small one's."""
    header, row = csv_files()["forloeb.csv"].splitlines(keepends=True)[:2]
    rest = row.partition(b";")[2]
    return {**csv_files(), "forloeb.csv": header + b"".join(b"L%d;%b" % (n, rest) for n in range(ROWS))}


@pytest.mark.long
def test_a_worker_that_is_killed_takes_down_nobody_else(tmp_path: Path) -> None:
    with running(tmp_path, workers=2) as site, ThreadPoolExecutor(2) as clients:
        (forks,) = children(site.process.pid)
        first = clients.submit(site.post, delivery(large_delivery()))
        while not (checks := children(forks)):
            assert not first.done()
            time.sleep(0.005)
        second = clients.submit(site.post, delivery(csv_files()))
        os.kill(checks[0], signal.SIGKILL)
        assert first.result().status == 422
        assert "kunne ikke læses" in first.result().verdict
        assert second.result().status == 200
        os.kill(forks, signal.SIGKILL)
        while not has_ended(forks):
            time.sleep(0.005)
        assert site.post(delivery(csv_files())).status == 200


@pytest.mark.long
@pytest.mark.parametrize("bound", [{"check_seconds": 1}, {"address_space_bytes": 700_000_000}])
def test_a_check_that_takes_too_long_or_too_much_is_ended(tmp_path: Path, bound: dict[str, int]) -> None:
    with running(tmp_path, **bound) as site:
        answer = site.post(delivery(large_delivery()))
        assert answer.status == 422
        assert "kunne ikke læses" in answer.verdict
        assert site.get("/sundhed").status == 200
        if "address_space_bytes" in bound:
            assert site.post(delivery(csv_files())).status == 200


@pytest.mark.long
def test_planted_numbers_are_in_no_page_download_or_log(tmp_path: Path) -> None:
    portfolio = Portfolio(tmp_path)
    planter = plant(portfolio)
    before = everything(tmp_path)
    (tmp_path / "log").mkdir()
    with running(tmp_path / "log", portfolio.register) as site:
        seen = [site.get("/").body, *(answer.body for answer in told_in_every_other_place(site, planter))]
        for project in sorted(portfolio.inbox.iterdir()):
            for place in sorted(project.iterdir()) if project.is_dir() else []:
                files = (
                    {str(one.relative_to(place)): one.read_bytes() for one in place.rglob("*") if one.is_file()}
                    if place.is_dir()
                    else {place.name: place.read_bytes()}
                )
                answer = site.post(delivery(files), projekt=project.name)
                seen.append(answer.body)
                if answer.status == 200:
                    names = ("svar.json", "kvittering.txt", "fejl-markeret.xlsx")
                    downloads = [site.get(answer.link(name)).body for name in names]
                    seen += [*downloads[:2], *texts_of(downloads[2])]
        seen.append(site.logged().encode())
    assert len(planter.planted) > 1000
    assert len(seen) > 10
    assert not {number for data in seen for number in planter.found_in(data)}
    assert everything(tmp_path) - before == {"log", "log/web.log"}


def told_in_every_other_place(site: Site, planter: Planter) -> list[Answer]:
    """Send numbers where no delivery has them: in addresses, headers, names of fields, and what fields hold."""
    number = planter.text
    forms = ("{0}{1}", "{0}-{1}", "{0} {1}")
    headers = {name: number("{0}-{1}") for name in ("User-Agent", "Referer", "Cookie", "X-Forwarded-For", "X-{0}{1}")}
    whole = delivery(csv_files())
    answers = [site.send("GET", f"/{number('{0}-{1}')}/{number('{0}{1}')}?navn={number('{0}{1}')}", b"", headers)]
    answers += [site.get(f"/{page}/{number('{0}-{1}')}") for page in ("regler", "svar", "eksempel", "skabelon")]
    for one in forms:
        answers.append(site.post(whole, projekt=number(one)))
        answers.append(site.post(whole, opgjort_pr=number(one)))
        answers.append(site.post(whole, headers, **{number(one): number(one)}))
        answers.append(site.post([(number(one), number(one + ".csv"), number(one).encode()), *whole]))
        answers.append(site.post([*whole, ("forrige", number(one + ".pdf"), number(one).encode())]))
        answers.append(site.post([*whole, ("forrige", number(one + ".csv"), number(one).encode())]))
        answers.append(site.post([("indberetning", number(one + ".zip"), number(one).encode())]))
        answers.append(site.post([("indberetning", number(one + ".pdf"), number(one).encode())]))
    assert {answer.status for answer in answers} >= {200, 400, 404}
    return answers


def everything(folder: Path) -> set[str]:
    """Give all that lies in a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def texts_of(workbook: bytes) -> list[bytes]:
    """Give every text of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return [f"{cell.value or ''}\n{cell.comment.text if cell.comment else ''}".encode() for cell in cells]


@pytest.mark.parametrize("number", range(3))
def test_names_are_shown_masked(site: Site, number: int) -> None:
    digits = cpr(number)
    name = f"{digits[:6]}-{digits[6:]}.csv"
    answer = site.post(delivery({**csv_files(), name: b"x"}))
    assert digits[6:] not in re.sub(r"/svar/[^/]*/", "", answer.text)
    assert "******-****" in answer.text
